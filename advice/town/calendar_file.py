"""Writes ``agenda.ics``, which calendars of Google, Apple and Microsoft keep in step (RFC 5545).

The same entries always give the same bytes. What each of these calendars needs of the file, and
where that was found, stands in docs/calendar.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText, vUri

from advice.town.zones import timezone

#: How often a calendar is asked to look for changes.
_REFRESHED = "PT1H"

_PRODUCT = "-//stadsgesprek//agenda//NL"

#: The last line of a file.
_END = b"END:VCALENDAR\r\n"

#: Zones whose hours are written in UTC itself.
_UTC = ("UTC", "Etc/UTC")

#: What some reader takes for the end of a line, and what may stand in no line at all.
_BREAKS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a calendar. ``uid`` never changes; ``sequence`` grows with each change, and
    ``changed_at`` is when the last one was. Moments are in UTC; ``zone`` is where its hours were
    announced. One that was called off stays, as ``cancelled``."""

    uid: str
    sequence: int
    title: str
    begins_at: datetime
    ends_at: datetime
    zone: str
    changed_at: datetime
    where: str = ""
    about: str = ""
    url: str = ""
    cancelled: bool = False


def calendar_bytes(
    name: str, zone: str, entries: Iterable[Entry], kept: dict[Entry, bytes] | None = None
) -> bytes:
    """The file of a calendar with this name, of a town in this zone; it may be empty. ``kept`` is
    held by whoever writes it again and again: what did not change is not made anew."""
    sorted_entries = sorted(entries, key=lambda entry: (entry.begins_at, entry.uid))
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        _text(made, key, _line(name))
    made.add("refresh-interval", vText(_REFRESHED, params={"VALUE": "DURATION"}), encode=False)
    made.add("x-published-ttl", _REFRESHED)
    if sorted_entries:
        made.add("last-modified", max(entry.changed_at for entry in sorted_entries).astimezone(UTC))
    for known, first, last in _zones(zone, sorted_entries):
        made.add_component(timezone(known, first, last))
    kept = {} if kept is None else kept
    events = {one: kept.get(one) or _event(one) for one in sorted_entries}
    kept.clear()
    kept.update(events)
    head = bytes(made.to_ical(sorted=False)).removesuffix(_END)
    return b"".join((head, *events.values(), _END))


def _zones(zone: str, entries: list[Entry]) -> list[tuple[str, int, int]]:
    """The zones that a file has to explain, each with the years that matter. A file without entries
    explains that of the town: a calendar without anything in it is none (RFC 5545, 3.6)."""
    if not entries:
        return [(zone, 2026, 2026)]
    found = []
    for known in sorted({entry.zone for entry in entries}.difference(_UTC)):
        mine = [entry for entry in entries if entry.zone == known]
        first = min(entry.begins_at.year for entry in mine)
        found.append((known, first, max(entry.ends_at.year for entry in mine)))
    return found


def _event(entry: Entry) -> bytes:
    made = Event()
    _text(made, "uid", _line(entry.uid))
    made.add("sequence", entry.sequence)
    made.add("dtstamp", entry.changed_at.astimezone(UTC))
    made.add("last-modified", entry.changed_at.astimezone(UTC))
    begins, ends = _hours(entry)
    made.add("dtstart", begins)
    made.add("dtend", ends)
    _text(made, "summary", _line(entry.title))
    if entry.where:
        _text(made, "location", _line(entry.where))
    if entry.about:
        _text(made, "description", _clean(entry.about))
    if entry.url and entry.url == _line(entry.url) and " " not in entry.url:
        made.add("url", vUri(entry.url))
    made.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    return bytes(made.to_ical(sorted=False))


def _hours(entry: Entry) -> tuple[datetime, datetime]:
    """When it begins and ends, as the clocks of its zone show it. An hour that comes twice when the
    clocks go back means the first of the two in such a file (RFC 5545, 3.3.5), so what touches the
    second is written in UTC."""
    both = (entry.begins_at.astimezone(UTC), entry.ends_at.astimezone(UTC))
    if entry.zone in _UTC:
        return both
    local = tuple(at.astimezone(ZoneInfo(entry.zone)) for at in both)
    return both if any(at.fold for at in local) else (local[0], local[1])


# -- words of people -----------------------------------------------------------------------------


class _Text(vText):
    r"""A text in which every backslash is one that somebody wrote: the library would take a typed
    ``\N`` for a new line."""

    def to_ical(self) -> bytes:
        text = re.sub(r"([\\;,])", r"\\\1", str(self))
        return text.replace("\n", r"\n").encode()


def _text(made: Any, key: str, words: str) -> None:
    made.add(key, _Text(words), encode=False)


def _clean(words: str) -> str:
    """Words without what may not stand in a file, and with one kind of new line."""
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", words))


def _line(words: str) -> str:
    """Words on one line."""
    return " ".join(_clean(words).split())
