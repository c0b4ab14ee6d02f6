"""The times of what recurs, and how many of them a series has.

An hour keeps its local time over a change of the clocks: one that occurs twice is the first of the
two; on a day on which the clocks skip it there is no such time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from commands.cleaning import whole_number
from commands.times.days import later_month, nth_weekday
from commands.times.moments import YEARS_AHEAD, Moment, at_moment, instants, latest, parse_day
from commands.wrong import Wrong, wrong

#: The most times that a series may have.
MOST = 60

#: The keys of a series, by what may be typed: how it recurs, and how long.
KEYS = {
    "elke": "elke", "every": "elke", "keer": "keer", "times": "keer",
    "einde": "einde", "eind": "einde", "end": "einde",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Local time ``clock``, from the day ``since`` on: every so many ``days``, or every so many
    ``months`` on the ``day`` of the month or its ``nth`` ``weekday`` (from 0, Monday). A day or a
    number of -1 is the last one."""

    clock: time
    since: date
    days: int = 0
    months: int = 0
    day: int = 0
    nth: int = 0
    weekday: int = 0

    def dates(self, start: date) -> Iterator[date]:
        """Every such day from a day on."""
        start = max(start, self.since)
        if self.days:
            day = start + timedelta(days=-(start - self.since).days % self.days)
            while day.year < date.max.year:
                yield day
                day += timedelta(days=self.days)
            return
        first = self.since.replace(day=1)
        while first.year < date.max.year:
            if (day := self._of(first)) >= start:
                yield day
            for _ in range(self.months):
                first = later_month(first)

    def _of(self, first: date) -> date:
        """Such a day of the month that begins on a day."""
        if self.nth:
            return nth_weekday(first, self.weekday, self.nth)
        return (
            later_month(first) - timedelta(days=1) if self.day < 0 else first.replace(day=self.day)
        )


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a series lasts: so many ``times``, or until and with a day; one of the two."""

    times: int | None = None
    until: date | None = None


def following(
    recurrence: Recurrence, after: datetime, zone: ZoneInfo, count: int
) -> tuple[Moment, ...]:
    """The next so many times after a moment (UTC)."""
    found = (each for _day, each in _times(recurrence, after, zone) if each is not None)
    return tuple(islice(found, count))


def limit(values: Mapping[str, str], now: datetime, zone: ZoneInfo) -> Limit | Wrong:
    """How long a series lasts, by its keys ``keer`` and ``einde``: one of the two."""
    times, until = values.get("keer"), values.get("einde")
    if (times is None) == (until is None):
        return wrong("recurrence_limit")
    if until is not None:
        day = parse_day(until, now, zone)
        return day if isinstance(day, Wrong) else Limit(until=day)
    assert times is not None
    number = whole_number(times)
    if number is None or not 1 <= number <= MOST:
        return wrong("value_out_of_range", key="keer", value=times, low=1, high=MOST)
    return Limit(times=number)


def planned(
    recurrence: Recurrence, limit: Limit, now: datetime, zone: ZoneInfo
) -> tuple[Moment, ...] | Wrong:
    """Every time of a series after ``now``. Refused where there are none or too many, where one
    lies too far ahead, and where the clocks skip one."""
    found: list[Moment] = []
    last = latest(now.astimezone(zone).date())
    for day, each in _times(recurrence, now, zone):
        if limit.until is not None and day > limit.until:
            break
        if each is None:
            return wrong("moment_gap", day=day)
        if each.at.date() > last:
            return wrong("moment_far", at=each.at, years=YEARS_AHEAD)
        if len(found) == MOST:
            return wrong("recurrence_long", most=MOST)
        found.append(each)
        if len(found) == limit.times:
            break
    if not found:
        return wrong("recurrence_none")
    return tuple(found)


def _times(
    recurrence: Recurrence, after: datetime, zone: ZoneInfo
) -> Iterator[tuple[date, Moment | None]]:
    """The day of each time after a moment, with the time; None for one that the clocks skip."""
    local = after.astimezone(zone).replace(tzinfo=None)
    for day in recurrence.dates(local.date()):
        wall = datetime.combine(day, recurrence.clock)
        found = instants(wall, zone)
        if found and found[0] > after:
            yield day, at_moment(found[0], zone)
        elif not found and wall > local:
            yield day, None
