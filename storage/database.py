"""What storage asks of a database, whichever it is, and what an error of one means.

SQLite's own connection is a ``Database`` as it is, with nothing in between; ``storage.postgres``
has the other. A statement has one text, in the SQL that both understand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

#: The size of each cache of looked-up rows.
AT_HAND = 20_000

#: How many values one statement asks for.
_TOGETHER = 50

#: How many rows one INSERT statement has: few numbers, so that each text is compiled once.
_SIZES = (50, 20, 5)

#: Bytes as they are given to a statement that is run often. Python's module for SQLite takes these
#: as they are, and looks each time whether anybody adapts ``bytes``: 0.2 µs a value, and a vote has
#: three.
blob = bytearray

#: Errors that pass by themselves or once there is room, by SQLite's code. Of the errors of
#: input and output only those that a full disk or a quota gives: one that cannot be read stays.
_PASSING = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_PROTOCOL: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR_FSYNC: "full",
    sqlite3.SQLITE_IOERR_SHMSIZE: "full",
    sqlite3.SQLITE_IOERR_TRUNCATE: "full",
    sqlite3.SQLITE_IOERR_WRITE: "full",
}


class Rows(Protocol):
    """What a statement found or did."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchmany(self, size: int, /) -> list[Any]: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Database(Protocol):
    """A connection in autocommit mode: ``BEGIN IMMEDIATE`` begins a transaction, and until then
    every statement lasts by itself. Values stand in a statement as ``?`` or ``?1``."""

    @property
    def in_transaction(self) -> bool: ...

    def execute(self, statement: str, values: tuple[Any, ...] = ..., /) -> Rows: ...

    def executemany(self, statement: str, rows: Sequence[tuple[Any, ...]], /) -> Rows: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Served:
    """A town's database on a PostgreSQL server: a schema of its own.

    ``address`` is a URL or a line of settings as libpq reads it, and may hold a password: it is
    shown nowhere. Key and sidecar lie beside ``file``, which itself is not there.
    """

    address: str = field(repr=False)
    schema: str
    file: Path

    def __str__(self) -> str:
        return f"the schema {self.schema} on the server"


#: Where a town's database is: a file of SQLite, or on a server.
Where = Path | Served


def beside(where: Where) -> Path:
    """The file beside which a town's key and sidecar lie."""
    return where.file if isinstance(where, Served) else where


class Unusable(Exception):  # noqa: N818 - says what the database is
    """A database that must not be used: a code, and the values of its sentence."""

    def __init__(self, code: str, **data: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


class TakenOver(Unusable):
    """Another program has had the town since the connection was lost: whoever meets this knows the
    town as it was, and has to end."""

    def __init__(self) -> None:
        super().__init__("taken_over")


class NotNow(Exception):  # noqa: N818 - what the program answers
    """Nothing can be stored at this moment (``busy`` or ``full``); the caller may try again."""


class Failed(Exception):  # noqa: N818 - what the server's answer says
    """An error of a server's database that will not pass, by its five-character code alone: its
    text may hold words of people. One that will is raised as ``NotNow`` at once."""


#: What a database raises that cannot read what is in it.
ERRORS = (sqlite3.DatabaseError, Failed)


@contextmanager
def or_not_now() -> Iterator[None]:
    """Raise ``NotNow`` for an error that will pass; any other is raised as it is."""
    try:
        yield
    except sqlite3.Error as error:
        reason = passing(error)
        if reason:
            raise NotNow(reason) from error
        raise


@contextmanager
def or_damaged(where: Where) -> Iterator[None]:
    """Raise ``Unusable`` for what can only be read where the database is whole; ``NotNow`` for an
    error that will pass."""
    try:
        with or_not_now():
            yield
    except (*ERRORS, UnicodeDecodeError) as error:
        raise Unusable("damaged", file=str(where)) from error


def passing(error: sqlite3.Error) -> str:
    """Why nothing can be stored at this moment, ``busy`` or ``full``; "" for an error that will not
    pass.

    The last byte of an extended code is the basic code. Errors of Python's own module have no code.
    """
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return _PASSING.get(code) or _PASSING.get(code & 0xFF, "")


@cache
def _for_many(statement: str, ending: str, rows: int) -> str:
    """The same INSERT for so many rows at once."""
    row = statement[statement.rindex("(") :]
    return statement + f", {row}" * (rows - 1) + ending


def insert(db: Database, statement: str, values: Sequence[object], ending: str = "") -> None:
    """Insert rows with a statement that ends in the values of one, such as ``(?, ?)``, before what
    stands in ``ending``. The ``values`` of all rows stand one after the other: no row needs a tuple
    of its own.

    Many rows in one statement take a third less time than ``executemany``, which starts the
    statement again for each.
    """
    one, done = statement.count("?"), 0
    for rows in _SIZES:
        many = one * rows
        while done + many <= len(values):
            db.execute(_for_many(statement, ending, rows), tuple(values[done : done + many]))
            done += many
    if done < len(values):
        rest = range(done, len(values), one)
        db.executemany(statement + ending, [tuple(values[at : at + one]) for at in rest])


def one_of(
    db: Database, statement: str, values: Sequence[str], before: tuple[Any, ...] = ()
) -> list[Any]:
    """The rows of a statement that ends in ``IN``, for any of these values, of which those before
    are part of the statement too.

    They are asked for some at a time, always as many, so that the statement has one text.
    """
    found: list[Any] = []
    asked = f"{statement} ({', '.join('?' * _TOGETHER)})"
    for start in range(0, len(values), _TOGETHER):
        some = values[start : start + _TOGETHER]
        same = (some[-1],) * (_TOGETHER - len(some))
        found += db.execute(asked, (*before, *some, *same)).fetchall()
    return found
