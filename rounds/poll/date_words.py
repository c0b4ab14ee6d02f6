"""A poll about a date in words: its options as moments, and the choice of some of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands.choices import BACK, bare
from commands.cleaning import clean, same_text
from commands.options import held
from commands.times.moments import Moment, parse, parse_after, parse_day
from commands.written import in_full
from commands.wrong import Wrong, wrong
from dialogues.intents import Hour
from rounds.poll.ballot_words import poll_ballot
from rounds.poll.state import PollKind

#: Between two moments of one message; "en" stands in no moment.
_BETWEEN = re.compile(r"\s*[,;|\n]+\s*(?:(?:en|and|&|\+)\s+)?|\s+(?:en|and|&|\+)\s+")
_NUMBERS = re.compile(r"[0-9]{1,3}(?:[.)]?[\s,;>]+(?:(?:en|and|&|\+)\s+)?[0-9]{1,3})*[.)]?")
_FIGURE = re.compile(r"[0-9]")

#: A choice is never longer than the words of all options of the largest poll.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Dated:
    """An option that is a moment: its words, in full, and the moment."""

    text: str
    hour: Hour


def moments(
    options: Sequence[str], language: str, now: datetime, zone: ZoneInfo
) -> tuple[Dated, ...] | Wrong:
    """The options as moments after ``now``, or what is wrong with the first that is none. An hour
    alone is one of the day before it."""
    found: list[Dated] = []
    for option in options:
        before = found[-1].hour.at if found else None
        moment = parse_after(option, before, now, zone)
        if isinstance(moment, Wrong):
            day = parse_day(option, now, zone)
            lacking = moment.code == "moment_unreadable" and isinstance(day, date)
            return wrong("date_no_hour", value=option) if lacking else moment
        wall = datetime.fromisoformat(moment.wall)
        dated = Dated(in_full(wall, language), Hour(moment.at, moment.wall))
        if dated.text in [one.text for one in found]:
            return wrong("dates_alike", option=dated.text)
        found.append(dated)
    return tuple(found)


def date_ballot(
    rest: str, options: Sequence[str], dates: Sequence[Hour], now: datetime, zone: ZoneInfo
) -> tuple[int, ...] | Wrong | None:
    """The options that were chosen, by number or as moments; empty: taken back. None where the
    words name none, so that talk is no choice."""
    cleaned = clean(rest) if len(rest) <= _LONGEST else ""
    if isinstance(cleaned, Wrong):
        return cleaned
    text = same_text(bare(cleaned))
    if text in BACK or _NUMBERS.fullmatch(text):
        return poll_ballot(PollKind.SEVERAL, text, options, 0, 0, 0)  # type: ignore[return-value]
    whole = _places(text, options, dates, now, zone)
    if len(whole) == 1:
        return tuple(whole)
    chosen: set[int] = set()
    parts = [part for part in _BETWEEN.split(text) if part]
    for part in parts:
        places = _places(part, options, dates, now, zone)
        if len(places) != 1:
            talk = not chosen and not _FIGURE.search(part)
            return None if talk else wrong("option_unknown", value=part, options=tuple(options))
        chosen |= places
    return tuple(sorted(chosen)) or None


def _places(
    text: str, options: Sequence[str], dates: Sequence[Hour], now: datetime, zone: ZoneInfo
) -> set[int]:
    """The numbers of the options that a text can be: their words, their day or their moment."""
    if text.isdecimal():
        return set()  # a day of the month beside a number of the list: nobody knows which
    if place := held(text, options):
        return {place}
    if not _FIGURE.search(text):
        return set()  # "vrijdag", of two Fridays
    day = parse_day(text, now, zone)
    if isinstance(day, date):
        return {n for n, hour in enumerate(dates, 1) if hour.wall[:10] == day.isoformat()}
    said = set(_moments(text, now, zone))
    return {n for n, hour in enumerate(dates, 1) if hour.at in said}


def _moments(text: str, now: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The moments that a text can be."""
    found = parse(text, now, zone)
    if isinstance(found, Moment):
        yield found.at
    elif found.code == "moment_two":
        for one in found.data["suggestions"]:  # type: ignore[union-attr]
            yield from _moments(str(one), now, zone)
