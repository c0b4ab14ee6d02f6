"""Places, the waiting list and offers, in the rules alone, over generated days of signing up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.core import Context, Refused, Text
from meetings import events as ev
from meetings import intents as it
from meetings.decide import decide
from meetings.due import next_due
from meetings.fold import evolve
from meetings.meeting import Group, Hours, Meeting, Phase, Places, Plan, Stand
from tests.generated import examples

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
HOURS = Hours(NOW + timedelta(days=4), NOW + timedelta(days=4, hours=2), "2026-12-05T13:00")
PEOPLE = [f"p{number}" for number in range(9)]


class Played:
    """A meeting that is played, with its journal."""

    def __init__(self, plan: Plan, hours: Hours = HOURS) -> None:
        self.meeting, self.at = Meeting("meeting/1"), NOW
        self.written: list[tuple[Any, datetime, str]] = []
        self.do(it.PlanMeeting("Plein", "plein", "Europe/Amsterdam", "nl", hours, plan), "p-staff")

    def do(self, intent: Any, by: str, at: datetime | None = None) -> list[object]:
        """Decide and fold; [] where it was refused."""
        self.at = at or self.at
        try:
            events = decide(self.meeting, intent, Context(self.at, by))
        except Refused:
            return []
        for event in events:
            evolve(self.meeting, event, self.at, by)
            self.written.append((event, self.at, by))
        return events

    def until(self, at: datetime) -> list[object]:
        """Let happen what happens by itself up to a moment."""
        done: list[object] = []
        while (due := next_due(self.meeting)) is not None and due.at <= at:
            self.at = max(self.at, due.at)
            events = self.do(due, "clock")
            assert events, due
            done += events
        self.at = at
        return done

    def again(self) -> Meeting:
        """The same journal, folded anew."""
        meeting = Meeting("meeting/1")
        for event, at, by in self.written:
            evolve(meeting, event, at, by)
        return meeting


def holds(meeting: Meeting) -> None:
    """What is true of every meeting at every moment."""
    places, by_group = meeting.plan.places, bool(meeting.plan.places.by_group)
    ups = meeting.sign_ups.values()
    taken = dict.fromkeys(Group, 0)
    for one in ups:
        taken[one.group] += one.people if one.stand is Stand.PLACE else 0
    assert {g: n for g, n in meeting.taken.items() if n} == {g: n for g, n in taken.items() if n}
    for group in Group:
        limit = places.limit(group)
        offered = [
            o for o in ups if o.stand is Stand.OFFERED and (o.group is group or not by_group)
        ]
        held = (taken[group] if by_group else sum(taken.values())) + len(offered)
        assert limit is None or held <= limit
    if meeting.phase is not Phase.PLANNED:
        return
    assert {n for each in meeting.waiting.values() for n in each} == {
        o.number for o in ups if o.stand is Stand.WAITS
    }
    assert set(meeting.offers) == {o.number for o in ups if o.stand is Stand.OFFERED}
    mine = [o.by for o in ups if o.stand is not Stand.GONE and not o.staff]
    assert len(mine) == len(set(mine))


PLANS = st.sampled_from(
    [
        Plan(),
        Plan(places=Places(2)),
        Plan(places=Places(3), audience=(Group.RESIDENTS, Group.COUNCIL)),
        Plan(places=Places(0, ((Group.RESIDENTS, 2), (Group.COUNCIL, 1)))),
    ]
)
GROUPS = st.sampled_from([Group.RESIDENTS, Group.COUNCIL])
ACTS = st.one_of(
    st.builds(it.SignUpFor, GROUPS),
    st.just(it.SignOff()),
    st.builds(it.SignUpOthers, GROUPS, st.integers(0, 3)),
    st.builds(it.SetReminders, st.booleans(), st.booleans()),
    st.just(it.GiveName(Text("", "t1", "5ea1"))),
    st.just(it.Forget()),
)


@examples(300)
@given(
    PLANS,
    st.lists(st.tuples(ACTS, st.sampled_from(PEOPLE), st.integers(0, 900)), max_size=40),
)
def test_no_place_is_given_twice_and_nobody_has_two(
    plan: Plan, said: list[tuple[Any, str, int]]
) -> None:
    played = Played(plan)
    for intent, by, minutes in said:
        played.until(played.at + timedelta(minutes=minutes))
        holds(played.meeting)
        played.do(intent, by)
        holds(played.meeting)
        played.until(played.at)
        waiting = played.meeting.next_waiting()
        assert waiting is None or played.meeting.phase is not Phase.PLANNED or played.meeting.begun
    played.until(HOURS.ends_at + timedelta(days=8))
    assert played.meeting.phase is Phase.HELD
    assert played.meeting.erased
    assert not any(one.by or one.name for one in played.meeting.sign_ups.values())
    assert played.again() == played.meeting
    assert [type(e) for e, _, _ in played.written].count(ev.MeetingBegan) == 1


def full() -> Played:
    """Two places taken by p0 and p1; p2 and p3 wait."""
    played = Played(Plan(places=Places(2)))
    for by in PEOPLE[:4]:
        played.do(it.SignUpFor(Group.RESIDENTS), by)
    return played


def test_a_place_that_comes_free_is_offered_to_the_first_who_waits_for_a_day() -> None:
    played = full()
    played.do(it.SignOff(), "p0")
    assert played.until(played.at) == [ev.PlaceOffered(3, NOW + timedelta(hours=24))]
    assert played.do(it.SignUpFor(Group.RESIDENTS), "p5") == [
        ev.SignedUp(5, Group.RESIDENTS, waits=True)  # the place on offer is no free one
    ]
    assert played.do(it.SignUpFor(Group.RESIDENTS), "p2") == [ev.PlaceGiven(3)]


def test_an_offer_that_nobody_takes_goes_to_the_next() -> None:
    played = full()
    played.do(it.SignOff(), "p0")
    done = played.until(NOW + timedelta(hours=30))
    assert done == [
        ev.PlaceOffered(3, NOW + timedelta(hours=24)),
        ev.OfferLapsed(3),
        ev.PlaceOffered(4, NOW + timedelta(hours=48)),
    ]


def test_shortly_before_the_meeting_a_free_place_is_given_at_once() -> None:
    played = full()
    played.do(it.SignOff(), "p0", HOURS.begins_at - timedelta(hours=1))
    assert played.until(played.at) == [ev.PlaceGiven(3, straight=True)]


def test_an_offer_ends_two_hours_before_the_meeting() -> None:
    played = full()
    played.do(it.SignOff(), "p0", HOURS.begins_at - timedelta(hours=5))
    last = HOURS.begins_at - timedelta(hours=2)
    assert played.until(played.at) == [ev.PlaceOffered(3, last)]


def test_who_cannot_be_asked_gets_the_place_at_once() -> None:
    played = full()
    played.do(it.SignOff(), "p0")
    due = next_due(played.meeting)
    assert due is not None
    straight = it.Due(due.at, due.step, straight=True)
    assert played.do(straight, "clock") == [ev.PlaceGiven(3, straight=True)]


def test_a_group_without_places_is_refused() -> None:
    played = Played(Plan(places=Places(0, ((Group.RESIDENTS, 2),))))
    with pytest.raises(Refused, match="meeting_not_for_you"):
        decide(played.meeting, it.SignUpFor(Group.COUNCIL), Context(NOW, "p1"))
