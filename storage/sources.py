"""What messages of people come to: the item that one gave, and the reactions that stand.

Messages are known by the hash of their ids alone.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """The item that somebody's message gave."""

    dialogue: str
    item: str
    person: str
    place: str


class Sources:
    """By these, whoever edits or removes a message changes what it gave, or takes a vote back."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def gave(self, cause: bytes, source: Source) -> None:
        """A message gave an item."""
        self._db.execute(
            "INSERT OR REPLACE INTO sources (cause, dialogue, item, person, place)"
            " VALUES (?, ?, ?, ?, ?)",
            (cause, source.dialogue, source.item, source.person, source.place),
        )

    def of(self, cause: bytes) -> Source | None:
        """What a message gave, if it gave anything."""
        row = self._db.execute(
            "SELECT dialogue, item, person, place FROM sources WHERE cause = ?", (cause,)
        ).fetchone()
        return Source(*row) if row else None

    def items_of(self, person: str) -> list[tuple[str, str]]:
        """Every (dialogue, item) that messages of a person gave."""
        return self._db.execute(
            "SELECT DISTINCT dialogue, item FROM sources WHERE person = ?", (person,)
        ).fetchall()

    # -- reactions that stand -----------------------------------------------------------------

    def react(
        self, cause: bytes, dialogue: str, item: str, ballot: str, choice: str, at: int, tie: str
    ) -> None:
        """A reaction stands, chosen at ``at`` (ms); ``tie`` orders those of the same moment."""
        self._db.execute(
            "INSERT OR IGNORE INTO reactions (cause, dialogue, item, ballot, choice, at, tie)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (cause, dialogue, item, ballot, choice, at, tie),
        )

    def unreact(self, cause: bytes) -> tuple[str, str, str, str, int, str] | None:
        """Take a reaction away: dialogue, item, ballot, choice, at, tie; None when unknown."""
        row = self._db.execute(
            "UPDATE reactions SET standing = 0 WHERE cause = ? AND standing = 1"
            " RETURNING dialogue, item, ballot, choice, at, tie",
            (cause,),
        ).fetchone()
        return (row[0], row[1], row[2], row[3], int(row[4]), row[5]) if row else None

    def is_reaction(self, cause: bytes) -> bool:
        """Whether a message is a reaction that was counted once."""
        found = self._db.execute("SELECT 1 FROM reactions WHERE cause = ?", (cause,)).fetchone()
        return found is not None

    def standing(self, dialogue: str, item: str, ballot: str) -> list[tuple[str, int, str]]:
        """The reactions of a ballot that still stand on an item, oldest first."""
        return self._db.execute(
            "SELECT choice, at, tie FROM reactions"
            " WHERE dialogue = ? AND item = ? AND ballot = ? AND standing = 1 ORDER BY at, tie",
            (dialogue, item, ballot),
        ).fetchall()

    # -- forgetting ---------------------------------------------------------------------------

    def destroy_links(self, dialogue: str) -> None:
        """Delete whose reactions stood, and who gave a reason: it stands under a ballot in the
        journal, and would lead from there to its author."""
        self._db.execute("DELETE FROM reactions WHERE dialogue = ?", (dialogue,))
        self._db.execute("DELETE FROM sources WHERE dialogue = ? AND item LIKE 'R%'", (dialogue,))

    def forget(self, person: str) -> None:
        """Delete which messages of a person gave what."""
        self._db.execute("DELETE FROM sources WHERE person = ?", (person,))
