"""Every change that a calendar shows counts in the sequence of a meeting, with its moment."""

from __future__ import annotations

from datetime import timedelta

from dialogues.core import Text
from meetings import intents as it
from meetings.meeting import Meeting, Phase
from tests.meetings.test_hours import NOW, ZONE, act, awake, hours, planned

WHEN = hours("2026-11-05T20:00")
TITLE, WHY = Text("", "t1"), Text("", "t2")


def proposed() -> Meeting:
    meeting = Meeting("meeting/1")
    intent = it.ProposeMeeting(TITLE, WHY, "plein", ZONE.key, "nl", 10, WHEN, town="Haarlem")
    act(meeting, intent, NOW)
    return meeting


def test_what_was_missed_and_lapsed_is_a_change() -> None:
    meeting = planned(WHEN)
    awake(meeting, WHEN.begins_at + timedelta(hours=6))
    assert meeting.sequence == 0
    awake(meeting, WHEN.begins_at + timedelta(hours=30))
    assert (meeting.phase, meeting.sequence) == (Phase.LAPSED, 1)
    assert meeting.changed_at == WHEN.begins_at + timedelta(hours=24)


def test_a_proposal_that_lapses_was_never_planned() -> None:
    meeting = proposed()
    awake(meeting, NOW + timedelta(days=61))
    assert (meeting.phase, meeting.planned, meeting.sequence) == (Phase.LAPSED, False, 0)


def test_words_that_are_erased_are_a_change_once_it_was_planned() -> None:
    meeting = proposed()
    act(meeting, it.ShowProposal(), NOW)
    act(meeting, it.TakeProposal(WHEN, meeting.plan), NOW)
    assert (meeting.planned, meeting.sequence, meeting.town) == (True, 0, "Haarlem")
    later = NOW + timedelta(hours=1)
    act(meeting, it.Forget(), later)
    assert (meeting.phase, meeting.sequence, meeting.changed_at) == (Phase.PLANNED, 1, later)
