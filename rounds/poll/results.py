"""The results of a poll: its report, the options that win, what it recommends to the council."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from dialogues.ballots import Choice
from dialogues.core import Refused, Value
from dialogues.counting import one, points, ranked, recommend, several
from dialogues.items import ItemState
from dialogues.recommendations import Recommendation
from dialogues.report import Counts, ItemReport
from rounds.poll.state import OptionReport, PollFilled, PollKind, PollReport, State, options


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
            options=tuple(OptionReport(o.number, o.text, o.state) for o in options(state)),
        ),
    )


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
            "text": option.text,
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
    """The option that the rule recommends, if any; none of a ranking or of points. ``item`` is a
    reported or a published poll."""
    if item.poll not in (PollKind.ONE, PollKind.SEVERAL):
        return ()
    chosen = cast("Mapping[str, int]", item.counts)
    found = recommend.by_majority(item.number, chosen, item.voters or 0, round_voters)
    return (found,) if found else ()


def proposal(state: State, number: str) -> Recommendation | None:
    """The winning option with its question; where a resident suggested it, its text apart."""
    (row,) = report(state) or (None,)
    if row is None or number != row.number:
        return None
    if not row.result:
        raise Refused("no_winning_option", item=number)
    won = next(option for option in options(state) if str(option.number) == row.result[0])
    words = f": {won.text}" if isinstance(won.text, str) else ""
    return Recommendation("", number, won.number, f"{row.text}{words}", won.item)
