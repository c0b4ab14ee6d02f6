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
    return RecommendationsProposed(state.scope.frame.index, _numbered(state, by_rule(dialogue)))


def _numbered(
    state: State, recommendations: Iterable[Recommendation]
) -> tuple[Recommendation, ...]:
    """The recommendations with a number each: the one that it had before, else the next."""
    known = {r.asks: number for number, r in state.drafts.items()}
    found, fresh = [], 0
    for recommendation in recommendations:
        number = known.get(recommendation.asks)
        if number is None:
            number = state.scope.items.next_number(LETTER.letter, fresh)
            fresh += 1
        found.append(replace(recommendation, number=number))
    return tuple(found)


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
    """Add an item; of one with options those that are first or that more than half chose."""
    items = state.scope.items
    shown = items.shown
    if items.get(intent.source) and not shown(intent.source):
        raise Refused("item_not_shown", item=intent.source)
    new = [r for r in state.scope.proposals(intent.source) if shown(r.rests_on)]
    if not new:
        raise Refused("item_not_shown", item=intent.source)
    present = draft(state)
    numbers = {r.asks: r.number for r in present}
    if all(r.asks in numbers for r in new):
        raise Refused("already_recommended", item=intent.source, number=numbers[new[0].asks])
    new = [r for r in new if r.asks not in numbers]
    limit = recommend.LIMIT
    if len(present) + len(new) > limit:
        raise Refused("enough_recommendations", limit=limit)
    index = state.scope.frame.index
    return tuple(RecommendationAdded(index, r, intent.reason) for r in _numbered(state, new))


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
