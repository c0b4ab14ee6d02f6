"""Reading a database without touching it: for export, check and the making of an advice."""

from __future__ import annotations

import sqlite3
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dialogues.aggregates import DIALOGUE, kind_of
from dialogues.dialogue import Dialogue
from dialogues.record import (
    TEXT_FIELDS,
    TOWN,
    BrokenJournal,
    fold,
    next_hash,
    read,
    seal,
    start_hash,
)
from storage import journal
from storage.sqlite import check_sidecar, connect


@dataclass(frozen=True, slots=True)
class Folded:
    """A dialogue at a position: its state, the chain's head there, and the line's own time."""

    dialogue: Dialogue
    head: str
    at: datetime


class Reader:
    """A read-only view on one connection; ``of`` opens a file, else a live one is shared."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def of(cls, file: Path) -> Reader:
        return cls(connect(file, read_only=True))

    def dialogues(self) -> tuple[str, ...]:
        return tuple(
            name for name in journal.chains(self._db) if name != TOWN and kind_of(name) == DIALOGUE
        )

    def folded(self, dialogue: str, upto: int | None = None) -> Folded | None:
        """The state after line ``upto`` (the last one where none is given); None if unknown."""
        rows = list(journal.lines(self._db, dialogue, upto))
        last = deque(fold(dialogue, rows), maxlen=1)
        if not last:
            return None
        state, head = last[0]
        return Folded(state, head.hex(), read(rows[-1]).at)

    def lines(self, dialogue: str, upto: int | None = None) -> list[bytes]:
        return list(journal.lines(self._db, dialogue, upto))

    def words(self, ref: str) -> str | None:
        return journal.words(self._db, ref)

    def texts(self, dialogue: str) -> list[tuple[str, str, bytes, str]]:
        return journal.texts(self._db, dialogue)

    def links(self, dialogue: str) -> dict[str, str]:
        return journal.links(self._db, dialogue)

    def whole(self) -> bool:
        """Whether SQLite itself finds the file in order."""
        try:
            row = self._db.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.DatabaseError:
            return False
        return bool(row) and row[0] == "ok"

    def sidecar(self, file: Path) -> bool:
        """Whether there is a sidecar; raises ``Unusable`` when the database is behind it."""
        return check_sidecar(file, self._db)

    def check_chain(self, dialogue: str) -> None:
        """Hash every line again; raises ``BrokenJournal`` at the first that is not as stored."""
        head = start_hash(dialogue)
        rows = journal.hashed(self._db, dialogue)
        for number, (seq, line, stored) in enumerate(rows, 1):
            head = next_hash(head, line)
            if seq != number or head != stored:
                raise BrokenJournal("changed", number)

    def broken_texts(self, dialogue: str) -> list[str]:
        """The references whose words are not those the journal sealed."""
        seals = {}
        for raw in journal.lines(self._db, dialogue):
            event = read(raw).event
            for name in TEXT_FIELDS[type(event)]:
                text = getattr(event, name)
                seals[text.ref] = text.seal
        return [
            ref
            for ref, kind, key, words in self.texts(dialogue)
            if seals.get(ref) != seal(key, kind, words)
        ]

    def failed(self) -> int:
        """How many chat events could not be handled."""
        row = self._db.execute("SELECT count(*) FROM inbox WHERE failed = 1").fetchone()
        return int(row[0])

    def parked(self) -> int:
        """How many messages could not be sent."""
        row = self._db.execute("SELECT count(*) FROM outbox WHERE state = 'parked'").fetchone()
        return int(row[0])

    def close(self) -> None:
        self._db.close()
