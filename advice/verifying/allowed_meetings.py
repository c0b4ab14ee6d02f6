"""Checks that the rules allow what stands in the journal of a meeting, line by line.

Every line is decided on again, in the state before it: it has to be what the rules give for what
somebody wanted, or for the step that was due by itself. When such a step was really done stands in
no journal, nor whose accounts were linked: where these matter, a line is right if there is a
moment, or a link, with which the rules give it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from advice.verifying.allowed import Doubtful
from dialogues.core import Context, Refused, Text
from dialogues.record import Line
from meetings import events as ev
from meetings import intents as it
from meetings.decide import decide
from meetings.due import LATEST, OFFERED_FOR, next_due
from meetings.meeting import Meeting, SignUp, Stand
from meetings.merging import twice

#: Who a line is by that happened by itself.
_CLOCK = "clock"

#: The intents of people that may be behind an event; it has to be the first that comes of one.
_Wants: TypeAlias = Callable[[Meeting, Any], tuple[object, ...]]

_FIRST = (ev.MeetingPlanned, ev.MeetingProposed)


def _same(intent: type, *fields: str) -> _Wants:
    """An intent with the same fields as its event."""
    return lambda _meeting, event: (intent(*(getattr(event, name) for name in fields)),)


_OF_A_PLAN = ("room", "zone", "language")

_WANTED: dict[type, _Wants] = {
    ev.Agreed: _same(it.Agree, "text", "who", "by", "table"),
    ev.ContributionKept: _same(it.KeepContribution, "text"),
    ev.KeptErased: lambda *_: (it.WithdrawProposal(), it.Forget()),
    ev.KeptGiven: _same(it.GiveKept),
    ev.Attended: _same(it.SetAttended, "people"),
    ev.MeetingCalledOff: _same(it.CallOff, "reason", "rest", "told"),
    ev.MeetingMoved: _same(it.MoveMeeting, "hours", "want"),
    ev.MeetingPlanned: _same(it.PlanMeeting, "title", *_OF_A_PLAN, "hours", "plan", "town"),
    ev.MeetingProposed: _same(
        it.ProposeMeeting,
        "title",
        "why",
        *_OF_A_PLAN,
        "threshold",
        "hours",
        "plan",
        "asked",
        "town",
    ),
    ev.NameErased: _same(it.Forget),
    ev.NameGiven: _same(it.GiveName, "name"),
    ev.PlaceGiven: lambda meeting, event: (it.SignUpFor(meeting.sign_ups[event.number].group),),
    ev.ProposalDeclined: _same(it.DeclineProposal, "reason"),
    ev.ProposalErased: _same(it.Forget),
    ev.ProposalShown: _same(it.ShowProposal),
    ev.ProposalSupportWithdrawn: lambda *_: (it.WithdrawSupport(), it.Forget()),
    ev.ProposalSupported: _same(it.SupportProposal),
    ev.ProposalTaken: _same(it.TakeProposal, "hours", "plan"),
    ev.ProposalWithdrawn: _same(it.WithdrawProposal),
    ev.RemindersSet: _same(it.SetReminders, "day", "hour"),
    ev.SignedUp: lambda _, event: (
        (it.SignUpOthers(event.group, event.people) if event.staff else it.SignUpFor(event.group)),
    ),
    ev.TablesListed: _same(it.DivideTables, "tables"),
}

#: The steps that may be behind an event that happened by itself.
_STEPS: dict[type, tuple[it.Step, ...]] = {
    ev.AgreementsAsked: (it.Step.ASK,),
    ev.MeetingBegan: (it.Step.BEGIN,),
    ev.MeetingHeld: (it.Step.END,),
    ev.KeptHandedOn: (it.Step.HAND_ON,),
    ev.MeetingLapsed: (it.Step.LAPSE,),
    ev.MeetingMissed: (it.Step.BEGIN,),
    ev.OfferLapsed: (it.Step.OFFER,),
    ev.PlaceGiven: (it.Step.PLACE,),
    ev.PlaceOffered: (it.Step.PLACE,),
    ev.ProposalLapsed: (it.Step.LAPSE,),
    ev.RemindersGiven: (it.Step.REMIND_DAY, it.Step.REMIND_HOUR),
    ev.SignUpsErased: (it.Step.ERASE,),
    ev.TablesDrawn: (it.Step.DRAW,),
}


#: The events that may come of something else too, or of that alone.
_ELSE = (ev.DialoguePrepared, ev.RemindersSet, ev.SignedOff)

#: Every event that is decided on again.
CHECKED = frozenset((*_WANTED, *_STEPS, *_ELSE))


def check(meeting: Meeting, line: Line, before: Line | None) -> None:
    """Raise ``Doubtful`` for a line that the rules would not give in this state, after the line
    ``before`` it."""
    event: Any = line.event
    if isinstance(event, _FIRST) != (meeting.position == 0):
        raise _doubtful(meeting, line, "a journal begins with its planning or proposal, once")
    if isinstance(event, ev.ContributionKept):  # of its words the journal has the seal alone
        event = replace(event, text=Text("x"))
        line = line._replace(event=event)
    refused = ""
    for intent, context in _candidates(meeting, line):
        try:
            decided = decide(meeting, intent, context)
        except Refused as refusal:
            refused = refusal.code
            continue
        except (AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            refused = type(error).__name__
            continue
        if decided[:1] == [event]:
            return
    if not (_is_prepared(meeting, line) or _keeps_reminders(meeting, line, before)):
        raise _doubtful(meeting, line, _why(meeting, event, refused))


def _candidates(meeting: Meeting, line: Line) -> Iterator[tuple[object, Context]]:
    """What may have been wanted, or was due, with what it was decided on."""
    event: Any = line.event
    one = meeting.sign_ups.get(getattr(event, "number", 0))
    context = _context(meeting, line, one)
    if type(event) is ev.SignedOff and one is not None:
        for intent in _off(meeting, event, one):
            yield intent, context
    elif type(event) in _WANTED:
        for intent in _WANTED[type(event)](meeting, event):
            yield intent, context
    due = next_due(meeting) if line.by == _CLOCK else None
    if due is not None and due.step in _STEPS.get(type(event), ()) and due.at == line.at:
        seed = getattr(event, "seed", "")
        if due.step is it.Step.HAND_ON:  # to which meeting, the ledger says
            due = replace(due, number=event.number)
        for now in _moments(meeting, event, line.at):
            yield (
                replace(due, now=now, straight=bool(getattr(event, "straight", 0)), seed=seed),
                context,
            )


def _context(meeting: Meeting, line: Line, one: SignUp | None) -> Context:
    """Whoever acts may have signed up, or proposed, with an account that was linked since. Nobody
    is staff: the rules refuse staff nothing but support."""
    also = {one.by} if one is not None and not one.staff else set[str]()
    if isinstance(line.event, ev.ProposalWithdrawn):
        also = {meeting.made_by}
    elif isinstance(line.event, ev.KeptErased):
        kept = meeting.kept.get(line.event.number)
        also = {kept.by} if kept is not None else set()
    return Context(line.at, line.by, also=frozenset(also - {line.by}))


def _off(meeting: Meeting, event: ev.SignedOff, one: SignUp) -> Iterator[object]:
    """What may be behind a sign-up that goes, or counts for fewer people."""
    if one.staff:
        yield it.SignUpOthers(one.group, event.people)
        return
    yield it.SignOff()
    yield it.Forget()
    others = (each for each in meeting.sign_ups.values() if each is not one and not each.staff)
    best = next((each for each in others if _beats(meeting, each, one)), None)
    if best is not None:
        yield it.MergePeople(one.by, best.by)


def _beats(meeting: Meeting, other: SignUp, one: SignUp) -> bool:
    """Whether of two sign-ups of one person the other one stays."""
    both = twice(meeting, (one.by,), (other.by,)) if other.stand is not Stand.GONE else None
    return both is not None and both[1] is one


def _moments(meeting: Meeting, event: Any, at: datetime) -> tuple[datetime, ...]:
    """When a step may really have been done: that stands in no journal but by what came of it."""
    if isinstance(event, ev.MeetingBegan):
        return (at + timedelta(minutes=max(event.late, 0)),)
    if isinstance(event, ev.MeetingMissed):
        return (at + LATEST + timedelta(minutes=1),)
    if isinstance(event, ev.PlaceOffered):
        return (max(at, event.until - OFFERED_FOR),)
    if isinstance(event, ev.RemindersGiven) and not event.told and meeting.hours is not None:
        return (max(at, meeting.hours.begins_at),)
    return (at,)


def _is_prepared(meeting: Meeting, line: Line) -> bool:
    """Whether a line says that the dialogue of a series stands ready, when that is due."""
    due = next_due(meeting) if isinstance(line.event, ev.DialoguePrepared) else None
    return due is not None and (due.step, due.at, line.by) == (it.Step.PREPARE, line.at, _CLOCK)


def _keeps_reminders(meeting: Meeting, line: Line, before: Line | None) -> bool:
    """Whether a line gives the sign-up that stayed the reminders of the one that went before it,
    because somebody had both."""
    event = line.event
    if not isinstance(event, ev.RemindersSet) or line.by != _CLOCK or before is None:
        return False
    stays = meeting.sign_ups.get(event.number)
    merged = isinstance(before.event, ev.SignedOff) and (before.at, before.by) == (line.at, line.by)
    return merged and stays is not None and event.day >= stays.day and event.hour >= stays.hour


# -- saying what is wrong -------------------------------------------------------------------------


def _doubtful(meeting: Meeting, line: Line, why: str) -> Doubtful:
    return Doubtful(f"{meeting.name}, line {line.seq} ({type(line.event).__name__}): {why}")


def _why(meeting: Meeting, event: Any, refused: str) -> str:
    if isinstance(event, ev.TablesListed):
        return "the list for the tables is not that of who had a place"
    if isinstance(event, ev.SignedUp):
        following = len(meeting.sign_ups) + 1
        if event.number != following:
            return f"sign-up {event.number} where number {following} was next"
        if not event.waits and meeting.free(event.group) == 0:
            return "a place is given where there was none left"
    if isinstance(event, ev.PlaceGiven | ev.PlaceOffered):
        return "a place is given or offered that was not free, or not to who was first"
    because = f" ({refused})" if refused else ""
    return f"that is not what the rules give{because}"
