"""A town's rows from one database to another, of whichever kind: all of them, or none.

What was written is read again and compared with what was read: how many rows each table has, what
is in them, and that every chain ends as it did. Nothing here knows a table by name.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogues.record import next_hash, start_hash
from storage import journal
from storage.database import Database, Failed, Unusable
from storage.opening import columns, numbered_on, streamed, tables

#: So many rows are written at a time.
_PART = 500


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: of each table how many rows, and a sum over what is in them that does
    not depend on their order; and where every chain ends."""

    rows: Mapping[str, tuple[int, int]]
    chains: tuple[tuple[str, int, bytes], ...]

    @property
    def lines(self) -> int:
        return sum(seq for _, seq, _ in self.chains)


def holds_rows(db: Database) -> bool:
    """Whether a database holds anything at all."""
    found = (db.execute(_select("1", table) + " LIMIT 1") for table in tables(db))
    return any(rows.fetchone() is not None for rows in found)


def copy(source: Database, target: Database) -> Contents:
    """Copy every row into an empty database with the same tables, in one transaction of the target;
    the source is read in one of its own. Raises ``Unusable`` where the copy is another than what
    was read, or a row is of a kind that the target does not take; then the target is as it was."""
    source.execute("BEGIN")
    try:
        target.execute("BEGIN IMMEDIATE")
        try:
            for table in tables(source):
                _copy(source, target, table)
            found = contents(source)
            _check(target, found)
        except BaseException:
            target.execute("ROLLBACK")
            raise
        target.execute("COMMIT")
        return found
    finally:
        source.execute("ROLLBACK")


def _copy(source: Database, target: Database, table: str) -> None:
    names = columns(source, table)
    listed = ", ".join(f'"{name}"' for name in names)
    places = ", ".join("?" * len(names))
    statement = f'INSERT INTO "{table}" ({listed}) VALUES ({places})'  # noqa: S608 - our tables
    rows = streamed(source, _select(listed, table))
    try:
        while part := rows.fetchmany(_PART):
            target.executemany(statement, part)
        numbered_on(target, table)
    except (Failed, sqlite3.IntegrityError, sqlite3.DataError):
        raise Unusable("not_taken", table=table) from None


def _select(what: str, table: str) -> str:
    return f'SELECT {what} FROM "{table}"'  # noqa: S608 - our tables


def contents(db: Database) -> Contents:
    """What a database holds."""
    rows = {}
    for table in tables(db):
        listed = ", ".join(f'"{name}"' for name in columns(db, table))
        count = total = 0
        for row in _all(db, _select(listed, table)):
            count += 1
            total += int.from_bytes(hashlib.sha256(repr(_plain(row)).encode()).digest())
        rows[table] = (count, total % (1 << 256))
    return Contents(rows, tuple(journal.ends(db)))


def _all(db: Database, statement: str) -> Iterator[tuple[object, ...]]:
    rows = streamed(db, statement)
    while part := rows.fetchmany(_PART):
        yield from part


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def _check(target: Database, found: Contents) -> None:
    """Refuse a copy that differs, or in which a chain does not hold."""
    written = contents(target)
    for table, rows in found.rows.items():
        if written.rows.get(table) != rows:
            raise Unusable("not_the_same", table=table)
    if written.chains != found.chains:
        raise Unusable("not_the_same", table="the end of a chain")
    for name, _, digest in written.chains:
        head = start_hash(name)
        for number, (seq, line, stored) in enumerate(journal.hashed(target, name), 1):
            head = next_hash(head, line)
            if seq != number or head != stored:
                raise Unusable("chain_broken", dialogue=name, line=number)
        if head != digest:
            raise Unusable("chain_broken", dialogue=name, line=0)
