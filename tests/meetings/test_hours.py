"""When meetings begin, end and remind: outages, changes of clocks, quiet hours; in the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.core import Context
from meetings import events as ev
from meetings import intents as it
from meetings.decide import decide
from meetings.due import next_due, reminds_at
from meetings.fold import evolve
from meetings.meeting import Group, Hours, Meeting, Phase, Plan
from tests.generated import examples

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)


def hours(wall: str, lasts: timedelta = timedelta(hours=2)) -> Hours:
    at = datetime.fromisoformat(wall).replace(tzinfo=ZONE).astimezone(UTC)
    return Hours(at, at + lasts, wall)


def planned(when: Hours, where: str = "") -> Meeting:
    meeting = Meeting("meeting/1")
    intent = it.PlanMeeting("Plein", "plein", ZONE.key, "nl", when, Plan(where=where))
    act(meeting, intent, NOW)
    return meeting


def act(meeting: Meeting, intent: object, at: datetime, by: str = "p1") -> list[object]:
    events = decide(meeting, intent, Context(at, by))
    for event in events:
        evolve(meeting, event, at, by)
    return events


def awake(meeting: Meeting, now: datetime) -> list[object]:
    """All that is due, done now, as after an outage."""
    done: list[object] = []
    while (due := next_due(meeting)) is not None and due.at <= now:
        done += act(meeting, it.Due(due.at, due.step, due.number, now), due.at, "clock")
    return done


@pytest.mark.parametrize(
    ("late", "outcome"),
    [
        (timedelta(0), ev.MeetingBegan(0)),
        (timedelta(minutes=1), ev.MeetingBegan(1)),
        (timedelta(minutes=59), ev.MeetingBegan(59)),
        (timedelta(minutes=61), ev.MeetingMissed()),
        (timedelta(hours=6), ev.MeetingMissed()),
        (timedelta(days=8), ev.MeetingMissed()),
    ],
)
def test_a_beginning_after_an_outage_happens_late_or_is_missed(
    late: timedelta, outcome: object
) -> None:
    when = hours("2026-10-25T02:30")
    assert awake(planned(when), when.begins_at + late)[0] == outcome


@pytest.mark.parametrize("late", [61, 60 * 6, 60 * 24 * 8])
def test_a_meeting_somewhere_is_held_whatever_happens_to_the_bot(late: int) -> None:
    when = hours("2026-11-05T20:00")
    meeting = planned(when, "Buurthuis")
    awake(meeting, when.begins_at + timedelta(minutes=late))
    awake(meeting, when.ends_at + timedelta(minutes=late))
    assert meeting.phase is Phase.HELD


def test_a_missed_meeting_lapses_after_a_day_without_an_answer() -> None:
    when = hours("2026-11-05T20:00")
    meeting = planned(when)
    back = when.begins_at + timedelta(hours=6)
    assert awake(meeting, back) == [ev.MeetingMissed()]
    due = next_due(meeting)
    assert due is not None
    assert (due.step, due.at) == (it.Step.LAPSE, when.begins_at + timedelta(hours=24))
    assert awake(meeting, due.at) == [ev.MeetingLapsed()]
    assert meeting.phase is Phase.LAPSED


def test_a_missed_meeting_can_be_given_a_new_hour() -> None:
    when, then = hours("2026-11-05T20:00"), hours("2026-11-06T20:00")
    meeting = planned(when)
    awake(meeting, when.begins_at + timedelta(hours=6))
    act(meeting, it.MoveMeeting(then, "De stroom viel uit."), when.begins_at + timedelta(hours=7))
    assert awake(meeting, then.begins_at) == [ev.MeetingBegan(0)]


OUTAGES = st.lists(
    st.tuples(st.integers(0, 60 * 24 * 12), st.sampled_from([1, 59, 61, 360, 60 * 24 * 8])),
    max_size=4,
)
FIRST = datetime(2026, 10, 2, tzinfo=UTC)
STARTS = st.integers(0, 60 * 24 * 210).map(lambda n: FIRST + timedelta(minutes=n))


@examples(1000)
@given(STARTS, st.integers(15, 600), st.booleans(), OUTAGES)
def test_each_meeting_begins_once_or_is_missed_once(
    start: datetime, minutes: int, somewhere: bool, outages: list[tuple[int, int]]
) -> None:
    """The bot looks every minute, except in outages; at each look it may be another process."""
    wall = start.astimezone(ZONE).replace(tzinfo=None).isoformat()
    when = Hours(start, start + timedelta(minutes=minutes), wall)
    meeting = planned(when, "Buurthuis" if somewhere else "")
    down = [(NOW + timedelta(minutes=a), NOW + timedelta(minutes=a + n)) for a, n in outages]
    looks = {when.begins_at, when.ends_at, when.begins_at + timedelta(days=10)}
    looks |= {until for _, until in down}
    done: list[tuple[object, datetime]] = []
    for look in sorted(looks):
        if all(not (a <= look < b) for a, b in down):
            done += [(event, look) for event in awake(meeting, look)]
    begun = [(e, look) for e, look in done if isinstance(e, ev.MeetingBegan)]
    missed = [e for e, _ in done if isinstance(e, ev.MeetingMissed)]
    assert len(begun) + len(missed) == 1
    assert all(look >= when.begins_at for _, look in begun)
    assert not (missed and somewhere)


@pytest.mark.parametrize(
    ("wall", "day", "hour"),
    [
        ("2026-11-05T20:00", "2026-11-04T20:00", "2026-11-05T19:00"),
        ("2026-11-05T08:30", "2026-11-04T08:30", "2026-11-04T20:00"),
        ("2026-11-05T07:00", "2026-11-03T20:00", "2026-11-04T20:00"),
        ("2026-11-05T23:30", "2026-11-04T20:00", "2026-11-05T20:00"),
        ("2026-11-05T22:30", "2026-11-04T20:00", "2026-11-05T21:30"),
        ("2026-10-26T01:30", "2026-10-24T20:00", "2026-10-25T20:00"),
    ],
)
def test_nobody_is_reminded_at_night(wall: str, day: str, hour: str) -> None:
    when = hours(wall)
    meeting = planned(when)
    for step, told in ((it.Step.REMIND_DAY, day), (it.Step.REMIND_HOUR, hour)):
        local = reminds_at(meeting, when, step).astimezone(ZONE)
        assert local.replace(tzinfo=None).isoformat(timespec="minutes") == told


@pytest.mark.parametrize(("hours_late", "told"), [(0, True), (22, True), (23, False), (30, False)])
def test_a_reminder_that_comes_too_late_is_left_out(hours_late: int, told: bool) -> None:
    when = hours("2026-11-05T20:00")
    meeting = planned(when)
    act(meeting, it.SignUpFor(Group.RESIDENTS), NOW)
    act(meeting, it.SetReminders(day=True, hour=False), NOW)
    at = when.begins_at - timedelta(hours=24) + timedelta(hours=hours_late)
    assert awake(meeting, at)[0] == ev.RemindersGiven(day=True, told=told)
