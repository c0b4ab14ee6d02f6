"""The draft of the recommendations: proposed by the written rule, then changed by a moderator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dialogues.core import Refused
from dialogues.counting import recommend
from dialogues.items import Letter
from dialogues.proposals import by_rule
from dialogues.recommendations import Recommendation
from rounds.closing.state import (
    AddRecommendation,
    DropRecommendation,
    OrderRecommendations,
    RecommendationAdded,
    RecommendationDropped,
    RecommendationsOrdered,
    RecommendationsProposed,
    State,
    draft,
)

LETTER = Letter(
    "A",
    "recommendation",
    votable=True,
    takes_reasons=True,
    can_hide=False,
    can_change=False,
    recommendation=True,
)


def propose(state: State, dialogue: Any) -> RecommendationsProposed:
    """The event with the recommendations of the rule, from the closed rounds."""
    return RecommendationsProposed(state.scope.frame.index, numbered(state, by_rule(dialogue)))


def numbered(
    state: State, recommendations: Iterable[Recommendation], ahead: int = 0
) -> tuple[Recommendation, ...]:
    """The recommendations with the dialogue's next numbers, in order."""
    return tuple(
        replace(r, number=state.scope.items.next_number(LETTER.letter, place))
        for place, r in enumerate(recommendations, ahead)
    )


def change(
    state: State, intent: DropRecommendation | AddRecommendation | OrderRecommendations
) -> tuple[object, ...]:
    """The events of a moderator's change to the draft; raises ``Refused`` once the vote is open."""
    if state.fixed:
        raise Refused("vote_open_already")
    if not intent.reason.strip():
        raise Refused("reason_missing")
    most = state.scope.frame.plan.length
    if len(intent.reason) > most:
        raise Refused("text_too_long", length=len(intent.reason), most=most)
    if isinstance(intent, DropRecommendation):
        return _drop(state, intent)
    if isinstance(intent, AddRecommendation):
        return _add(state, intent)
    return _order(state, intent)


def _find(state: State, number: str) -> Recommendation:
    for recommendation in draft(state):
        if recommendation.number == number:
            return recommendation
    raise Refused("no_such_recommendation", number=number)


def _drop(state: State, intent: DropRecommendation) -> tuple[object, ...]:
    source = _find(state, intent.number).item
    index = state.scope.frame.index
    return (RecommendationDropped(index, intent.number, source, intent.reason),)


def _add(state: State, intent: AddRecommendation) -> tuple[object, ...]:
    new = state.scope.proposal(intent.source)
    if not state.scope.items.shown(new.rests_on):
        raise Refused("item_not_shown", item=intent.source)
    present = draft(state)
    for earlier in present:
        if earlier.rests_on == new.rests_on:
            raise Refused("already_recommended", item=intent.source, number=earlier.number)
    limit = recommend.LIMIT
    if len(present) >= limit:
        raise Refused("enough_recommendations", limit=limit)
    (added,) = numbered(state, (new,), ahead=len(state.drafts))
    return (RecommendationAdded(state.scope.frame.index, added, intent.reason),)


def _order(state: State, intent: OrderRecommendations) -> tuple[object, ...]:
    for place, number in enumerate(intent.numbers):
        _find(state, number)
        if number in intent.numbers[:place]:
            raise Refused("repeated_number", number=number)
    order = [*intent.numbers, *(n for n in state.order if n not in intent.numbers)]
    if order == state.order:
        return ()
    shown = {r.number for r in draft(state)}
    sources = tuple(state.drafts[n].item for n in order if n in shown)
    index = state.scope.frame.index
    return (RecommendationsOrdered(index, tuple(order), sources, intent.reason),)
