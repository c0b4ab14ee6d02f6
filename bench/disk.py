"""Measures the disk: how long an fsync takes, which every COMMIT waits for."""

from __future__ import annotations

from pathlib import Path

from bench.figures import Figure
from bench.results import fsync_ms


def measure(folder: Path) -> list[Figure]:
    """fsync after each of a hundred pages added to a file."""
    return [Figure("fsync of a page on this disk", fsync_ms(folder), "ms")]
