"""Folds events into a meeting's state: each event changes what it concerns, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogues.aggregates import Fold
from dialogues.core import Text
from meetings import events as ev
from meetings.meeting import (
    Agreement,
    Change,
    Draw,
    Hours,
    Meeting,
    Missed,
    Phase,
    Plan,
    SignUp,
    Stand,
)
from meetings.tables import split


def evolve(meeting: Meeting, event: Any, at: datetime, by: str) -> None:
    """Fold one event in. Never refuses."""
    meeting.position += 1
    _HANDLERS[type(event)](meeting, event, at, by)


def _planned(meeting: Meeting, event: ev.MeetingPlanned, at: datetime, by: str) -> None:
    meeting.title, meeting.room = event.title, event.room
    meeting.zone, meeting.language, meeting.town = event.zone, event.language, event.town
    meeting.made_by, meeting.made_at, meeting.reviewed = by, at, True
    _plan(meeting, event.hours, event.plan, at)


def _plan(meeting: Meeting, hours: Hours, plan: Plan, at: datetime) -> None:
    meeting.phase, meeting.hours, meeting.plan = Phase.PLANNED, hours, plan
    meeting.changed_at, meeting.planned = at, True


def _proposed(meeting: Meeting, event: ev.MeetingProposed, at: datetime, by: str) -> None:
    meeting.title, meeting.why, meeting.room = event.title, event.why, event.room
    meeting.zone, meeting.language, meeting.town = event.zone, event.language, event.town
    meeting.made_by, meeting.made_at, meeting.changed_at = by, at, at
    meeting.phase, meeting.hours, meeting.plan = Phase.PROPOSED, event.hours, event.plan
    meeting.threshold = 0 if event.asked else event.threshold


def _shown(meeting: Meeting, _event: Any, _at: datetime, _by: str) -> None:
    meeting.reviewed = True


def _supported(meeting: Meeting, _event: Any, _at: datetime, by: str) -> None:
    meeting.supporters.add(by)


def _support_withdrawn(meeting: Meeting, _event: Any, _at: datetime, by: str) -> None:
    meeting.supporters.discard(by)


def _taken(meeting: Meeting, event: ev.ProposalTaken, at: datetime, by: str) -> None:
    meeting.reviewed, meeting.taken_by = True, by
    _plan(meeting, event.hours, event.plan, at)


def _declined(meeting: Meeting, event: ev.ProposalDeclined, at: datetime, _by: str) -> None:
    meeting.reason = event.reason
    _ended(meeting, Phase.CALLED_OFF, at)


def _lapsed(meeting: Meeting, _event: Any, at: datetime, _by: str) -> None:
    meeting.sequence += meeting.planned
    _ended(meeting, Phase.LAPSED, at)


def _withdrawn(meeting: Meeting, _event: Any, at: datetime, _by: str) -> None:
    _ended(meeting, Phase.CALLED_OFF, at)


def _erased(meeting: Meeting, _event: Any, at: datetime, _by: str) -> None:
    meeting.gone += [text.ref for text in (meeting.title, meeting.why) if isinstance(text, Text)]
    meeting.sequence += meeting.planned
    meeting.changed_at = at
    if meeting.phase is Phase.PROPOSED:
        _ended(meeting, Phase.CALLED_OFF, at)


def _ended(meeting: Meeting, phase: Phase, at: datetime) -> None:
    meeting.phase, meeting.ended_at, meeting.changed_at = phase, at, at
    meeting.missed = None
    meeting.waiting.clear()
    meeting.offers.clear()


def _moved(meeting: Meeting, event: ev.MeetingMoved, at: datetime, _by: str) -> None:
    assert meeting.hours is not None
    meeting.changes.append(Change(at, meeting.hours, event.hours, event.want))
    meeting.hours, meeting.changed_at = event.hours, at
    meeting.sequence += 1
    meeting.reminded_day = meeting.reminded_hour = meeting.begun = False
    meeting.missed = None


def _prepared(meeting: Meeting, event: ev.DialoguePrepared, _at: datetime, _by: str) -> None:
    meeting.plan = replace(meeting.plan, dialogue=event.dialogue, prepares_at=None)


def _called_off(meeting: Meeting, event: ev.MeetingCalledOff, at: datetime, _by: str) -> None:
    meeting.reason = event.reason
    meeting.sequence += 1
    _ended(meeting, Phase.CALLED_OFF, at)


def _signed_up(meeting: Meeting, event: ev.SignedUp, at: datetime, by: str) -> None:
    stand = Stand.WAITS if event.waits else Stand.PLACE
    one = SignUp(event.number, by, event.group, event.people, at, stand, event.staff)
    meeting.sign_ups[event.number] = one
    if not event.staff:
        meeting.of_whom[by] = event.number
    if event.waits:
        meeting.waiting[event.number] = None
    else:
        _take(meeting, one, one.people)


def _take(meeting: Meeting, one: SignUp, people: int) -> None:
    meeting.taken[one.group] = meeting.taken.get(one.group, 0) + people


def _named(meeting: Meeting, event: ev.NameGiven, _at: datetime, _by: str) -> None:
    one = meeting.sign_ups[event.number]
    _nameless(meeting, one)
    one.name = event.name


def _name_erased(meeting: Meeting, event: ev.NameErased, _at: datetime, _by: str) -> None:
    _nameless(meeting, meeting.sign_ups[event.number])


def _nameless(meeting: Meeting, one: SignUp) -> None:
    if one.name is not None:
        meeting.gone.append(one.name.ref)
        one.name = None


def _signed_off(meeting: Meeting, event: ev.SignedOff, at: datetime, _by: str) -> None:
    one = meeting.sign_ups[event.number]
    if one.stand is Stand.PLACE:
        _take(meeting, one, event.people - one.people)
    one.people, meeting.freed_at = event.people, at
    if not event.people:
        _gone(meeting, one)


def _gone(meeting: Meeting, one: SignUp) -> None:
    meeting.waiting.pop(one.number, None)
    meeting.offers.pop(one.number, None)
    one.stand, one.until = Stand.GONE, None
    _nameless(meeting, one)
    _remind(meeting, one, day=False, hour=False)


def _offered(meeting: Meeting, event: ev.PlaceOffered, _at: datetime, _by: str) -> None:
    one = meeting.sign_ups[event.number]
    meeting.waiting.pop(one.number, None)
    meeting.offers[one.number] = event.until
    one.stand, one.until = Stand.OFFERED, event.until


def _given(meeting: Meeting, event: ev.PlaceGiven, _at: datetime, _by: str) -> None:
    one = meeting.sign_ups[event.number]
    meeting.waiting.pop(one.number, None)
    meeting.offers.pop(one.number, None)
    one.stand, one.until = Stand.PLACE, None
    _take(meeting, one, one.people)


def _offer_lapsed(meeting: Meeting, event: ev.OfferLapsed, at: datetime, _by: str) -> None:
    _gone(meeting, meeting.sign_ups[event.number])
    meeting.freed_at = at


def _reminders(meeting: Meeting, event: ev.RemindersSet, _at: datetime, _by: str) -> None:
    _remind(meeting, meeting.sign_ups[event.number], day=event.day, hour=event.hour)


def _remind(meeting: Meeting, one: SignUp, *, day: bool, hour: bool) -> None:
    meeting.wants_day += day - one.day
    meeting.wants_hour += hour - one.hour
    one.day, one.hour = day, hour


def _reminded(meeting: Meeting, event: ev.RemindersGiven, _at: datetime, _by: str) -> None:
    meeting.reminded_day = True
    meeting.reminded_hour = meeting.reminded_hour or not event.day


def _began(meeting: Meeting, _event: Any, _at: datetime, _by: str) -> None:
    meeting.begun = True


def _missed(meeting: Meeting, _event: Any, at: datetime, _by: str) -> None:
    assert meeting.hours is not None
    meeting.missed = Missed(meeting.hours.begins_at, at)


def _held(meeting: Meeting, _event: Any, at: datetime, _by: str) -> None:
    _ended(meeting, Phase.HELD, at)


def _attended(meeting: Meeting, event: ev.Attended, _at: datetime, _by: str) -> None:
    meeting.attended = event.people


def _agreed(meeting: Meeting, event: ev.Agreed, at: datetime, _by: str) -> None:
    noted = Agreement(event.number, event.text, event.who, event.by, at, event.table)
    if event.number <= len(meeting.agreements):
        meeting.agreements[event.number - 1] = noted
    else:
        meeting.agreements.append(noted)


def _asked(meeting: Meeting, _event: Any, at: datetime, _by: str) -> None:
    meeting.asked_at = at


def _listed(meeting: Meeting, event: ev.TablesListed, at: datetime, _by: str) -> None:
    meeting.draw = Draw(event.tables, meeting.people(), event.listing_hash, at)


def _drawn(meeting: Meeting, event: ev.TablesDrawn, _at: datetime, _by: str) -> None:
    draw = meeting.draw
    assert draw is not None
    drawn = split(draw.listed, event.seed, draw.tables)
    meeting.draw = replace(draw, seed=event.seed, drawn=drawn)


def _sign_ups_erased(meeting: Meeting, _event: Any, _at: datetime, _by: str) -> None:
    meeting.erased = True
    meeting.of_whom.clear()
    for one in meeting.sign_ups.values():
        _nameless(meeting, one)
        one.by, one.day, one.hour = "", False, False
    meeting.wants_day = meeting.wants_hour = 0


_HANDLERS: dict[type, Callable[[Meeting, Any, datetime, str], None]] = {
    ev.Agreed: _agreed,
    ev.AgreementsAsked: _asked,
    ev.Attended: _attended,
    ev.DialoguePrepared: _prepared,
    ev.MeetingBegan: _began,
    ev.MeetingCalledOff: _called_off,
    ev.MeetingHeld: _held,
    ev.MeetingLapsed: _lapsed,
    ev.MeetingMissed: _missed,
    ev.MeetingMoved: _moved,
    ev.MeetingPlanned: _planned,
    ev.MeetingProposed: _proposed,
    ev.NameErased: _name_erased,
    ev.NameGiven: _named,
    ev.OfferLapsed: _offer_lapsed,
    ev.PlaceGiven: _given,
    ev.PlaceOffered: _offered,
    ev.ProposalDeclined: _declined,
    ev.ProposalErased: _erased,
    ev.ProposalLapsed: _lapsed,
    ev.ProposalShown: _shown,
    ev.ProposalSupported: _supported,
    ev.ProposalTaken: _taken,
    ev.ProposalWithdrawn: _withdrawn,
    ev.RemindersGiven: _reminded,
    ev.RemindersSet: _reminders,
    ev.SignedOff: _signed_off,
    ev.SignedUp: _signed_up,
    ev.SignUpsErased: _sign_ups_erased,
    ev.TablesDrawn: _drawn,
    ev.TablesListed: _listed,
    ev.ProposalSupportWithdrawn: _support_withdrawn,
}

#: How a meeting comes from its journal.
FOLD = Fold(Meeting, evolve)
