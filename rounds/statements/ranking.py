"""Orders statements by agreement or division; those with too few votes are never ranked."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from advice.model import Item
from dialogues.counting import statement
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


def _opinion(item: Item) -> Fraction | None:
    """The share of agree among those with an opinion; None when nobody has one."""
    agree, disagree, _ = opinions(item.counts or {})
    return statement.share(agree, disagree)


def _share(item: Item) -> Fraction:
    """The share of agree; one half when nobody has an opinion."""
    found = _opinion(item)
    return Fraction(1, 2) if found is None else found


def _distance(item: Item) -> Fraction:
    """The distance of the share from one half."""
    return abs(_share(item) - Fraction(1, 2))


def _size(item: Item) -> tuple[int, int]:
    return -sum(opinions(item.counts or {})), _place(item)


def _place(item: Item) -> int:
    digits = item.number[1:]
    return int(digits) if digits.isdecimal() else 0
