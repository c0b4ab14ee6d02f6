"""Decides on a planned start and on the schedule, and on when the room is told of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from dialogues import answer_day
from dialogues import events as ev
from dialogues import intents as it
from dialogues.core import Context, Refused
from dialogues.course import can_open, check_can_start, check_hour, hour_set
from dialogues.dialogue import Dialogue, Status
from dialogues.intents import Due, Hour, Step
from dialogues.running import going_on
from dialogues.schedule import END, Opening, Schedule, differences, without_hour

#: So long before a planned opening the room is told of it, in minutes.
TOLD_BEFORE = (24 * 60, 60)

#: The room is not told of an opening that is nearer than this by then, in minutes.
_TOO_NEAR = {24 * 60: 60, 60: 5}


def plan_start(dialogue: Dialogue, intent: it.PlanStart, context: Context) -> list[object]:
    check_can_start(dialogue)
    opens, until = intent.opens, intent.until
    check_hour(dialogue, opens, context.at)
    if until is not None:
        if until.at <= opens.at:
            raise Refused("closing_before_opening", closes_at=until.at, opens_at=opens.at)
        check_hour(dialogue, until, context.at)
    if not can_open(dialogue):
        raise Refused("nothing_to_open", kind=dialogue.frames[0].plan.kind)
    if dialogue.schedule.openings:
        raise Refused("schedule_there", title=dialogue.title)
    return [ev.StartPlanned(opens.at, opens.wall, until.at if until else None)]


def set_schedule(dialogue: Dialogue, intent: it.SetSchedule, context: Context) -> list[object]:
    """The new hours, and the hour of the open round, which ends where the next begins."""
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    for index, hour in intent.hours.items():
        _check_round(dialogue, index)
        if hour.at <= context.at:
            raise Refused("moment_past", at=hour.at)
    hours = {index: Opening(index, hour.at, hour.wall) for index, hour in intent.hours.items()}
    new = dialogue.schedule.changed(hours)
    changed = tuple(index for index, _was, _now in differences(dialogue.schedule, new))
    if not changed:
        raise Refused("schedule_same")
    _check_whole(dialogue, new)
    if known_outside(dialogue) and dialogue.schedule.hours() and not intent.want:
        raise Refused("schedule_needs_reason")
    events: list[object] = [ev.ScheduleSet(new.openings, new.end, changed, intent.want)]
    frame, until = dialogue.open_frame, new.after(dialogue.current)
    if frame is not None:
        going_on(dialogue, context.at)
    if frame is not None and until is not None and frame.closes_at != until.at:
        if frame.closes_at is not None and frame.closes_at <= context.at:
            raise Refused("closing_already", round=frame.index + 1)
        events.append(hour_set(frame, Hour(until.at, until.wall), context.at))
    return events


def tie(dialogue: Dialogue, intent: it.TieHours, context: Context) -> list[object]:
    """The hours of the meeting that the dialogue opens and closes with."""
    opens, ends = intent.opens, intent.ends
    if opens is None or ends is None:
        loose = dialogue.status is Status.PREPARING and bool(dialogue.schedule.openings)
        changed = tuple(one.round for one in dialogue.schedule.hours())
        return [ev.ScheduleSet((), None, changed, intent.want, intent.meeting)] if loose else []
    check_can_start(dialogue)
    check_hour(dialogue, opens, context.at)
    if not can_open(dialogue):
        raise Refused("nothing_to_open", kind=dialogue.frames[0].plan.kind)
    if dialogue.schedule.openings and dialogue.schedule.meeting != intent.meeting:
        raise Refused("schedule_there", title=dialogue.title)
    answer_day.check(dialogue, dialogue.charter, ends.at)
    first, end = Opening(0, opens.at, opens.wall), Opening(END, ends.at, ends.wall)
    new = Schedule((first,), end, intent.meeting)
    changed = tuple(index for index, _was, _now in differences(dialogue.schedule, new))
    if not changed:
        return []
    return [ev.ScheduleSet(new.openings, new.end, changed, intent.want, intent.meeting)]


def _check_round(dialogue: Dialogue, index: int) -> None:
    if index == END:
        return
    if not 0 <= index < len(dialogue.frames):
        raise Refused("no_such_round", round=index + 1, rounds=len(dialogue.frames))
    if index <= dialogue.current:
        raise Refused("round_begun", round=index + 1)


def _check_whole(dialogue: Dialogue, new: Schedule) -> None:
    """Raise ``Refused`` for a schedule that leaves a round out, is in no order, or does not go with
    the charter."""
    lacking = without_hour(dialogue, new)
    last = dialogue.current + 1 >= len(dialogue.frames)
    if lacking or (not new.openings and not last):
        raise Refused("schedule_lacks", rounds=[index + 1 for index in lacking or (0,)])
    for first, then in pairwise(new.hours()):
        if then.at <= first.at:
            raise Refused("schedule_order", first=first.round + 1, at=first.at, then=then.round + 1)
    if new.opening(0) is not None:
        check_can_start(dialogue)
        if not can_open(dialogue):
            raise Refused("nothing_to_open", kind=dialogue.frames[0].plan.kind)
    answer_day.check(dialogue, dialogue.charter, new.hours()[-1].at)


def known_outside(dialogue: Dialogue) -> bool:
    """Whether the room knows the hours of a dialogue."""
    told = dialogue.planned is not None and dialogue.planned.told > 0
    return told or dialogue.status is not Status.PREPARING


# -- the room is told of what comes --------------------------------------------------------------


def coming(dialogue: Dialogue) -> list[Due]:
    """When the room is told next of the planned opening; nothing where that is sooner after the
    planning than it takes."""
    planned = dialogue.planned
    if planned is None or planned.since is None:
        return []
    for minutes in TOLD_BEFORE:
        at = planned.opens_at - timedelta(minutes=minutes)
        if (not planned.told or minutes < planned.told) and at > planned.since:
            return [Due(at, Step.COMING, minutes=minutes)]
    return []


def told(dialogue: Dialogue, intent: Due) -> list[object]:
    """The event of telling: the engine leaves no minutes where it comes too late to be told."""
    assert dialogue.planned is not None
    before = (dialogue.planned.opens_at - intent.at) // timedelta(minutes=1)
    return [ev.StartTold(before, bool(intent.minutes))]


def minutes_to_tell(dialogue: Dialogue, due: Due, now: datetime) -> int:
    """How many minutes before the opening it is told; 0 where the next telling is near."""
    assert dialogue.planned is not None
    left = (dialogue.planned.opens_at - now) // timedelta(minutes=1)
    return due.minutes if left >= _TOO_NEAR[due.minutes] else 0
