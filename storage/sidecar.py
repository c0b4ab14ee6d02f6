"""The sidecar ``journal.head`` beside the database: the last row's number and hash.

A database whose journal is behind it was restored from an older copy or lost its write-ahead log,
and is refused: its chain would still verify, but votes with a receipt would be missing.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from storage import journal
from storage.sqlite import Unusable


def sidecar(file: Path) -> Path:
    """The path of a database's sidecar: beside the file itself, even when opened by a link."""
    file = Path(os.path.realpath(file))
    return (
        file.with_name("journal.head")
        if file.name == "stadsgesprek.db"
        else file.with_name(file.name + ".head")
    )


def write_sidecar(file: Path, connection: sqlite3.Connection) -> None:
    """Write the sidecar from the journal's last row, atomically."""
    row, digest = journal.last_row(connection)
    path = sidecar(file)
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w") as handle:
        handle.write(f"{row} {digest.hex()}\n")
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)


def check_sidecar(file: Path, connection: sqlite3.Connection) -> bool:
    """Raise ``Unusable`` for a database behind its sidecar; False when it has none (worth a
    warning)."""
    _check_rows(connection)
    path = sidecar(file)
    try:
        number, _, digest = path.read_text().strip().partition(" ")
        row = int(number)
    except FileNotFoundError:
        return False
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise Unusable("sidecar_unreadable", file=str(path)) from error
    if row == 0:
        return True
    found = journal.hash_of(connection, row)
    if found is None:
        raise Unusable("behind", row=row, last=journal.last_row(connection)[0])
    if found.hex() != digest:
        raise Unusable("other_history", row=row)
    return True


def _check_rows(connection: sqlite3.Connection) -> None:
    """Raise ``Unusable`` for a journal with a hole: rows are numbered without gaps, and none is
    ever deleted.

    The chain of a dialogue alone does not show that its last line is gone.
    """
    count, last = journal.count_rows(connection), journal.last_row(connection)[0]
    if count != last:
        raise Unusable("row_missing", rows=count, last=last)
