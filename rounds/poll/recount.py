"""The checks of a poll's published counts: their form, their sums, the winner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advice.register import SHOWN
from advice.verifying import checks
from advice.verifying.verdict import Finding, finding
from dialogues.counting import one, points, ranked, several
from dialogues.items import ItemState
from rounds.poll.model import Poll, Polls, places, portions
from rounds.poll.results import scores
from rounds.poll.rules import MACHINE
from rounds.poll.state import PollKind

#: The counting rule of each kind of poll.
RULES = {
    PollKind.ONE: one,
    PollKind.SEVERAL: several,
    PollKind.RANKED: ranked,
    PollKind.POINTS: points,
    PollKind.DATE: several,
}


def recount(item: Poll, round_: Polls) -> list[Finding]:
    wrong = checks.shape(item, item.poll, _shaped(item))
    if wrong:
        return wrong
    rule: Any = RULES[PollKind(item.poll)]
    return checks.possible(item, _numbers(item)) or [
        *checks.ballots(item, round_, _SUMS[PollKind(item.poll)]),
        *checks.outcome(item, list(rule.winners(item.counts))),
    ]


def settings(round_: Polls) -> Iterator[Finding]:
    """Findings: settings that its way of answering does not have, and a second poll."""
    yield from checks.one_item(round_, MACHINE.kind)
    for item in round_.items:
        points = item.points > 0 if item.poll == PollKind.POINTS else item.points == 0
        limited = item.at_most is None or (item.poll == PollKind.SEVERAL and item.at_most > 0)
        yield from checks.shape(item, item.poll, points and limited and _listed(item))


def _listed(item: Poll) -> bool:
    """Whether the options are numbered from 1, with what never became one behind them, and those
    that count are those of the counts, in that order."""
    numbered = [option for option in item.options if option.number is not None]
    ideas = item.options[len(numbered) :]
    keys = [option.key for option in numbered if option.key is not None]
    return (
        [option.number for option in numbered] == list(range(1, len(numbered) + 1))
        and all(option.number is None and option.key is None for option in ideas)
        and all((option.text is not None) is (option.state == SHOWN) for option in numbered)
        and all(option.text is None and option.state != SHOWN for option in ideas)
        and all(option.state in tuple(ItemState) for option in item.options)
        and (item.counts is None or keys == list(item.counts))
    )


def _shaped(item: Poll) -> bool:
    """Whether the counts have the form of their kind."""
    counts = item.counts or {}
    if item.poll == PollKind.RANKED:
        lists = [n for n in counts.values() if isinstance(n, list)]
        return len(lists) == len(counts) and len({len(numbers) for numbers in lists}) <= 1
    if item.poll == PollKind.POINTS:
        given = [n for n in counts.values() if isinstance(n, dict)]
        return len(given) == len(counts) and all(_is_points(p) for each in given for p in each)
    known = item.poll in (PollKind.ONE, PollKind.SEVERAL, PollKind.DATE)
    return known and all(isinstance(n, int) for n in counts.values())


def _numbers(item: Poll) -> Iterator[int]:
    """Every number of the counts."""
    if item.poll == PollKind.RANKED:
        yield from (n for numbers in places(item).values() for n in numbers)
    elif item.poll == PollKind.POINTS:
        yield from (n for given in portions(item).values() for n in given.values())
    else:
        yield from scores(item).values()


def _is_points(key: str) -> bool:
    """Whether a key is a number of points as written: from 1, without leading zeros."""
    return key.isascii() and key.isdecimal() and not key.startswith("0") and len(key) <= 9


def _several(item: Poll, voters: int) -> Iterator[Finding]:
    chosen = scores(item).values()
    if max(chosen, default=0) > voters or sum(chosen) < voters:
        yield finding("sum", item.number, found=max(chosen, default=0), voters=voters)
    if item.at_most is not None and sum(chosen) > voters * item.at_most:
        yield finding("above", item.number, found=sum(chosen), most=voters * item.at_most)


def _ranked(item: Poll, voters: int) -> Iterator[Finding]:
    return checks.ranking(item, places(item), voters)


def _divided(item: Poll, voters: int) -> Iterator[Finding]:
    most = max((sum(given.values()) for given in portions(item).values()), default=0)
    if most > voters:
        yield finding("above", item.number, found=most, most=voters)
    total = sum(scores(item).values())
    least, most = voters * item.points if item.whole else voters, voters * item.points
    if total < least:
        yield finding("below", item.number, found=total, least=least)
    given = [int(n) for each in portions(item).values() for n in each]
    if total > most or max(given, default=0) > item.points:
        yield finding("above", item.number, found=total, most=most)


#: Whether the counts of each kind of poll can come from so many ballots.
_SUMS = {
    PollKind.ONE: checks.one_each,
    PollKind.SEVERAL: _several,
    PollKind.RANKED: _ranked,
    PollKind.POINTS: _divided,
    PollKind.DATE: _several,
}
