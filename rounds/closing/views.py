"""How a closing round is shown: its announcements, card and report."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dialogues.core import TAKE_PART, Audience, Notice, Value
from dialogues.joining import read_out
from dialogues.machine import Frame
from dialogues.recommendations import Recommendation
from dialogues.report import ItemReport
from rounds.closing.state import (
    CHOICES,
    ClosingWithoutVote,
    RecommendationAdded,
    RecommendationDropped,
    RecommendationReport,
    RecommendationsOrdered,
    RecommendationsProposed,
    State,
    VoteOpened,
    draft,
)


def closes_by(frame: Frame, at: datetime) -> bool:
    return frame.closes_at is not None and frame.closes_at <= at


def announce(state: State, event: object) -> tuple[Notice, ...]:
    """Staff sees each change of the draft; the room is told that the vote is open, or that there is
    none. A vote that opened only as the round closed is not announced."""
    if isinstance(event, VoteOpened):
        if state.vote_at is None or closes_by(state.scope.frame, state.vote_at):
            return ()
        data: dict[str, Value] = {"recommendations": listed(state, event.recommendations)}
        return (Notice("vote_opened", data, Audience.ROOM, choices=(TAKE_PART,)),)
    if isinstance(event, ClosingWithoutVote):
        return (Notice("closing_without_vote", {}, Audience.ROOM),)
    if isinstance(
        event,
        RecommendationsProposed
        | RecommendationDropped
        | RecommendationAdded
        | RecommendationsOrdered,
    ):
        data = {"recommendations": listed(state, draft(state)), "at": state.vote_at}
        slot = f"draft/{state.scope.frame.index + 1}"
        return (Notice("recommendations_draft", data, Audience.STAFF, slot=slot),)
    return ()


def listed(
    state: State, recommendations: list[Recommendation] | tuple[Recommendation, ...]
) -> list[dict[str, Value]]:
    """The recommendations as rows for a template: number, and label, text or both."""
    return [
        {
            "number": r.number,
            "item": r.item,
            "label": read_out(r.label),
            "text": None if r.label and not r.suggested else _text(state, r),
        }
        for r in recommendations
    ]


def _text(state: State, recommendation: Recommendation) -> Value:
    return state.scope.items.by_number[recommendation.rests_on].text


def card(state: State) -> dict[str, Value]:
    fixed = [state.fixed[n] for n in state.fixed if state.scope.items.shown(n)]
    return {
        "recommendations": listed(state, fixed or draft(state)),
        "vote_open": bool(state.fixed),
        "at": state.vote_at,
        "voters": state.box.turnout,
    }


def report(state: State) -> tuple[ItemReport, ...]:
    """The recommendations with their figures. The text is that of the item it rests on, or the
    town's "question: option"; where a resident suggested the option it is the question, with the
    option apart."""
    rows = []
    for number, recommendation in state.fixed.items():
        item, book = state.scope.items.by_number[number], state.box.books[number]
        rows.append(
            RecommendationReport(
                number,
                item.label or item.text,
                item.state,
                {choice: book.tally.get(choice, 0) for choice in CHOICES},
                book.voters,
                None,
                counted=book.counted,
                source=recommendation.item,
                option=recommendation.option,
                asks=recommendation.label,
                suggested=item.text if recommendation.suggested else None,
            )
        )
    return tuple(rows)


def values(item: RecommendationReport, few: bool) -> dict[str, Value]:
    """The figures of the vote on a recommendation: yes and no."""
    counts: Any = item.counts
    return {choice: None if few else counts[choice] for choice in CHOICES}
