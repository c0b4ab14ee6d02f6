"""Reads an hour as people say it: ``20:00``, ``20u``, ``half acht``, ``kwart over 8 's avonds``.

An hour that is said without the part of the day can be two: "half acht" is in the morning or in the
evening. Both are given; who asked decides.
"""

from __future__ import annotations

import re
from datetime import time
from enum import Enum

#: Hours and minutes of an hour, a half-day and a day, in minutes.
_HOUR, _HALF_DAY, _DAY = 60, 720, 1440


class Part(Enum):
    """A part of the day, with the first and the last minute of it by the clock."""

    MORNING = (4 * _HOUR, 12 * _HOUR - 1)
    AFTERNOON = (12 * _HOUR, 18 * _HOUR)
    EVENING = (17 * _HOUR, 24 * _HOUR - 1)
    NIGHT = (0, 6 * _HOUR)

    def holds(self, minute: int) -> bool:
        return self.value[0] <= minute <= self.value[1]


#: The words for a part of the day.
PARTS = {
    "ochtend": Part.MORNING, "morgen": Part.MORNING, "middag": Part.AFTERNOON,
    "avond": Part.EVENING, "nacht": Part.NIGHT,
    "morning": Part.MORNING, "afternoon": Part.AFTERNOON, "evening": Part.EVENING,
    "night": Part.EVENING,
}  # fmt: skip

#: Numbers as words, up to the hours of a clock.
NUMBERS = {
    word: number
    for words in (
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
        "one two three four five six seven eight nine ten eleven twelve",
    )
    for number, word in enumerate(words.split(), 1)
} | {"één": 1}  # fmt: skip

_MINUTES = {"kwart": 15, "quarter": 15, "a quarter": 15, "twintig": 20, "twenty": 20}
_AFTER = frozenset({"over", "past", "after"})

_NUMBER = r"[0-9]{1,2}|[a-zé]{3,6}"
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2})(?: ?(?:uur|u|h))?|[uh](?P<joined>[0-9]{2}))"
)
_HALVES = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))? ?(?P<half>[ap])\.?m\.?")
_WHOLE = re.compile(rf"(?P<hour>{_NUMBER}) ?(?:uur|u|h|o['’]?clock)")
_BARE = re.compile(rf"(?P<hour>{_NUMBER})")
_HALF = re.compile(rf"half (?P<before>{_NUMBER})(?: uur)?|half past (?P<after>{_NUMBER})")
_SAID = re.compile(
    rf"(?P<minutes>(?:a )?[a-zé]{{3,7}}|[0-9]{{1,2}})(?: (?:minuten|minutes|min))? "
    rf"(?P<side>over|voor|past|after|to) (?P<half>half )?(?P<hour>{_NUMBER})(?: uur)?"
)
_PART = re.compile(
    r"(?P<clock>.+?) (?:in de |in the |at )?['’]?(?:s )?"
    r"(?P<part>ochtend|morgen|middag|avond|nacht|morning|afternoon|evening|night)s?"
)
_AT = re.compile(r"(?:om|at|@) ?(?=\S)")


def hours(text: str, part: Part | None = None) -> tuple[time, ...]:
    """The hours that were said, the earliest first; none where the text says none. ``part`` is the
    part of the day that was named with the day. Small letters and single spaces are expected."""
    at = _AT.match(text)
    text = text[at.end() :] if at is not None else text
    found = _PART.fullmatch(text)
    if found is not None:
        own = PARTS[found["part"]]
        if part not in (None, own):
            return ()
        text, part = found["clock"], own
    return _times(_minutes(text, bare=at is not None or part is not None), part)


def _times(found: tuple[int, bool] | None, part: Part | None) -> tuple[time, ...]:
    """The hours for minutes after midnight; said in twelve hours or for certain."""
    if found is None:
        return ()
    minute, certain = found
    early = part is not None and minute < _HALF_DAY + _HOUR
    every = [minute]
    if early or not certain:
        every = [minute % _HALF_DAY, minute % _HALF_DAY + _HALF_DAY]
    return tuple(time(*divmod(m, _HOUR)) for m in every if part is None or part.holds(m))


def _minutes(text: str, *, bare: bool) -> tuple[int, bool] | None:
    """Minutes after midnight, and whether no other half of the day can be meant; ``bare``: a number
    alone is an hour too."""
    for form, reads in _FORMS:
        found = form.fullmatch(text)
        if found is not None:
            return reads(found)
    found = _BARE.fullmatch(text) if bare else None
    return _whole(found) if found is not None else None


def _clock(found: re.Match[str]) -> tuple[int, bool] | None:
    return _certain(int(found["hour"]), int(found["minute"] or found["joined"]))


def _halves(found: re.Match[str]) -> tuple[int, bool] | None:
    hour = int(found["hour"])
    if not 1 <= hour <= 12:
        return None
    return _certain(hour % 12 + 12 * (found["half"] == "p"), int(found["minute"] or 0))


def _certain(hour: int, minute: int) -> tuple[int, bool] | None:
    return (hour * _HOUR + minute, True) if hour < 24 and minute < 60 else None


def _whole(found: re.Match[str]) -> tuple[int, bool] | None:
    """A whole hour; noon is no midnight, and 08 or 20 is no other hour."""
    hour = _number(found["hour"])
    if hour is None or hour > 23:
        return None
    return hour * _HOUR, found["hour"].startswith("0") or hour >= 12


def _half(found: re.Match[str]) -> tuple[int, bool] | None:
    hour = _number(found["before"] or found["after"])
    return _around(hour, 30 if found["after"] else -30)


def _said(found: re.Match[str]) -> tuple[int, bool] | None:
    minutes = _MINUTES.get(found["minutes"]) or _number(found["minutes"])
    if minutes is None or not 0 < minutes < 30:
        return None
    away = minutes if found["side"] in _AFTER else -minutes
    return _around(_number(found["hour"]), away - (30 if found["half"] else 0))


def _around(hour: int | None, minutes: int) -> tuple[int, bool] | None:
    """So many minutes after an hour, or before it where less than none."""
    if hour is None or hour > 23:
        return None
    return (hour * _HOUR + minutes) % _DAY, hour > 12 or hour == 0


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else NUMBERS.get(word)


_FORMS = (
    (_CLOCK, _clock),
    (_HALVES, _halves),
    (_WHOLE, _whole),
    (_HALF, _half),
    (_SAID, _said),
)
