"""Measures ``stadsgesprek replay`` on a whole town's transcript, from file to documents."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench import crowd
from bench.child import command
from bench.figures import Figure, Goal

#: At most so many seconds for all lines, where an fsync takes under 0.3 ms, and so much memory in
#: MB.
_GOAL, _MEMORY = 60.0, 250.0


def measure(folder: Path) -> list[Figure]:
    """The whole command, in a process of its own."""
    file, out = folder / "crowd.jsonl", folder / "crowd"
    file.write_bytes(b"\n".join(crowd.transcript()))
    spent = command("replay", str(file), "--out", str(out))
    shutil.rmtree(out)
    name = f"replay of {crowd.LINES:,} lines of {crowd.PEOPLE:,} residents"
    return [
        Figure(name, spent.seconds, "s", goal=Goal(_GOAL)),
        Figure("  of which the processor, a line", spent.cpu / crowd.LINES * 1000, "ms"),
        Figure("  its memory", spent.memory, "MB", goal=Goal(_MEMORY)),
    ]
