"""Decides on what is wanted of a meeting: its events, or ``Refused``; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dialogues.core import Context, Refused
from dialogues.items import check_length
from meetings import events as ev
from meetings import intents as it
from meetings import tables
from meetings.checking import check_begun, check_hours, check_planned
from meetings.due import LATEST, offered_until, reminds_at
from meetings.meeting import Meeting, Phase
from meetings.merging import MERGING
from meetings.proposing import PROPOSING
from meetings.signing import SIGNING

#: The most characters of what is kept for the next time.
LONGEST_KEPT = 300

#: So many agreements at most come from one table.
MOST_OF_A_TABLE = 3


def decide(meeting: Meeting, intent: Any, context: Context) -> list[object]:
    """The events of an intent."""
    return _DECIDERS[type(intent)](meeting, intent, context)


def _plan(_meeting: Meeting, intent: it.PlanMeeting, context: Context) -> list[object]:
    check_hours(intent.hours, context.at)
    return [
        ev.MeetingPlanned(
            intent.title,
            intent.room,
            intent.zone,
            intent.language,
            intent.hours,
            intent.plan,
            intent.town,
        )
    ]


def _move(meeting: Meeting, intent: it.MoveMeeting, context: Context) -> list[object]:
    check_planned(meeting)
    check_hours(intent.hours, context.at)
    if meeting.begun and meeting.missed is None:
        raise Refused("meeting_begun", meeting=meeting.name, title=meeting.title)
    if meeting.hours == intent.hours:
        raise Refused("meeting_same_hours", meeting=meeting.name, at=intent.hours.begins_at)
    return [ev.MeetingMoved(intent.hours, intent.want)]


def _call_off(meeting: Meeting, intent: it.CallOff, _context: Context) -> list[object]:
    check_planned(meeting)
    return [ev.MeetingCalledOff(intent.reason, intent.rest, intent.told)]


def _prepared(_meeting: Meeting, intent: it.NotePrepared, _context: Context) -> list[object]:
    return [ev.DialoguePrepared(intent.dialogue, intent.refusal)]


def _attended(meeting: Meeting, intent: it.SetAttended, context: Context) -> list[object]:
    check_begun(meeting, context.at)
    return [ev.Attended(intent.people)] if meeting.attended != intent.people else []


def _agree(meeting: Meeting, intent: it.Agree, context: Context) -> list[object]:
    check_begun(meeting, context.at)
    said = intent.text.casefold()
    known = next((one for one in meeting.lacking() if one.text.casefold() == said), None)
    if known is not None:
        who, by = intent.who or known.who, intent.by or known.by
        same = (who, by) == (known.who, known.by)
        return [] if same else [ev.Agreed(known.number, known.text, who, by, known.table)]
    number, table = len(meeting.agreements) + 1, intent.table
    if table:
        there = meeting.draw.tables if meeting.draw is not None else 0
        if table > there:
            raise Refused("meeting_no_table", meeting=meeting.name, table=table, tables=there)
        if sum(one.table == table for one in meeting.agreements) >= MOST_OF_A_TABLE:
            raise Refused("meeting_table_full", table=table, most=MOST_OF_A_TABLE)
    return [ev.Agreed(number, intent.text, intent.who, intent.by, table)]


def _keep(meeting: Meeting, intent: it.KeepContribution, _context: Context) -> list[object]:
    check_planned(meeting)
    check_length(intent.text, LONGEST_KEPT)
    return [ev.ContributionKept(meeting.ever_kept + 1, intent.text)]


def _give(meeting: Meeting, _intent: it.GiveKept, _context: Context) -> list[object]:
    return [ev.KeptGiven()] if meeting.kept else []


def _divide(meeting: Meeting, intent: it.DivideTables, _context: Context) -> list[object]:
    check_planned(meeting)
    everybody = meeting.people()
    if not 1 <= intent.tables <= len(everybody):
        raise Refused("meeting_few_people", meeting=meeting.name, tables=intent.tables)
    return [ev.TablesListed(intent.tables, len(everybody), tables.listing_hash(everybody))]


# -- what happens by itself -----------------------------------------------------------------------


def _due(meeting: Meeting, intent: it.Due, context: Context) -> list[object]:
    """The events of a step that is due; it never refuses."""
    return _STEPS[intent.step](meeting, intent, intent.now or context.at)


def _remind(meeting: Meeting, intent: it.Due, now: datetime) -> list[object]:
    """A reminder that comes when the next one, or the meeting, is there is left out."""
    assert meeting.hours is not None
    day = intent.step is it.Step.REMIND_DAY
    then = reminds_at(meeting, meeting.hours, it.Step.REMIND_HOUR) if day else None
    last = then if then is not None and then > intent.at else meeting.hours.begins_at
    return [ev.RemindersGiven(day, now < last)]


def _begin(meeting: Meeting, intent: it.Due, now: datetime) -> list[object]:
    late = now - intent.at
    if late > LATEST and not meeting.plan.where:
        return [ev.MeetingMissed()]
    return [ev.MeetingBegan(int(late.total_seconds() // 60))]


def _end(_meeting: Meeting, _intent: it.Due, _now: datetime) -> list[object]:
    return [ev.MeetingHeld()]


def _lapse(meeting: Meeting, _intent: it.Due, _now: datetime) -> list[object]:
    if meeting.phase is Phase.PROPOSED:
        return [ev.ProposalLapsed()]
    return [ev.MeetingLapsed()]


def _offer_over(_meeting: Meeting, intent: it.Due, _now: datetime) -> list[object]:
    return [ev.OfferLapsed(intent.number)]


def _place(meeting: Meeting, intent: it.Due, now: datetime) -> list[object]:
    """A place came free: it is offered to the first who waits, or given at once where that person
    cannot be asked, or there is no time for it."""
    one = meeting.next_waiting()
    if one is None:
        return []
    until = None if intent.straight else offered_until(meeting, now)
    if until is None:
        return [ev.PlaceGiven(one.number, straight=True)]
    return [ev.PlaceOffered(one.number, until)]


def _draw(_meeting: Meeting, intent: it.Due, _now: datetime) -> list[object]:
    return [ev.TablesDrawn(intent.seed)]


def _hand_on(_meeting: Meeting, intent: it.Due, _now: datetime) -> list[object]:
    return [ev.KeptHandedOn(intent.number)]


def _erase(_meeting: Meeting, _intent: it.Due, _now: datetime) -> list[object]:
    return [ev.SignUpsErased()]


_STEPS: dict[it.Step, Callable[[Meeting, it.Due, datetime], list[object]]] = {
    it.Step.ASK: lambda _meeting, _intent, _now: [ev.AgreementsAsked()],
    it.Step.BEGIN: _begin,
    it.Step.DRAW: _draw,
    it.Step.END: _end,
    it.Step.ERASE: _erase,
    it.Step.HAND_ON: _hand_on,
    it.Step.LAPSE: _lapse,
    it.Step.OFFER: _offer_over,
    it.Step.PLACE: _place,
    it.Step.REMIND_DAY: _remind,
    it.Step.REMIND_HOUR: _remind,
}

_DECIDERS: dict[type, Callable[[Meeting, Any, Context], list[object]]] = {
    **MERGING,
    **PROPOSING,
    **SIGNING,
    it.Agree: _agree,
    it.CallOff: _call_off,
    it.Due: _due,
    it.DivideTables: _divide,
    it.GiveKept: _give,
    it.KeepContribution: _keep,
    it.MoveMeeting: _move,
    it.NotePrepared: _prepared,
    it.PlanMeeting: _plan,
    it.SetAttended: _attended,
}
