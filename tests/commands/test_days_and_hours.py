"""Days, hours as people say them, and lengths of time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.times.lengths import length
from commands.times.moments import Moment, is_moment, parse, parse_day
from commands.wrong import Wrong, wrong
from tests.commands.moments import NOW, ZONE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-15", date(2026, 12, 15)),
        ("15-12-2026", date(2026, 12, 15)),
        ("1-2-2027", date(2027, 2, 1)),
        ("15 december 2026", date(2026, 12, 15)),
        ("dinsdag 15 december 2026", date(2026, 12, 15)),
        ("Tuesday, 15 December", date(2026, 12, 15)),
        ("15 december", date(2026, 12, 15)),
        ("1 december", date(2026, 12, 1)),
        ("30 november", date(2027, 11, 30)),
        ("29 februari", date(2028, 2, 29)),
        (
            "maandag 15 december",
            wrong("weekday_differs", day=date(2026, 12, 15), weekday="dinsdag"),
        ),
        ("31 november", wrong("day_impossible", value="31 november")),
        ("31-02-2027", wrong("day_impossible", value="31 02")),
        ("2026-11-30", wrong("day_past", day=date(2026, 11, 30))),
        ("maandag 30 november", wrong("day_past", day=date(2026, 11, 30))),
        ("2031-12-02", wrong("day_far", day=date(2031, 12, 2), years=5)),
        ("december", wrong("day_unreadable", value="december")),
        ("15/12/2026", date(2026, 12, 15)),
        ("15/12", date(2026, 12, 15)),
        ("15 dec 2026", date(2026, 12, 15)),
        ("15 dec.", date(2026, 12, 15)),
        ("vrijdag", date(2026, 12, 4)),
        ("overmorgen", date(2026, 12, 3)),
        ("vanavond", wrong("day_unreadable", value="vanavond")),
        ("half december", wrong("day_unreadable", value="half december")),
        ("feestdag 15 december", wrong("day_unreadable", value="feestdag 15 december")),
        ("snel", wrong("day_unreadable", value="snel")),
        ("over 30 dagen", date(2026, 12, 31)),
        ("over drie weken", date(2026, 12, 22)),
        ("in 10 days", date(2026, 12, 11)),
        ("over een half uur", wrong("day_unreadable", value="over een half uur")),
        ("over 36 uur", wrong("day_unreadable", value="over 36 uur")),
        ("over 4000 dagen", wrong("day_far", day=date(2037, 11, 13), years=5)),
    ],
)
def test_days(text: str, expected: date | Wrong) -> None:
    assert parse_day(text, NOW, ZONE) == expected


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("vrijdag 20:00", True),
        ("20:00", True),
        ("vrijdag 8 uur", True),
        ("28 maart 2027 02:30", True),
        ("elke vrijdag 20:00", True),
        ("vrijdag", False),
        ("elke vrijdag", False),
        ("elke week", False),
        ("elke dag in de tuin", False),
    ],
)
def test_what_has_the_form_of_a_moment(text: str, is_one: bool) -> None:
    """A day alone is none, nor is every such day: "help elke vrijdag" is talk."""
    assert is_moment(text) is is_one


@given(
    st.integers(0, 4 * 366 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.integers(0, 23),
    st.integers(0, 59),
)
def test_an_hour_without_its_day_is_todays_or_asked_about_with_one_that_still_comes(
    now: datetime, hour: int, minute: int
) -> None:
    refused = parse(f"{hour}:{minute:02}", now, ZONE)
    if isinstance(refused, Moment):  # today's, which alone lies ahead
        local = refused.at.astimezone(ZONE)
        assert refused.at > now
        assert local.date() == now.astimezone(ZONE).date()
        assert (local.hour, local.minute) == (hour, minute)
        return
    if refused.code == "moment_two":
        assert 0 < hour < 12
        return
    assert refused.code == "moment_time_only"
    suggestions: Any = refused.data["suggestions"]
    assert suggestions
    for suggestion in suggestions:
        meant = parse(suggestion, now, ZONE)
        if isinstance(meant, Wrong):  # the hour that the clocks skip
            assert meant.code == "moment_gap"
        else:
            assert now < meant.at <= now + timedelta(hours=25)


HOURS = [
    "twaalf",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
]

FIVES = {5: "vijf", 10: "tien", 15: "kwart", 20: "twintig"}


def spoken(minutes: int) -> list[str]:
    """How people say so many minutes after midnight, a multiple of five, on a clock of twelve."""
    hour, minute = divmod(minutes, 60)
    now, next_one = HOURS[hour % 12], HOURS[(hour + 1) % 12]
    figures = str((hour - 1) % 12 + 1)
    if minute == 0:
        return [f"{now} uur", f"{figures} uur", f"{figures}u"]
    if minute == 30:
        return [f"half {next_one}"]
    if minute <= 20:
        return [f"{FIVES[minute]} over {now}", f"{FIVES[minute]} over {figures}"]
    if minute in (25, 35):
        return [f"vijf {'voor' if minute == 25 else 'over'} half {next_one}"]
    return [f"{FIVES[60 - minute]} voor {next_one}"]


PARTS = {"'s ochtends": (5, 11), "'s middags": (12, 17), "'s avonds": (18, 23)}


@given(
    st.integers(0, 287).map(lambda fives: fives * 5),
    st.sampled_from(["morgen", "vrijdag", "4 december"]),
    st.data(),
)
def test_an_hour_as_people_say_it_is_that_hour_or_is_asked_about(
    minutes: int, day: str, data: st.DataObject
) -> None:
    hour, minute = divmod(minutes, 60)
    said = data.draw(st.sampled_from(spoken(minutes)))
    clock = f"{hour:02}:{minute:02}"
    refused = parse(f"{day} {said}", NOW, ZONE)
    if isinstance(refused, Wrong):
        assert refused.code == "moment_two"
        assert f"{day} {clock}" in refused.data["suggestions"]  # type: ignore[operator]
    else:
        assert (refused.wall[11:16], minute) in ((clock, minute), ("12:00", 0))
    for part, (first, last) in PARTS.items():
        if first <= hour <= last:
            for text in (f"{day} {said} {part}", f"{day} om {said} {part}", f"{said} {part} {day}"):
                found = parse(text, NOW, ZONE)
                assert isinstance(found, Moment), (text, found)
                assert found.wall[11:16] == clock, text


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10 minuten", 10),
        ("met een half uur", 30),
        ("by half an hour", 30),
        ("for 2 hours", 120),
        ("nog een kwartiertje langer", 15),
        ("anderhalf uur", 90),
        ("met 0 minuten", None),
        ("met 10", None),
        ("tot 20:00", None),
        ("over 10 minuten", None),
    ],
)
def test_a_length_of_time(text: str, minutes: int | None) -> None:
    assert length(text) == (None if minutes is None else timedelta(minutes=minutes))
