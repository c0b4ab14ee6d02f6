"""Measures the disk: how long an fsync takes, which every COMMIT waits for."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median

from bench.figures import Figure, seconds

_PAGE = bytes(4096)


def measure(folder: Path) -> list[Figure]:
    """fsync after each of a hundred pages added to a file."""
    with (folder / "fsync").open("wb", buffering=0) as handle:

        def once() -> None:
            handle.write(_PAGE)
            os.fsync(handle.fileno())

        found = median(seconds(once) for _ in range(100))
    return [Figure("fsync of a page on this disk", found * 1000, "ms")]
