"""The calendar file, read by a library that shares nothing with the one that wrote it (vobject)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st

from advice.town.calendar_file import Entry, calendar_bytes

ZONE = "Europe/Amsterdam"
EVENING = Entry(
    "m3@haarlem.stadsgesprek",
    2,
    "Bewonersavond",
    datetime(2026, 12, 4, 19, tzinfo=UTC),
    datetime(2026, 12, 4, 21, tzinfo=UTC),
    ZONE,
    datetime(2026, 11, 30, 8, 15, tzinfo=UTC),
    "Wijkhuis",
    "Voor iedereen",
    "https://haarlem.example/agenda",
)
LINES = """
BEGIN:VEVENT
UID:m3@haarlem.stadsgesprek
SEQUENCE:2
DTSTAMP:20261130T081500Z
LAST-MODIFIED:20261130T081500Z
DTSTART;TZID=Europe/Amsterdam:20261204T200000
DTEND;TZID=Europe/Amsterdam:20261204T220000
SUMMARY:Bewonersavond
LOCATION:Wijkhuis
DESCRIPTION:Voor iedereen
URL:https://haarlem.example/agenda
STATUS:CONFIRMED
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
HEAD = """
BEGIN:VCALENDAR
PRODID:-//stadsgesprek//agenda//NL
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Agenda Haarlem
X-WR-CALNAME:Agenda Haarlem
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
LAST-MODIFIED:20261130T081500Z
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
"""
NAMES = re.compile(
    "BEGIN|END|PRODID|VERSION|CALSCALE|METHOD|NAME|X-WR-CALNAME|REFRESH-INTERVAL|X-PUBLISHED-TTL|"
    "LAST-MODIFIED|TZID|DTSTART|TZOFFSETFROM|TZOFFSETTO|TZNAME|RRULE|UID|SEQUENCE|DTSTAMP|DTEND|"
    "SUMMARY|LOCATION|DESCRIPTION|URL|STATUS|TRANSP"
)


def written(*entries: Entry, name: str = "Agenda Haarlem") -> bytes:
    return calendar_bytes(name, ZONE, entries)


def read(data: bytes) -> list[object]:
    """The events, with the hours that the file itself explains: under a name that no other source
    of zones knows, and that was not read of another file before, with other years."""
    text = data.decode()
    for zone in set(re.findall(r"TZID[:=]([^:\r\n]+)", text)):
        here = "Ergens/" + zone.partition("/")[2]
        vars(vobject.icalendar)["__tzidMap"].pop(here, None)
        text = text.replace(zone, here)
    return list(vobject.readOne(text).contents.get("vevent", []))


def hours(entry: Entry) -> tuple[datetime, datetime]:
    (event,) = read(written(entry))
    return event.dtstart.value, event.dtend.value


def raw(data: bytes) -> list[str]:
    """The lines with their folds undone."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_an_entry_is_written_as_google_apple_and_outlook_read_it() -> None:
    text = written(EVENING).decode().replace("\r\n", "\n")
    assert text.startswith(HEAD.lstrip())
    assert text.endswith(LINES.lstrip())
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert re.findall("RRULE.*", text) == [
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    ]


def test_the_same_entries_give_the_same_bytes_in_whatever_order() -> None:
    later = replace(EVENING, uid="m4@x", begins_at=EVENING.begins_at + timedelta(minutes=1))
    same = replace(EVENING, uid="m5@x")
    assert written(EVENING, later, same) == written(same, later, EVENING)


def test_what_is_written_again_is_made_anew_where_it_changed_alone() -> None:
    """The bytes are those of a file that is made as a whole; nothing that is gone is kept."""
    known: dict[Entry, bytes] = {}
    other = replace(EVENING, uid="m4@x", title="Andere avond")
    first = calendar_bytes("Agenda Haarlem", ZONE, (EVENING, other), known)
    assert first == written(EVENING, other)
    known[other] = known[other].replace(b"Andere", b"Zelfde")
    moved = replace(EVENING, sequence=3, title="Ochtend")
    again = calendar_bytes("Agenda Haarlem", ZONE, (moved, other), known)
    assert again == written(moved, other).replace(b"Andere", b"Zelfde")
    assert set(known) == {moved, other}
    assert calendar_bytes("Agenda Haarlem", ZONE, (), known) == written()
    assert known == {}


def test_what_was_called_off_stays_and_says_so() -> None:
    (event,) = read(written(replace(EVENING, cancelled=True, sequence=3)))
    assert (event.status.value, event.sequence.value, event.transp.value) == (
        "CANCELLED",
        "3",
        "TRANSPARENT",
    )


def test_a_calendar_without_entries_is_still_one() -> None:
    made = vobject.readOne(written().decode())
    assert [kind.name for kind in made.components()] == ["VTIMEZONE"]


# -- hours ---------------------------------------------------------------------------------------

CHANGES = [(2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31), (2028, 3, 26)]


@pytest.mark.parametrize("day", CHANGES)
def test_every_half_hour_around_a_change_of_the_clocks_is_read_back(
    day: tuple[int, int, int],
) -> None:
    start = datetime(*day, tzinfo=UTC) - timedelta(hours=4)
    for step in range(24):
        at = start + step * timedelta(minutes=30)
        entry = replace(EVENING, begins_at=at, ends_at=at + timedelta(minutes=90))
        begins, ends = hours(entry)
        assert (begins.astimezone(UTC), ends.astimezone(UTC)) == (entry.begins_at, entry.ends_at)


def test_half_past_two_that_comes_twice_is_told_apart() -> None:
    first, second = (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )
    made = [
        raw(written(replace(EVENING, begins_at=at, ends_at=at + timedelta(minutes=15))))
        for at in (first, second)
    ]
    assert "DTSTART;TZID=Europe/Amsterdam:20261025T023000" in made[0]
    assert "DTSTART:20261025T013000Z" in made[1]


def test_half_past_two_that_does_not_exist_stands_nowhere() -> None:
    night = datetime(2027, 3, 28, tzinfo=UTC)
    for minutes in range(0, 180, 10):
        at = night + timedelta(minutes=minutes)
        text = written(replace(EVENING, begins_at=at, ends_at=at + timedelta(minutes=30))).decode()
        assert not re.search(r":20270328T02", text)


ZONES = (ZONE, "UTC", "America/New_York", "America/Curacao", "Asia/Jerusalem", "Africa/Casablanca")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = (datetime(2029, 1, 1, tzinfo=UTC) - NEW_YEAR) // timedelta(minutes=1)


@given(st.integers(0, MINUTES), st.integers(0, 3000), st.sampled_from(ZONES))
def test_any_hour_of_any_zone_is_read_back(start: int, length: int, zone: str) -> None:
    at = NEW_YEAR + timedelta(minutes=start)
    entry = replace(EVENING, begins_at=at, ends_at=at + timedelta(minutes=length), zone=zone)
    begins, ends = hours(entry)
    assert (begins.astimezone(UTC), ends.astimezone(UTC)) == (entry.begins_at, entry.ends_at)


def test_each_file_is_read_with_the_hours_that_it_explains_itself() -> None:
    """In other years the clocks of a zone change by other rules."""
    for year, month, day in ((2028, 6, 1), (2026, 3, 27)):
        at = datetime(year, month, day, tzinfo=UTC)
        begins, _ = hours(replace(EVENING, begins_at=at, ends_at=at, zone="Asia/Jerusalem"))
        assert begins.astimezone(UTC) == at


def test_entries_of_two_zones_each_have_theirs() -> None:
    there = replace(EVENING, uid="m9@x", zone="America/Curacao")
    data = written(EVENING, there)
    assert data.count(b"BEGIN:VTIMEZONE") == 2
    assert [event.dtstart.value.astimezone(UTC) for event in read(data)] == [EVENING.begins_at] * 2


def test_the_clocks_change_when_they_do() -> None:
    zone = ZoneInfo(ZONE)
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    entries = [
        replace(
            EVENING,
            uid=f"{day}@x",
            begins_at=at + timedelta(days=day),
            ends_at=at + timedelta(days=day, hours=1),
        )
        for day in range(0, 3 * 365, 5)
    ]
    for event, entry in zip(read(written(*entries)), entries, strict=True):
        assert event.dtstart.value.utcoffset() == entry.begins_at.astimezone(zone).utcoffset()


# -- words of people -----------------------------------------------------------------------------

ODD = (
    "Koffie, thee; en \\N of \\n taart",
    "een\r\nBEGIN:VEVENT\r\nUID:boos@x\nSUMMARY:nep\r twee\x0bdrie\x85vier\u2028vijf",
    "👩🏽‍🚀" * 40,
    "é" * 74,
    "\ud800 los \x00 einde\\",
    '":;=,^n',
    "‮omgekeerd‬",
    " ",
)


FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def seen(words: str) -> str:
    """What a reader can see of words: no signs that have no look, and one kind of space."""
    return " ".join(FORBIDDEN.sub("", words).split())


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=60))
@example(ODD[0], ODD[1], ODD[2])
@example(ODD[1], ODD[3], ODD[4])
@example(ODD[5], ODD[6], ODD[1])
@example(ODD[4], ODD[4], ODD[7])
def test_nothing_that_somebody_wrote_breaks_out_of_its_line(
    title: str, about: str, where: str
) -> None:
    data = written(replace(EVENING, title=title, about=about, where=where, url=""), name=title)
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert not set(line) & set(range(0x20)) - {0x09}
        line.decode()  # no sign is cut in two
    assert all(NAMES.fullmatch(re.split("[:;]", line)[0]) for line in raw(data)[:-1])
    (event,) = read(data)
    assert seen(event.summary.value) == seen(title)
    for key, words in (("description", about), ("location", where)):
        found = event.contents.get(key)
        assert seen(found[0].value if found else "") == seen(words)


@pytest.mark.parametrize("odd", ["https://a.example/\r\nX:y", "https://a.example/ b", "\x00"])
def test_an_address_that_is_none_is_left_out(odd: str) -> None:
    assert b"URL" not in written(replace(EVENING, url=odd))
