"""Which part of a dialogue decides on an intent: one literal table, and the rounds' own intents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from dialogues import course, moderation
from dialogues import intents as it
from dialogues.core import Context, Refused
from dialogues.dialogue import Dialogue, Status
from dialogues.format import Kind
from dialogues.rounds.machine import require_open
from dialogues.rounds.registry import BY_INTENT, MACHINES

_DIALOGUE: dict[type, Any] = {
    it.ApproveItem: moderation.approve,
    it.AwaitAdvice: moderation.await_advice,
    it.ChangeItem: moderation.change,
    it.CloseDialogue: course.close,
    it.Due: course.due,
    it.EndCollecting: course.end_collecting,
    it.EraseItem: moderation.erase,
    it.GiveReason: moderation.give_reason,
    it.HideItem: moderation.hide,
    it.IssueAdvice: moderation.issue_advice,
    it.NextRound: course.next_round,
    it.OpenDialogue: course.open_dialogue,
    it.RequestAdvice: moderation.request_advice,
    it.SetCharter: course.set_charter,
    it.SetHour: course.set_hour,
    it.ShowItem: moderation.show,
    it.StartDialogue: course.start,
    it.TellRoom: moderation.tell_room,
    it.WithdrawItem: moderation.withdraw,
}


def decide(dialogue: Dialogue, intent: Any, context: Context) -> tuple[Any, ...]:
    """The events this intent leads to; raises ``Refused``, and changes nothing either way."""
    way = _OF_ROUNDS.get(type(intent))
    if way is None:
        return tuple(_DIALOGUE[type(intent)](dialogue, intent, context))
    kind, round_for, open_only, decide_there = way
    index = round_for(dialogue, intent, kind)
    if open_only:
        require_open(dialogue.frames[index], context.at)
    return decide_there(dialogue.states[index], intent, context)


def _by_item(dialogue: Dialogue, intent: Any, wanted: Kind) -> int:
    known = dialogue.items.by_number.get(intent.item)
    if known is None:
        raise Refused("no_such_item", item=intent.item)
    if dialogue.frames[known.round].plan.kind is not wanted:
        raise Refused("wrong_kind", item=intent.item)
    return known.round


def _by_item_or_current(dialogue: Dialogue, intent: Any, wanted: Kind) -> int:
    if dialogue.round_of(intent.item) is None:
        return _current(dialogue, intent, wanted)
    return _by_item(dialogue, intent, wanted)


def _named(dialogue: Dialogue, intent: Any, wanted: Kind) -> int:
    index: int = intent.round
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    if not 0 <= index < len(dialogue.frames):
        raise Refused("no_such_round", round=index + 1)
    kind = dialogue.frames[index].plan.kind
    if kind is not wanted:
        raise Refused("wrong_round", kind=kind.value)
    return index


def _current(dialogue: Dialogue, _intent: Any, wanted: Kind) -> int:
    if dialogue.status is Status.PREPARING:
        raise Refused("not_started", title=dialogue.title)
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    frame = dialogue.open_frame
    if frame is None:
        raise Refused("no_open_round", title=dialogue.title)
    if frame.plan.kind is not wanted:
        raise Refused("wrong_round", kind=frame.plan.kind.value)
    return frame.index


class _Way(NamedTuple):
    """How an intent of a kind of round is decided on: which round it concerns, whether that must
    be open, and the machine's own ``decide``."""

    kind: Kind
    round_for: Callable[[Dialogue, Any, Kind], int]
    open_only: bool
    decide: Callable[[Any, Any, Context], tuple[Any, ...]]


def _way(intent: type, kind: Kind) -> _Way:
    """An intent concerns its item's round, the one it names, or the current one."""
    round_for: Callable[[Dialogue, Any, Kind], int]
    if getattr(intent, "before_numbers", False):
        round_for = _by_item_or_current
    elif hasattr(intent, "item"):
        round_for = _by_item
    else:
        round_for = _named if hasattr(intent, "round") else _current
    open_only = not getattr(intent, "any_stage", False)
    return _Way(kind, round_for, open_only, MACHINES[kind].decide)


_OF_ROUNDS = {intent: _way(intent, kind) for intent, kind in BY_INTENT.items()}
