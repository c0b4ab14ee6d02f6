"""The results of a poll: its report, the options that win, what it recommends to the council."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from dialogues.ballots import Choice
from dialogues.core import Refused, Text, Value
from dialogues.counting import one, points, ranked, recommend, several
from dialogues.counting.threshold import THRESHOLD
from dialogues.intents import Hour
from dialogues.items import ItemState
from dialogues.joining import asked
from dialogues.machine import Stage
from dialogues.recommendations import Recommendation
from dialogues.report import Counts, ItemReport
from rounds.poll.state import Option, OptionReport, PollFilled, PollKind, PollReport, State, options


def report(state: State) -> tuple[ItemReport, ...]:
    poll = state.poll
    if poll is None:
        return ()
    counts, winners = _counted(state, poll)
    return (
        PollReport(
            poll.number,
            poll.question,
            ItemState.SHOWN,
            counts,
            state.box.books[poll.number].voters,
            winners,
            staff=True,
            poll=poll.kind,
            points=poll.points if poll.kind is PollKind.POINTS else 0,
            at_most=poll.at_most,
            options=tuple(OptionReport(o.number, o.text, o.state, o.at) for o in options(state)),
            ideas=tuple(_ideas(state)),
        ),
    )


def _ideas(state: State) -> list[ItemState]:
    """The states of what residents suggested that never became an option, in alphabetical order;
    nobody could choose what is shown only since."""
    items = state.scope.items.by_number
    ideas = (items[number].state for number in state.suggested if number not in state.added)
    return sorted(ItemState.UNREVIEWED if idea is ItemState.SHOWN else idea for idea in ideas)


def _counted(state: State, poll: PollFilled) -> tuple[Counts, tuple[str, ...]]:
    """The counts of the options that count, and the winners."""
    tally = state.box.books[poll.number].tally
    left_out = state.box.books[poll.number].left_out
    numbers = [option.number for option in options(state) if option.number not in left_out]
    if poll.kind is PollKind.RANKED:
        places = {
            str(n): [tally.get((n, place), 0) for place in range(poll.places)] for n in numbers
        }
        return places, ranked.winners(places)
    if poll.kind is PollKind.POINTS:
        given = {str(n): _given(state, poll, n) for n in numbers}
        return given, points.winners(given)
    chosen = {str(n): tally.get(n, 0) for n in numbers}
    rule = one if poll.kind is PollKind.ONE else several
    return chosen, rule.winners(chosen)


def _given(state: State, poll: PollFilled, number: int) -> dict[str, int]:
    """For one option: how many ballots gave it how many points; zeros are left out."""
    tally = state.box.books[poll.number].tally
    ballots = {str(n): tally.get((number, n), 0) for n in range(1, poll.points + 1)}
    return {given: count for given, count in ballots.items() if count}


def side(item: PollReport, choice: Choice) -> str:
    """The number of the chosen option in a poll of the kind ``one``, else "": a whole ranking
    beside a reason could identify a ballot."""
    return str(choice[0]) if item.poll is PollKind.ONE and choice else ""


def values(item: PollReport, few: bool) -> dict[str, Value]:
    """Each option that can be chosen with its score, and which of them win."""
    won = () if few else tuple(item.result or ())
    found = scores(item)
    rows: list[dict[str, Value]] = [
        {
            "number": option.number,
            "text": option.shown,
            "score": None if few else found.get(str(option.number), 0),
            "wins": str(option.number) in won,
        }
        for option in item.options
        if option.state is ItemState.SHOWN
    ]
    return {"poll": item.poll.value, "options": rows, "winners": won}


def scores(item: Any) -> dict[str, int]:
    """Each option's score: choices or points. ``item`` is a reported or a published poll."""
    counts: Any = item.counts
    if item.poll == PollKind.RANKED:
        return ranked.scores(counts)
    return points.scores(counts) if item.poll == PollKind.POINTS else dict(counts)


def candidates(item: Any, round_voters: int) -> tuple[recommend.Candidate, ...]:
    """The options that the rule recommends, by number; none of a ranking or of points. ``item`` is
    a reported or a published poll."""
    if item.poll not in (PollKind.ONE, PollKind.SEVERAL):
        return ()
    chosen = cast("Mapping[str, int]", item.counts)
    found = recommend.by_majority(item.number, chosen, item.voters or 0, round_voters)
    numbers = {option.key: str(option.number) for option in item.options}
    return tuple(replace(candidate, option=numbers[candidate.option or ""]) for candidate in found)


def proposals(state: State, number: str) -> tuple[Recommendation, ...]:
    """The options that are first or that the rule recommends, each with its question."""
    (row,) = report(state) or (None,)
    if row is None or number != row.number:
        return ()
    if row.voters < THRESHOLD:
        raise Refused("too_few_for_advice", item=number)
    if not row.result:
        raise Refused("no_winning_option", item=number)
    asked = {*row.result, *(c.option for c in candidates(row, row.voters))}
    found = (option for option in options(state) if str(option.number) in asked)
    return tuple(_proposed(number, row.text, option) for option in found)


def dates(state: State, number: str) -> tuple[tuple[Hour, int], ...]:
    """The moments that most people chose in a poll about a date, each with how many did: more than
    one on a tie. Raises ``Refused`` for any other poll, while it is open, where too few people
    voted, and where nobody chose anything that still counts."""
    frame, poll = state.scope.frame, state.poll
    (row,) = report(state) or (None,)
    if row is None or poll is None or number != poll.number or poll.kind is not PollKind.DATE:
        raise Refused("no_dates", item=number)
    if frame.stage is not Stage.CLOSED:
        raise Refused("advice_round_open", round=frame.index + 1)
    if row.voters < THRESHOLD:
        raise Refused("too_few_for_advice", item=number)
    found = scores(row)
    return tuple((poll.dates[int(option) - 1], found[option]) for option in row.result or ())


def _proposed(number: str, question: Text | str, option: Option) -> Recommendation:
    """An option with its question; where a resident suggested it, its text apart."""
    words = str(question)
    if isinstance(option.text, str):
        words = asked(words, option.text)
    return Recommendation("", number, option.number, words, option.item)
