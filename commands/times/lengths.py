"""Reads a length of time as people say it: ``over een half uur``, ``met 10 minuten``."""

from __future__ import annotations

import re
from datetime import timedelta

from commands.cleaning import folded
from commands.times.hours import NUMBERS

_UNIT = {
    "minuut": 60, "minuten": 60, "minuutje": 60, "minuutjes": 60, "minute": 60, "minutes": 60,
    "kwartier": 900, "kwartiertje": 900,
    "uur": 3600, "uren": 3600, "uurtje": 3600, "uurtjes": 3600, "hour": 3600, "hours": 3600,
    "dag": 86_400, "dagen": 86_400, "dagje": 86_400, "day": 86_400, "days": 86_400,
    "week": 604_800, "weken": 604_800, "weekje": 604_800, "weeks": 604_800,
}  # fmt: skip
#: How often a unit is counted, by the words before it.
_COUNT: dict[str, float] = {
    **NUMBERS, "a": 1, "an": 1, "half": 0.5, "een half": 0.5, "half an": 0.5, "half a": 0.5,
    "anderhalf": 1.5,
}  # fmt: skip

_LONG = r"(?P<count>[0-9]{1,6}|[a-zé]{1,9}(?: an?| half)?) (?P<unit>[a-z]{3,11})"
_AHEAD = re.compile(rf"(?:over|in) {_LONG}")
_LENGTH = re.compile(
    rf"(?:(?:met|by|for|nog|another) )*{_LONG}(?: (?:langer|extra|later|longer|more))?"
)

#: What is longer is cut to this; it is refused for being too far away.
_LONGEST = 100 * 366 * 86_400


def length(text: str) -> timedelta | None:
    """The length of time that was typed: "10 minuten", "met een half uur"; None for other words."""
    return _long(_LENGTH.fullmatch(folded(text)))


def ahead(typed: str) -> timedelta | None:
    """How long from now, where that was typed in small letters: "over een half uur"; else None."""
    return _long(_AHEAD.fullmatch(typed))


def days_ahead(typed: str) -> int | None:
    """How many whole days from now: "over 30 dagen", "in two weeks"; None for other words."""
    later = ahead(typed)
    if later is None or later < timedelta(days=1) or later % timedelta(days=1):
        return None
    return later.days


def _long(found: re.Match[str] | None) -> timedelta | None:
    if found is None:
        return None
    count = found["count"]
    times = int(count) if count.isdigit() else _COUNT.get(count, 0)
    unit = _UNIT.get(found["unit"])
    if unit is None or not times:
        return None
    return timedelta(seconds=min(times * unit, _LONGEST))
