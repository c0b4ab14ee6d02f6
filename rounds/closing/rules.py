"""Closing: the recommendations for the council, and a yes or no on each.

As the round opens, the written rule proposes recommendations (``draft.py``). Until the
vote opens a moderator may drop, add or order them. It opens by its hour, at ``volgende``, or at
the latest as the round closes, so that nothing the rule found is lost when a round is closed early.
Without recommendations there is no vote and the round closes. A recommendation keeps the number
that it was first shown with; one whose statement or option is not shown any more is not shown.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from dialogues.changes import ModeratorChange
from dialogues.core import Context, Refused
from dialogues.events import (
    After,
    HourSet,
    ItemApproved,
    ItemHidden,
    ItemShown,
    ItemWithdrawn,
    RoundOpened,
    RoundPaused,
    RoundResumed,
    TextErased,
)
from dialogues.items import Item, ItemState
from dialogues.joining import read_out
from dialogues.machine import Deadline, Machine, Stage
from dialogues.recommendations import Recommendation
from rounds.closing import draft as drafting
from rounds.closing.draft import LETTER
from rounds.closing.state import (
    CHOICES,
    AddRecommendation,
    CastConsent,
    ClosingWithoutVote,
    ConsentCast,
    DropRecommendation,
    OrderRecommendations,
    RecommendationAdded,
    RecommendationDropped,
    RecommendationsOrdered,
    RecommendationsProposed,
    Settings,
    State,
    VoteOpened,
    draft,
)
from rounds.closing.views import announce, card, closes_by, report, values


def opening(state: State, dialogue: Any, _context: Context) -> tuple[object, ...]:
    return (drafting.propose(state, dialogue),)


def decide(
    state: State,
    intent: DropRecommendation | AddRecommendation | OrderRecommendations | CastConsent,
    context: Context,
) -> tuple[object, ...]:
    if not isinstance(intent, CastConsent):
        return drafting.change(state, intent)
    if not state.fixed:
        raise Refused("vote_not_open", item=intent.item, at=state.vote_at)
    if intent.choice is not None and intent.choice not in CHOICES:
        raise Refused("unknown_choice", item=intent.item, kind=MACHINE.kind)
    if intent.item not in state.fixed:
        raise Refused("no_such_item", item=intent.item)
    if intent.choice is not None and not state.scope.items.shown(intent.item):
        raise Refused("item_not_shown", item=intent.item)
    if not state.box.changes(intent.item, intent.choice, context):
        return ()
    return (ConsentCast(state.scope.frame.index, intent.item, intent.choice, context.order),)


def evolve(state: State, event: object, at: datetime, by: str) -> None:
    if isinstance(event, RecommendationsProposed):
        for recommendation in event.recommendations:
            _listed(state, recommendation)
    elif isinstance(event, RecommendationDropped | RecommendationAdded | RecommendationsOrdered):
        _changed(state, event, at, by)
    elif isinstance(event, VoteOpened):
        state.vote_at = at
        for recommendation in event.recommendations:
            _fix(state, recommendation)
    elif isinstance(event, ClosingWithoutVote):
        state.over = True
    elif isinstance(event, RoundOpened | HourSet):
        _plan(state, at)
    elif isinstance(event, RoundPaused | RoundResumed):
        if state.vote_at is not None and not state.fixed:
            state.vote_at += state.scope.frame.pauses[-1].moved
    elif isinstance(event, ItemApproved | ItemShown | ItemHidden | ItemWithdrawn | TextErased):
        _follow(state, event.item)


def _changed(
    state: State,
    event: RecommendationDropped | RecommendationAdded | RecommendationsOrdered,
    at: datetime,
    by: str,
) -> None:
    """Note a moderator's change to the draft, with its reason, for the document."""
    if isinstance(event, RecommendationDropped):
        state.order.remove(event.number)
        what, item, number = "advice_drop", event.source, event.number
    elif isinstance(event, RecommendationAdded):
        added = event.recommendation
        _listed(state, added)
        what, item, number = "advice_add", added.item, added.number
    else:
        state.order = list(event.numbers)
        what, item = "advice_order", ",".join(event.sources)
        number = ",".join(r.number for r in draft(state))
    change = ModeratorChange(what, item, by, at, event.reason, number=number)
    state.scope.changes.append(change)


def _listed(state: State, recommendation: Recommendation) -> None:
    """Put a recommendation behind the others; its number is kept from now on."""
    state.drafts[recommendation.number] = recommendation
    state.order.append(recommendation.number)
    state.scope.items.keep(recommendation.number)


def _fix(state: State, recommendation: Recommendation) -> None:
    number, source = recommendation.number, recommendation.rests_on
    state.fixed[number] = recommendation
    state.scope.items.add(
        Item(
            number,
            state.scope.frame.index,
            "",
            state.scope.items.by_number[source].text,
            ItemState.SHOWN,
            about=recommendation.item,
            label=read_out(recommendation.label),
        )
    )
    state.box.open(number)


def _plan(state: State, at: datetime) -> None:
    """Set when the vote opens: an hour (setting) after the round opened; half-way in a shorter
    round; at its closing when it is closed by hand."""
    frame = state.scope.frame
    if state.fixed or frame.opened_at is None or frame.closes_at is None:
        return
    planned = frame.opened_at + timedelta(minutes=frame.settings.prepare)
    planned += sum((pause.later for pause in frame.pauses), timedelta())
    if planned >= frame.closes_at:
        by_hand = frame.then is not After.WAIT
        planned = frame.closes_at if by_hand else at + (frame.closes_at - at) / 2
    state.vote_at = planned


def _follow(state: State, source: str) -> None:
    """Give recommendations the state of the item they rest on, when that was hidden, erased or
    shown."""
    for number, recommendation in state.fixed.items():
        if recommendation.rests_on == source:
            items = state.scope.items
            items.by_number[number].state = items.by_number[source].state
            state.box.count(number, counted=items.shown(number))


def vote_opens_at(state: State) -> datetime | None:
    """When the vote opens, while it is waited for."""
    waits = state.scope.frame.stage is Stage.OPEN and not state.fixed and not state.over
    return state.vote_at if waits else None


def deadlines(state: State) -> tuple[Deadline, ...]:
    at = vote_opens_at(state)
    closes_at = state.scope.frame.closes_at
    if at is None or closes_at is None or at > closes_at:
        return ()
    return (Deadline(at, opens=at < closes_at),)


def due(state: State, _due: Deadline) -> tuple[object, ...]:
    """Open the vote, or close the round when there is nothing to vote on."""
    return _open_vote(state)


def _open_vote(state: State) -> tuple[object, ...]:
    if state.fixed or state.over:
        return ()
    index, listed = state.scope.frame.index, tuple(draft(state))
    return (VoteOpened(index, listed) if listed else ClosingWithoutVote(index),)


def advance(state: State, at: datetime) -> tuple[object, ...]:
    """The events of ``volgende``: the vote opens. None when it is open already or there is nothing
    to vote on; then the round is closed."""
    if state.over or not draft(state) or closes_by(state.scope.frame, at):
        return ()
    return _open_vote(state)


def offer(state: State, ballot: str, most: int) -> list[str]:
    """The next recommendations for this ballot, by number."""
    books, items = state.box.books, state.scope.items
    return [n for n in state.fixed if items.shown(n) and ballot not in books[n].votes][:most]


MACHINE = Machine(
    kind="closing",
    letters=(LETTER,),
    settings=Settings,
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
    votes=(ConsentCast,),
    begins=(VoteOpened,),
    decide=decide,
    evolve=evolve,
    announce=announce,
    card=card,
    report=report,
    opening=opening,
    advance=advance,
    deadlines=deadlines,
    due=due,
    box=attrgetter("box"),
    cast=CastConsent,
    values=values,
    follows_items=True,
    rests_on_others=True,
)
