"""Nothing that is asked at each sign-up grows with how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest

from meetings import announce
from meetings import events as ev
from meetings.announce import announce as told
from meetings.due import next_due
from meetings.fold import evolve
from meetings.meeting import Group, Hours, Meeting, Places, Plan
from meetings.tables import Table, listing_hash

AT = datetime(2026, 12, 1, 18, tzinfo=UTC)
HOURS = Hours(AT + timedelta(days=3), AT + timedelta(days=3, hours=2), "2026-12-04T19:00:00")
MANY = 10_000


class Counting(dict[int, Any]):
    """Sign-ups that count how often one is looked at."""

    looked = 0

    def __getitem__(self, number: int) -> Any:
        self.looked += 1
        return super().__getitem__(number)


def meeting(places: Places) -> Meeting:
    made = Meeting("meeting/1")
    plan = Plan(places=places)
    evolve(made, ev.MeetingPlanned("x", "plein", "UTC", "nl", HOURS, plan), AT, "p0")
    for number in range(1, MANY + 1):
        waits = made.free(Group.RESIDENTS) == 0
        evolve(made, ev.SignedUp(number, Group.RESIDENTS, waits), AT, f"p{number}")
    return made


@pytest.mark.parametrize(
    "places",
    [Places(10), Places(by_group=((Group.RESIDENTS, 10), (Group.COUNCIL, 10)))],
    ids=["in all", "by group"],
)
def test_who_waits_is_not_looked_through(places: Places) -> None:
    made = meeting(places)
    evolve(made, ev.SignedOff(3), AT, "p3")
    first = made.next_waiting()
    assert first is not None
    assert first.number == 11
    evolve(made, ev.PlaceOffered(11, AT + timedelta(hours=24)), AT, "clock")
    made.sign_ups = counting = Counting(made.sign_ups)
    assert next_due(made) is not None
    assert announce.values(made, staff=True)["waits"] == MANY - 10
    assert counting.looked < 10


class CountingTables(tuple[Table, ...]):
    """Tables that count how often all are looked through."""

    looked: ClassVar[list[int]] = []

    def __iter__(self) -> Iterator[Table]:
        self.looked.append(1)
        return super().__iter__()


def test_telling_each_their_table_looks_through_the_tables_once() -> None:
    made = meeting(Places())
    evolve(made, ev.TablesListed(8, MANY, listing_hash(made.people())), AT, "p0")
    drawn = ev.TablesDrawn("9f86d081884c7d65")
    evolve(made, drawn, AT, "clock")
    assert made.draw is not None
    made.draw = replace(made.draw, drawn=CountingTables(made.draw.drawn))
    notices = [one for one in told(made, drawn) if one.template == "your_meeting_table"]
    assert len(notices) == MANY
    assert len(CountingTables.looked) < 10
