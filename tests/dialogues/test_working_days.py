"""Working days in the Netherlands, held against days looked up in almanacs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dialogues.followup.workdays import after_working_days, holidays, is_working_day

#: The holidays of three years: one with the King's birthday on a Sunday, and one with Easter in
#: March, on the day on which the clocks go forward.
YEARS = {
    2025: "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26",
    2026: "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26",
    2027: "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26",
}

#: Easter Sundays, of which the earliest and the latest that there are.
EASTERS = ("1818-03-22", "1943-04-25", "2000-04-23", "2024-03-31", "2038-04-25", "2285-03-22")


@pytest.mark.parametrize("year", YEARS)
def test_the_holidays_of_a_year(year: int) -> None:
    assert holidays(year) == {date.fromisoformat(f"{year}-{day}") for day in YEARS[year].split()}


@pytest.mark.parametrize("day", EASTERS)
def test_easter_monday_follows_easter(day: str) -> None:
    easter = date.fromisoformat(day)
    assert easter + timedelta(days=1) in holidays(easter.year)
    assert easter - timedelta(days=2) in holidays(easter.year)


@pytest.mark.parametrize(
    ("since", "number", "last"),
    [
        ("2026-12-01", 5, "2026-12-08"),  # a weekend in between
        ("2026-12-23", 5, "2026-12-31"),  # Christmas on a Friday and a Saturday
        ("2026-12-31", 1, "2027-01-04"),  # New Year's Day on a Friday
        ("2026-04-02", 2, "2026-04-08"),  # Good Friday and Easter Monday
        ("2026-12-05", 1, "2026-12-07"),  # from a Saturday
    ],
)
def test_after_so_many_working_days(since: str, number: int, last: str) -> None:
    found = after_working_days(date.fromisoformat(since), number)
    assert found == date.fromisoformat(last)
    assert is_working_day(found)
