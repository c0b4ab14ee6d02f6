"""Reads moments and days as people type them, with a small grammar that never guesses.

Read are ISO moments with or without offset, ``vrijdag 20:00``, ``vrijdag 4 december 20:00``,
``over 20 minuten``, ``vandaag 20:00``, ``morgen 20:00`` and the same in English. What was read is
to be repeated in full to whoever typed it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

from commands.said import Wrong, wrong

#: A moment or day further ahead than this is refused as a typing error.
YEARS_AHEAD = 5

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = {
    name.casefold(): number
    for names in (WEEKDAYS, ENGLISH_WEEKDAYS)
    for number, name in enumerate(names)
}
_MONTH = {
    "januari": 1, "februari": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6,
    "juli": 7, "augustus": 8, "september": 9, "oktober": 10, "november": 11, "december": 12,
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6,
    "july": 7, "august": 8, "october": 10,
}  # fmt: skip
_UNIT = {
    "minuut": 60, "minuten": 60, "minute": 60, "minutes": 60,
    "uur": 3600, "uren": 3600, "hour": 3600, "hours": 3600,
    "dag": 86_400, "dagen": 86_400, "day": 86_400, "days": 86_400,
    "week": 604_800, "weken": 604_800, "weeks": 604_800,
}  # fmt: skip
_ONE = frozenset({"een", "één", "a", "an", "one"})
#: The last minute of a day, by the clock.
_LAST = time(23, 59)

_NAMED_DAY = {"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1}

_TIME = r"(?P<hour>[0-9]{1,2})(?:(?:[:.](?P<minute>[0-9]{2}))(?: uur)?| uur)"
_DAY = r"(?P<day>[0-9]{1,2}) (?P<month>[a-z]{3,9})(?: (?P<year>[0-9]{4}))?"
_WORD = r"(?P<word>[a-z]{5,9})"

_ISO = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[t ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2}))?(?: ?(?P<offset>z|[+-][0-9]{2}:?[0-9]{2}))?"
)
_AHEAD = re.compile(r"(?:over|in) (?P<count>[0-9]{1,6}|[a-zé]{1,3}) (?P<unit>[a-z]{3,7})")
_ON_DAY = re.compile(rf"{_WORD},? (?:(?:om|at) )?{_TIME}")
_ON_DATE = re.compile(rf"{_WORD},? {_DAY},? (?:(?:om|at) )?{_TIME}")
_TIME_ONLY = re.compile(rf"(?:(?:om|at) )?{_TIME}")
_DAY_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DAY_FIGURES = re.compile(r"(?P<day>[0-9]{1,2})-(?P<month>[0-9]{1,2})-(?P<year>[0-9]{4})")
_DAY_WORDS = re.compile(rf"(?:{_WORD},? )?{_DAY}")

#: The longest text that is read as a moment, in characters.
_LONGEST = 80


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
    typed = _folded(text)
    two = _two_readings(text, typed, now, zone)
    if two is not None:
        return two
    if (found := _ISO.fullmatch(typed)) is not None:
        return _iso(found, typed, now, zone)
    if (found := _AHEAD.fullmatch(typed)) is not None:
        return _ahead(found, typed, now, zone)
    if (found := _ON_DATE.fullmatch(typed)) is not None:
        return _on_date(found, typed, now, zone)
    if (found := _ON_DAY.fullmatch(typed)) is not None:
        return _on_day(found, typed, now, zone)
    if (found := _TIME_ONLY.fullmatch(typed)) is not None and _clock(found) is not None:
        days = [_day_and(clock, now, zone) for clock in _readings(found)]
        suggestions = tuple(sorted(days, key=lambda day: not day.startswith("vandaag")))
        return wrong("moment_time_only", value=text.strip(), suggestions=suggestions)
    return wrong("moment_unreadable", value=text[:40].strip())


def is_moment(text: str) -> bool:
    """Whether a text has the form of a moment, also of one that cannot be."""
    found = parse(text, _SOME_DAY, ZoneInfo("UTC"))
    return isinstance(found, Moment) or found.code != "moment_unreadable"


def _two_readings(text: str, typed: str, now: datetime, zone: ZoneInfo) -> Moment | Wrong | None:
    """A day with an hour such as "8 uur": the one reading that lies ahead, or the question which of
    two; None where there is one reading, or none lies ahead."""
    found = _ON_DATE.fullmatch(typed) or _ON_DAY.fullmatch(typed)
    clocks = _readings(found) if found is not None else ()
    if found is None or len(clocks) < 2:
        return None
    day = typed[: found.start("hour")].strip()
    written = [f"{day} {clock:%H:%M}" for clock in clocks]
    ahead = {w: m for w in written if isinstance(m := _parsed(w, now, zone), Moment)}
    if len(ahead) < 2:
        return next(iter(ahead.values()), None)
    return wrong("moment_two", value=text.strip(), suggestions=tuple(ahead))


def _readings(found: re.Match[str]) -> tuple[time, ...]:
    """The hours that were meant: "8 uur" is in the morning or in the evening."""
    clock = _clock(found)
    if clock is None:
        return ()
    whole = found["minute"] is None and not found["hour"].startswith("0")
    return (clock, time(clock.hour + 12)) if whole and 1 <= clock.hour <= 11 else (clock,)


def _day_and(clock: time, now: datetime, zone: ZoneInfo) -> str:
    """The next such hour, today or tomorrow, in words that can be typed."""
    today = f"vandaag {clock:%H:%M}"
    return today if isinstance(_parsed(today, now, zone), Moment) else f"morgen {clock:%H:%M}"


def parse_to_the_end(text: str, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    """The moment that was typed; of a day without an hour its last minute."""
    day = _day_alone(text, now, zone)
    if day is None:
        return parse(text, now, zone)
    return day if isinstance(day, Wrong) else _on_wall(datetime.combine(day, _LAST), now, zone)


def _day_alone(text: str, now: datetime, zone: ZoneInfo) -> date | Wrong | None:
    """The day that was typed without an hour; None where it is none."""
    typed = _folded(text)
    today = now.astimezone(zone).date()
    if typed in _NAMED_DAY:
        return today + timedelta(days=_NAMED_DAY[typed])
    if typed in _WEEKDAY:
        return today + timedelta(days=(_WEEKDAY[typed] - today.weekday()) % 7)
    day = parse_day(text, now, zone)
    return None if isinstance(day, Wrong) and day.code == "day_unreadable" else day


def parse_day(text: str, now: datetime, zone: ZoneInfo) -> date | Wrong:
    """The day that was typed, today or later; without a year the next such day."""
    typed = _folded(text)
    found = _DAY_ISO.fullmatch(typed) or _DAY_FIGURES.fullmatch(typed)
    weekday = None
    if found is None:
        found = _DAY_WORDS.fullmatch(typed)
        word = found["word"] if found is not None else None
        weekday = _WEEKDAY.get(word or "")
        if found is None or found["month"] not in _MONTH or (word and weekday is None):
            return wrong("day_unreadable", value=text[:40].strip())
    today = now.astimezone(zone).date()
    day = _named_date(found, weekday, today)
    if isinstance(day, Wrong):
        return day
    if day < today:
        return wrong("day_past", day=day)
    if day > _later(today):
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


def _ahead(found: re.Match[str], typed: str, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    """A moment a length of time from now; an hour is 60 minutes, also when the clocks change."""
    count = 1 if found["count"] in _ONE else int(found["count"]) if found["count"].isdigit() else 0
    unit = _UNIT.get(found["unit"])
    if unit is None or not count:
        return wrong("moment_unreadable", value=typed)
    start = now.astimezone(UTC).replace(microsecond=0)
    seconds = min(count * unit, 100 * 366 * 86_400)
    return _in_reach(start + timedelta(seconds=seconds), now, zone)


def _on_day(found: re.Match[str], typed: str, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    clock = _clock(found)
    word = found["word"]
    today = now.astimezone(zone).date()
    if clock is None or (word not in _NAMED_DAY and word not in _WEEKDAY):
        return wrong("moment_unreadable", value=typed)
    if word in _NAMED_DAY:
        day = today + timedelta(days=_NAMED_DAY[word])
        return _on_wall(datetime.combine(day, clock), now, zone)
    day = today + timedelta(days=(_WEEKDAY[word] - today.weekday()) % 7)
    moment = _on_wall(datetime.combine(day, clock), now, zone)
    if isinstance(moment, Wrong) and moment.code == "moment_past":
        return _on_wall(datetime.combine(day + timedelta(days=7), clock), now, zone)
    return moment


def _on_date(found: re.Match[str], typed: str, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    clock = _clock(found)
    weekday = _WEEKDAY.get(found["word"])
    if clock is None or weekday is None or found["month"] not in _MONTH:
        return wrong("moment_unreadable", value=typed)
    day = _named_date(found, weekday, now.astimezone(zone).date())
    if isinstance(day, Wrong):
        return day
    moment = _on_wall(datetime.combine(day, clock), now, zone)
    past = isinstance(moment, Wrong) and moment.code == "moment_past"
    if past and found["year"] is None:  # today, but the hour has gone
        later = _named_date(found, weekday, day + timedelta(days=1))
        if not isinstance(later, Wrong) and later > day:
            return _on_wall(datetime.combine(later, clock), now, zone)
    return moment


def _named_date(found: re.Match[str], weekday: int | None, today: date) -> date | Wrong:
    """A date in words; without a year it is the first from today on, and its weekday must fit.

    Where the weekday fits only this year's date, which is past, that date is returned, and the
    caller refuses it.
    """
    month = _MONTH.get(found["month"]) or int(found["month"])
    year = int(found["year"] or 0)
    day = None
    for attempt in (year,) if year else range(today.year, today.year + 9):
        day = _date(attempt, month, int(found["day"]))
        if day is not None and (year or day >= today):
            break
    if day is None:
        return wrong("day_impossible", value=" ".join(filter(None, found.group("day", "month"))))
    if weekday is not None and day.weekday() != weekday:
        gone = None if year else _date(today.year, month, int(found["day"]))
        if gone is not None and gone.weekday() == weekday:
            return gone
        return wrong("weekday_differs", day=day, weekday=WEEKDAYS[day.weekday()])
    return day


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _on_wall(wall: datetime, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    """The moment with this local time: the first of two, unless that has passed."""
    try:
        times = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
        if times[0].astimezone(zone).replace(tzinfo=None) != wall:
            return wrong("moment_gap", wall=wall.isoformat())
    except OverflowError:
        return wrong("moment_unreadable", value=wall.isoformat())
    return _in_reach(times[0] if times[0] > now else times[1], now, zone)


def _in_reach(at: datetime, now: datetime, zone: ZoneInfo) -> Moment | Wrong:
    if at <= now:
        return wrong("moment_past", at=at, suggestions=(), value="")
    if at.date() > _later(now.astimezone(UTC).date()):
        return wrong("moment_far", at=at, years=YEARS_AHEAD)
    return at_moment(at, zone)


def _later(day: date) -> date:
    """The latest day that is accepted."""
    return _date(day.year + YEARS_AHEAD, day.month, day.day) or date(day.year + YEARS_AHEAD, 3, 1)


def _folded(text: str) -> str:
    """Small letters and single spaces; "" when the text is too long to be a moment."""
    if len(text) > 4 * _LONGEST:
        return ""
    folded = " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" .,;!")
    return folded if len(folded) <= _LONGEST else ""
