"""Signing up for a meeting and off again, and what follows of it for the waiting list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dialogues.core import Context, Refused
from meetings import events as ev
from meetings import intents as it
from meetings.checking import check_planned
from meetings.due import reminds_at
from meetings.meeting import Group, Meeting, SignUp, Stand


def _sign_up(meeting: Meeting, intent: it.SignUpFor, context: Context) -> list[object]:
    _check_before(meeting, context.at)
    mine = meeting.of(context.names)
    if mine is not None:
        return [ev.PlaceGiven(mine.number)] if mine.stand is Stand.OFFERED else []
    _check_group(meeting, intent.group)
    free = meeting.free(intent.group)
    return [ev.SignedUp(len(meeting.sign_ups) + 1, intent.group, waits=free == 0)]


def _sign_up_others(meeting: Meeting, intent: it.SignUpOthers, context: Context) -> list[object]:
    """Those without an account are one sign-up for each group, which staff changes as a whole."""
    _check_before(meeting, context.at)
    _check_group(meeting, intent.group)
    known = _others(meeting, intent.group)
    before = known.people if known is not None else 0
    free = meeting.free(intent.group)
    if free is not None and intent.people - before > free:
        raise Refused("meeting_too_many", meeting=meeting.name, free=free + before)
    if intent.people == before:
        return []
    if known is not None and intent.people < before:
        return [ev.SignedOff(known.number, intent.people)]
    events: list[object] = [] if known is None else [ev.SignedOff(known.number, 0)]
    number = len(meeting.sign_ups) + 1
    return [*events, ev.SignedUp(number, intent.group, people=intent.people, staff=True)]


def _others(meeting: Meeting, group: Group) -> SignUp | None:
    found = (one for one in meeting.sign_ups.values() if one.staff and one.stand is Stand.PLACE)
    return next((one for one in found if one.group is group), None)


def _sign_off(meeting: Meeting, _intent: it.SignOff, context: Context) -> list[object]:
    check_planned(meeting)
    return [ev.SignedOff(_mine(meeting, context).number)]


def _name(meeting: Meeting, intent: it.GiveName, context: Context) -> list[object]:
    _check_before(meeting, context.at)
    return [ev.NameGiven(_mine(meeting, context).number, intent.name)]


def _remind(meeting: Meeting, intent: it.SetReminders, context: Context) -> list[object]:
    """A reminder whose hour has gone is left out."""
    _check_before(meeting, context.at)
    mine, hours = _mine(meeting, context), meeting.hours
    assert hours is not None
    day = intent.day and reminds_at(meeting, hours, it.Step.REMIND_DAY) > context.at
    hour = intent.hour and reminds_at(meeting, hours, it.Step.REMIND_HOUR) > context.at
    if (intent.day or intent.hour) and not (day or hour):
        raise Refused("meeting_remind_late", meeting=meeting.name, at=hours.begins_at)
    return [] if (mine.day, mine.hour) == (day, hour) else [ev.RemindersSet(mine.number, day, hour)]


def _mine(meeting: Meeting, context: Context) -> SignUp:
    mine = meeting.of(context.names)
    if mine is None:
        raise Refused("meeting_not_signed_up", meeting=meeting.name, title=meeting.title)
    return mine


def _check_before(meeting: Meeting, at: datetime) -> None:
    """Raise ``Refused`` for a meeting that is not planned, or whose hour is there."""
    check_planned(meeting)
    if meeting.hours is not None and meeting.hours.begins_at <= at:
        raise Refused("meeting_begun", meeting=meeting.name, title=meeting.title)


def _check_group(meeting: Meeting, group: Group) -> None:
    audience, places = meeting.plan.audience, meeting.plan.places
    if (audience and group not in audience) or places.limit(group) == 0:
        groups = audience or tuple(each for each, _ in places.by_group)
        raise Refused(
            "meeting_not_for_you", meeting=meeting.name, groups=[each.value for each in groups]
        )


SIGNING: dict[type, Callable[[Meeting, Any, Context], list[object]]] = {
    it.GiveName: _name,
    it.SetReminders: _remind,
    it.SignOff: _sign_off,
    it.SignUpFor: _sign_up,
    it.SignUpOthers: _sign_up_others,
}
