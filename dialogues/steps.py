"""What happens by itself in a dialogue: which step is due when, and what it comes to.

It is one step at a time, each decided on the state the step before it left.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from dialogues import events as ev
from dialogues import intents as it
from dialogues import pausing, scheduling
from dialogues.answer_day import missing_from, was_impossible
from dialogues.core import Context
from dialogues.course import can_open, close_now, hour_set, open_from, unreviewed
from dialogues.destroying_events import Destroyed, RecordsDestroyed
from dialogues.dialogue import Dialogue, Status
from dialogues.events import After
from dialogues.fold_review import REVIEW_EVERY
from dialogues.followup import steps as followup
from dialogues.followup.days import asks
from dialogues.followup.steps import FOLLOWING
from dialogues.intents import Due, Hour, Step
from dialogues.items import ItemState
from dialogues.machine import Deadline, Frame, Stage
from dialogues.moderation import requested
from dialogues.objections import steps as draft
from dialogues.schedule import rounded_up

#: After a round closed at its hour: how long to wait for ``volgende`` before the next
#: round opens by itself: one absent volunteer blocks nothing.
NEXT_AFTER = timedelta(hours=24)


#: A planned start that comes later than this is missed; up to it the start happens late.
LATEST_START = timedelta(hours=1)


def next_due(dialogue: Dialogue) -> Due | None:
    """The next step that happens by itself, or None. No other function knows when steps are due."""
    steps = [due for due in _steps(dialogue) if due is not None]
    order = list(Step)
    return min(steps, key=lambda due: (due.at, order.index(due.step)), default=None)


def _steps(dialogue: Dialogue) -> list[Due | None]:
    steps = _own_steps(dialogue)
    frame = dialogue.frame
    if dialogue.planned is not None:
        steps += scheduling.coming(dialogue)
        steps.append(Due(dialogue.planned.opens_at, Step.START, opens=True))
    awaited = dialogue.advice_awaited and not draft.comes(dialogue)
    if awaited and frame is not None and frame.closed_at is not None:
        steps.append(Due(frame.closed_at, Step.ADVICE))
    if dialogue.status is Status.OPEN and frame is not None:
        if frame.stage is Stage.OPEN:
            steps += _open_steps(dialogue, frame)
        elif frame.closed_at is not None:
            steps.append(_after_closing(dialogue, frame, frame.closed_at))
    if dialogue.status is Status.CLOSED and dialogue.closed_at is not None:
        steps += draft.steps(dialogue)
        closed_at = draft.out_at(dialogue) or dialogue.closed_at
        if dialogue.reports and dialogue.advice is None and not draft.comes(dialogue):
            steps.append(Due(dialogue.closed_at, Step.ADVICE))
        if dialogue.charter.answer_by and not dialogue.answer_overdue and _once(dialogue):
            at = missing_from(dialogue, dialogue.charter.answer_by)
            steps.append(Due(max(at, closed_at), Step.ANSWER))
        steps += followup.steps(dialogue)
        if not dialogue.links_destroyed and not dialogue.held:
            period = timedelta(days=dialogue.objection_days)
            steps.append(Due(max(dialogue.closed_at + period, closed_at), Step.LINKS))
    return steps


def _once(dialogue: Dialogue) -> bool:
    """Whether it is said once alone that the answer is missing: where nothing is asked that could
    be answered, or its day was past already at the closing."""
    return not asks(dialogue) or was_impossible(dialogue)


def _own_steps(dialogue: Dialogue) -> list[Due | None]:
    """The next steps of the kinds of rounds themselves; a closed round can have some too."""
    return [
        Due(deadline.at, Step.OWN, frame.index, deadline.item, deadline.opens)
        for frame in dialogue.frames
        if frame.opened_at is not None
        for deadline in frame.machine.deadlines(dialogue.states[frame.index])
    ]


def _open_steps(dialogue: Dialogue, frame: Frame) -> list[Due | None]:
    assert frame.closes_at is not None
    steps: list[Due | None] = [Due(frame.closes_at, Step.CLOSE), *pausing.steps(frame)]
    if frame.collecting and frame.collecting_ends_at and frame.then is After.WAIT:
        steps.append(Due(min(frame.collecting_ends_at, frame.closes_at), Step.COLLECTING))
    if frame.reminder_at:
        steps.append(Due(frame.reminder_at, Step.REMINDER))
    review = dialogue.review
    if review.due is not None and any(map(partial(_waits, dialogue), review.untold)):
        steps.append(Due(review.due, Step.REVIEW))
    if review.round == frame.index != review.warned:
        steps.append(Due(frame.closes_at - REVIEW_EVERY, Step.REVIEW, frame.index))
    return steps


def _waits(dialogue: Dialogue, number: str) -> bool:
    return dialogue.items.by_number[number].state is ItemState.PENDING


def _after_closing(dialogue: Dialogue, frame: Frame, closed_at: datetime) -> Due:
    last = frame.index + 1 >= len(dialogue.frames)
    if last or frame.then is After.END:
        return Due(closed_at, Step.END)
    if frame.then is After.NEXT:
        return Due(closed_at, Step.NEXT, opens=True)
    opening = dialogue.schedule.opening(frame.index + 1)
    if opening is not None:
        return Due(max(closed_at, opening.at), Step.NEXT, opens=True)
    return Due(closed_at + NEXT_AFTER, Step.NEXT, opens=True)


def due(dialogue: Dialogue, intent: Due, context: Context) -> list[object]:
    """The events of a step that is due; none when the step no longer applies. It never refuses.

    Where the time of the context is later than the step's own, people could not take part then:
    what opens does so now, and what comes after it moves by as much.
    """
    frame = dialogue.frame
    if intent.step is Step.OWN:
        return _own_due(dialogue, intent, context.at)
    if intent.step in (Step.PAUSE_ENDS, Step.RESUME):
        return pausing.due(dialogue, intent, context.at)
    if intent.step is Step.COMING:
        return scheduling.told(dialogue, intent)
    if intent.step is Step.START:
        return _started(dialogue, intent, context)
    if intent.step is Step.ANSWER:
        return [ev.AnswerOverdue()]
    if intent.step in FOLLOWING:
        return followup.due(dialogue, intent)
    if intent.step is Step.ADVICE:
        return [requested(dialogue, intent.figures or it.RequestAdvice(0, 0, 0))]
    if intent.step is Step.LINKS:
        figures = intent.figures or it.RequestAdvice(0, 0, 0)
        told = (figures.contributed, figures.voted, figures.total, figures.linked)
        days, category = dialogue.objection_days, intent.category
        gone = RecordsDestroyed(Destroyed.LINKS, intent.links, days, category)
        counted = intent.evaluated
        return [ev.LinksDestroyed(*told), gone, *((counted,) if counted is not None else ())]
    if intent.step is Step.END:
        return [ev.DialogueClosed()]
    if intent.step is Step.DRAFT:
        return draft.posted(dialogue, context.at)
    if intent.step in (Step.OBJECTIONS, Step.RULING):
        return draft.told(dialogue, ending=intent.step is Step.RULING)
    assert frame is not None
    if intent.step is Step.COLLECTING:
        return [ev.CollectingEnded(frame.index, unreviewed(dialogue, frame.index))]
    if intent.step is Step.REMINDER:
        return [ev.ReminderGiven(frame.index, intent.minutes)]
    if intent.step is Step.REVIEW:
        waiting = unreviewed(dialogue, frame.index, reasons=True)
        return [ev.ReviewAsked(frame.index, waiting, ending=intent.round >= 0)]
    if intent.step is Step.NEXT:
        moved = _delay(intent, context.at)
        until = _next_hour(dialogue, frame, context.at, moved)
        was_due = intent.at if moved else None
        return open_from(dialogue, frame.index + 1, until, context, was_due)
    closed_at = frame.closes_at or context.at
    waiting = unreviewed(dialogue, frame.index, reasons=True)
    return [ev.RoundClosed(frame.index, closed_at, intent.voters, intent.receipts_sha256, waiting)]


def _started(dialogue: Dialogue, intent: Due, context: Context) -> list[object]:
    """The events of a planned start; one that comes more than ``LATEST_START`` late is missed."""
    moved, planned = _delay(intent, context.at), dialogue.planned
    assert planned is not None
    if moved > LATEST_START or intent.taken or not can_open(dialogue):
        why = "late" if moved > LATEST_START else "taken" if intent.taken else "empty"
        return [ev.StartMissed(intent.at, why, intent.taken)]
    ends = None if dialogue.schedule.openings else planned.closes_at
    until = _hour(dialogue, ends + moved) if ends else None
    return open_from(dialogue, 0, until, context, intent.at if moved else None)


def _own_due(dialogue: Dialogue, intent: Due, at: datetime) -> list[object]:
    """The events of a round's own deadline; the round is closed at once when nothing is left to do
    in it."""
    frame, state = dialogue.frames[intent.round], dialogue.states[intent.round]
    own = list(frame.machine.due(state, Deadline(at, intent.item, intent.opens)))
    ends = any(getattr(event, "ends_round", False) for event in own)
    if frame.closes_at is None:
        return own
    if ends and frame.closes_at > at:
        then = After.NEXT if frame.index + 1 < len(dialogue.frames) else After.END
        own.append(close_now(dialogue, frame, at, then, None))
    elif own and not ends and _delay(intent, at):
        hour = _hour(dialogue, frame.closes_at + _delay(intent, at))
        own.append(replace(hour_set(frame, hour, at), then=frame.then, was_due=intent.at))
    return own


def _delay(due: Due, at: datetime) -> timedelta:
    """How much later than its hour a step happens, in whole minutes, rounded up."""
    return rounded_up(max(at - due.at, timedelta()))


def _next_hour(dialogue: Dialogue, frame: Frame, at: datetime, moved: timedelta) -> Hour | None:
    """The hour that was announced for the round that opens now, ``moved`` as far as its opening;
    None where there was none."""
    if frame.next_closes_at is None or frame.next_closes_at + moved <= at:
        return None
    return _hour(dialogue, frame.next_closes_at + moved)


def _hour(dialogue: Dialogue, at: datetime) -> Hour:
    local = at.astimezone(ZoneInfo(dialogue.zone)).replace(tzinfo=None)
    return Hour(at, local.isoformat(timespec="minutes"))
