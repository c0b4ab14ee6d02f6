"""Places: the dialogue chosen in each, whose conversation it is, how many messages were posted.

A place is one string, ``platform/kind/name``. None of this is history: it can be rebuilt by asking
again, so it stands outside the journal. How far up a message is follows from one number a place,
the messages that stood there so far, and that number when the message came: nothing grows with
what people write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from storage.database import AT_HAND, Database


def is_room(place: str) -> bool:
    """Whether a place is a room, where residents talk with each other."""
    return "/room/" in place


def conversation(platform: str, account: str) -> str:
    """The place of somebody's personal conversation on a platform."""
    return f"{platform}/personal/{account}"


class Places:
    """Places by their string. ``dialogue`` and ``belongs`` are cached, because every vote needs
    them."""

    def __init__(self, connection: Database) -> None:
        self._db = connection
        self._dialogues: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self._heard: Counter[str] = Counter()

    def flush(self) -> None:
        """Write the counts of new messages; the caller commits."""
        for place, more in self._heard.items():
            self._db.execute(
                "INSERT INTO places (place, messages) VALUES (?, ?)"
                " ON CONFLICT (place) DO UPDATE SET"
                " messages = places.messages + excluded.messages",
                (place, more),
            )
        self._heard.clear()

    def drop(self) -> None:
        """Clear the cache and the counts that were not written: the transaction was rolled back."""
        self._dialogues.clear()
        self._owners.clear()
        self._heard.clear()

    def _trim(self) -> None:
        for kept in (self._dialogues, self._owners):
            if len(kept) > AT_HAND:
                kept.clear()

    # -- which dialogue, and whose place ------------------------------------------------------

    def dialogue(self, place: str) -> str:
        """The dialogue chosen in a place, or ""."""
        known = self._dialogues.get(place)
        if known is None:
            row = self._db.execute(
                "SELECT dialogue FROM places WHERE place = ?", (place,)
            ).fetchone()
            self._trim()
            known = self._dialogues[place] = str(row[0]) if row else ""
        return known

    def choose(self, place: str, dialogue: str) -> None:
        """Make a dialogue the one that is meant in a place."""
        self._dialogues[place] = dialogue
        self._db.execute(
            "INSERT INTO places (place, dialogue) VALUES (?, ?)"
            " ON CONFLICT (place) DO UPDATE SET dialogue = excluded.dialogue",
            (place, dialogue),
        )

    def belongs(self, place: str, person: str) -> None:
        """Store whose personal conversation a place is."""
        if self._owners.get(place) == person:
            return
        self._trim()
        self._owners[place] = person
        self._db.execute(
            "INSERT INTO places (place, person) VALUES (?, ?)"
            " ON CONFLICT (place) DO UPDATE SET person = excluded.person"
            " WHERE places.person != excluded.person",
            (place, person),
        )

    def of_person(self, person: str) -> list[str]:
        """The personal conversations of a person, in the order of their names."""
        rows = self._db.execute(
            "SELECT place FROM places WHERE person = ? ORDER BY place", (person,)
        )
        return [str(row[0]) for row in rows]

    def person(self, place: str) -> str:
        """The person whose personal conversation a place is, or ""."""
        row = self._db.execute("SELECT person FROM places WHERE place = ?", (place,)).fetchone()
        return str(row[0]) if row else ""

    def give(self, gone: str, kept: str, platform: str = "*") -> None:
        """Make the personal conversations of one person, perhaps on one platform, another's."""
        self._db.execute(
            "UPDATE places SET person = ? WHERE person = ? AND place GLOB ?",
            (kept, gone, f"{platform}/*"),
        )
        self._owners.clear()

    def forget(self, place: str) -> None:
        """Delete somebody's personal conversation."""
        self._db.execute("DELETE FROM places WHERE place = ?", (place,))
        self._dialogues.clear()
        self._owners.clear()

    # -- what somebody heard in a place -------------------------------------------------------

    def begun(self, place: str, dialogue: str) -> bool:
        """Whether the first explanation in this dialogue was answered with yes here."""
        row = self._db.execute("SELECT begun FROM places WHERE place = ?", (place,)).fetchone()
        return bool(row) and dialogue in str(row[0]).split("\n")

    def begin(self, place: str, dialogue: str) -> None:
        """Store that the first explanation in this dialogue was answered with yes here."""
        if not self.begun(place, dialogue):
            self._db.execute(
                "INSERT INTO places (place, begun) VALUES (?, ?)"
                " ON CONFLICT (place) DO UPDATE SET begun = places.begun || ? || excluded.begun",
                (place, dialogue, "\n"),
            )

    def talking(self, dialogue: str, platforms: Collection[str]) -> list[str]:
        """The personal conversations on these platforms in which somebody has begun with a dialogue
        and that are about it still."""
        rows = self._db.execute(
            "SELECT place, begun FROM places WHERE dialogue = ? AND person != '' ORDER BY place",
            (dialogue,),
        )
        return (
            [
                str(place)
                for place, begun in rows
                if dialogue in str(begun).split("\n") and str(place).partition("/")[0] in platforms
            ]
            if platforms
            else []
        )

    def hint(self, place: str, at: int, every: int) -> bool:
        """Whether a hint may be given here now: at most one in ``every`` milliseconds."""
        row = self._db.execute("SELECT hinted_at FROM places WHERE place = ?", (place,)).fetchone()
        if row and at - int(row[0]) < every:
            return False
        self._db.execute(
            "INSERT INTO places (place, hinted_at) VALUES (?, ?)"
            " ON CONFLICT (place) DO UPDATE SET hinted_at = excluded.hinted_at",
            (place, at),
        )
        return True

    # -- how many messages a room had ---------------------------------------------------------

    def heard(self, place: str) -> None:
        """Count one more message in a room. ``flush`` writes it."""
        if is_room(place):
            self._heard[place] += 1

    def messages(self, place: str) -> int:
        """How many messages were posted in a room so far."""
        row = self._db.execute("SELECT messages FROM places WHERE place = ?", (place,)).fetchone()
        return (int(row[0]) if row else 0) + self._heard[place]
