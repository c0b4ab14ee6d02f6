"""Which part of a dialogue decides on an intent: one literal table, and the rounds' own intents."""

from __future__ import annotations

from typing import Any

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


#: What may be asked of a round that is not open.
_AT_ANY_STAGE = frozenset(i for i in BY_INTENT if getattr(i, "any_stage", False))


def decide(dialogue: Dialogue, intent: Any, context: Context) -> tuple[Any, ...]:
    """The events this intent leads to; raises ``Refused``, and changes nothing either way."""
    kind = BY_INTENT.get(type(intent))
    if kind is None:
        return tuple(_DIALOGUE[type(intent)](dialogue, intent, context))
    index = _round_for(dialogue, intent, kind)
    if type(intent) not in _AT_ANY_STAGE:
        require_open(dialogue.frames[index], context.at)
    return MACHINES[kind].decide(dialogue.states[index], intent, context)


def _round_for(dialogue: Dialogue, intent: Any, kind: Kind) -> int:
    """The round an intent concerns: its item's, its own, or the current one of that kind."""
    item = getattr(intent, "item", None)
    if item is not None:
        index = dialogue.round_of(item)
        if index is None and getattr(intent, "before_numbers", False):
            return _current(dialogue, kind)
        if index is None:
            raise Refused("no_such_item", item=item)
        if dialogue.frames[index].plan.kind is not kind:
            raise Refused("wrong_kind", item=item)
        return index
    named = getattr(intent, "round", None)
    if named is not None:
        return _named(dialogue, kind, int(named))
    return _current(dialogue, kind)


def _named(dialogue: Dialogue, wanted: Kind, index: int) -> int:
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    if not 0 <= index < len(dialogue.frames):
        raise Refused("no_such_round", round=index + 1)
    kind = dialogue.frames[index].plan.kind
    if kind is not wanted:
        raise Refused("wrong_round", kind=kind.value)
    return index


def _current(dialogue: Dialogue, kind: Kind) -> int:
    if dialogue.status is Status.PREPARING:
        raise Refused("not_started", title=dialogue.title)
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    frame = dialogue.open_frame
    if frame is None:
        raise Refused("no_open_round", title=dialogue.title)
    if frame.plan.kind is not kind:
        raise Refused("wrong_round", kind=frame.plan.kind.value)
    return frame.index
