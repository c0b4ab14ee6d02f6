"""Folds events into a meeting's state: each event changes what it concerns, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogues.aggregates import Fold
from dialogues.core import Text
from meetings import events as ev
from meetings import fold_sign_ups as sign_ups
from meetings.meeting import (
    Agreement,
    Change,
    Hours,
    Kept,
    Meeting,
    Missed,
    Phase,
    Plan,
)
from meetings.tables import Draw


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


def _kept(meeting: Meeting, event: ev.ContributionKept, _at: datetime, by: str) -> None:
    meeting.kept[event.number] = Kept(event.number, by, event.text)
    meeting.ever_kept = event.number


def _kept_erased(meeting: Meeting, event: ev.KeptErased, _at: datetime, _by: str) -> None:
    meeting.gone.append(meeting.kept.pop(event.number).text.ref)


def _kept_gone(meeting: Meeting, _event: Any, _at: datetime, _by: str) -> None:
    meeting.gone += [kept.text.ref for kept in meeting.kept.values()]
    meeting.kept.clear()


def _listed(meeting: Meeting, event: ev.TablesListed, at: datetime, _by: str) -> None:
    meeting.draw = Draw(event.tables, meeting.people(), event.listing_hash, at)


def _drawn(meeting: Meeting, event: ev.TablesDrawn, _at: datetime, _by: str) -> None:
    draw = meeting.draw
    assert draw is not None
    meeting.draw = draw.with_seed(event.seed)


_HANDLERS: dict[type, Callable[[Meeting, Any, datetime, str], None]] = {
    ev.Agreed: _agreed,
    ev.AgreementsAsked: _asked,
    ev.Attended: _attended,
    ev.ContributionKept: _kept,
    ev.DialoguePrepared: _prepared,
    ev.KeptErased: _kept_erased,
    ev.KeptGiven: _kept_gone,
    ev.KeptHandedOn: _kept_gone,
    ev.MeetingBegan: _began,
    ev.MeetingCalledOff: _called_off,
    ev.MeetingHeld: _held,
    ev.MeetingLapsed: _lapsed,
    ev.MeetingMissed: _missed,
    ev.MeetingMoved: _moved,
    ev.MeetingPlanned: _planned,
    ev.MeetingProposed: _proposed,
    ev.NameErased: sign_ups.name_erased,
    ev.NameGiven: sign_ups.named,
    ev.OfferLapsed: sign_ups.offer_lapsed,
    ev.PlaceGiven: sign_ups.given,
    ev.PlaceOffered: sign_ups.offered,
    ev.ProposalDeclined: _declined,
    ev.ProposalErased: _erased,
    ev.ProposalLapsed: _lapsed,
    ev.ProposalShown: _shown,
    ev.ProposalSupported: _supported,
    ev.ProposalTaken: _taken,
    ev.ProposalWithdrawn: _withdrawn,
    ev.RemindersGiven: sign_ups.reminded,
    ev.RemindersSet: sign_ups.reminders,
    ev.SignedOff: sign_ups.signed_off,
    ev.SignedUp: sign_ups.signed_up,
    ev.SignUpsErased: sign_ups.sign_ups_erased,
    ev.TablesDrawn: _drawn,
    ev.TablesListed: _listed,
    ev.ProposalSupportWithdrawn: _support_withdrawn,
}

#: How a meeting comes from its journal.
FOLD = Fold(Meeting, evolve)
