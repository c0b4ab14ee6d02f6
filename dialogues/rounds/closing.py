"""Closing: what goes to the council, and a yes or no on each recommendation.

As the round opens, the written rule proposes recommendations (``closing_draft.py``). Until the
vote opens a moderator may drop, add or order them. It opens by its hour, at ``volgende``, or at
the latest as the round closes: then the numbers are fixed, so that nothing the rule found is lost
when a round is closed early. Without recommendations there is no vote and the round closes.
A recommendation whose statement or option is not shown any more is not shown either.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dialogues.core import Audience, Context, Notice, Refused, Value
from dialogues.events import (
    After,
    HourSet,
    ItemApproved,
    ItemHidden,
    ItemShown,
    ItemWithdrawn,
    RoundOpened,
    TextErased,
)
from dialogues.items import Item, ItemState
from dialogues.report import ItemReport, OptionReport
from dialogues.rounds import closing_draft
from dialogues.rounds.closing_state import (
    AddRecommendation,
    CastConsent,
    ClosingWithoutVote,
    ConsentCast,
    DropRecommendation,
    OrderRecommendations,
    Recommendation,
    RecommendationAdded,
    RecommendationDropped,
    RecommendationsOrdered,
    RecommendationsProposed,
    State,
    VoteOpened,
    draft,
)
from dialogues.rounds.machine import Frame, Machine, Stage, always_ready

__all__ = [
    "MACHINE",
    "AddRecommendation",
    "CastConsent",
    "ClosingWithoutVote",
    "ConsentCast",
    "DropRecommendation",
    "OrderRecommendations",
    "Recommendation",
    "RecommendationAdded",
    "RecommendationDropped",
    "RecommendationsOrdered",
    "RecommendationsProposed",
    "State",
    "VoteOpened",
    "draft",
    "listed",
    "offer",
]

CHOICES = ("yes", "no")


def opening(state: State, dialogue: Any, _at: datetime) -> tuple[object, ...]:
    return (closing_draft.propose(state, dialogue),)


def decide(
    state: State,
    intent: DropRecommendation | AddRecommendation | OrderRecommendations | CastConsent,
    context: Context,
) -> tuple[object, ...]:
    if not isinstance(intent, CastConsent):
        return closing_draft.change(state, intent)
    if not state.fixed:
        raise Refused("vote_not_open", item=intent.item, at=state.vote_at)
    if intent.choice is not None and intent.choice not in CHOICES:
        raise Refused("unknown_choice", item=intent.item)
    if intent.item not in state.fixed:
        raise Refused("no_such_item", item=intent.item)
    if intent.choice is not None and not state.room.items.shown(intent.item):
        raise Refused("item_not_shown", item=intent.item)
    if not state.box.changes(intent.item, intent.choice, context):
        return ()
    return (ConsentCast(state.room.frame.index, intent.item, intent.choice, context.order),)


def evolve(state: State, event: object, at: datetime, by: str) -> None:
    if isinstance(event, ConsentCast):
        state.box.cast(event.item, by, event.choice, at, event.order)
    elif isinstance(event, RecommendationsProposed):
        state.drafts = {r.number: r for r in event.recommendations}
        state.order = list(state.drafts)
        state.winners = {r.item: r for r in event.winners}
    elif isinstance(event, RecommendationDropped):
        state.order.remove(event.number)
    elif isinstance(event, RecommendationAdded):
        state.drafts[event.recommendation.number] = event.recommendation
        state.order.append(event.recommendation.number)
    elif isinstance(event, RecommendationsOrdered):
        state.order = list(event.numbers)
    elif isinstance(event, VoteOpened):
        state.vote_at = at
        for recommendation in event.recommendations:
            _fix(state, recommendation)
    elif isinstance(event, ClosingWithoutVote):
        state.over = True
    elif isinstance(event, RoundOpened | HourSet):
        _plan(state, at)
    elif isinstance(event, ItemApproved | ItemShown | ItemHidden | ItemWithdrawn | TextErased):
        _follow(state, event.item)


def _fix(state: State, recommendation: Recommendation) -> None:
    number, source = recommendation.number, recommendation.rests_on
    state.fixed[number] = recommendation
    state.room.items.add(
        Item(
            number,
            state.room.frame.index,
            "",
            state.room.items.by_number[source].text,
            ItemState.SHOWN,
            about=recommendation.item,
            label=recommendation.label,
        )
    )
    state.box.open(number)


def _plan(state: State, at: datetime) -> None:
    """When the vote opens: an hour (setting) after the round; in a shorter one, half-way to its
    end; where the round is closed by hand, as it closes."""
    frame = state.room.frame
    if state.fixed or frame.opened_at is None or frame.closes_at is None:
        return
    planned = frame.opened_at + timedelta(minutes=frame.plan.prepare)
    if planned >= frame.closes_at:
        by_hand = frame.then is not After.WAIT
        planned = frame.closes_at if by_hand else at + (frame.closes_at - at) / 2
    state.vote_at = planned


def _follow(state: State, source: str) -> None:
    """What a recommendation rests on was hidden, erased or shown again: so is it."""
    for number, recommendation in state.fixed.items():
        if recommendation.rests_on == source:
            items = state.room.items
            items.by_number[number].state = items.by_number[source].state
            state.box.count(number, counted=items.shown(number))


def deadline(state: State) -> datetime | None:
    waits = state.room.frame.stage is Stage.OPEN and not state.fixed and not state.over
    return state.vote_at if waits else None


def due(state: State, _at: datetime) -> tuple[object, ...]:
    """The vote opens; or there is nothing to vote on."""
    if state.fixed or state.over:
        return ()
    index, listed = state.room.frame.index, closing_draft.numbered(state, draft(state))
    return (VoteOpened(index, listed) if listed else ClosingWithoutVote(index),)


def advance(state: State, at: datetime) -> tuple[object, ...]:
    """``volgende`` opens the vote where it waits; else, or without recommendations, it closes."""
    if state.over or not draft(state) or _closing(state.room.frame, at):
        return ()
    return due(state, at)


def _closing(frame: Frame, at: datetime) -> bool:
    return frame.closes_at is not None and frame.closes_at <= at


def announce(state: State, event: object) -> tuple[Notice, ...]:
    """Staff sees the draft as it changes; the room hears that the vote is open, or that there is
    none. A vote that opened only as the round closed is not announced."""
    if isinstance(event, VoteOpened):
        if state.vote_at is None or _closing(state.room.frame, state.vote_at):
            return ()
        data: dict[str, Value] = {"recommendations": listed(state, event.recommendations)}
        return (Notice("vote_opened", data, Audience.ROOM),)
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
        slot = f"draft/{state.room.frame.index + 1}"
        return (Notice("recommendations_draft", data, Audience.STAFF, slot=slot),)
    return ()


def listed(
    state: State, recommendations: list[Recommendation] | tuple[Recommendation, ...]
) -> list[dict[str, Value]]:
    """For templates: label, colon, text, or the one that is there."""
    return [
        {
            "number": r.number,
            "item": r.item,
            "label": r.label,
            "text": None if r.item[0] == "P" and not r.suggested else _text(state, r),
        }
        for r in recommendations
    ]


def _text(state: State, recommendation: Recommendation) -> Value:
    return state.room.items.by_number[recommendation.rests_on].text


def offer(state: State, ballot: str, most: int) -> list[str]:
    """The next recommendations for this ballot, by number."""
    books, items = state.box.books, state.room.items
    return [n for n in state.fixed if items.shown(n) and ballot not in books[n].votes][:most]


def card(state: State) -> dict[str, Value]:
    fixed = [state.fixed[n] for n in state.fixed if state.room.items.shown(n)]
    return {
        "recommendations": listed(state, fixed or draft(state)),
        "vote_open": bool(state.fixed),
        "at": state.vote_at,
        "voters": state.box.voters,
    }


def report(state: State) -> tuple[ItemReport, ...]:
    """Of a poll the text is "question: option"; where a resident suggested the option it is the
    question, and the option stands in ``options``."""
    rows = []
    for number, recommendation in state.fixed.items():
        item, book = state.room.items.by_number[number], state.box.books[number]
        added = recommendation.option if recommendation.suggested else None
        rows.append(
            ItemReport(
                number,
                recommendation.label or item.text,
                item.state,
                {choice: book.tally.get(choice, 0) for choice in CHOICES},
                book.voters,
                None,
                options=() if added is None else (OptionReport(added, item.text, item.state),),
                source=recommendation.item,
                counted=book.counted,
            )
        )
    return tuple(rows)


MACHINE = Machine(
    kind="closing",
    blank=State,
    intents=(DropRecommendation, AddRecommendation, OrderRecommendations, CastConsent),
    events=(
        RecommendationsProposed,
        RecommendationDropped,
        RecommendationAdded,
        RecommendationsOrdered,
        VoteOpened,
        ClosingWithoutVote,
        ConsentCast,
    ),
    decide=decide,
    evolve=evolve,
    announce=announce,
    card=card,
    deadline=deadline,
    due=due,
    report=report,
    box=lambda state: state.box,
    ready=always_ready,
    opening=opening,
    advance=advance,
)
