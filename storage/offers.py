"""Offers: the numbered items that the bot listed in a place, and how often each was offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.database import AT_HAND, Database, one_of

#: How many offers of a place are kept.
_OFFERS = 5

#: Of how many dialogues it is at hand how often each item was offered.
_DIALOGUES = 1_000

_TIMES = "SELECT item, times FROM offered WHERE dialogue = ?"

#: The time of an offer that was not posted yet: later than any moment.
ON_ITS_WAY = 2**62


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer: its items in the order of their numbers, from 1; ``stood_at`` is when it was
    posted (ms). ``asked`` are the places that it asks for (none named: all), where earlier ones of
    the same list were answered; ``wording`` says for each item which words of it were shown."""

    kind: str
    dialogue: str
    stood_at: int
    items: tuple[str, ...]
    asked: tuple[int, ...] = ()
    wording: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The list, and the places it asks for, as one string."""
        return f"{' '.join(self.items)}/{' '.join(map(str, self.asked))}"

    @property
    def places(self) -> tuple[int, ...]:
        """The places that it asks for."""
        return self.asked or tuple(range(1, len(self.items) + 1))


#: Deletes the oldest offers of a kind in a place, but never the newest that stands.
_TOO_OLD = (
    "DELETE FROM offers WHERE place = ?1 AND kind = ?2 AND id NOT IN ("
    "SELECT id FROM offers WHERE place = ?1 AND kind = ?2 ORDER BY id DESC LIMIT ?3)"
    " AND id < (SELECT max(id) FROM offers WHERE place = ?1 AND kind = ?2 AND stood_at < ?4)"
)

#: Asks for the offers of places.
_OFFERS_IN = (
    "SELECT id, place, kind, dialogue, stood_at, items, asked, wording FROM offers WHERE place"
)


def _read(row: Sequence[Any]) -> Offer:
    asked = tuple(map(int, row[4].split()))
    return Offer(row[0], row[1], row[2], tuple(row[3].split()), asked, tuple(row[5].split()))


def _left(every: tuple[Offer, ...], kind: str) -> tuple[Offer, ...]:
    """What is left of a place's offers, the newest first: of a kind the last few, and all since the
    newest that stands."""
    same = [offer for offer in every if offer.kind == kind]
    if len(same) <= _OFFERS:
        return every
    standing = next((n for n, o in enumerate(same) if o.stood_at < ON_ITS_WAY), len(same))
    gone = set(map(id, same[max(_OFFERS, standing + 1) :]))
    return tuple(offer for offer in every if id(offer) not in gone)


def _items(every: tuple[Offer, ...], dialogue: str) -> tuple[str, ...]:
    """The items of the newest offer of a dialogue."""
    same = (o.items for o in every if o.kind == "offer" and o.dialogue == dialogue)
    return next(same, ())


def _offers(db: Database, places: Sequence[str]) -> dict[str, tuple[Offer, ...]]:
    """The offers of some places, for each the newest first."""
    of_each: dict[str, list[Offer]] = {place: [] for place in places}
    if len(places) == 1:
        rows = db.execute(f"{_OFFERS_IN} = ?", (places[0],)).fetchall()
    else:
        rows = one_of(db, f"{_OFFERS_IN} IN", places)
    for _, place, *row in sorted(rows, reverse=True):
        of_each[place].append(_read(row))
    return {place: tuple(offers) for place, offers in of_each.items()}


class Offers:
    """The last offers of each place. An answer is read against the newest one posted before it.

    Those of a place are kept at hand, because every vote looks whether its item stood there, and so
    is how often each item of a dialogue was offered, because every offer asks for it.
    """

    def __init__(self, connection: Database) -> None:
        self._db = connection
        self._at_hand: dict[str, tuple[Offer, ...]] = {}
        self._times: dict[str, dict[str, int]] = {}
        self._coming: Callable[[], list[str]] = list

    def drop(self) -> None:
        """Clear the caches: the transaction was rolled back."""
        self._at_hand.clear()
        self._times.clear()

    def offer(self, place: str, offer: Offer) -> None:
        """Store an offer of a place; the oldest of its kind there is deleted, but never the newest
        that stands. What was not in the offer before it counts as offered once more."""
        before = self._of(place)
        self._at_hand.pop(place, None)
        if offer.kind == "offer":
            self._count(before, offer)
        asked, wording = " ".join(map(str, offer.asked)), " ".join(offer.wording)
        kept = (offer.kind, offer.dialogue, offer.stood_at, " ".join(offer.items), asked, wording)
        self._db.execute(
            "INSERT INTO offers (place, kind, dialogue, stood_at, items, asked, wording)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (place, *kept),
        )
        left = _left((_read(kept), *before), offer.kind)
        if len(left) <= len(before):
            self._db.execute(_TOO_OLD, (place, offer.kind, _OFFERS, ON_ITS_WAY))
        self._at_hand[place] = left

    def _count(self, before: tuple[Offer, ...], offer: Offer) -> None:
        times, there = self.times(offer.dialogue), _items(before, offer.dialogue)
        fresh = [item for item in offer.items if item not in there]
        if fresh:
            self._db.executemany(
                "INSERT INTO offered (dialogue, item, times) VALUES (?, ?, 1)"
                " ON CONFLICT (dialogue, item) DO UPDATE SET times = offered.times + 1",
                [(offer.dialogue, item) for item in fresh],
            )
            more = {item: times.get(item, 0) + fresh.count(item) for item in fresh}
            self._times[offer.dialogue] = {**times, **more}

    def times(self, dialogue: str) -> Mapping[str, int]:
        """How often each item of a dialogue was offered."""
        if (known := self._times.get(dialogue)) is None:
            if len(self._times) >= _DIALOGUES:
                self._times.clear()
            found = self._db.execute(_TIMES, (dialogue,)).fetchall()
            known = self._times[dialogue] = dict(found)
        return known

    def stand(self, place: str, at: int, key: str) -> None:
        """Set the time of the offers of a place that were not posted yet, up to the newest with
        this key; offers made later stay unposted."""
        self._at_hand.pop(place, None)
        self._db.execute(
            "UPDATE offers SET stood_at = ? WHERE place = ? AND stood_at = ? AND id <= ("
            " SELECT max(id) FROM offers WHERE place = ? AND items || '/' || asked = ?)",
            (at, place, ON_ITS_WAY, place, key),
        )

    def sending(self, place: str, key: str, token: str) -> None:
        """Note the token of the message in which the newest offer with this key is being sent."""
        self._db.execute(
            "UPDATE offers SET token = ? WHERE id = (SELECT max(id) FROM offers"
            " WHERE place = ? AND items || '/' || asked = ? AND stood_at = ?)",
            (token, place, key, ON_ITS_WAY),
        )

    def refused(self, place: str, token: str) -> None:
        """The platform will never have the message with this token: nobody saw the offer in it."""
        self._at_hand.pop(place, None)
        self._db.execute(
            "DELETE FROM offers WHERE place = ? AND token = ? AND stood_at = ?",
            (place, token, ON_ITS_WAY),
        )

    def stood(self, token: str, at: int, after: int = 0) -> str:
        """The message with this token was posted at ``at``, by the platform's own time: so were the
        offer in it, and earlier ones. With ``after`` only where it was not known before that
        time. Returns the place of the offer, or ""."""
        row = self._db.execute(
            "UPDATE offers SET stood_at = ? WHERE token = ? AND token != '' AND stood_at >= ?"
            " RETURNING place, id",
            (at, token, after),
        ).fetchone()
        if row is not None:
            self._at_hand.pop(str(row[0]), None)
            self._db.execute(
                "UPDATE offers SET stood_at = ? WHERE place = ? AND id < ? AND stood_at > ?",
                (at, row[0], row[1], at),
            )
        return str(row[0]) if row is not None else ""

    def expect(self, places: Callable[[], list[str]]) -> None:
        """Give the places that are asked for next: as soon as one of them is not at hand, the
        offers of all of them are looked up at once."""
        self._coming = places

    def _of(self, place: str) -> tuple[Offer, ...]:
        """The offers of a place, the newest first."""
        found = self._at_hand.get(place)
        if found is None:
            coming, self._coming = self._coming(), list
            absent = sorted({place, *coming} - self._at_hand.keys())
            if len(self._at_hand) + len(absent) > AT_HAND:
                self._at_hand.clear()
            self._at_hand.update(_offers(self._db, absent))
            found = self._at_hand[place]
        return found

    def on_its_way(self, place: str) -> Offer | None:
        """The newest offer of a place that was not sent yet, or None."""
        waiting = (o for o in self._of(place) if o.kind == "offer" and o.stood_at == ON_ITS_WAY)
        return next(waiting, None)

    def offered(self, place: str, kind: str, at: int) -> Offer | None:
        """The newest offer of a kind that had been posted in a place at that moment, or None."""
        found = self._at_hand.get(place)  # every vote looks twice, and nearly always it is there
        for offer in self._of(place) if found is None else found:
            if offer.kind == kind and offer.stood_at <= at:
                return offer
        return None

    def newest(self, place: str, kind: str) -> Offer | None:
        """The newest offer of a kind made in a place, whether or not it was posted, or None."""
        return self.offered(place, kind, ON_ITS_WAY)

    def remove(self, place: str, kinds: Sequence[str]) -> None:
        """Delete the offers of some kinds in a place."""
        self._at_hand.pop(place, None)
        self._db.executemany(
            "DELETE FROM offers WHERE place = ? AND kind = ?", [(place, kind) for kind in kinds]
        )

    def forget(self, place: str) -> None:
        """Delete the offers of a place."""
        self._at_hand.pop(place, None)
        self._db.execute("DELETE FROM offers WHERE place = ?", (place,))
