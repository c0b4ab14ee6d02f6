"""Reading a database without touching it: for export, check and the making of an advice."""

from __future__ import annotations

import sqlite3
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dialogues.dialogue import Dialogue
from dialogues.record import fold, read
from storage import journal
from storage.sqlite import connect


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
        return tuple(journal.chains(self._db))

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

    def close(self) -> None:
        self._db.close()
