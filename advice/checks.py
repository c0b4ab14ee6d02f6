"""What a kind's ``recount`` is made of: checks of one item's counts, each giving its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from advice.model import Item, Round
from advice.verdict import Finding, finding
from dialogues.counting.threshold import THRESHOLD

#: Beyond this no number of people or votes is believable.
MOST = 10**9


def shape(item: Item, name: str, right: bool) -> list[Finding]:
    """That the counts are not those of what ``name`` names, unless they are ``right``."""
    return [] if right else [finding("shape", item.number, kind=name)]


def choices(item: Item, named: Iterable[str]) -> bool:
    """Whether the counts are one number for each of these choices."""
    counts = item.counts or {}
    return set(counts) == set(named) and all(isinstance(n, int) for n in counts.values())


def possible(item: Item, numbers: Iterable[int]) -> list[Finding]:
    """The first of these numbers that no count can be."""
    wrong = next((n for n in numbers if not 0 <= n <= MOST), None)
    return [] if wrong is None else [finding("count", item.number, found=wrong)]


def ballots(
    item: Item, round_: Round, sums: Callable[[Any, int], Iterable[Finding]]
) -> list[Finding]:
    """Whether an item with figures has voters that can be told, no more than its round has, and
    ``sums(item, voters)`` finds that the counts can come from them."""
    where, voters = item.number, item.voters
    if voters is None:
        return [finding("withheld", where)]
    found = [finding("under_threshold", where)] if voters < THRESHOLD else []
    if voters > (round_.voters or 0):
        found.append(finding("above", where, found=voters, most=round_.voters or 0))
    return [*found, *sums(item, voters)]


def one_each(item: Item, voters: int) -> list[Finding]:
    """Whether every ballot made one of the choices."""
    counts: Any = item.counts or {}
    total = sum(counts.values())
    return [] if total == voters else [finding("sum", item.number, found=total, voters=voters)]


def outcome(item: Item, meant: object) -> list[Finding]:
    """Whether the result is what the rule makes of the counts."""
    if item.result == meant:
        return []
    return [finding("result", item.number, found=item.result, meant=meant)]
