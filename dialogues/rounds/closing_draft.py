"""The draft of the recommendations: first by the written rule, then as the moderator changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from dialogues.core import Refused
from dialogues.counting import recommend
from dialogues.format import Kind
from dialogues.items import ItemState
from dialogues.report import ItemReport
from dialogues.rounds import poll
from dialogues.rounds.closing_state import (
    AddRecommendation,
    DropRecommendation,
    OrderRecommendations,
    Recommendation,
    RecommendationAdded,
    RecommendationDropped,
    RecommendationsOrdered,
    RecommendationsProposed,
    State,
    draft,
)
from dialogues.rounds.machine import Stage


def propose(state: State, dialogue: Any) -> RecommendationsProposed:
    """What the rule recommends from the rounds that are closed, by their machines' reports."""
    winners = {r.item: r for r in _winners(dialogue)}
    found = recommend.ordered(_candidates(dialogue))
    listed = (winners.get(c.item) or Recommendation("", c.item) for c in found)
    return RecommendationsProposed(
        state.room.frame.index, numbered(state, listed), tuple(winners.values())
    )


def numbered(
    state: State, recommendations: Iterable[Recommendation], ahead: int = 0
) -> tuple[Recommendation, ...]:
    """The recommendations with the next numbers of the dialogue, in order."""
    return tuple(
        replace(r, number=state.room.items.next_number("A", place))
        for place, r in enumerate(recommendations, ahead)
    )


def _reports(dialogue: Any, kind: Kind) -> Iterator[tuple[Any, ItemReport]]:
    """Each shown item of the closed rounds of a kind, with its round's frame."""
    for frame, own in zip(dialogue.frames, dialogue.states, strict=True):
        if frame.plan.kind is kind and frame.stage is Stage.CLOSED:
            for row in dialogue.machine(frame.index).report(own):
                if row.state is ItemState.SHOWN and row.counted:
                    yield frame, row


def _candidates(dialogue: Any) -> list[recommend.Candidate]:
    found: list[recommend.Candidate | None] = []
    for frame, row in _reports(dialogue, Kind.STATEMENTS):
        counts = cast("dict[str, int]", row.counts)
        agree, disagree, passed = counts["agree"], counts["disagree"], counts["pass"]
        found.append(recommend.of_statement(row.number, agree, disagree, passed, frame.voters))
    for frame, row in _reports(dialogue, Kind.POLL):
        if row.poll in (poll.PollKind.ONE, poll.PollKind.SEVERAL):
            chosen = cast("dict[str, int]", row.counts)
            found.append(recommend.of_poll(row.number, chosen, row.voters, frame.voters))
    return [candidate for candidate in found if candidate is not None]


def _winners(dialogue: Any) -> Iterator[Recommendation]:
    """The winning option of each closed poll that has one."""
    for frame, row in _reports(dialogue, Kind.POLL):
        if row.result:
            options = {str(o.number): o for o in poll.options(dialogue.states[frame.index])}
            won = options[row.result[0]]
            words = f": {won.text}" if isinstance(won.text, str) else ""
            yield Recommendation("", row.number, won.number, f"{row.text}{words}", won.item)


def change(
    state: State, intent: DropRecommendation | AddRecommendation | OrderRecommendations
) -> tuple[object, ...]:
    """A moderator's change, with its reason, while the vote is not open."""
    if state.fixed:
        raise Refused("vote_open_already")
    if not intent.reason.strip():
        raise Refused("reason_missing")
    most = state.room.frame.plan.length
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
    index = state.room.frame.index
    return (RecommendationDropped(index, intent.number, source, intent.reason),)


def _add(state: State, intent: AddRecommendation) -> tuple[object, ...]:
    new = _source(state, intent.source)
    if not state.room.items.shown(new.rests_on):
        raise Refused("item_not_shown", item=intent.source)
    present = draft(state)
    for earlier in present:
        if earlier.rests_on == new.rests_on:
            raise Refused("already_recommended", item=intent.source, number=earlier.number)
    limit = recommend.LIMIT
    if len(present) >= limit:
        raise Refused("enough_recommendations", limit=limit)
    (added,) = numbered(state, (new,), ahead=len(state.drafts))
    return (RecommendationAdded(state.room.frame.index, added, intent.reason),)


def _source(state: State, number: str) -> Recommendation:
    if state.room.items.get(number) is None:
        raise Refused("no_such_item", item=number)
    if number[0] == "S":
        return Recommendation("", number)
    if number[0] != "P":
        raise Refused("cannot_recommend", item=number)
    if number not in state.winners:
        raise Refused("no_winning_option", item=number)
    return state.winners[number]


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
    index = state.room.frame.index
    return (RecommendationsOrdered(index, tuple(order), sources, intent.reason),)
