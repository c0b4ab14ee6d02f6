"""Reads moments and days as people say them, and never guesses.

Read are ISO moments with or without offset, a length of time from now (``over een half uur``),
and a day with an hour in either order, as ``days.py`` and ``hours.py`` read them. An hour alone is
today's where that lies ahead; else the day is asked. Of an hour that can be two, such as ``half
acht``, the one is taken that alone lies ahead; else that is asked.
What was read is to be repeated in full to whoever typed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

from commands.cleaning import folded
from commands.times.days import Day, in_year
from commands.times.days import day as day_named
from commands.times.hours import hours
from commands.times.lengths import ahead, days_ahead
from commands.times.often import repeated
from commands.wrong import Wrong, wrong

#: A moment or day further ahead than this is refused as a typing error.
YEARS_AHEAD = 5

#: So many days ahead is further than a day may be.
_MOST_AHEAD = 36_600

#: The last minute of a day, by the clock.
_LAST = time(23, 59)

_ISO = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[t ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2}))?(?: ?(?P<offset>z|[+-][0-9]{2}:?[0-9]{2}))?"
)
#: The day of an hour that was typed alone and lies ahead.
_TODAY = Day("vandaag", ahead=0)

_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """``at`` is UTC; ``wall`` the same moment in local time, ISO without offset.

    ``occurrence`` is 0 where the local time occurs once; in the hour that occurs twice when the
    clocks go back it is 1 for the first and 2 for the second.
    """

    at: datetime
    zone: str
    wall: str
    occurrence: Literal[0, 1, 2] = 0


def parse(text: str, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    """The moment that was typed, which lies after ``now``.

    "8 uur" on a day is asked about where morning and evening both lie ahead (``moment_two``); the
    suggestions of a refusal never lie in the past.
    """
    found = _parsed(text, now, zone)
    if isinstance(found, Wrong) and found.code == "moment_past":
        at: datetime = found.data["at"]  # type: ignore[assignment]
        return wrong("moment_past", at=at, value=text.strip(), suggestions=_tomorrow(at, now, zone))
    return found


def _tomorrow(at: datetime, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """For a moment of today that has gone: the same hour tomorrow."""
    local = at.astimezone(zone)
    if local.date() != now.astimezone(zone).date():
        return ()
    return (f"morgen {local:%H:%M}",)


def _parsed(text: str, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    typed = folded(text)
    if (found := _ISO.fullmatch(typed)) is not None:
        return _iso(found, typed, now, zone)
    if (later := ahead(typed)) is not None:  # an hour is 60 minutes, also when the clocks change
        return _in_reach(now.astimezone(UTC).replace(microsecond=0) + later, now, zone)
    for day, clocks in _day_with_hours(typed):
        return _on_day(text, day, clocks, now, zone)
    if clocks := hours(typed):
        today = _on_day(text, _TODAY, clocks, now, zone)
        if isinstance(today, Moment) or today.code == "moment_two":
            return today
        days = [_day_and(clock, now, zone) for clock in clocks]
        suggestions = tuple(sorted(days, key=lambda day: not day.startswith("vandaag")))
        return wrong("moment_time_only", value=text.strip(), suggestions=suggestions)
    said = repeated(typed)
    if said is not None and said.once:
        return wrong("moment_repeats", value=text.strip(), suggestions=_once(said.once, now, zone))
    return wrong("moment_unreadable", value=text[:40].strip())


def _once(typed: str, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """For what recurs: the words of its next time, or the two that these can be."""
    found = _parsed(typed, now, zone)
    if isinstance(found, Moment):
        return (typed,)
    return found.data["suggestions"] if found.code == "moment_two" else ()  # type: ignore[return-value]


def parse_after(
    text: str, before: datetime | None, now: datetime, zone: ZoneInfo
) -> Moment | Wrong:
    """The moment that was typed; an hour alone is that of the day of ``before`` (UTC), after it."""
    clocks = hours(folded(text))
    if before is None or not clocks:
        return parse(text, now, zone)
    local = before.astimezone(zone).replace(tzinfo=None)
    walls = [datetime.combine(local.date(), clock) for clock in clocks]
    later = [wall for wall in walls if wall > local]
    if len(later) > 1:
        told = tuple(f"{wall:%Y-%m-%d %H:%M}" for wall in later)
        return wrong("moment_two", value=text.strip(), suggestions=told)
    return _on_wall((later or walls)[0], now, zone)


def is_moment(text: str) -> bool:
    """Whether a text has the form of a moment, also of one that cannot be, or of several."""
    found = parse(text, _SOME_DAY, ZoneInfo("UTC"))
    if isinstance(found, Wrong) and found.code == "moment_repeats":
        said = repeated(folded(text))
        return said is not None and bool(said.hour)  # "help elke vrijdag" is talk
    return isinstance(found, Moment) or found.code != "moment_unreadable"


def is_day(text: str) -> bool:
    """Whether a text names a day."""
    return not isinstance(parse_day(text, _SOME_DAY, ZoneInfo("UTC")), Wrong)


def _day_with_hours(typed: str) -> Iterator[tuple[Day, tuple[time, ...]]]:
    """Each way to read a text as a day and an hour, in either order."""
    words = typed.split()
    for at in range(1, len(words)):
        first, last = " ".join(words[:at]), " ".join(words[at:])
        for day_words, hour_words in ((first, last), (last, first)):
            day = day_named(day_words)
            clocks = hours(hour_words, day.part) if day is not None else ()
            if day is not None and clocks:
                yield day, clocks


def _on_day(
    text: str, day: Day, clocks: tuple[time, ...], now: datetime, zone: ZoneInfo
) -> Moment | Wrong:
    """A day with an hour. Of two readings of the hour the one that lies ahead, or the question
    which of the two is meant."""
    found = [_on_clock(day, clock, now, zone) for clock in clocks]
    ahead = [moment for moment in found if isinstance(moment, Moment)]
    if len(ahead) < 2:
        return ahead[0] if ahead else found[0]
    suggestions = tuple(f"{day.text} {clock:%H:%M}" for clock in clocks)
    return wrong("moment_two", value=text.strip(), suggestions=suggestions)


def _on_clock(day: Day, clock: time, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    """The moment at which a clock shows this hour on a day: today's, or where that has gone and
    neither day nor year says otherwise, the next such day's."""
    named = day.on(now.astimezone(zone).date())
    if isinstance(named, Wrong):
        return named
    moment = _on_wall(datetime.combine(named, clock), now, zone)
    fixed = day.ahead is not None or (day.dated is not None and day.dated[2] is not None)
    if fixed or not (isinstance(moment, Wrong) and moment.code == "moment_past"):
        return moment
    later = day.on(named + timedelta(days=1))
    if isinstance(later, Wrong) or later <= named:
        return moment
    return _on_wall(datetime.combine(later, clock), now, zone)


def _day_and(clock: time, now: datetime, zone: ZoneInfo) -> str:
    """The next such hour, today or tomorrow, in words that can be typed."""
    today = f"vandaag {clock:%H:%M}"
    return today if isinstance(_parsed(today, now, zone), Moment) else f"morgen {clock:%H:%M}"


def parse_to_the_end(text: str, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    """The moment that was typed; of a day without an hour its last minute."""
    day = parse_day(text, now, zone)
    if isinstance(day, date):
        return _on_wall(datetime.combine(day, _LAST), now, zone)
    return parse(text, now, zone) if day.code == "day_unreadable" else day


def parse_day(text: str, now: datetime, zone: ZoneInfo) -> date | Wrong:
    """The day that was typed, today or later; without a year the next such day."""
    today = now.astimezone(zone).date()
    typed = folded(text)
    later = days_ahead(typed)
    if later is not None:
        typed = (today + timedelta(days=min(later, _MOST_AHEAD))).isoformat()
    named = day_named(typed)
    if named is None or named.part is not None:
        return wrong("day_unreadable", value=text[:40].strip())
    day = named.on(today)
    if isinstance(day, Wrong):
        return day
    if day < today:
        return wrong("day_past", day=day)
    if day > latest(today):
        return wrong("day_far", day=day, years=YEARS_AHEAD)
    return day


def at_moment(at: datetime, zone: ZoneInfo) -> Moment:
    """A UTC time as a ``Moment`` with its local time."""
    local = at.astimezone(zone)
    wall = local.replace(tzinfo=None, fold=0)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    occurrence: Literal[0, 1, 2] = 0 if not twice else 2 if local.fold else 1
    return Moment(at.astimezone(UTC), zone.key, wall.isoformat(), occurrence)


def _iso(found: re.Match[str], typed: str, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    try:
        day = date.fromisoformat(found["date"])
        clock = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
        offset = _offset(found["offset"])
    except ValueError:
        return wrong("moment_unreadable", value=typed)
    if offset is None:
        return _on_wall(datetime.combine(day, clock), now, zone)
    try:
        return _in_reach(datetime.combine(day, clock, offset).astimezone(UTC), now, zone)
    except OverflowError:
        return wrong("moment_unreadable", value=typed)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text == "z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(ahead if text[0] == "+" else -ahead)


def _on_wall(wall: datetime, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    """The moment with this local time: the first of two, unless that has passed."""
    try:
        times = instants(wall, zone)
    except OverflowError:
        return wrong("moment_unreadable", value=wall.isoformat())
    if not times:
        return wrong("moment_gap", day=wall.date())
    return _in_reach(times[0] if times[0] > now else times[-1], now, zone)


def instants(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """When clocks show a local time, in UTC: once, twice in the hour that they are set back, or
    never in the hour that they skip. Raises ``OverflowError`` at the ends of the calendar."""
    times = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    if times[0].astimezone(zone).replace(tzinfo=None) != wall:
        return ()
    return tuple(dict.fromkeys(times))


def _in_reach(at: datetime, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    if at <= now:
        return wrong("moment_past", at=at, suggestions=(), value="")
    if at.date() > latest(now.astimezone(UTC).date()):
        return wrong("moment_far", at=at, years=YEARS_AHEAD)
    return at_moment(at, zone)


def latest(day: date) -> date:
    """The latest day that is accepted."""
    return in_year(day.year + YEARS_AHEAD, day.month, day.day) or date(day.year + YEARS_AHEAD, 3, 1)
