"""When it is said that something is late: on its day, weekly four times, then monthly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.followup.again import due_by, told_at

ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("number", "wall"),
    [
        (0, "2027-03-01T17:00+01:00"),
        (1, "2027-03-08T17:00+01:00"),
        (2, "2027-03-15T17:00+01:00"),
        (3, "2027-03-22T17:00+01:00"),
        (4, "2027-03-29T17:00+02:00"),  # the clock went forward: still five o'clock
        (5, "2027-04-29T17:00+02:00"),
        (6, "2027-05-29T17:00+02:00"),
        (12, "2027-11-29T17:00+01:00"),
        (15, "2028-02-29T17:00+01:00"),
        (27, "2029-02-28T17:00+01:00"),  # a month without a 29th
    ],
)
def test_it_is_said_on_the_day_then_weekly_then_monthly(number: int, wall: str) -> None:
    assert told_at(date(2027, 3, 1), ZONE, number) == datetime.fromisoformat(wall)


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.integers(0, 60), st.integers(-86400, 86400))
def test_so_many_are_due_as_there_are_at_or_before_a_moment(
    day: date, number: int, seconds: int
) -> None:
    now = told_at(day, ZONE, number) + timedelta(seconds=seconds)
    found = due_by(day, ZONE, now)
    assert found == sum(told_at(day, ZONE, n) <= now for n in range(80))
    assert told_at(day, ZONE, number + 1) - told_at(day, ZONE, number) >= timedelta(days=6)


def test_nothing_is_due_before_the_hour_of_its_day() -> None:
    day = date(2027, 3, 1)
    assert due_by(day, ZONE, datetime(2027, 3, 1, 15, 59, tzinfo=UTC)) == 0
    assert due_by(day, ZONE, datetime(2027, 3, 1, 16, 0, tzinfo=UTC)) == 1
