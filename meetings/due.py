"""What happens by itself in a meeting, and when: the one place that knows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from meetings.intents import Due, Step
from meetings.meeting import Hours, Meeting, Phase

#: A beginning that comes later than this is missed; up to it the meeting begins late.
LATEST = timedelta(hours=1)

#: How long staff has to say what becomes of a missed meeting.
MISSED_FOR = timedelta(hours=24)

#: A proposal that nobody took for so long lapses.
PROPOSED_FOR = timedelta(days=60)

#: How long an offered place waits for an answer, and until how long before the meeting.
OFFERED_FOR, LAST_OFFER = timedelta(hours=24), timedelta(hours=2)

#: So long after the last agreement staff is asked for what the agreements lack, once.
ASKED_AFTER = timedelta(hours=20)

#: So long after the end nobody can tell any more who signed up.
KNOWN_FOR = timedelta(days=7)

#: The seed of the tables comes so long after the hash of the list was told.
DRAWN_AFTER = timedelta(minutes=1)

#: Nobody is reminded between these hours; who would be, is at ``_INSTEAD`` before.
_QUIET_FROM, _QUIET_TO, _INSTEAD = time(22), time(8), time(20)

_BEFORE = {Step.REMIND_DAY: timedelta(days=1), Step.REMIND_HOUR: timedelta(hours=1)}


def next_due(meeting: Meeting) -> Due | None:
    """The next step that happens by itself, or None."""
    order = list(Step)
    return min(_steps(meeting), key=lambda due: (due.at, order.index(due.step)), default=None)


def _steps(meeting: Meeting) -> Iterator[Due]:
    if meeting.phase is Phase.PROPOSED:
        yield Due(_lapses(meeting), Step.LAPSE)
    elif meeting.phase is Phase.PLANNED:
        yield from _planned(meeting)
    elif meeting.ended_at is not None:
        if meeting.kept:  # its dialogue did not open
            yield Due(meeting.ended_at, Step.HAND_ON)
        if not meeting.erased:
            yield Due(meeting.ended_at + KNOWN_FOR, Step.ERASE)
    ended = meeting.ended_at if meeting.phase is Phase.HELD else None
    if ended is not None and meeting.asked_at is None and meeting.lacking():
        yield Due(max(ended, meeting.agreements[-1].at) + ASKED_AFTER, Step.ASK)


def _lapses(meeting: Meeting) -> datetime:
    """When a proposal lapses; one that waits for the clerk does at the hour it is about."""
    assert meeting.made_at is not None
    last = meeting.made_at + PROPOSED_FOR
    if not meeting.threshold and meeting.hours is not None:
        return min(last, meeting.hours.begins_at)
    return last


def _planned(meeting: Meeting) -> Iterator[Due]:
    hours = meeting.hours
    assert hours is not None
    if meeting.missed is not None:
        yield Due(meeting.missed.since + MISSED_FOR, Step.LAPSE)
        return
    draw = meeting.draw
    if draw is not None and not draw.seed:
        yield Due(draw.at + DRAWN_AFTER, Step.DRAW)
    if meeting.begun:
        yield Due(hours.ends_at, Step.END)
        return
    yield Due(hours.begins_at, Step.BEGIN)
    if meeting.plan.prepares_at is not None and not meeting.plan.dialogue:
        yield Due(meeting.plan.prepares_at, Step.PREPARE)
    if meeting.wants_day and not meeting.reminded_day:
        yield Due(reminds_at(meeting, hours, Step.REMIND_DAY), Step.REMIND_DAY)
    if meeting.wants_hour and not meeting.reminded_hour:
        yield Due(reminds_at(meeting, hours, Step.REMIND_HOUR), Step.REMIND_HOUR)
    if meeting.offers:
        number, until = min(meeting.offers.items(), key=lambda one: (one[1], one[0]))
        yield Due(until, Step.OFFER, number)
    if meeting.freed_at is not None and meeting.next_waiting() is not None:
        yield Due(meeting.freed_at, Step.PLACE)


def reminds_at(meeting: Meeting, hours: Hours, step: Step) -> datetime:
    """When people are reminded; in the evening before where that falls in the quiet hours."""
    zone = ZoneInfo(meeting.zone)
    at = hours.begins_at - _BEFORE[step]
    local = at.astimezone(zone)
    if _QUIET_TO <= local.time() < _QUIET_FROM:
        return at
    day = local.date() if local.time() >= _QUIET_FROM else local.date() - timedelta(days=1)
    return datetime.combine(day, _INSTEAD, zone).astimezone(at.tzinfo)


def offered_until(meeting: Meeting, at: datetime) -> datetime | None:
    """Until when a place is offered that comes free now; None: there is no time to ask."""
    assert meeting.hours is not None
    until = min(at + OFFERED_FOR, meeting.hours.begins_at - LAST_OFFER)
    return until if until > at else None
