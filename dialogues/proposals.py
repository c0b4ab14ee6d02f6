"""What can be recommended to the council: by the written rule, or by a moderator."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.core import Refused
from dialogues.counting.recommend import Candidate, ordered
from dialogues.dialogue import Dialogue
from dialogues.items import ItemState
from dialogues.machine import Stage
from dialogues.recommendations import Recommendation


def by_rule(dialogue: Dialogue) -> tuple[Recommendation, ...]:
    """The recommendations of the rule from the closed rounds, in order, without numbers."""
    return tuple(
        next(r for r in proposals(dialogue, found.item) if _option(r) == found.option)
        for found in ordered(_candidates(dialogue))
    )


def _option(recommendation: Recommendation) -> str | None:
    return None if recommendation.option is None else str(recommendation.option)


def _candidates(dialogue: Dialogue) -> Iterator[Candidate]:
    for frame in dialogue.frames:
        rule = frame.machine.candidates
        if rule is None or frame.stage is not Stage.CLOSED:
            continue
        for row in frame.machine.report(dialogue.states[frame.index]):
            if row.state is ItemState.SHOWN and row.counted:
                yield from rule(row, frame.voters)


def proposals(dialogue: Dialogue, number: str) -> tuple[Recommendation, ...]:
    """The recommendations that an item can become; raises ``Refused`` where it can become none."""
    item = dialogue.items.get(number)
    if item is None:
        raise Refused("no_such_item", item=number)
    frame = dialogue.frames[item.round]
    if frame.machine.candidates is None:
        raise Refused("cannot_recommend", item=number)
    found = frame.machine.proposals(dialogue.states[item.round], number)
    if not found:
        raise Refused("cannot_recommend", item=number)
    return found
