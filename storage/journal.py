"""The journal: one chain of lines a dialogue, and the words of people kept apart from it.

Events and texts wait in memory until ``flush``, which the store calls just before its COMMIT. Only
then are the lines made, hashed and inserted, a whole batch at each step: a processor does a hundred
times the same in half the time of a hundred ways through everything. On a failure ``drop`` forgets
what waited.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dialogues.core import Text
from dialogues.record import Record, next_hash, seal, sealed, start_hash
from storage.sqlite import insert


@dataclass(slots=True)
class Head:
    """Where a chain is: its number in the database, its last line's number and hash.

    The hash is that of the last line made; ``Journal.head`` makes those that wait.
    """

    chain: int
    seq: int
    hash: bytes


class Journal:
    def __init__(
        self, connection: sqlite3.Connection, chance: Callable[[int], bytes], record: Record
    ) -> None:
        self._db = connection
        self._record = record
        self._chance = chance
        self._heads: dict[str, Head] = {}
        self._events: list[tuple[Head, str, int, datetime, str, Any]] = []
        self._lines: list[tuple[int, int, bytes, bytes]] = []
        self._texts: dict[str, tuple[str, str, bytes, str]] = {}

    def head(self, dialogue: str) -> Head:
        if self._events:
            self._make_lines()
        return self._heads.get(dialogue) or self._load(dialogue)

    def _load(self, dialogue: str) -> Head:
        self._db.execute("INSERT OR IGNORE INTO chains (dialogue) VALUES (?)", (dialogue,))
        chain = self._db.execute(
            "SELECT chain FROM chains WHERE dialogue = ?", (dialogue,)
        ).fetchone()[0]
        row = self._db.execute(
            "SELECT seq, hash FROM journal WHERE chain = ? ORDER BY seq DESC LIMIT 1", (chain,)
        ).fetchone()
        seq, digest = (row[0], bytes(row[1])) if row else (0, start_hash(dialogue))
        head = self._heads[dialogue] = Head(chain, seq, digest)
        return head

    def remember(self, dialogue: str, chain: int, seq: int, digest: bytes) -> None:
        """Set a head that the start-up read found, so that it need not be looked up."""
        self._heads[dialogue] = Head(chain, seq, digest)

    def append(self, dialogue: str, at: datetime, by: str, event: Any) -> Any:
        """Add an event to its chain; returns it with its words swapped for references."""
        names = self._record.text_fields[type(event)]
        if names:
            event = sealed(event, {name: self._keep(dialogue, event, name) for name in names})
        head = self._heads.get(dialogue) or self._load(dialogue)
        head.seq = seq = head.seq + 1
        self._events.append((head, dialogue, seq, at, by, event))
        return event

    def _make_lines(self) -> None:
        """Write and chain the events that wait."""
        write = self._record.write
        for head, dialogue, seq, at, by, event in self._events:
            line = write(dialogue, seq, at, by, event)
            head.hash = digest = next_hash(head.hash, line)
            self._lines.append((head.chain, seq, line, digest))
        self._events.clear()

    def _keep(self, dialogue: str, event: Any, field: str) -> Text:
        text: Text = getattr(event, field)
        if text.ref:
            return text
        key = self._chance(16)
        ref = "t" + self._chance(10).hex()
        kind = f"{type(event).__name__}.{field}"
        self._texts[ref] = (dialogue, kind, key, text.words)
        return Text("", ref, seal(key, kind, text.words))

    def words(self, ref: str) -> str | None:
        """The words behind a reference, or None when they were erased."""
        waiting = self._texts.get(ref)
        if waiting is not None:
            return waiting[3]
        return words(self._db, ref)

    def erase(self, ref: str) -> None:
        """Take words and key away; what stays is the reference and a seal nobody can open."""
        self._texts.pop(ref, None)
        self._db.execute("DELETE FROM texts WHERE ref = ?", (ref,))

    def flush(self) -> None:
        """Write what waits; the caller commits."""
        if self._events:
            self._make_lines()
        if self._lines:
            statement = "INSERT INTO journal (chain, seq, line, hash) VALUES (?, ?, ?, ?)"
            insert(self._db, statement, self._lines)
            self._lines.clear()
        if self._texts:
            self._db.executemany(
                "INSERT INTO texts (ref, dialogue, kind, key, words) VALUES (?, ?, ?, ?, ?)",
                [(ref, *row) for ref, row in self._texts.items()],
            )
            self._texts.clear()

    def drop(self) -> None:
        """Forget what waits and every head: the transaction it belonged to was rolled back."""
        self._events.clear()
        self._lines.clear()
        self._texts.clear()
        self._heads.clear()


def chains(db: sqlite3.Connection) -> dict[str, int]:
    """Every dialogue with a journal, and the number of its chain, oldest first."""
    return dict(db.execute("SELECT dialogue, chain FROM chains ORDER BY chain").fetchall())


def all_rows(db: sqlite3.Connection) -> Iterator[tuple[str, int, int, bytes, bytes]]:
    """Every line in the order of writing: dialogue, chain, seq, line, hash.

    The casts let a value of another type, put there by hand, be found as any other change.
    """
    return db.execute(
        "SELECT dialogue, chain, seq, CAST(line AS BLOB), CAST(hash AS BLOB)"
        " FROM journal JOIN chains USING (chain) ORDER BY row"
    )


def lines(db: sqlite3.Connection, dialogue: str, upto: int | None = None) -> Iterator[bytes]:
    """The lines of one dialogue, to position ``upto`` where given."""
    rows = db.execute(
        "SELECT CAST(line AS BLOB) FROM journal"
        " WHERE chain = (SELECT chain FROM chains WHERE dialogue = ?)"
        " AND seq <= ? ORDER BY seq",
        (dialogue, upto if upto is not None else 2**62),
    )
    return (row[0] for row in rows)


def hashed(db: sqlite3.Connection, dialogue: str) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, line and stored hash of every line of one dialogue."""
    rows = db.execute(
        "SELECT seq, CAST(line AS BLOB), CAST(hash AS BLOB) FROM journal"
        " WHERE chain = (SELECT chain FROM chains WHERE dialogue = ?) ORDER BY seq",
        (dialogue,),
    )
    return iter(rows)


def texts(db: sqlite3.Connection, dialogue: str) -> list[tuple[str, str, bytes, str]]:
    """The texts of a dialogue that are not erased: ref, kind, key, words."""
    return [
        (row[0], row[1], bytes(row[2]), row[3])
        for row in db.execute(
            "SELECT ref, kind, key, words FROM texts WHERE dialogue = ? ORDER BY ref", (dialogue,)
        )
    ]


def words(db: sqlite3.Connection, ref: str) -> str | None:
    """The words behind a reference, or None when they were erased."""
    row = db.execute("SELECT words FROM texts WHERE ref = ?", (ref,)).fetchone()
    return str(row[0]) if row else None


def links(db: sqlite3.Connection, dialogue: str) -> dict[str, str]:
    """Every ballot of a dialogue with its participant, while the links last."""
    return dict(
        db.execute(
            "SELECT ballot, participant FROM ballots WHERE dialogue = ?", (dialogue,)
        ).fetchall()
    )
