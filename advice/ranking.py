"""Which items a page tells first. Items with too few votes are never ranked."""

from __future__ import annotations

from fractions import Fraction

from advice.model import Item
from advice.register import Register, opinions, plain, scores, share


def clearest(register: Register) -> tuple[Item, ...]:
    """The statements on which opinions differ least, whether people agree or disagree."""
    items = [
        place.item
        for place in register.counted("statements")
        if place.item.result in ("agreed", "rejected")
    ]
    return tuple(sorted(items, key=lambda item: (-_distance(item), *_size(item))))


def divided(register: Register) -> tuple[Item, ...]:
    """Divided statements, the most divided first; those that became a recommendation left out."""
    asked = {recommendation.from_ for recommendation in register.result.recommendations}
    items = [
        place.item
        for place in register.counted("statements")
        if place.item.result == "divided"
        and place.item.number not in asked
        and share(place.item) is not None
    ]
    return tuple(sorted(items, key=lambda item: (_distance(item), *_size(item))))


def decided(register: Register) -> tuple[Item, ...]:
    """Polls with a winning option."""
    return tuple(place.item for place in register.counted("poll") if place.item.result)


def tied(register: Register) -> tuple[Item, ...]:
    """Polls where two or more options share the highest score."""
    return tuple(
        place.item
        for place in register.counted("poll")
        if not place.item.result and any(scores(place.item).values())
    )


def supported(register: Register) -> tuple[Item, ...]:
    """The questions with most support."""
    items = [place.item for place in register.counted("questions") if place.item.text]
    return tuple(sorted(items, key=lambda item: (-plain(item)["support"], _place(item))))


def by_agreement(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Statements with figures from most agreement to most disagreement, for the picture.

    Those with too few votes are not ranked: they come after the others, by number.
    """
    ranked = [item for item in items if item.result != "too_few"]
    unranked = [item for item in items if item.result == "too_few"]
    ranked.sort(key=lambda item: (-_share(item), *_size(item)))
    return (*ranked, *sorted(unranked, key=_place))


def telling(items: tuple[Item, ...], limit: int) -> tuple[Item, ...]:
    """Of many statements the most agreed, the most rejected and the most divided, a third each."""
    third = limit // 3
    ordered = tuple(item for item in by_agreement(items) if item.result != "too_few")
    if len(ordered) <= limit:
        return by_agreement(items)[:limit]
    ends = ordered[:third] + ordered[-third:]
    rest = sorted(ordered[third:-third], key=lambda item: (_distance(item), *_size(item)))
    return ends + tuple(rest[: limit - len(ends)])


def _share(item: Item) -> Fraction:
    """A statement's share; one on which nobody has an opinion stands in the middle."""
    found = share(item)
    return Fraction(1, 2) if found is None else found


def _distance(item: Item) -> Fraction:
    """How far a statement's share lies from one half."""
    return abs(_share(item) - Fraction(1, 2))


def _size(item: Item) -> tuple[int, int]:
    return -sum(opinions(item)), _place(item)


def _place(item: Item) -> int:
    digits = item.number[1:]
    return int(digits) if digits.isdecimal() else 0
