"""What is open where: the chosen dialogue, the open question, the offers, who wrote what.

A place is one string, ``platform/kind/name``. None of this is history: it can be rebuilt by
asking again, so it stands outside the journal.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import msgspec

#: How long an open question of a place stays open, in milliseconds.
LAPSES = 24 * 3600 * 1000

#: How many looked-up rows are kept at hand of each sort.
_AT_HAND = 20_000

#: How many offers of a place are kept.
_OFFERS = 5

#: When an offer stands that is still on its way: later than any moment.
ON_ITS_WAY = 2**62


@dataclass(frozen=True, slots=True)
class Form:
    """The open question of a place: its kind, and the answers so far."""

    kind: str
    dialogue: str
    data: dict[str, object]
    since: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What was offered in a place: items by place in the message, from 1."""

    kind: str
    dialogue: str
    stood_at: int
    items: tuple[str, ...]


class Places:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._dialogues: dict[str, str] = {}
        self._owners: dict[str, str] = {}

    def drop(self) -> None:
        """Forget what is at hand (after a rollback, or when people were forgotten)."""
        self._dialogues.clear()
        self._owners.clear()

    def _trim(self) -> None:
        for kept in (self._dialogues, self._owners):
            if len(kept) > _AT_HAND:
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
        self._dialogues[place] = dialogue
        self._db.execute(
            "INSERT INTO places (place, dialogue) VALUES (?, ?)"
            " ON CONFLICT (place) DO UPDATE SET dialogue = excluded.dialogue",
            (place, dialogue),
        )

    def belongs(self, place: str, person: str) -> None:
        """Remember whose personal conversation a place is."""
        if self._owners.get(place) == person:
            return
        self._trim()
        self._owners[place] = person
        self._db.execute(
            "INSERT INTO places (place, person) VALUES (?, ?)"
            " ON CONFLICT (place) DO UPDATE SET person = excluded.person"
            " WHERE person != excluded.person",
            (place, person),
        )

    def of_person(self, person: str) -> str | None:
        """The personal conversation of a person, if there is one."""
        row = self._db.execute(
            "SELECT place FROM places WHERE person = ? ORDER BY place LIMIT 1", (person,)
        ).fetchone()
        return str(row[0]) if row else None

    def person(self, place: str) -> str:
        """Whose personal conversation a place is, or ""."""
        row = self._db.execute("SELECT person FROM places WHERE place = ?", (place,)).fetchone()
        return str(row[0]) if row else ""

    def begun(self, place: str, dialogue: str) -> bool:
        """Whether this person said yes to the first explanation in this dialogue."""
        row = self._db.execute("SELECT begun FROM places WHERE place = ?", (place,)).fetchone()
        return bool(row) and dialogue in str(row[0]).split("\n")

    def begin(self, place: str, dialogue: str) -> None:
        if not self.begun(place, dialogue):
            self._db.execute(
                "INSERT INTO places (place, begun) VALUES (?, ?)"
                " ON CONFLICT (place) DO UPDATE SET begun = begun || char(10) || excluded.begun",
                (place, dialogue),
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

    # -- the open question --------------------------------------------------------------------

    def form(self, place: str, at: int) -> Form | None:
        """The open question of a place; one older than 24 hours has lapsed."""
        row = self._db.execute(
            "SELECT kind, dialogue, data, since FROM forms WHERE place = ?", (place,)
        ).fetchone()
        if row is None or at - int(row[3]) > LAPSES:
            return None
        return Form(row[0], row[1], msgspec.json.decode(row[2]), int(row[3]))

    def ask(self, place: str, form: Form) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO forms (place, kind, dialogue, data, since)"
            " VALUES (?, ?, ?, ?, ?)",
            (place, form.kind, form.dialogue, msgspec.json.encode(form.data), form.since),
        )

    def forms(self, kind: str, at: int) -> list[Form]:
        """Every open question of a kind."""
        rows = self._db.execute(
            "SELECT kind, dialogue, data, since FROM forms WHERE kind = ? AND since >= ?"
            " ORDER BY since",
            (kind, at - LAPSES),
        )
        return [Form(row[0], row[1], msgspec.json.decode(row[2]), int(row[3])) for row in rows]

    def answered(self, place: str) -> None:
        self._db.execute("DELETE FROM forms WHERE place = ?", (place,))

    # -- offers and numbered lists ------------------------------------------------------------

    def offer(self, place: str, offer: Offer) -> None:
        self._db.execute(
            "INSERT INTO offers (place, kind, dialogue, stood_at, items) VALUES (?, ?, ?, ?, ?)",
            (place, offer.kind, offer.dialogue, offer.stood_at, " ".join(offer.items)),
        )
        self._db.execute(
            "DELETE FROM offers WHERE place = ? AND kind = ? AND id NOT IN (SELECT id FROM offers"
            " WHERE place = ? AND kind = ? ORDER BY id DESC LIMIT ?)",
            (place, offer.kind, place, offer.kind, _OFFERS),
        )

    def stand(self, place: str, at: int, items: str) -> None:
        """What was on its way to a place stands there since ``at``, up to the newest offer of
        these items; what was offered since then is still on its way."""
        self._db.execute(
            "UPDATE offers SET stood_at = ? WHERE place = ? AND stood_at = ? AND id <= ("
            " SELECT max(id) FROM offers WHERE place = ? AND items = ?)",
            (at, place, ON_ITS_WAY, place, items),
        )

    def sending(self, place: str, items: str, token: str) -> None:
        """The newest offer of these items goes out in the message with this token."""
        self._db.execute(
            "UPDATE offers SET token = ? WHERE id = (SELECT max(id) FROM offers"
            " WHERE place = ? AND items = ? AND stood_at = ?)",
            (token, place, items, ON_ITS_WAY),
        )

    def stood(self, token: str, at: int) -> None:
        """The message with this token stands since ``at``, by the platform's own time; so do
        offers before the one in it."""
        row = self._db.execute(
            "UPDATE offers SET stood_at = ? WHERE token = ? AND token != '' RETURNING place, id",
            (at, token),
        ).fetchone()
        if row is not None:
            self._db.execute(
                "UPDATE offers SET stood_at = ? WHERE place = ? AND id < ? AND stood_at > ?",
                (at, row[0], row[1], at),
            )

    def on_its_way(self, place: str) -> Offer | None:
        """The newest offer for a place that was not sent yet."""
        row = self._db.execute(
            "SELECT kind, dialogue, stood_at, items FROM offers WHERE place = ? AND kind = 'offer'"
            " AND stood_at = ? ORDER BY id DESC LIMIT 1",
            (place, ON_ITS_WAY),
        ).fetchone()
        return Offer(row[0], row[1], row[2], tuple(row[3].split())) if row else None

    def offered(self, place: str, kind: str, at: int) -> Offer | None:
        """The newest offer of a kind that stood in a place at that moment."""
        row = self._db.execute(
            "SELECT kind, dialogue, stood_at, items FROM offers"
            " WHERE place = ? AND kind = ? AND stood_at <= ? ORDER BY id DESC LIMIT 1",
            (place, kind, at),
        ).fetchone()
        return Offer(row[0], row[1], row[2], tuple(row[3].split())) if row else None

    # -- forgetting ---------------------------------------------------------------------------

    def erase_person(self, person: str, places: tuple[str, ...]) -> None:
        """Forget open questions and offers in a person's places."""
        for place in places:
            self._db.execute("DELETE FROM forms WHERE place = ?", (place,))
            self._db.execute("DELETE FROM offers WHERE place = ?", (place,))
            self._db.execute("DELETE FROM outbox WHERE place = ?", (place,))
            self._db.execute("DELETE FROM posts WHERE place = ?", (place,))
        # Questions about what somebody said in a room stand with that message.
        self._db.execute(
            "DELETE FROM forms WHERE kind = 'gather' AND"
            " json_extract(CAST(data AS TEXT), '$.account')"
            " IN (SELECT account FROM accounts WHERE person = ?)",
            (person,),
        )
        self._db.execute(
            "DELETE FROM posts WHERE (dialogue, slot) IN"
            " (SELECT dialogue, 'given-' || item FROM sources WHERE person = ?)",
            (person,),
        )
        self._db.execute("DELETE FROM sources WHERE person = ?", (person,))
        self.drop()

    def places_of(self, person: str) -> tuple[str, ...]:
        rows = self._db.execute("SELECT place FROM places WHERE person = ?", (person,))
        return tuple(str(row[0]) for row in rows)

    def clean(self, now: int) -> None:
        """Forget questions that lapsed."""
        self._db.execute("DELETE FROM forms WHERE since < ?", (now - LAPSES,))
