"""``Register``: look-ups in a result: items by number, and finished rounds with their kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from advice.kind import Pages
from advice.kinds import AllPages
from advice.model import Item, Result, Round

SHOWN = "shown"
CLOSED = "closed"

#: The number of participants below which there is no advice, unless the charter says another.
MINIMUM = 10


@dataclass(frozen=True, slots=True)
class Place:
    """An item, its round, and the round's number from 1 (``index``)."""

    index: int
    round: Round
    item: Item
    pages: Pages

    @property
    def told(self) -> bool:
        """Whether it is shown and none of its figures are held back."""
        held_back = self.pages.ballots and self.item.counts is None
        return self.item.state == SHOWN and not held_back


@dataclass(frozen=True)
class Register:
    """A result with its items by number."""

    result: Result
    pages: AllPages
    places: dict[str, Place]

    @classmethod
    def of(cls, result: Result, pages: AllPages) -> Register:
        places = {
            item.number: Place(index, round_, item, pages.by_kind[round_.kind])
            for index, round_ in enumerate(result.rounds, 1)
            for item in round_.items
        }
        return cls(result, pages, places)

    def item(self, number: str) -> Item | None:
        place = self.places.get(number)
        return place.item if place else None

    def finished(self) -> Iterator[Place]:
        """The items of finished rounds, in the order of the result."""
        return (place for place in self.places.values() if place.round.state == CLOSED)

    def told(self, kind: str) -> Iterator[Place]:
        """The shown items of a kind in finished rounds, without those whose figures are held
        back."""
        return (p for p in self.finished() if p.round.kind == kind and p.told)

    @property
    def kinds(self) -> tuple[Pages, ...]:
        """The pages of this result's kinds, in the order in which they are printed."""
        present = {round_.kind for round_ in self.result.rounds}
        return tuple(pages for pages in self.pages if pages.kind in present)

    @property
    def voted_on(self) -> bool:
        """Whether there was a vote on the recommendations."""
        return any(
            round_.state == CLOSED and self.pages.by_kind[round_.kind].on_recommendations
            for round_ in self.result.rounds
        )

    @property
    def minimum(self) -> int:
        value = self.result.dialogue.charter.get("minimum", MINIMUM)
        try:
            return int(value)
        except (TypeError, ValueError):
            return MINIMUM

    @property
    def quotable(self) -> bool:
        """Whether the charter allows reasons to be quoted."""
        return self.result.dialogue.charter.get("citaten", "ja") not in ("nee", "no", False)


def open_ballot(result: Result) -> bool:
    """Whether the ballot was open, so that every vote is published."""
    return bool(result.dialogue.charter.get("ballot") == "open")


def plain(item: Item) -> dict[str, int]:
    """The counts of an item that has one number for each choice."""
    return cast("dict[str, int]", item.counts or {})


def reasons(item: Item | None, side: str) -> tuple[str, ...]:
    """The reasons on one side of an item that have words."""
    return tuple(r.text for r in item.reasons if r.side == side and r.text) if item else ()
