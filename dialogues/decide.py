"""Hands an intent to what decides on it: a function of the dialogue, or of a kind of round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dialogues import course, destroying, merging, moderation, pausing, scheduling, steps
from dialogues import intents as it
from dialogues.core import Context, Refused
from dialogues.dialogue import Dialogue, Status
from dialogues.followup import intents as following
from dialogues.followup import rules as followup
from dialogues.kinds import Concerns
from dialogues.machine import Machine, is_open, not_open, runs
from dialogues.objections import intents as draft
from dialogues.objections import rules as objections
from dialogues.running import open_frame

_ITEM = Concerns.ITEM  # looked up once: every vote needs it

_DIALOGUE: dict[type, Any] = {
    draft.Object: objections.object_to,
    draft.Rule: objections.rule,
    it.ApproveItem: moderation.approve,
    it.AwaitAdvice: moderation.await_advice,
    it.ChangeItem: moderation.change,
    it.CloseDialogue: course.close,
    it.DiscardDialogue: course.discard,
    it.Due: steps.due,
    it.EndCollecting: course.end_collecting,
    it.EraseItem: moderation.erase,
    it.GiveReason: moderation.give_reason,
    it.HideItem: moderation.hide,
    it.IssueAdvice: moderation.issue_advice,
    it.MergeBallots: merging.merge_ballots,
    it.MergeParticipants: merging.merge_participants,
    it.NextRound: course.next_round,
    it.OpenDialogue: course.open_dialogue,
    it.PauseRound: pausing.pause,
    it.PlanStart: scheduling.plan_start,
    it.RequestAdvice: moderation.request_advice,
    it.ResumeRound: pausing.resume,
    it.SetCharter: course.set_charter,
    it.SetHour: course.set_hour,
    it.SetSchedule: scheduling.set_schedule,
    it.SetTitle: course.set_title,
    it.ShowItem: moderation.show,
    it.StartDialogue: course.start,
    it.TieHours: scheduling.tie,
    it.TellRoom: moderation.tell_room,
    it.WithdrawItem: moderation.withdraw,
    **destroying.DECIDES,
    following.GiveResponse: followup.respond,
    following.NoteProgress: followup.note,
    following.PostponeAnswer: followup.postpone,
    following.ReceiveAdvice: followup.receive,
}


def decide(dialogue: Dialogue, intent: Any, context: Context) -> tuple[Any, ...]:
    """The events of an intent; raises ``Refused``. The state is not changed."""
    route = dialogue.kinds.routes.get(type(intent))
    if route is None:
        return tuple(_DIALOGUE[type(intent)](dialogue, intent, context))
    machine, concerns = route.machine, route.concerns
    known = dialogue.items.by_number.get(intent.item) if concerns is _ITEM else None
    frame = dialogue.frames[known.round] if known is not None else None  # nearly always its own
    if frame is None or frame.machine is not machine:
        frame = dialogue.frames[_ROUND[concerns](dialogue, intent, machine)]
    if route.open_only:
        at = context.at
        if not (runs(frame, at) if context.leaving else is_open(frame, at)):
            raise not_open(frame, at, moderates=route.moderates)
    decide_there = route.decide
    return decide_there(dialogue.states[frame.index], intent, context)


def _by_item(dialogue: Dialogue, intent: Any, wanted: Machine) -> int:
    known = dialogue.items.by_number.get(intent.item)
    if known is None:
        raise Refused("no_such_item", item=intent.item)
    if dialogue.frames[known.round].machine is not wanted:
        raise Refused("wrong_kind", item=intent.item)
    return known.round


def _by_item_or_current(dialogue: Dialogue, intent: Any, wanted: Machine) -> int:
    if dialogue.round_of(intent.item) is None:
        return _current(dialogue, intent, wanted)
    return _by_item(dialogue, intent, wanted)


def _named(dialogue: Dialogue, intent: Any, wanted: Machine) -> int:
    index: int = intent.round
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    if not 0 <= index < len(dialogue.frames):
        raise Refused("no_such_round", round=index + 1)
    machine = dialogue.frames[index].machine
    if machine is not wanted:
        raise Refused("wrong_round", kind=machine.kind)
    return index


def _current(dialogue: Dialogue, _intent: Any, wanted: Machine) -> int:
    frame = open_frame(dialogue)
    if frame.machine is not wanted:
        raise Refused("wrong_round", kind=frame.machine.kind)
    return frame.index


_ROUND: dict[Concerns, Callable[[Dialogue, Any, Machine], int]] = {
    Concerns.CURRENT: _current,
    Concerns.ITEM: _by_item,
    Concerns.ITEM_OR_CURRENT: _by_item_or_current,
    Concerns.NAMED: _named,
}
