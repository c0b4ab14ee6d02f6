"""Reads what recurs as people say it, and never guesses: ``om de week dinsdag 19:30``.

A time that recurs is on a day of the week (``dinsdag 19:30``), on a weekday of the month by its
number (``eerste maandag 19:30``), on a day of the month (``elke maand op de 3e om 20:00``) or of
the year. What the words leave out, the day or the hour, is that of the first time where one is
given. Its times are found in ``series.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commands.cleaning import folded
from commands.times.days import ENGLISH_WEEKDAYS, MONTHS, WEEKDAYS, Day
from commands.times.moments import Moment, is_moment
from commands.times.often import On, Said, Unit, english, often
from commands.times.series import Recurrence, following
from commands.wrong import Wrong, wrong

#: The last day that every month has.
_LAST_OF_EACH = 28

#: How long what is typed may be to be looked through for several days.
_LONGEST = 120

#: Several days of the week, one after the other.
_DAY = f"(?:{'|'.join(name.casefold() for name in (*WEEKDAYS, *ENGLISH_WEEKDAYS))})"
_BETWEEN = re.compile(r"(?:\s*,\s*|\s+)(?:(?:en|and|&)\s+)?(?:(?:elke|iedere|op|every|on)\s+)?")
_SEVERAL = re.compile(rf"\b{_DAY}(?:{_BETWEEN.pattern}{_DAY})+\b")

#: The words of a question, in Dutch and in English.
_COUNTS = (("eerste", "tweede", "derde", "vierde"), ("first", "second", "third", "fourth"))
_LAST = ("laatste", "last")
_WEEKS = (
    ("", "om de week", "elke drie weken", "elke vier weken"),
    ("", "every other", "every three weeks on", "every four weeks on"),
)


def parse(
    text: str, now: datetime, zone: ZoneInfo, first: Moment | None = None
) -> Recurrence | Wrong:
    """The recurrence that was typed, from its first time after ``now`` on; or from ``first`` on,
    which then has to be one of its times."""
    small = folded(text)
    said = often(small) or often(f"elke {small}")  # elke=week, elke="2 weken"
    if said is None:
        if is_moment(small):
            return _once(text)
        each = _each_day(small)
        if each:
            return wrong("recurrence_days", value=text.strip(), suggestions=each)
        return wrong("recurrence_unreadable", value=text[:40].strip())
    begin = datetime.fromisoformat(first.wall) if first is not None else None
    typed = _Typed(text.strip(), small, said, begin)
    today = begin.date() if begin is not None else now.astimezone(zone).date()
    found = _rule(typed, today)
    if isinstance(found, Wrong):
        return found
    rule, count = found
    clock = _clock(typed)
    if isinstance(clock, Wrong):
        return clock
    rule = replace(rule, clock=clock)
    if first is None or begin is None:
        since = _first_day(rule, now, zone)
    elif next(rule.dates(today)) == today and begin.time() == clock and first.occurrence != 2:
        since = today
    else:
        return wrong("recurrence_differs", at=first.at, value=typed.text)
    return replace(rule, since=since, days=rule.days * count, months=rule.months * count)


def _each_day(small: str) -> tuple[str, ...]:
    """Of words that name several days of the week, those with each of them alone: "elke dinsdag
    en donderdag 19:30"."""
    found = _SEVERAL.search(small[:_LONGEST])
    if found is None:
        return ()
    before, after = small[: found.start()], small[found.end() :]
    days = _BETWEEN.split(found[0])
    each = tuple(f"{before}{day}{after}" for day in days)
    return each if all(often(one) is not None for one in each) else ()


def _first_day(rule: Recurrence, now: datetime, zone: ZoneInfo) -> date:
    """The day of the first time after now, by local time."""
    return date.fromisoformat(following(rule, now, zone, 1)[0].wall[:10])


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, as it stands and in small letters, how that was read, and the local time of
    the first time, where one was given."""

    text: str
    small: str
    said: Said
    first: datetime | None

    def lacking(self) -> Wrong:
        """The question for the day and the hour, with an example that passes as long between two
        times."""
        unit = self.said.unit if self.said.unit is not None else Unit.WEEK
        return wrong("recurrence_when", value=self.text, unit=unit.value)

    def two(self, *readings: str) -> Wrong:
        return wrong("recurrence_two", value=self.text, suggestions=readings)


#: A rule with the step of one, and of how many steps it is; its hour is not known yet.
_Rule = tuple[Recurrence, int]


def _rule(typed: _Typed, today: date) -> _Rule | Wrong:
    """On which days it is."""
    said, on = typed.said, typed.said.on
    if on is None:
        return _without_day(typed, today)
    if on.number:
        return _on_number(typed, on, today)
    day = on.day
    assert day is not None
    if day.nth and (on.of_month or on.assumed):
        return _on_nth(typed, day, today)
    if day.ahead is not None or (day.dated is not None and said.unit is not Unit.YEAR):
        return _once(typed.text)
    if day.dated is not None:
        return _yearly(typed, day, today)
    assert day.weekday is not None
    weeks = {None: said.count, Unit.WEEK: said.count, Unit.DAY: said.count / 7}.get(said.unit, 0)
    if not weeks or weeks % 1:
        return typed.lacking()
    since = today + timedelta(days=(day.weekday - today.weekday()) % 7)
    return Recurrence(time(), since, days=7), int(weeks)


def _without_day(typed: _Typed, today: date) -> _Rule | Wrong:
    """A day that only the first time says."""
    said = typed.said
    if said.unit is Unit.DAY and (typed.first is not None or said.count == 1):
        return Recurrence(time(), today, days=1), said.count
    if typed.first is None or said.unit is None:
        return typed.lacking()
    if said.unit is Unit.WEEK:
        return Recurrence(time(), today, days=7), said.count
    return typed.two(*_readings(typed, today))


def _readings(typed: _Typed, today: date) -> Iterator[str]:
    """A month or a year after a first day: the weekday by its number again, or the date."""
    words, yearly = int(english(typed.small)), typed.said.unit is Unit.YEAR
    number = -1 if today.day > _LAST_OF_EACH else (today.day - 1) // 7
    count = (*_COUNTS[words], _LAST[words])[number]
    weekday = (WEEKDAYS, ENGLISH_WEEKDAYS)[words][today.weekday()].casefold()
    month = MONTHS[words][today.month - 1]
    yield f"{typed.small} {count} {weekday}" + f" {('van', 'of')[words]} {month}" * yearly
    if yearly:
        yield f"{typed.small} {today.day} {month}"
    elif today.day <= _LAST_OF_EACH:
        ending = {1: "st", 2: "nd", 3: "rd"}.get(
            today.day % 10 if today.day // 10 != 1 else 0, "th"
        )
        day = f"on the {today.day}{ending}" if words else f"op de {today.day}e"
        yield f"{typed.small} {day}"


def _on_number(typed: _Typed, on: On, today: date) -> _Rule | Wrong:
    """A day of the month."""
    if on.number > _LAST_OF_EACH:
        return wrong("recurrence_day", day=on.number, value=typed.text)
    if typed.said.unit is not (None if on.of_month else Unit.MONTH):
        return typed.lacking()
    return Recurrence(time(), today.replace(day=1), months=1, day=on.number), typed.said.count


def _on_nth(typed: _Typed, day: Day, today: date) -> _Rule | Wrong:
    """A weekday of the month. "Elke tweede dinsdag" is every other one too."""
    said, on = typed.said, typed.said.on
    assert on is not None
    assert day.weekday is not None
    if on.assumed and said.unit is None and day.nth > 1:
        words = int(english(typed.small))
        weeks, alone = _WEEKS[words][day.nth - 1], on.text.split(maxsplit=1)[-1]
        every = f"{weeks} {alone} {said.hour}", f"{on.text}{on.assumed} {said.hour}"
        return typed.two(*(reading.strip() for reading in every))
    if said.unit not in (None, Unit.MONTH):
        return typed.lacking()
    first = today.replace(day=1)
    return Recurrence(time(), first, months=1, nth=day.nth, weekday=day.weekday), said.count


def _yearly(typed: _Typed, day: Day, today: date) -> _Rule | Wrong:
    """A date, or the weekday of a named month, each year."""
    assert day.dated is not None
    number, _, year = day.dated
    if year is not None or (number and day.weekday is not None):
        return _once(typed.text)
    since = day.on(today)
    if isinstance(since, Wrong):
        return since
    if (since.month, number) == (2, 29):
        return wrong("recurrence_day", day=number, value=typed.text)
    on = Recurrence(time(), since, months=12, day=number, nth=day.nth, weekday=day.weekday or 0)
    return on, typed.said.count


def _clock(typed: _Typed) -> time | Wrong:
    """At what hour it is: of two, that of the first time, or the question."""
    clocks = typed.said.clocks
    first = typed.first.time() if typed.first is not None else None
    if first is not None and (not clocks or first in clocks):
        return first
    if len(clocks) < 2:
        return clocks[0] if clocks else typed.lacking()
    before, _, after = typed.small.rpartition(typed.said.hour)
    return typed.two(*(f"{before}{clock:%H:%M}{after}" for clock in clocks))


def _once(text: str) -> Wrong:
    return wrong("recurrence_once", value=text.strip())
