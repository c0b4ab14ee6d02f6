"""Moments: every form, what is refused, and the nights on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.times.days import WEEKDAYS
from commands.times.moments import Moment, at_moment, parse, parse_day
from commands.wrong import wrong
from tests.commands.moments import MONTHS, NOW, ZONE, at


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("2026-12-04T20:00", "2026-12-04T20:00:00"),
        ("2026-12-04 20:00", "2026-12-04T20:00:00"),
        ("2026-12-04t20:00:30", "2026-12-04T20:00:30"),
        ("2026-12-04T20:00Z", "2026-12-04T21:00:00"),
        ("2026-12-04T20:00+01:00", "2026-12-04T20:00:00"),
        ("2026-12-04T20:00:00 -0500", "2026-12-05T02:00:00"),
        ("vrijdag 20:00", "2026-12-04T20:00:00"),
        ("Vrijdag  20.00 uur", "2026-12-04T20:00:00"),
        ("vrijdag 20 uur", "2026-12-04T20:00:00"),
        ("vrijdag om 20:00", "2026-12-04T20:00:00"),
        ("friday 20:00", "2026-12-04T20:00:00"),
        ("Friday at 20:00", "2026-12-04T20:00:00"),
        ("vrijdag 9:05", "2026-12-04T09:05:00"),
        ("dinsdag 19:31", "2026-12-01T19:31:00"),
        ("dinsdag 19:30", "2026-12-08T19:30:00"),
        ("dinsdag 19:00", "2026-12-08T19:00:00"),
        ("maandag 20:00", "2026-12-07T20:00:00"),
        ("vrijdag 4 december 20:00", "2026-12-04T20:00:00"),
        ("vrijdag 4 december 2026 20:00", "2026-12-04T20:00:00"),
        ("vrijdag 4 december, 20.00 uur", "2026-12-04T20:00:00"),
        ("Friday, 4 December 2026, 20:00", "2026-12-04T20:00:00"),
        ("dinsdag 1 december 20:00", "2026-12-01T20:00:00"),
        ("vrijdag 1 januari 00:00", "2027-01-01T00:00:00"),
        ("dinsdag 29 februari 12:00", "2028-02-29T12:00:00"),
        ("over 20 minuten", "2026-12-01T19:50:00"),
        ("over 1 minuut", "2026-12-01T19:31:00"),
        ("over een uur", "2026-12-01T20:30:00"),
        ("over één uur", "2026-12-01T20:30:00"),
        ("over 2 uur", "2026-12-01T21:30:00"),
        ("over 3 dagen", "2026-12-04T19:30:00"),
        ("over 1 week", "2026-12-08T19:30:00"),
        ("in 20 minutes", "2026-12-01T19:50:00"),
        ("in an hour", "2026-12-01T20:30:00"),
        ("in 2 days", "2026-12-03T19:30:00"),
        ("vandaag 20:00", "2026-12-01T20:00:00"),
        ("today 23:59", "2026-12-01T23:59:00"),
        ("morgen 20:00", "2026-12-02T20:00:00"),
        ("tomorrow at 8.15", "2026-12-02T08:15:00"),
        ("\u00a0vrijdag\u2003 20:00 \n", "2026-12-04T20:00:00"),
        ("5 dec 20u", "2026-12-05T20:00:00"),
        ("21-12-2026 17.00 uur", "2026-12-21T17:00:00"),
        ("4 december 20:00", "2026-12-04T20:00:00"),
        ("4/12 20:00", "2026-12-04T20:00:00"),
        ("vr 20.00", "2026-12-04T20:00:00"),
        ("vrijdag 20u", "2026-12-04T20:00:00"),
        ("vrijdag 20u30", "2026-12-04T20:30:00"),
        ("20.00 uur vrijdag", "2026-12-04T20:00:00"),
        ("20:00", "2026-12-01T20:00:00"),
        ("half acht 's avonds", "moment_time_only"),
        ("half negen", "2026-12-01T20:30:00"),
        ("kwart over acht", "2026-12-01T20:15:00"),
        ("kwart voor 8", "2026-12-01T19:45:00"),
        ("8 uur", "2026-12-01T20:00:00"),
        ("vanavond 20:00", "2026-12-01T20:00:00"),
        ("vanavond 8 uur", "2026-12-01T20:00:00"),
        ("vanavond om 8", "2026-12-01T20:00:00"),
        ("om 8 uur vanavond", "2026-12-01T20:00:00"),
        ("vanavond kwart over acht", "2026-12-01T20:15:00"),
        ("vanavond tien voor half negen", "2026-12-01T20:20:00"),
        ("vandaag 8 uur", "2026-12-01T20:00:00"),
        ("morgenavond 8 uur", "2026-12-02T20:00:00"),
        ("morgen avond half acht", "2026-12-02T19:30:00"),
        ("overmorgen half acht 's avonds", "2026-12-03T19:30:00"),
        ("vrijdagavond half 8", "2026-12-04T19:30:00"),
        ("zaterdagmiddag 2 uur", "2026-12-05T14:00:00"),
        ("vrijdag 12 uur", "2026-12-04T12:00:00"),
        ("over een half uurtje", "2026-12-01T20:00:00"),
        ("over een kwartier", "2026-12-01T19:45:00"),
        ("over anderhalf uur", "2026-12-01T21:00:00"),
        ("over twee uur", "2026-12-01T21:30:00"),
        ("in half an hour", "2026-12-01T20:00:00"),
        ("tonight at 8", "2026-12-01T20:00:00"),
        ("tomorrow 8pm", "2026-12-02T20:00:00"),
        ("Friday at 7:30 p.m.", "2026-12-04T19:30:00"),
        ("Friday evening half past seven", "2026-12-04T19:30:00"),
        ("today quarter to nine", "2026-12-01T20:45:00"),
    ],
)
def test_what_is_read(text: str, wall: str) -> None:
    assert at(text) == wall


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "moment_unreadable"),
        ("morgen", "moment_unreadable"),
        ("vrijdag", "moment_unreadable"),
        ("4 maa 20u", "moment_unreadable"),
        ("do 4 12 20:00", "moment_unreadable"),
        ("vanavond", "moment_unreadable"),
        ("vanavond 8 uur 's ochtends", "moment_unreadable"),
        ("half dertig", "moment_unreadable"),
        ("kwart over", "moment_unreadable"),
        ("8", "moment_unreadable"),
        ("half december", "moment_unreadable"),
        ("vanmiddag 12 uur", "moment_past"),
        ("vrijdag 20", "moment_unreadable"),
        ("vrijdag 24:00", "moment_unreadable"),
        ("vrijdag 20:60", "moment_unreadable"),
        ("vrijdag 20:5", "moment_unreadable"),
        ("feestdag 20:00", "moment_unreadable"),
        ("vrijdag 4 decembre 20:00", "moment_unreadable"),
        ("vandaag 4 december 20:00", "moment_unreadable"),
        ("over 20", "moment_unreadable"),
        ("over minuten", "moment_unreadable"),
        ("over 0 minuten", "moment_unreadable"),
        ("over -5 minuten", "moment_unreadable"),
        ("over 2,5 uur", "moment_unreadable"),
        ("over 3 maanden", "moment_unreadable"),
        ("2026-12-04", "moment_unreadable"),
        ("2026-13-04T20:00", "moment_unreadable"),
        ("2026-12-04T25:00", "moment_unreadable"),
        ("2026-12-04T20:00+25:00", "moment_unreadable"),
        ("vrijdag 20:00 of zo", "moment_unreadable"),
        ("٢٠٢٦-١٢-٠٤T٢٠:٠٠", "moment_unreadable"),
        ("vrijdag 20:00" + " " * 400, "moment_unreadable"),
        ("vrijdag 31 november 20:00", "day_impossible"),
        ("donderdag 4 december 20:00", "weekday_differs"),
        ("vrijdag 4 december 2027 20:00", "weekday_differs"),
        ("maandag 29 februari 12:00", "weekday_differs"),
        ("2026-12-01T19:30", "moment_past"),
        ("2026-12-01T18:30Z", "moment_past"),
        ("vandaag 19:30", "moment_past"),
        ("maandag 30 november 20:00", "moment_past"),
        ("dinsdag 1 december 19:00", "moment_past"),
        ("dinsdag 1 december 2026 19:30", "moment_past"),
        ("2031-12-02T20:00", "moment_far"),
        ("over 999999 weken", "moment_far"),
        ("9999-12-31T23:59", "moment_far"),
        ("0001-01-01T00:00", "moment_unreadable"),
        ("2027-03-28T02:30", "moment_gap"),
        ("zondag 28 maart 02:30", "moment_gap"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    assert at(text) == code


def test_a_refusal_says_what_it_needs() -> None:
    assert parse("donderdag 4 december 20:00", NOW, ZONE) == wrong(
        "weekday_differs", day=date(2026, 12, 4), weekday="vrijdag"
    )
    for text in ("19:00", "19.00 uur", "om 19 uur", "7 uur 's avonds"):
        assert parse(text, NOW, ZONE) == wrong(
            "moment_time_only", value=text, suggestions=("morgen 19:00",)
        )
    assert parse("vandaag 19:00", NOW, ZONE) == wrong(
        "moment_past",
        at=datetime(2026, 12, 1, 18, 0, tzinfo=UTC),
        value="vandaag 19:00",
        suggestions=("morgen 19:00",),
    )
    assert parse("2027-03-28T02:30", NOW, ZONE) == wrong("moment_gap", day=date(2027, 3, 28))


def test_five_years_are_near_enough() -> None:
    assert at("2031-12-01T20:00") == "2031-12-01T20:00:00"
    leap = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)
    assert at("2033-03-01T12:00", leap) == "2033-03-01T12:00:00"
    assert at("2033-03-02T12:00", leap) == "moment_far"


def test_the_night_of_two_half_past_twos() -> None:
    now = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
    first = Moment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ZONE.key, "2026-10-25T02:30:00", 1)
    for text in ("2026-10-25T02:30", "morgen 2:30", "zondag 02.30", "2026-10-25T02:30+02:00"):
        assert parse(text, now, ZONE) == first
    second = Moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), ZONE.key, "2026-10-25T02:30:00", 2)
    assert parse("2026-10-25T02:30+01:00", now, ZONE) == second
    # The first has gone, the second is still to come.
    assert parse("vandaag 2:30", datetime(2026, 10, 25, 0, 45, tzinfo=UTC), ZONE) == second
    assert at("vandaag 2:30", datetime(2026, 10, 25, 1, 45, tzinfo=UTC)) == "moment_past"
    before = parse("2026-10-25T01:59", now, ZONE)
    after = parse("2026-10-25T03:00", now, ZONE)
    assert isinstance(before, Moment)
    assert isinstance(after, Moment)
    assert before.occurrence == after.occurrence == 0
    assert after.at - before.at == timedelta(hours=2, minutes=1)


def test_the_night_without_half_past_two() -> None:
    now = datetime(2027, 3, 27, 12, 0, tzinfo=UTC)
    for text in ("2027-03-28T02:00", "morgen 2:30", "zondag 2.59 uur"):
        assert at(text, now) == "moment_gap"
    before, after = parse("morgen 1:59", now, ZONE), parse("morgen 3:00", now, ZONE)
    assert isinstance(before, Moment)
    assert isinstance(after, Moment)
    assert after.at - before.at == timedelta(minutes=1)


def test_time_that_passes_is_not_wall_time() -> None:
    evening = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)  # midnight on the wall
    assert parse("over 4 uur", evening, ZONE) == at_moment(evening + timedelta(hours=4), ZONE)
    assert at("over 4 uur", evening) == "2026-10-25T03:00:00"
    spring = datetime(2027, 3, 27, 23, 0, tzinfo=UTC)
    assert at("over 4 uur", spring) == "2027-03-28T05:00:00"
    assert at("over 1 dagen", spring) == "2027-03-29T01:00:00"


@given(st.integers(0, 2_000_000), st.integers(1, 1_800_000))
def test_iso_in_words_and_in_figures_agree(start: int, minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=start)
    target = at_moment(now + timedelta(minutes=minutes), ZONE)
    wall = datetime.fromisoformat(target.wall)
    iso = target.at.strftime("%Y-%m-%dT%H:%MZ")
    assert parse(iso, now, ZONE) == target
    words = (
        f"{WEEKDAYS[wall.weekday()]} {wall.day} {MONTHS[wall.month - 1]} {wall.year} {wall:%H:%M}"
    )
    again = parse(words, now, ZONE)
    assert isinstance(again, Moment)
    assert again.wall == target.wall
    assert target.occurrence == 2 or again == target
    next_one = parse(f"{WEEKDAYS[wall.weekday()]} {wall:%H.%M}", now, ZONE)
    if isinstance(next_one, Moment):
        assert now < next_one.at <= now + timedelta(days=7, hours=1)
        assert next_one.at <= target.at


@given(st.text(max_size=60))
def test_no_text_makes_it_fall_over(text: str) -> None:
    parse(text, NOW, ZONE)
    parse_day(text, NOW, ZONE)


@given(st.text(alphabet="0123456789-:T+Z .", max_size=26))
def test_nor_do_figures(text: str) -> None:
    parse(text, NOW, ZONE)
    parse_day(text, NOW, ZONE)
    parse("vrijdag " + text, NOW, ZONE)
