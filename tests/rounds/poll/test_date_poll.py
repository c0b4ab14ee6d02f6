"""Polls about a date: options as moments, chosen in words, and the dates that won."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.rendering import Compiled, Rendering
from commands.options import held
from commands.times.moments import Moment, at_moment, parse
from commands.written import in_full
from commands.wrong import Wrong, wrong
from dialogues import intents as it
from dialogues.core import Refused
from dialogues.intents import Hour
from rounds.poll.date_words import Dated, date_ballot, moments
from rounds.poll.results import dates
from rounds.poll.state import FillPoll
from rounds.registry import vocabulary
from tests.dialogues.scene import Scene, plan
from tests.rounds.poll.polls import cast, opened

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)  # Tuesday, 19:30 on the wall
ASKED = ("4 dec 20:00", "zaterdag 19:30", "11/12 20u", "20:30", "1 februari 2027 19:30")


def options(*asked: str, language: str = "nl") -> tuple[Dated, ...]:
    found = moments(asked or ASKED, language, NOW, ZONE)
    assert isinstance(found, tuple), found
    return found


# What is asked


def test_every_option_is_written_in_full() -> None:
    found = options()
    assert [one.text for one in found] == [
        "vrijdag 4 december 2026 om 20.00 uur",
        "zaterdag 5 december 2026 om 19.30 uur",
        "vrijdag 11 december 2026 om 20.00 uur",
        "vrijdag 11 december 2026 om 20.30 uur",
        "maandag 1 februari 2027 om 19.30 uur",
    ]
    assert found[0].hour == Hour(datetime(2026, 12, 4, 19, tzinfo=UTC), "2026-12-04T20:00:00")
    (first, *_) = options(language="en")
    assert first.text == "Friday 4 December 2026 at 20:00"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("4 dec 20:00", "1 december 2026 19:00"), "moment_past"),
        (("4 dec 20:00", "vrijdag 8 uur"), "moment_two"),
        (("4 dec 20:00", "elke dinsdag 20:00"), "moment_repeats"),
        (("4 dec 20:00", "gauw"), "moment_unreadable"),
        (("28 maart 2027 02:30", "4 dec 20:00"), "moment_gap"),
        (("4 dec 20:00", "5 december"), wrong("date_no_hour", value="5 december")),
        (
            ("4 dec 20:00", "vr 20u"),
            wrong("dates_alike", option="vrijdag 4 december 2026 om 20.00 uur"),
        ),
    ],
)
def test_what_is_no_date_is_refused_or_asked_about(
    asked: tuple[str, ...], expected: str | Wrong
) -> None:
    found = moments(asked, "nl", NOW, ZONE)
    assert isinstance(found, Wrong)
    assert (found.code if isinstance(expected, str) else found) == expected


@given(st.integers(1, 2_000_000), st.sampled_from(["nl", "en"]))
def test_what_is_written_in_full_reads_as_that_moment(minutes: int, language: str) -> None:
    moment = at_moment(NOW + timedelta(minutes=minutes), ZONE)
    text = in_full(datetime.fromisoformat(moment.wall), language)
    again = parse(text, NOW, ZONE)
    assert isinstance(again, Moment)
    assert again == moment or moment.occurrence == 2


@given(st.integers(1, 2_000_000), st.sampled_from(["nl", "en"]))
def test_it_is_written_as_every_moment_in_the_catalogues(minutes: int, language: str) -> None:
    def none(_language: str, code: str) -> Compiled:
        raise KeyError(code)

    moment = at_moment(NOW + timedelta(minutes=minutes), ZONE)
    rendering = Rendering(language, ZONE, {}, "", none, vocabulary())
    text = in_full(datetime.fromisoformat(moment.wall), language)
    assert text == rendering.moment(moment.at)


# What is chosen

CHOICES = [
    ("1", (1,)),
    ("1 3", (1, 3)),
    ("3, 1 en 2", (1, 2, 3)),
    ("3. 1.", (1, 3)),
    ("4 dec", (1,)),
    ("4/12", (1,)),
    ("4/12 20:00", (1,)),
    ("4 december", (1,)),
    ("vrijdag 4 december 2026 om 20.00 uur", (1,)),
    ("4 dec 8 uur", (1,)),
    ("zaterdag", (2,)),
    ("5 dec, 1 februari", (2, 5)),
    ("4 dec | zaterdag", (1, 2)),
    ("11/12 20:30", (4,)),
    ("11 december 20u en 11 december half negen 's avonds", (3, 4)),
    ("monday 1 february 19:30", (5,)),
    ("niets", ()),
    ("9", "option_unknown"),
    ("12 dec", "option_unknown"),
    ("11 dec", "option_unknown"),
    ("vrijdag 21:00", "option_unknown"),
    ("4 en 11 december", "option_unknown"),
    ("1, 4 dec", "option_unknown"),
    ("4 dec, dan niet", "option_unknown"),
    ("vrijdag", None),
    ("de straat is te donker", None),
    ("", None),
    ("a" * 70_000, None),
]


@pytest.mark.parametrize(("typed", "expected"), CHOICES)
def test_a_choice(typed: str, expected: tuple[int, ...] | str | None) -> None:
    found = options()
    texts, hours = [one.text for one in found], [one.hour for one in found]
    read = date_ballot(typed, texts, hours, NOW, ZONE)
    assert (read.code if isinstance(read, Wrong) else read) == expected


@given(st.lists(st.integers(1, 60_000), min_size=2, max_size=9, unique=True), st.data())
def test_each_option_can_be_chosen_by_its_words(minutes: list[int], data: st.DataObject) -> None:
    moment = [at_moment(NOW + timedelta(minutes=n), ZONE) for n in minutes]
    walls = [datetime.fromisoformat(one.wall) for one in moment]
    texts = [in_full(wall, "nl") for wall in walls]
    hours = [Hour(one.at, one.wall) for one in moment]
    place = data.draw(st.integers(1, len(texts)))
    wall = walls[place - 1]
    for said in (texts[place - 1], f"{wall.day}/{wall.month}/{wall.year} {wall:%H:%M}"):
        assert date_ballot(said, texts, hours, NOW, ZONE) == (place,)
    day = f"{wall.day}/{wall.month}/{wall.year}"
    alone = [one.date() for one in walls].count(wall.date()) == 1
    by_day = date_ballot(day, texts, hours, NOW, ZONE)
    assert by_day == (place,) if alone or held(day, texts) else isinstance(by_day, Wrong)


@given(st.text(max_size=80))
def test_no_text_makes_it_fall_over(text: str) -> None:
    found = options()
    date_ballot(text, [one.text for one in found], [one.hour for one in found], NOW, ZONE)


# The rules

#: Until a round closes by itself, in minutes.
DAYS = 7 * 24 * 60

HOURS = tuple(
    Hour(NOW + timedelta(days=day), f"2026-12-{1 + day:02}T19:30:00") for day in (3, 4, 10)
)


def asked(**values: Any) -> FillPoll:
    given = {"options": ("a", "b", "c"), "dates": HOURS, **values}
    return FillPoll("date", "Wanneer?", round=0, **given)


def played(*votes: tuple[int, ...] | None) -> Scene:
    scene = Scene(plan("poll"))
    scene.do(asked())
    scene.do(it.StartDialogue())
    cast(scene, *votes)
    return scene


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"dates": ()}, "dates_missing"),
        ({"dates": HOURS[:2]}, "dates_missing"),
        ({"other": True}, "dates_missing"),
        ({"dates": (HOURS[0], HOURS[1], HOURS[0])}, "duplicate_options"),
        ({"dates": (*HOURS[:2], Hour(NOW - timedelta(days=900), ""))}, "moment_past"),
    ],
)
def test_each_option_has_a_date_of_its_own_that_still_comes(
    values: dict[str, Any], code: str
) -> None:
    found = Scene(plan("poll")).refused(asked(**values))
    assert found is not None
    assert found[0] == code


def test_no_other_poll_has_dates() -> None:
    fill = FillPoll("several", "Wat?", ("a", "b", "c"), 0, dates=HOURS)
    assert Scene(plan("poll")).refused(fill) == ("dates_missing", {})


def won(scene: Scene, item: str = "P1") -> list[tuple[Hour, int]] | str:
    try:
        return list(dates(scene.live.states[0], item))
    except Refused as refusal:
        return refusal.code


def test_the_dates_that_most_people_chose() -> None:
    scene = played((1, 3), (1, 3), (2,), (1,), (2, 3), None)
    (row,) = scene.report()
    assert (row.counts, row.voters, row.result) == ({"1": 3, "2": 2, "3": 3}, 5, ("1", "3"))
    assert won(scene) == "advice_round_open"
    scene.wait(DAYS)
    assert won(scene) == [(HOURS[0], 3), (HOURS[2], 3)]
    assert won(scene, "P2") == "no_dates"


def test_of_four_people_nothing_is_said() -> None:
    scene = played((1,), (1,), (1,), (1,))
    scene.wait(DAYS)
    assert won(scene) == "too_few_for_advice"


def test_another_poll_has_no_dates() -> None:
    scene = opened("several")
    cast(scene, *[(1,)] * 6)
    scene.wait(DAYS)
    assert won(scene) == "no_dates"


def test_a_date_is_no_recommendation() -> None:
    scene = played(*[(1,)] * 12)
    (row,) = scene.report()
    assert scene.live.machine(0).candidates(row, 12) == ()
