"""Working days in the Netherlands: no weekends, and none of the public holidays.

The holidays are those of the law on time limits (Algemene termijnenwet, article 3), by rule.
"""

from __future__ import annotations

from datetime import date, timedelta

#: Saturday, as ``date.weekday`` has it.
_SATURDAY = 5

#: The holidays on a day of their own: month and day.
_FIXED = ((1, 1), (5, 5), (12, 25), (12, 26))

#: Those that are so many days after Easter Sunday: Good Friday, Easter Monday, Ascension Day and
#: Whit Monday.
_AFTER_EASTER = (-2, 1, 39, 50)


def is_working_day(day: date) -> bool:
    """Whether an office of the town is open on a day."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def after_working_days(day: date, number: int) -> date:
    """The last of so many working days after a day."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    easter = _easter(year)
    fixed = {date(year, month, day) for month, day in _FIXED}
    return frozenset(fixed | {easter + timedelta(days=n) for n in _AFTER_EASTER} | {_king(year)})


def _king(year: int) -> date:
    """The King's birthday is celebrated a day earlier where it is on a Sunday."""
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.weekday() == _SATURDAY + 1 else day


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian rule: the Sunday after the first full moon of spring, by the
    tables of the church."""
    century, golden = year // 100, year % 19
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - golden) // 11))
    sunday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    day = 28 + moon - sunday
    return date(year, 3, 31) + timedelta(days=day - 31)
