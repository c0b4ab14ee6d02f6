"""Sources: which item a person's message gave, and how people expressed a vote that reactions give.

Messages are known by the hash of their ids alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from storage.database import Database


@dataclass(frozen=True, slots=True)
class Source:
    """The item that a person's message gave; ``place`` is where, "" once the words of the item are
    others than those of the message, so that it shows the item no more."""

    dialogue: str
    item: str
    person: str
    place: str


@dataclass(frozen=True, slots=True)
class Expressed:
    """What a ballot expressed on an item and still stands: the choice typed last, as JSON (None:
    none was typed), and the choices of the reactions after it, oldest first."""

    typed: str | None
    reacted: tuple[str, ...]


class Sources:
    """The sources and reactions, so that editing or removing a message changes its item or vote."""

    def __init__(self, connection: Database) -> None:
        self._db = connection

    def gave(self, cause: bytes, source: Source) -> None:
        """Store the item that a message gave."""
        self._db.execute(
            "INSERT INTO sources (cause, dialogue, item, person, place) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (cause) DO UPDATE SET dialogue = excluded.dialogue, item = excluded.item,"
            " person = excluded.person, place = excluded.place",
            (cause, source.dialogue, source.item, source.person, source.place),
        )

    def of(self, cause: bytes) -> Source | None:
        """The item that a message gave, or None."""
        row = self._db.execute(
            "SELECT dialogue, item, person, place FROM sources WHERE cause = ?", (cause,)
        ).fetchone()
        return Source(*row) if row else None

    def shows_no_more(self, dialogue: str, item: str) -> list[str]:
        """The words of an item changed elsewhere than in the message that gave it; returns the
        place of that message, if it showed the item."""
        key = (dialogue, item)
        rows = self._db.execute(
            "SELECT place FROM sources WHERE dialogue = ? AND item = ? AND place != ''", key
        ).fetchall()
        self._db.execute("UPDATE sources SET place = '' WHERE dialogue = ? AND item = ?", key)
        return [str(row[0]) for row in rows]

    def showing(self, dialogue: str, item: str) -> frozenset[str]:
        """The places of the messages that gave an item and show the words that it has."""
        rows = self._db.execute(
            "SELECT place FROM sources WHERE dialogue = ? AND item = ? AND place != ''",
            (dialogue, item),
        )
        return frozenset(str(row[0]) for row in rows)

    def items_of(self, person: str) -> list[tuple[str, str]]:
        """Every (dialogue, item) that messages of a person gave."""
        return self._db.execute(
            "SELECT DISTINCT dialogue, item FROM sources WHERE person = ?", (person,)
        ).fetchall()

    # -- expressions that stand ----------------------------------------------------------------

    def react(
        self, cause: bytes, dialogue: str, item: str, ballot: str, choice: str, at: int, tie: str
    ) -> None:
        """Store a reaction, chosen at ``at`` (ms); ``tie`` orders those of the same moment."""
        self._db.execute(
            "INSERT INTO reactions (cause, dialogue, item, ballot, choice, at, tie)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (cause, dialogue, item, ballot, choice, at, tie),
        )

    def typed(self, dialogue: str, item: str, ballot: str, choice: str, at: int, tie: str) -> None:
        """Store the choice (JSON) that a ballot typed, in place of an earlier one on that item."""
        cause = hashlib.sha256(f"{dialogue}/{item}/{ballot}".encode()).digest()
        self._db.execute(
            "INSERT INTO reactions (cause, dialogue, item, ballot, choice, at, tie, typed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (cause) DO UPDATE"
            " SET choice = excluded.choice, at = excluded.at, tie = excluded.tie"
            " WHERE (excluded.at, excluded.tie) >= (reactions.at, reactions.tie)",
            (cause, dialogue, item, ballot, choice, at, tie),
        )

    def unreact(self, cause: bytes) -> tuple[str, str, str] | None:
        """Mark a reaction as removed: returns its dialogue, item and ballot; None when unknown."""
        row = self._db.execute(
            "UPDATE reactions SET standing = 0 WHERE cause = ? AND standing = 1 AND typed = 0"
            " RETURNING dialogue, item, ballot",
            (cause,),
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def reaction(self, cause: bytes) -> tuple[str, str, str] | None:
        """The dialogue, item and ballot of a reaction that counts; None when unknown."""
        row = self._db.execute(
            "SELECT dialogue, item, ballot FROM reactions"
            " WHERE cause = ? AND standing = 1 AND typed = 0",
            (cause,),
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def is_reaction(self, cause: bytes) -> bool:
        """Whether a message is a reaction that counts or once counted."""
        found = self._db.execute("SELECT 1 FROM reactions WHERE cause = ?", (cause,)).fetchone()
        return found is not None

    def standing(self, dialogue: str, item: str, ballot: str) -> Expressed:
        """What a ballot expressed on an item and still stands. What was typed ends all before it,
        for good; a reaction that was removed is gone."""
        typed: str | None = None
        reacted: list[str] = []
        for is_typed, choice in self._db.execute(
            "SELECT typed, choice FROM reactions"
            " WHERE dialogue = ? AND item = ? AND ballot = ? AND standing = 1 ORDER BY at, tie",
            (dialogue, item, ballot),
        ):
            if is_typed:
                typed, reacted = choice, []
            else:
                reacted.append(choice)
        return Expressed(typed, tuple(reacted))

    # -- linked accounts ----------------------------------------------------------------------

    def give(self, gone: str, kept: str) -> None:
        """Make what messages of one person gave another's."""
        self._db.execute("UPDATE sources SET person = ? WHERE person = ?", (kept, gone))

    def merge(self, dialogue: str, gone: str, kept: str) -> None:
        """Make what a ballot expressed another's; of what was typed the newest stays."""
        rows = self._db.execute(
            "DELETE FROM reactions WHERE dialogue = ? AND ballot = ? AND typed = 1"
            " RETURNING item, choice, at, tie",
            (dialogue, gone),
        ).fetchall()
        for item, choice, at, tie in rows:
            self.typed(dialogue, item, kept, choice, at, tie)
        self._db.execute(
            "UPDATE reactions SET ballot = ? WHERE dialogue = ? AND ballot = ?",
            (kept, dialogue, gone),
        )

    # -- forgetting ---------------------------------------------------------------------------

    def destroy_links(self, dialogue: str) -> None:
        """Delete a dialogue's reactions and the sources of its reasons: both lead from a ballot to
        a person."""
        self._db.execute("DELETE FROM reactions WHERE dialogue = ?", (dialogue,))
        self._db.execute("DELETE FROM sources WHERE dialogue = ? AND item LIKE 'R%'", (dialogue,))

    def forget_authors(self, dialogue: str) -> None:
        """Delete which messages gave the items of a dialogue."""
        self._db.execute("DELETE FROM sources WHERE dialogue = ?", (dialogue,))

    def forget_ballot(self, dialogue: str, ballot: str) -> None:
        """Delete what a ballot expressed: none of it stands any more."""
        self._db.execute(
            "DELETE FROM reactions WHERE dialogue = ? AND ballot = ?", (dialogue, ballot)
        )

    def forget(self, person: str) -> None:
        """Delete which items a person's messages gave."""
        self._db.execute("DELETE FROM sources WHERE person = ?", (person,))
