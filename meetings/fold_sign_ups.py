"""Folds in who signed up for a meeting, waits, is reminded, and when that is erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from meetings import events as ev
from meetings.meeting import Meeting, SignUp, Stand


def signed_up(meeting: Meeting, event: ev.SignedUp, at: datetime, by: str) -> None:
    stand = Stand.WAITS if event.waits else Stand.PLACE
    one = SignUp(event.number, by, event.group, event.people, at, stand, event.staff)
    meeting.sign_ups[event.number] = one
    if not event.staff:
        meeting.of_whom[by] = event.number
    if event.waits:
        meeting.waiting.setdefault(event.group, {})[event.number] = None
    else:
        _take(meeting, one, one.people)


def _take(meeting: Meeting, one: SignUp, people: int) -> None:
    meeting.taken[one.group] = meeting.taken.get(one.group, 0) + people


def named(meeting: Meeting, event: ev.NameGiven, _at: datetime, _by: str) -> None:
    one = meeting.sign_ups[event.number]
    _nameless(meeting, one)
    one.name = event.name


def name_erased(meeting: Meeting, event: ev.NameErased, _at: datetime, _by: str) -> None:
    _nameless(meeting, meeting.sign_ups[event.number])


def _nameless(meeting: Meeting, one: SignUp) -> None:
    if one.name is not None:
        meeting.gone.append(one.name.ref)
        one.name = None


def signed_off(meeting: Meeting, event: ev.SignedOff, at: datetime, _by: str) -> None:
    one = meeting.sign_ups[event.number]
    if one.stand is Stand.PLACE:
        _take(meeting, one, event.people - one.people)
    one.people, meeting.freed_at = event.people, at
    if not event.people:
        _gone(meeting, one)


def _gone(meeting: Meeting, one: SignUp) -> None:
    meeting.waiting.get(one.group, {}).pop(one.number, None)
    meeting.offers.pop(one.number, None)
    one.stand, one.until = Stand.GONE, None
    _nameless(meeting, one)
    _remind(meeting, one, day=False, hour=False)


def offered(meeting: Meeting, event: ev.PlaceOffered, _at: datetime, _by: str) -> None:
    one = meeting.sign_ups[event.number]
    meeting.waiting.get(one.group, {}).pop(one.number, None)
    meeting.offers[one.number] = event.until
    one.stand, one.until = Stand.OFFERED, event.until


def given(meeting: Meeting, event: ev.PlaceGiven, _at: datetime, _by: str) -> None:
    one = meeting.sign_ups[event.number]
    meeting.waiting.get(one.group, {}).pop(one.number, None)
    meeting.offers.pop(one.number, None)
    one.stand, one.until = Stand.PLACE, None
    _take(meeting, one, one.people)


def offer_lapsed(meeting: Meeting, event: ev.OfferLapsed, at: datetime, _by: str) -> None:
    _gone(meeting, meeting.sign_ups[event.number])
    meeting.freed_at = at


def reminders(meeting: Meeting, event: ev.RemindersSet, _at: datetime, _by: str) -> None:
    _remind(meeting, meeting.sign_ups[event.number], day=event.day, hour=event.hour)


def _remind(meeting: Meeting, one: SignUp, *, day: bool, hour: bool) -> None:
    meeting.wants_day += day - one.day
    meeting.wants_hour += hour - one.hour
    one.day, one.hour = day, hour


def reminded(meeting: Meeting, event: ev.RemindersGiven, _at: datetime, _by: str) -> None:
    meeting.reminded_day = True
    meeting.reminded_hour = meeting.reminded_hour or not event.day


def sign_ups_erased(meeting: Meeting, _event: Any, _at: datetime, _by: str) -> None:
    meeting.erased = True
    meeting.gone += [kept.text.ref for kept in meeting.kept.values()]
    meeting.kept.clear()
    meeting.of_whom.clear()
    for one in meeting.sign_ups.values():
        _nameless(meeting, one)
        one.by, one.day, one.hour = "", False, False
    meeting.wants_day = meeting.wants_hour = 0
