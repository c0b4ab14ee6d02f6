"""Orders statements by agreement or division; those with too few votes are never ranked."""

from __future__ import annotations

from collections.abc import Iterable

from advice.model import Item
from rounds.statements.rules import opinions


def clearest(items: Iterable[Item]) -> list[Item]:
    """The agreed and rejected statements, those with the most equal opinions first."""
    found = (item for item in items if item.result in ("agreed", "rejected"))
    return sorted(found, key=lambda item: (-_distance(item), *_size(item)))


def most_divided(items: Iterable[Item]) -> list[Item]:
    """The divided statements, the most divided first, without those on which nobody has an
    opinion."""
    found = (item for item in items if item.result == "divided" and _opinion(item) is not None)
    return sorted(found, key=lambda item: (_distance(item), *_size(item)))


def by_agreement(items: Iterable[Item]) -> list[Item]:
    """All statements, from most agreed to most rejected; those with too few votes last, by
    number."""
    every = sorted(items, key=_place)
    ranked = [item for item in every if item.result != "too_few"]
    ranked.sort(key=lambda item: (-_share(item), *_size(item)))
    return ranked + [item for item in every if item.result == "too_few"]


def telling(items: Iterable[Item], limit: int) -> list[Item]:
    """At most ``limit`` statements: a third the most agreed, a third the most rejected, a third the
    most divided."""
    every, third = by_agreement(items), limit // 3
    ordered = [item for item in every if item.result != "too_few"]
    if len(ordered) <= limit:
        return every[:limit]
    ends = ordered[:third] + ordered[-third:]
    rest = sorted(ordered[third:-third], key=lambda item: (_distance(item), *_size(item)))
    return ends + rest[: limit - len(ends)]


def _opinion(item: Item) -> float | None:
    """The share of agree among those with an opinion; None when nobody has one.

    A quotient of whole numbers is rounded correctly, so equal shares are equal here, and different
    ones differ as long as fewer than 2**26 people vote.
    """
    agree, disagree, _ = opinions(item.counts or {})
    return agree / (agree + disagree) if agree + disagree else None


def _share(item: Item) -> float:
    """The share of agree; one half when nobody has an opinion."""
    found = _opinion(item)
    return 0.5 if found is None else found


def _distance(item: Item) -> float:
    """Twice the distance of the share from one half, from the counts: a difference of two shares
    would be rounded a second time."""
    agree, disagree, _ = opinions(item.counts or {})
    return abs(agree - disagree) / (agree + disagree) if agree + disagree else 0.0


def _size(item: Item) -> tuple[int, int]:
    return -sum(opinions(item.counts or {})), _place(item)


def _place(item: Item) -> int:
    digits = item.number[1:]
    return int(digits) if digits.isdecimal() else 0
