"""Checks of one item's counts, of which each kind's ``recount`` is made; each returns findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from advice.model import Item, Round
from advice.published import iso
from advice.verifying.verdict import Finding, finding
from dialogues.counting.threshold import THRESHOLD

#: A number of people or votes above this is a finding.
MOST = 10**9


def shape(item: Item, name: str, right: bool) -> list[Finding]:
    """A finding unless ``right``: the counts do not have the form of ``name``."""
    return [] if right else [finding("shape", item.number, kind=name)]


def choices(item: Item, named: Iterable[str]) -> bool:
    """Whether the counts are one number for each of these choices."""
    counts = item.counts or {}
    return set(counts) == set(named) and all(isinstance(n, int) for n in counts.values())


def possible(item: Item, numbers: Iterable[int]) -> list[Finding]:
    """A finding for the first of these numbers that is no possible count."""
    wrong = next((n for n in numbers if not 0 <= n <= MOST), None)
    return [] if wrong is None else [finding("count", item.number, found=wrong)]


def ballots(
    item: Item, round_: Round, sums: Callable[[Any, int], Iterable[Finding]]
) -> list[Finding]:
    """Findings of an item with figures: its voters must be known and no more than its round's, and
    then those of ``sums(item, voters)``, which checks the counts against them."""
    where, voters = item.number, item.voters
    if voters is None:
        return [finding("withheld", where)]
    found = [finding("under_threshold", where)] if voters < THRESHOLD else []
    if voters > (round_.voters or 0):
        found.append(finding("above", where, found=voters, most=round_.voters or 0))
    return [*found, *sums(item, voters)]


def one_each(item: Item, voters: int) -> list[Finding]:
    """A finding unless every ballot made exactly one choice."""
    counts: Any = item.counts or {}
    total = sum(counts.values())
    return [] if total == voters else [finding("sum", item.number, found=total, voters=voters)]


def ranking(item: Item, placed: Mapping[str, list[int]], voters: int) -> Iterator[Finding]:
    """Findings of a ranking: ``placed`` is how often each choice was first, second and so on.

    Every ballot has a first place, one with a k-th place has a (k-1)-th too, and no choice has two
    places on a ballot.
    """
    columns = [sum(column) for column in zip(*placed.values(), strict=True)]
    if not columns or columns[0] != voters:
        yield finding("sum", item.number, found=columns[0] if columns else 0, voters=voters)
    falling = all(after <= before for before, after in pairwise(columns))
    most = max((sum(numbers) for numbers in placed.values()), default=0)
    if not falling or most > voters:
        yield finding("above", item.number, found=max(most, *columns), most=voters)


def one_item(round_: Round, name: str) -> list[Finding]:
    """A finding for each item of a round besides its first, where ``name`` has one item a round."""
    return [finding("shape", item.number, kind=name) for item in round_.items[1:]]


def outcome(item: Item, meant: object) -> list[Finding]:
    """A finding unless the result is ``meant``, which follows from the counts."""
    if item.result == meant:
        return []
    return [finding("result", item.number, found=item.result, meant=meant)]


def is_time(text: str) -> bool:
    """Whether a text is a moment as a result has it."""
    try:
        return iso(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)) == text
    except ValueError:
        return False
