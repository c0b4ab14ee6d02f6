"""Measures ``stadsgesprek replay`` on a whole town's transcript, from file to documents."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import redirect_stdout
from pathlib import Path

from bench import crowd
from bench.figures import Figure, Goal, seconds
from bot.cli.play import play_transcript

#: At most so many seconds for all lines, where an fsync takes under 0.3 ms.
_GOAL = 60.0


def measure(folder: Path) -> list[Figure]:
    """The time of the whole command, and of one line; its output is discarded."""
    file, out = folder / "crowd.jsonl", folder / "crowd"
    file.write_bytes(b"\n".join(crowd.transcript()))
    began = time.process_time()
    spent = seconds(_replay, file, out)
    cpu = time.process_time() - began
    shutil.rmtree(out)
    name = f"replay of {crowd.LINES:,} lines of {crowd.PEOPLE:,} residents"
    return [
        Figure(name, spent, "s", goal=Goal(_GOAL)),
        Figure("  of which CPU, a line", cpu / crowd.LINES * 1000, "ms"),
    ]


def _replay(file: Path, out: Path) -> None:
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        code = play_transcript(file, out, False, None, 1, None, None, False)
    assert code == 0
