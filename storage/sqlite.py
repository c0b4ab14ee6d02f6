"""The database file: opening it safely, one writer at a time, and the sidecar beside it.

The sidecar ``journal.head`` holds the last row's number and hash. A database whose journal is
behind it was restored from an older copy or lost its write-ahead log, and is refused: its chain
would still verify, but votes with a receipt would be missing.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from storage.migrations import KNOWN, migrations

#: So many rows go into the database with one statement.
_TOGETHER = 50


class Unusable(Exception):  # noqa: N818 - says what the database is
    """A database that must not be used: a code, and what it is about."""

    def __init__(self, code: str, **data: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


def connect(file: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode with the project's settings; the caller begins and commits.

    Any thread may use it, one at a time: the engine thread owns the writing one.
    """
    if read_only:
        if not file.exists():
            raise Unusable("missing", file=str(file))
        connection = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Made readable for its owner alone before SQLite fills it; its helpers inherit that.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA trusted_schema = OFF")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA foreign_keys = ON")
        check_schema(connection)
        if not read_only:
            migrations.apply(Database(connection))
    except sqlite3.DatabaseError as error:
        connection.close()
        code = "locked" if "locked" in str(error) else "damaged"
        raise Unusable(code, file=str(file)) from error
    except Unusable:
        connection.close()
        raise
    return connection


@cache
def _for_many(statement: str) -> str:
    """The same INSERT for ``_TOGETHER`` rows at once."""
    row = statement[statement.rindex("(") :]
    return statement + f", {row}" * (_TOGETHER - 1)


def insert(
    connection: sqlite3.Connection, statement: str, rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert rows with a statement that ends in the values of one, such as ``(?, ?)``.

    Many rows in one statement take a third less time than ``executemany``, which begins anew for
    each of them.
    """
    whole = len(rows) - len(rows) % _TOGETHER
    for start in range(0, whole, _TOGETHER):
        values = chain.from_iterable(rows[start : start + _TOGETHER])
        connection.execute(_for_many(statement), tuple(values))
    if whole < len(rows):
        connection.executemany(statement, rows[whole:])


def check_schema(connection: sqlite3.Connection) -> None:
    """Refuse a database written by a newer program, or one that is not ours."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return
    if "_sqlite_migrations" not in tables:
        raise Unusable("not_ours")
    applied = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = 'stadsgesprek'"
        )
    ]
    unknown = [name for name in applied if name not in KNOWN]
    if unknown:
        raise Unusable("newer", schema=unknown[-1])


@contextmanager
def lock(file: Path) -> Iterator[IO[str]]:
    """Hold the database for one process (flock on a file beside it); ``Unusable`` when taken."""
    path = file.with_name(file.name + ".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Unusable("in_use", file=str(file)) from error
        yield handle


def sidecar(file: Path) -> Path:
    return (
        file.with_name("journal.head")
        if file.name == "stadsgesprek.db"
        else file.with_name(file.name + ".head")
    )


def last_row(connection: sqlite3.Connection) -> tuple[int, bytes]:
    """Number and hash of the last row of the journal; (0, b"") when it is empty."""
    row = connection.execute("SELECT row, hash FROM journal ORDER BY row DESC LIMIT 1").fetchone()
    return (row[0], bytes(row[1])) if row else (0, b"")


def write_sidecar(file: Path, connection: sqlite3.Connection) -> None:
    """Put the journal's head beside the database, whole or not at all."""
    row, digest = last_row(connection)
    path = sidecar(file)
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w") as handle:
        handle.write(f"{row} {digest.hex()}\n")
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)


def check_rows(connection: sqlite3.Connection) -> None:
    """Refuse a journal with a hole: rows are numbered one after another, and none is ever deleted.

    The chain of a dialogue does not show that its last line is gone.
    """
    count, last = connection.execute("SELECT count(*), max(row) FROM journal").fetchone()
    if count != (last or 0):
        raise Unusable("row_missing", rows=count, last=last)


def check_sidecar(file: Path, connection: sqlite3.Connection) -> bool:
    """Refuse a database behind its sidecar; False where there is none (worth a warning)."""
    check_rows(connection)
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
    found = connection.execute("SELECT hash FROM journal WHERE row = ?", (row,)).fetchone()
    if found is None:
        raise Unusable("behind", row=row, last=last_row(connection)[0])
    if bytes(found[0]).hex() != digest:
        raise Unusable("other_history", row=row)
    return True
