"""Texts: the words of people, stored apart from the journal so that they can be erased.

A line holds a reference and a seal, which is the hash of the words with a random key. Key and
words stand here; without them nobody can tell what was sealed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dialogues.core import Text
from dialogues.record import seal
from storage.database import Database

#: So many words that were read are at hand; with more, all of them are read anew.
_AT_HAND = 2_000


class Texts:
    """The words and their keys. New ones wait in memory until ``flush``, just before the COMMIT;
    what was read is at hand until it is erased, since each answer shows some of the same."""

    def __init__(self, connection: Database, chance: Callable[[int], bytes]) -> None:
        self._db = connection
        self._chance = chance
        self._waiting: dict[str, tuple[str, str, bytes, str]] = {}
        self._read: dict[str, str] = {}

    def keep(self, dialogue: str, event: Any, field: str) -> Text:
        """Store the words in a field of an event; returns the reference that replaces them."""
        text: Text = getattr(event, field)
        if text.ref:
            return text
        key = self._chance(16)
        ref = "t" + self._chance(10).hex()
        kind = f"{type(event).__name__}.{field}"
        self._waiting[ref] = (dialogue, kind, key, text.words)
        return Text("", ref, seal(key, kind, text.words))

    def words(self, ref: str) -> str | None:
        """The words of a reference; None when they were erased."""
        waiting = self._waiting.get(ref)
        if waiting is not None:
            return waiting[3]
        known = self._read.get(ref)
        if known is not None:
            return known
        found = words(self._db, ref)
        if found is not None:
            if len(self._read) >= _AT_HAND:
                self._read.clear()
            self._read[ref] = found
        return found

    def erase(self, ref: str) -> None:
        """Delete words and key; the reference stays, with a seal that nobody can check any more."""
        self._waiting.pop(ref, None)
        self._read.pop(ref, None)
        self._db.execute("DELETE FROM texts WHERE ref = ?", (ref,))

    def erase_kind(self, dialogue: str, kind: str) -> None:
        """Delete all words of one field of an event, with their keys."""
        self._read.clear()
        self._db.execute("DELETE FROM texts WHERE dialogue = ? AND kind = ?", (dialogue, kind))

    def flush(self) -> None:
        """Write the texts that wait; the caller commits."""
        if self._waiting:
            self._db.executemany(
                "INSERT INTO texts (ref, dialogue, kind, key, words) VALUES (?, ?, ?, ?, ?)",
                [(ref, *row) for ref, row in self._waiting.items()],
            )
            self._waiting.clear()

    def drop(self) -> None:
        """Drop the texts that wait: their transaction was rolled back."""
        self._waiting.clear()
        self._read.clear()


def words(db: Database, ref: str) -> str | None:
    """The words of a reference; None when they were erased."""
    row = db.execute("SELECT words FROM texts WHERE ref = ?", (ref,)).fetchone()
    return str(row[0]) if row else None


def texts_of(db: Database, dialogue: str) -> list[tuple[str, str, bytes, str]]:
    """The texts of a dialogue that are not erased: ref, kind, key, words."""
    return [
        (row[0], row[1], bytes(row[2]), row[3])
        for row in db.execute(
            "SELECT ref, kind, key, words FROM texts WHERE dialogue = ? ORDER BY ref", (dialogue,)
        )
    ]


def dialogues(db: Database) -> set[str]:
    """Every dialogue that has texts."""
    return {str(row[0]) for row in db.execute("SELECT DISTINCT dialogue FROM texts")}


def counts(db: Database) -> dict[str, int]:
    """How many texts every dialogue has that are not erased; those without any are left out."""
    return dict(db.execute("SELECT dialogue, COUNT(*) FROM texts GROUP BY dialogue"))
