"""Reads a day as people say it: ``vrijdag``, ``morgenavond``, ``4 dec``, ``4/12``, an ISO date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from commands.times.hours import PARTS, Part
from commands.wrong import Wrong, wrong

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_WEEKDAY = {
    form: number
    for names, length in ((WEEKDAYS, 2), (ENGLISH_WEEKDAYS, 3))
    for number, name in enumerate(map(str.casefold, names))
    for form in (name, name[:length])
}
#: The months in Dutch, and in English.
MONTHS = tuple(
    tuple(names.split())
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
    )
)
_MONTH = {
    form: number
    for names in MONTHS
    for number, name in enumerate(names, 1)
    for form in (name, name[:3])
    if form != "maa"
} | {"mrt": 3, "sept": 9}

#: Days by their name, as days from today, and the part of that day.
_NAMED: dict[str, tuple[int, Part | None]] = {
    "vandaag": (0, None), "today": (0, None),
    "morgen": (1, None), "tomorrow": (1, None),
    "overmorgen": (2, None), "the day after tomorrow": (2, None),
    "vanochtend": (0, Part.MORNING), "vanmorgen": (0, Part.MORNING),
    "vanmiddag": (0, Part.AFTERNOON), "vanavond": (0, Part.EVENING),
    "this morning": (0, Part.MORNING), "this afternoon": (0, Part.AFTERNOON),
    "this evening": (0, Part.EVENING), "tonight": (0, Part.EVENING),
}  # fmt: skip

#: The name of today without its part.
_PLAIN = ("vandaag", "today")
_PART = re.compile(
    r"(?P<day>.+?) ?(?:['’]?s )?(?P<part>ochtend|middag|avond|morning|afternoon|evening|night)s?"
)

_ON = re.compile(r"\A(?:op|on) ")

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_FIGURES = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<sign>[-/])(?P<month>[0-9]{1,2})(?:(?P=sign)(?P<year>[0-9]{4}))?"
)
_WORDS = re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[a-z]{3,9})\.?(?: (?P<year>[0-9]{4}))?")
#: The weekday of a month by its number: "eerste maandag van februari".
_NTH = re.compile(
    r"(?:de |the )?(?P<count>[a-z0-9]{2,7}) (?P<weekday>[a-z]{6,9}?)"
    r"(?: ?(?P<part>ochtend|middag|avond|morning|afternoon|evening|night))?"
    r"(?P<before> (?:van|in|of) )(?P<month>[a-z ]{3,16}?)(?: (?P<year>[0-9]{4}))?"
)
_COUNTS = {
    word: number
    for number, words in enumerate(
        (
            "eerste 1e first 1st",
            "tweede 2e second 2nd",
            "derde 3e third 3rd",
            "vierde 4e fourth 4th",
        ),
        1,
    )
    for word in words.split()
} | {"laatste": -1, "last": -1}
_THIS_MONTH = frozenset({"de maand", "deze maand", "the month", "this month"})
_NEXT_MONTH = frozenset({"volgende maand", "next month"})

#: Stand for the first month that has such a day ahead, and for the month after this one.
_ANY, _NEXT = 0, -1

_AFTER_WEEKDAY = re.compile(r"(?P<word>[a-z]{2,9})\.?,? (?P<rest>[0-9].*)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was typed: so many days ``ahead`` of today, the next such ``weekday`` (from 0,
    Monday), or a date, ``dated``, perhaps with its weekday. ``text`` is what was typed, without the
    ``part`` of the day; ``figures`` are day and month as typed. ``nth``: which of the weekdays of
    the month in ``dated`` it is (-1: the last)."""

    text: str
    part: Part | None = None
    ahead: int | None = None
    weekday: int | None = None
    dated: tuple[int, int, int | None] | None = None
    figures: str = ""
    nth: int = 0

    def on(self, today: date) -> date | Wrong:
        """The first such day from today on; one whose weekday fits only this year's date, which is
        past, is that date, and the caller refuses it."""
        if self.ahead is not None:
            return today + timedelta(days=self.ahead)
        if self.nth:
            return self._nth_on(today)
        if self.dated is None:
            assert self.weekday is not None
            return today + timedelta(days=(self.weekday - today.weekday()) % 7)
        return self._on_date(*self.dated, today)

    def _nth_on(self, today: date) -> date:
        """The first such weekday of the named month, or of a month, from today on."""
        assert self.weekday is not None
        assert self.dated is not None
        _, month, year = self.dated
        first = date(year or today.year, month if month > 0 else today.month, 1)
        if month == _NEXT:
            first = later_month(first)
        found = nth_weekday(first, self.weekday, self.nth)
        if found < today and year is None:
            first = later_month(first) if month <= 0 else first.replace(year=first.year + 1)
            found = nth_weekday(first, self.weekday, self.nth)
        return found

    def _on_date(self, number: int, month: int, year: int | None, today: date) -> date | Wrong:
        day = None
        for attempt in (year,) if year else range(today.year, today.year + 9):
            day = in_year(attempt, month, number)
            if day is not None and (year or day >= today):
                break
        if day is None:
            return wrong("day_impossible", value=self.figures)
        if self.weekday is not None and day.weekday() != self.weekday:
            gone = None if year else in_year(today.year, month, number)
            if gone is not None and gone.weekday() == self.weekday:
                return gone
            return wrong("weekday_differs", day=day, weekday=WEEKDAYS[day.weekday()])
        return day


def day(text: str) -> Day | None:
    """The day that was typed, in small letters and with single spaces; None where it is none."""
    text = _ON.sub("", text.rstrip(" ,"))
    if text in _NAMED:
        ahead, part = _NAMED[text]
        plain = text if part is None else _PLAIN[text == "tonight" or " " in text]
        return Day(plain, part, ahead)
    if text.rstrip(".") in _WEEKDAY:
        return Day(text, weekday=_WEEKDAY[text.rstrip(".")])
    found = _PART.fullmatch(text)
    whole = day(found["day"]) if found is not None else None
    if found is not None and whole is not None and whole.part is None:
        return replace(whole, part=PARTS[found["part"]])
    return _nth_in(text) or _date_in(text)


def later_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def nth_weekday(first: date, weekday: int, count: int) -> date:
    """The weekday with this number (-1: the last) of the month that begins on a day."""
    if count < 0:
        last = later_month(first) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _nth_in(text: str) -> Day | None:
    """A weekday of a month by its number."""
    found = _NTH.fullmatch(text)
    count = _COUNTS.get(found["count"]) if found is not None else None
    weekday = _WEEKDAY.get(found["weekday"]) if found is not None else None
    if found is None or count is None or weekday is None:
        return None
    said, year = found["month"], int(found["year"]) if found["year"] else None
    month = _ANY if said in _THIS_MONTH else _NEXT if said in _NEXT_MONTH else _MONTH.get(said)
    if month is None or (month <= 0 and year is not None):
        return None
    part = PARTS[found["part"]] if found["part"] else None
    plain = text[: found.end("weekday")] + text[found.start("before") :]
    return Day(plain, part, None, weekday, (0, month, year), nth=count)


def _date_in(text: str) -> Day | None:
    """A date in figures or words, perhaps behind its weekday."""
    named = _AFTER_WEEKDAY.fullmatch(text)
    weekday = _WEEKDAY.get(named["word"]) if named is not None else None
    if named is not None and weekday is None:
        return None
    rest = named["rest"] if named is not None else text
    found = _ISO.fullmatch(rest) or _FIGURES.fullmatch(rest) or _WORDS.fullmatch(rest)
    month = _month(found["month"]) if found is not None else None
    if found is None or month is None:
        return None
    year = int(found["year"]) if found["year"] else None
    figures = " ".join(found.group("day", "month"))
    return Day(text, None, None, weekday, (int(found["day"]), month, year), figures)


def _month(text: str) -> int | None:
    return int(text) if text.isdecimal() else _MONTH.get(text)


def in_year(year: int, month: int, number: int) -> date | None:
    """The date, or None where that year has none such."""
    try:
        return date(year, month, number)
    except ValueError:
        return None
