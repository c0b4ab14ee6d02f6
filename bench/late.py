"""How long after they were said events were kept, written by a measured process at its end.

A process does so where ``BENCH_LATE`` names a file; nothing is noted elsewhere.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAMED = "BENCH_LATE"


@contextmanager
def written_to(file: Path) -> Iterator[None]:
    """Have the processes that are started meanwhile write to this file."""
    os.environ[_NAMED] = str(file)
    try:
        yield
    finally:
        del os.environ[_NAMED]


class Late:
    """Events by when they were said, in seconds since 1970."""

    def __init__(self) -> None:
        self._file = os.environ.get(_NAMED, "")
        self._found: list[tuple[float, float]] = []

    def kept(self, said: float) -> None:
        """An event is kept now."""
        if self._file:
            self._found.append((said, time.time() - said))

    def write(self) -> None:
        """At the end of the process."""
        if self._file:
            lines = (f"{said} {late}\n" for said, late in self._found)
            Path(self._file).write_text("".join(lines), encoding="utf-8")


def read(file: Path, since: float) -> list[float]:
    """How long each event took that was said since then, in seconds."""
    rows = (line.split() for line in file.read_text(encoding="utf-8").splitlines())
    return [float(late) for said, late in rows if float(said) >= since]
