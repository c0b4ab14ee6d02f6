"""How a database's file looked when it was closed, so that a byte that changed since shows.

SQLite looks at a page when it needs it, and at the words in it never; the chains and seals cover
the journal, texts and links alone. What a failing disk changes in the rest is seen here. A file
that some program wrote to since has another time, and is not compared.
"""

from __future__ import annotations

import zlib
from pathlib import Path

#: So many bytes are read at once.
_PART = 1 << 20


def noted(file: Path) -> str:
    """The size, the time of the last change in nanoseconds, and the checksum (CRC-32) of a file."""
    size, changed = _stamp(file)
    return f"{size} {changed} {_checksum(file):08x}"


def has_changed(file: Path, note: str) -> bool:
    """Whether a file that nobody wrote to since it was ``noted`` holds other bytes. A note that
    says nothing is none."""
    try:
        size, changed, checksum = note.split()
        same = _stamp(file) == (int(size), int(changed))
    except (OSError, ValueError):
        return False
    return same and f"{_checksum(file):08x}" != checksum


def _stamp(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns


def _checksum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as handle:
        while part := handle.read(_PART):
            checksum = zlib.crc32(part, checksum)
    return checksum
