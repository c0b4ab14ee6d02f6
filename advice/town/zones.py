"""What a calendar file says of a time zone: its hours from UTC, and when they change.

Outlook reads a rule ("the last Sunday of March") and no list of dates, so a zone whose clocks
change by one rule each way is written as rules. Any other zone has each change written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)

#: The days of a week in two letters each, as the format names them.
_WEEKDAYS = "MOTUWETHFRSASU"


@dataclass(frozen=True, slots=True)
class _Change:
    """From ``at`` (UTC) on the zone is ``after`` from UTC, no longer ``before``. ``wall``: what the
    clocks show when it changes."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool

    @property
    def wall(self) -> datetime:
        return (self.at + self.before).replace(tzinfo=None)


def timezone(name: str, first: int, last: int) -> Timezone:
    """The zone ``name`` for everything from the year ``first`` to the year ``last``."""
    start = first - 1
    years = range(start, last + 2)
    zone = ZoneInfo(name)
    found = _changes(zone, years)
    made = Timezone()
    made.add("tzid", name)
    ways = [list(same) for _way, same in groupby(sorted(found, key=_way), key=_way)]
    rules = [_rule(way, years) for way in ways]
    if len(ways) == 2 and all(rules):
        for way, rule in zip(ways, rules, strict=True):
            made.add_component(_observance(way[0], rule))
        return made
    for change in (_as_it_was(zone, start), *found):
        made.add_component(_observance(change, ""))
    return made


def _way(change: _Change) -> tuple[bool, timedelta, timedelta, str]:
    return change.summer, change.before, change.after, change.name


def _as_it_was(zone: ZoneInfo, year: int) -> _Change:
    """What holds in a zone when a year begins, as a change to it."""
    local = datetime(year, 1, 1, tzinfo=UTC).astimezone(zone)
    offset = _offset(local)
    return _Change(
        datetime(year, 1, 1, tzinfo=UTC) - offset,
        offset,
        offset,
        local.tzname() or "",
        bool(local.dst()),
    )


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()


def _changes(zone: ZoneInfo, years: range) -> list[_Change]:
    """Every change of the clocks of a zone in these years, in their order."""
    found = []
    at, end = datetime(years[0], 1, 1, tzinfo=UTC), datetime(years[-1] + 1, 1, 1, tzinfo=UTC)
    was = at.astimezone(zone)
    while at < end:
        then = at + _DAY
        now = then.astimezone(zone)
        if _offset(now) != _offset(was):
            found.append(_between(zone, at, then))
        at, was = then, now
    return found


def _between(zone: ZoneInfo, at: datetime, then: datetime) -> _Change:
    """The change between two moments, to the minute."""
    before = _offset(at.astimezone(zone))
    while then - at > _MINUTE:
        middle = at + (then - at) // 2 // _MINUTE * _MINUTE
        if _offset(middle.astimezone(zone)) == before:
            at = middle
        else:
            then = middle
    now = then.astimezone(zone)
    return _Change(then, before, _offset(now), now.tzname() or "", bool(now.dst()))


def _rule(way: Sequence[_Change], years: range) -> str:
    """The rule by which the clocks change once a year, as "3;-1SU" for the last Sunday of March; ""
    where they follow none."""
    walls = [change.wall for change in way]
    same = {(wall.month, wall.weekday(), wall.time()) for wall in walls}
    if [wall.year for wall in walls] != list(years) or len(same) != 1:
        return ""
    month, weekday, _time = same.pop()
    day = _WEEKDAYS[2 * weekday : 2 * weekday + 2]
    if all((wall + 7 * _DAY).month != month for wall in walls):
        return f"{month};-1{day}"
    numbers = {(wall.day - 1) // 7 + 1 for wall in walls}
    return f"{month};{numbers.pop()}{day}" if len(numbers) == 1 else ""


def _observance(change: _Change, rule: str) -> TimezoneStandard | TimezoneDaylight:
    made = TimezoneDaylight() if change.summer else TimezoneStandard()
    made.add("dtstart", change.wall)
    made.add("tzoffsetfrom", change.before)
    made.add("tzoffsetto", change.after)
    made.add("tzname", change.name)
    if rule:
        month, day = rule.split(";")
        made.add("rrule", vRecur(freq="yearly", bymonth=int(month), byday=day))
    return made
