"""Reads how often something is, as people say it: ``om de week dinsdag 19:30``, ``monthly``.

What was said is taken apart: how often, on which day, at what hour. What it comes to is found in
``recurrence.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from commands.times.days import ENGLISH_WEEKDAYS, WEEKDAYS, Day
from commands.times.days import day as day_named
from commands.times.hours import NUMBERS, hours


class Unit(StrEnum):
    """What passes between two times."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class On:
    """The day that was said, in ``text``: a ``day``, or the ``number`` of a day of the month (-1:
    the last). ``of_month``: "of the month" was said. ``assumed``: these words, where they were not
    said, but are meant."""

    text: str
    day: Day | None = None
    number: int = 0
    of_month: bool = False
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Each ``count`` units; the unit is None where the day says it ("elke dinsdag"). ``clocks`` are
    the hours that ``hour`` can mean. ``repeats``: how often was said too, and not the day alone."""

    count: int
    unit: Unit | None
    repeats: bool
    on: On | None = None
    hour: str = ""
    clocks: tuple[time, ...] = ()

    @property
    def once(self) -> str:
        """The words of one such moment, without how often."""
        on = self.on.text + self.on.assumed if self.on is not None else ""
        return f"{on} {self.hour}".strip()


#: The units by their words, with how many of them one is.
_UNITS = {
    "dag": (1, Unit.DAY), "dagen": (1, Unit.DAY), "day": (1, Unit.DAY), "days": (1, Unit.DAY),
    "week": (1, Unit.WEEK), "weken": (1, Unit.WEEK), "weeks": (1, Unit.WEEK),
    "fortnight": (2, Unit.WEEK),
    "maand": (1, Unit.MONTH), "maanden": (1, Unit.MONTH),
    "month": (1, Unit.MONTH), "months": (1, Unit.MONTH),
    "kwartaal": (3, Unit.MONTH), "quarter": (3, Unit.MONTH),
    "jaar": (1, Unit.YEAR), "year": (1, Unit.YEAR), "years": (1, Unit.YEAR),
}  # fmt: skip
#: Words that say all of it.
_WORDS = {
    "dagelijks": (1, Unit.DAY), "daily": (1, Unit.DAY),
    "wekelijks": (1, Unit.WEEK), "weekly": (1, Unit.WEEK),
    "tweewekelijks": (2, Unit.WEEK), "fortnightly": (2, Unit.WEEK),
    "maandelijks": (1, Unit.MONTH), "monthly": (1, Unit.MONTH),
    "jaarlijks": (1, Unit.YEAR), "yearly": (1, Unit.YEAR), "annually": (1, Unit.YEAR),
}  # fmt: skip
_COUNTS = {**NUMBERS, "veertien": 14, "fourteen": 14}

_COUNT = r"(?:(?P<count>[1-9][0-9]?|[a-zé]{3,8}) )?"
_UNIT = rf"(?P<unit>{'|'.join(_UNITS)})\b"
_EACH = r"(?:elke|elk|iedere|ieder|every|each)"
#: Every form; what begins with another one stands before it.
_FORMS = tuple(
    re.compile(rf"\b(?:{form})")
    for form in (
        rf"(?:eens|once|(?:een|één|1) keer|1x) (?:in de|per|om de|every|an?) {_COUNT}{_UNIT}",
        rf"om (?P<other>de|het)(?: andere)? {_COUNT}{_UNIT}",
        rf"(?:(?:van|of|in) )?{_EACH} (?:(?P<other>other) )?{_COUNT}{_UNIT}",
        rf"(?P<word>{'|'.join(_WORDS)})\b",
        rf"(?:every (?P<other>other)|{_EACH})\b",
    )
)
#: "dinsdags", "'s maandags", "on Tuesdays": each such day.
_DAYS = tuple(day.casefold() for day in (*WEEKDAYS, *ENGLISH_WEEKDAYS))
_PLURAL = re.compile(rf"(?:(?:['’]s|on|op) )?\b(?P<day>{'|'.join(_DAYS)})(?:s|en)\b")

#: One of these words stands in everything that says how often.
_MARKS = frozenset(
    {"elke", "elk", "iedere", "ieder", "every", "each", "om", "eens", "once", "keer", "1x"}
    | _WORDS.keys()
    | {day + ending for day in _DAYS for ending in ("s", "en")}
)

#: Makes a weekday with its number one of every month; in Dutch, and in English.
_OF_EACH = (" van de maand", " of the month")
_ENGLISH = re.compile(r"\b(?:every|each|once|[a-z]+day|months?|years?|monthly|yearly|annually)\b")

_OF_MONTH = re.compile(r" (?:van|of|in) (?:de|the) (?:maand|month)\b")
_ARTICLE = re.compile(r"(?:(?:op|on) )?(?:(?:de|the) )?")
_NUMBERED = re.compile(r"(?P<number>[1-9]|[12][0-9]|3[01])(?:e|de|ste|st|nd|rd|th)")
_LAST_DAY = frozenset({"laatste dag", "last day"})


def often(typed: str) -> Said | None:
    """What was said, in small letters and with single spaces; None where it is none."""
    text = _PLURAL.sub(lambda found: found["day"], typed)
    count, unit, rest = _how(text)
    repeats = rest != typed
    if not rest:
        return Said(count, unit, repeats)
    if clocks := hours(rest):
        return Said(count, unit, repeats, None, rest, clocks)
    if (on := _on(rest)) is not None:
        return Said(count, unit, repeats, on)
    words = rest.split()
    for at in range(1, len(words)):
        first, last = " ".join(words[:at]), " ".join(words[at:])
        for day, hour in ((first, last), (last, first)):
            on = _on(day)
            clocks = hours(hour, on.day.part if on.day else None) if on is not None else ()
            if clocks:
                return Said(count, unit, repeats, on, hour, clocks)
    return None


def repeated(typed: str) -> Said | None:
    """The same, of words that say how often; found out in much less time than the rest takes."""
    said = often(typed) if _MARKS.intersection(typed.replace(",", " ").split()) else None
    return said if said is not None and said.repeats else None


def _how(text: str) -> tuple[int, Unit | None, str]:
    """How many of which unit, and the words besides; 1 and None where that was not said."""
    for form in _FORMS:
        found = form.search(text)
        read = _each(found.groupdict()) if found is not None else None
        if found is not None and read is not None:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return *read, " ".join(rest.split()).strip(" ,")
    return 1, None, text


def _each(found: dict[str, str | None]) -> tuple[int, Unit | None] | None:
    """The count and the unit; None where the words between are no number."""
    word, said, unit = found.get("word"), found.get("count"), found.get("unit")
    if word is not None:
        return _WORDS[word]
    count = 2 if found.get("other") else 1
    if said is not None:
        count = int(said) if said.isdecimal() else _COUNTS.get(said, 0)
    if not count:
        return None
    times, each = _UNITS[unit] if unit is not None else (1, None)
    return count * times, each


def _on(text: str) -> On | None:
    """The day that a text says."""
    text = _ARTICLE.sub("", text.rstrip(" ,"), count=1)
    alone = _OF_MONTH.sub("", text)
    of_month = alone != text
    numbered = _NUMBERED.fullmatch(alone)
    if numbered is not None or alone in _LAST_DAY:
        return On(text, None, int(numbered["number"]) if numbered else -1, of_month)
    if (day := day_named(text)) is not None:
        return On(text, day, of_month=of_month)
    assumed = _OF_EACH[english(text)]
    day = day_named(text + assumed)
    return On(text, day, assumed=assumed) if day is not None else None


def english(text: str) -> bool:
    """Whether what recurs was said in English."""
    return _ENGLISH.search(text) is not None
