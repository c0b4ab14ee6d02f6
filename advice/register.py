"""Where to find what in a result: items by number, rounds that are finished, who shares a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from advice.model import Consent, Item, Result, Round
from dialogues.counting import one, points, ranked, several, statement

SHOWN = "shown"
CLOSED = "closed"

#: The number of participants below which there is no advice, unless the charter says another.
MINIMUM = 10


@dataclass(frozen=True, slots=True)
class Place:
    """An item and the round it stands in; ``index`` is the round's number from 1."""

    index: int
    round: Round
    item: Item


@dataclass(frozen=True)
class Register:
    """A result with its items by number."""

    result: Result
    places: dict[str, Place]

    @classmethod
    def of(cls, result: Result) -> Register:
        places = {
            item.number: Place(index, round_, item)
            for index, round_ in enumerate(result.rounds, 1)
            for item in round_.items
        }
        return cls(result, places)

    def item(self, number: str) -> Item | None:
        place = self.places.get(number)
        return place.item if place else None

    def of_kind(self, *kinds: str) -> Iterator[Place]:
        """The items of finished rounds of these kinds, in the order of the result."""
        for place in self.places.values():
            if place.round.kind in kinds and place.round.state == CLOSED:
                yield place

    def counted(self, *kinds: str) -> Iterator[Place]:
        """As ``of_kind``, only those whose figures are published."""
        for place in self.of_kind(*kinds):
            if place.item.state == SHOWN and place.item.counts is not None:
                yield place

    @property
    def has_closing(self) -> bool:
        return any(r.kind == "closing" and r.state == CLOSED for r in self.result.rounds)

    @property
    def minimum(self) -> int:
        value = self.result.dialogue.charter.get("minimum", MINIMUM)
        try:
            return int(value)
        except (TypeError, ValueError):
            return MINIMUM

    @property
    def quotable(self) -> bool:
        """Whether the charter lets reasons be quoted."""
        return self.result.dialogue.charter.get("citaten", "ja") not in ("nee", "no", False)

    @property
    def open_ballot(self) -> bool:
        return self.result.dialogue.charter.get("ballot") == "open"


def opinions(item: Item) -> tuple[int, int, int]:
    """agree, disagree and pass of a statement with figures."""
    counts = plain(item)
    return counts["agree"], counts["disagree"], counts["pass"]


def share(item: Item) -> Fraction | None:
    """A statement's share of agreement."""
    agree, disagree, _ = opinions(item)
    return statement.share(agree, disagree)


def plain(item: Item) -> dict[str, int]:
    """Counts of one number an option: all kinds but ranked and points."""
    return cast("dict[str, int]", item.counts or {})


def places(item: Item) -> dict[str, list[int]]:
    """Counts of a ranked poll: how often each option was first, second, …"""
    return cast("dict[str, list[int]]", item.counts or {})


def portions(item: Item) -> dict[str, dict[str, int]]:
    """Counts of a poll with points: how many ballots gave each option how many."""
    return cast("dict[str, dict[str, int]]", item.counts or {})


def scores(item: Item) -> dict[str, int]:
    """What a poll's winner is found by: choices or points, an option."""
    match item.poll:
        case "ranked":
            return ranked.scores(places(item))
        case "points":
            return points.scores(portions(item))
        case _:
            return dict(plain(item))


def winners(item: Item) -> tuple[str, ...]:
    """The winning options of a poll by its own rule."""
    match item.poll:
        case "ranked":
            return ranked.winners(places(item))
        case "points":
            return points.winners(portions(item))
        case "several":
            return several.winners(plain(item))
        case _:
            return one.winners(plain(item))


def consent(item: Item) -> Consent | None:
    """What a recommendation's own vote says, where it is published."""
    if item.counts is None:
        return None
    counts = plain(item)
    return Consent(counts["yes"], counts["no"])


def reasons(item: Item | None, side: str) -> tuple[str, ...]:
    """The reasons on one side of an item that have words to show."""
    return tuple(r.text for r in item.reasons if r.side == side and r.text) if item else ()
