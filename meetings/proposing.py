"""Proposals of residents: shown after review, supported, and taken up or declined by staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dialogues.core import Context, Refused, Text
from meetings import events as ev
from meetings import intents as it
from meetings.checking import check_hours, not_now
from meetings.meeting import Meeting, Phase


def _propose(_meeting: Meeting, intent: it.ProposeMeeting, context: Context) -> list[object]:
    if intent.hours is not None:
        check_hours(intent.hours, context.at)
    return [
        ev.MeetingProposed(
            intent.title,
            intent.why,
            intent.room,
            intent.zone,
            intent.language,
            intent.threshold,
            intent.hours,
            intent.plan,
            intent.asked,
            intent.town,
        )
    ]


def _show(meeting: Meeting, _intent: it.ShowProposal, _context: Context) -> list[object]:
    _check(meeting)
    return [] if meeting.reviewed or not meeting.threshold else [ev.ProposalShown()]


def _support(meeting: Meeting, _intent: it.SupportProposal, context: Context) -> list[object]:
    _check(meeting)
    if not meeting.reviewed:
        raise Refused("meeting_unknown", meeting=meeting.name)
    if context.staff:
        raise Refused("meeting_support_staff", meeting=meeting.name)
    names = {*context.names}
    if names & {meeting.made_by}:
        raise Refused("meeting_support_own", meeting=meeting.name)
    if names & meeting.supporters:
        return []
    return [ev.ProposalSupported(len(meeting.supporters) + 1 == meeting.threshold)]


def _withdraw_support(meeting: Meeting, _: it.WithdrawSupport, context: Context) -> list[object]:
    mine = meeting.phase is Phase.PROPOSED and context.by in meeting.supporters
    return [ev.ProposalSupportWithdrawn()] if mine else []


def _take(meeting: Meeting, intent: it.TakeProposal, context: Context) -> list[object]:
    _check(meeting)
    hours = intent.hours or meeting.hours
    if hours is None:
        raise Refused("meeting_when", meeting=meeting.name)
    check_hours(hours, context.at)
    return [ev.ProposalTaken(hours, intent.plan)]


def _decline(meeting: Meeting, intent: it.DeclineProposal, _context: Context) -> list[object]:
    _check(meeting)
    return [ev.ProposalDeclined(intent.reason)]


def _kept_by(meeting: Meeting, context: Context) -> list[object]:
    """What somebody said for the dialogue of this time, taken back."""
    mine = (one for one in meeting.kept.values() if one.by in context.names)
    return [ev.KeptErased(one.number) for one in mine]


def _withdraw(meeting: Meeting, _intent: it.WithdrawProposal, context: Context) -> list[object]:
    kept = _kept_by(meeting, context)
    if kept:
        return kept
    _check(meeting)
    if meeting.made_by not in context.names:
        raise Refused("meeting_not_yours", meeting=meeting.name)
    return [ev.ProposalWithdrawn()]


def _forget(meeting: Meeting, _intent: it.Forget, context: Context) -> list[object]:
    events: list[object] = []
    if meeting.phase is Phase.PROPOSED and context.by in meeting.supporters:
        events.append(ev.ProposalSupportWithdrawn())
    events += _kept_by(meeting, context)
    mine = meeting.of((context.by,))
    if mine is not None and meeting.phase is Phase.PLANNED:
        events.append(ev.SignedOff(mine.number))
    elif mine is not None and mine.name is not None:
        events.append(ev.NameErased(mine.number))
    if meeting.made_by == context.by and isinstance(meeting.title, Text):
        events.append(ev.ProposalErased())
    return events


def _check(meeting: Meeting) -> None:
    if meeting.phase is not Phase.PROPOSED:
        raise not_now(meeting)


PROPOSING: dict[type, Callable[[Meeting, Any, Context], list[object]]] = {
    it.DeclineProposal: _decline,
    it.Forget: _forget,
    it.ProposeMeeting: _propose,
    it.ShowProposal: _show,
    it.SupportProposal: _support,
    it.TakeProposal: _take,
    it.WithdrawProposal: _withdraw,
    it.WithdrawSupport: _withdraw_support,
}
