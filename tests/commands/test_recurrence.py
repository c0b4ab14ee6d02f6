"""What recurs: its times for any rule, over both changes of the clocks, and how many there are."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.times.days import ENGLISH_WEEKDAYS, WEEKDAYS
from commands.times.moments import Moment, is_moment
from commands.times.moments import parse as parse_moment
from commands.times.often import often, repeated
from commands.times.recurrence import parse
from commands.times.series import MOST, Limit, Recurrence, following, limit, planned
from commands.wrong import Wrong, wrong

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)  # Tuesday, 19:30 on the wall
COUNTS = ["", "", "twee ", "drie ", "vier "]
NUMBERED = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", -1: "laatste"}

nows = st.integers(0, 900_000).map(
    lambda m: datetime(2026, 6, 1, tzinfo=UTC) + timedelta(minutes=m)
)
hours = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
weekdays = st.integers(0, 6)


def read(text: str, now: datetime = NOW, first: Moment | None = None) -> Recurrence:
    found = parse(text, now, ZONE, first)
    assert isinstance(found, Recurrence), (text, found)
    return found


def walls(moments: tuple[Moment, ...]) -> list[str]:
    return [moment.wall[:16] for moment in moments]


def exists(day: date, clock: time) -> datetime | None:
    """The first moment at which a clock in Haarlem shows this, by going through UTC."""
    for hours_behind in (2, 1):
        at = datetime.combine(day, clock, UTC) - timedelta(hours=hours_behind)
        if at.astimezone(ZONE).replace(tzinfo=None) == datetime.combine(day, clock):
            return at
    return None


def days(now: datetime) -> Iterator[date]:
    today = now.astimezone(ZONE).date()
    for ahead in range(400):
        yield today + timedelta(days=ahead)


def is_nth(day: date, nth: int) -> bool:
    last = calendar.monthrange(day.year, day.month)[1]
    return day.day > last - 7 if nth < 0 else (day.day - 1) // 7 == nth - 1


@given(nows, weekdays, st.integers(1, 4), hours, st.booleans())
def test_a_day_of_the_week(
    now: datetime, weekday: int, weeks: int, clock: time, dutch: bool
) -> None:
    name = WEEKDAYS[weekday] if dutch else ENGLISH_WEEKDAYS[weekday]
    every = "elke " if dutch else "every "
    if weeks > 1:
        every += f"{COUNTS[weeks]}weken " if dutch else f"{weeks} weeks on "
    found = following(read(f"{every}{name} {clock:%H:%M}", now), now, ZONE, 6)
    such = [day for day in days(now) if day.weekday() == weekday]
    ahead = [(day, at) for day in such if (at := exists(day, clock)) is not None and at > now]
    phase = [at for day, at in ahead if (day - ahead[0][0]).days % (7 * weeks) == 0]
    assert [moment.at for moment in found] == phase[:6]


@given(nows, weekdays, st.sampled_from(list(NUMBERED)), hours)
def test_a_weekday_of_the_month(now: datetime, weekday: int, nth: int, clock: time) -> None:
    text = f"{NUMBERED[nth]} {WEEKDAYS[weekday]} van de maand {clock:%H:%M}"
    found = following(read(text, now), now, ZONE, 6)
    such = [day for day in days(now) if day.weekday() == weekday and is_nth(day, nth)]
    ahead = [at for day in such if (at := exists(day, clock)) is not None and at > now]
    assert [moment.at for moment in found] == ahead[:6]


@given(nows, st.integers(1, 28), hours)
def test_a_day_of_the_month(now: datetime, number: int, clock: time) -> None:
    found = following(read(f"elke maand op de {number}e {clock:%H:%M}", now), now, ZONE, 6)
    such = [day for day in days(now) if day.day == number]
    ahead = [at for day in such if (at := exists(day, clock)) is not None and at > now]
    assert [moment.at for moment in found] == ahead[:6]


RULES = [
    "elke dag 02:30",
    "om de week zondag 02:30",
    "elke drie weken vrijdag 20:00",
    "om de maand laatste zondag 02:30",
    "elk jaar op 4 december 20:00",
    "laatste dag van de maand 20:00",
]


@given(nows, st.sampled_from(RULES), st.integers(0, 500_000))
def test_the_same_times_whenever_it_is_asked(now: datetime, rule: str, minutes: int) -> None:
    found = read(rule, now)
    later = now + timedelta(minutes=minutes)
    every = following(found, now, ZONE, 400 if "dag 02" in rule else 40)
    assert following(found, later, ZONE, 3) == tuple(m for m in every if m.at > later)[:3]


@given(nows, weekdays, hours, st.integers(1, 4))
def test_from_a_first_time_on(now: datetime, weekday: int, clock: time, weeks: int) -> None:
    first = parse_moment(f"{WEEKDAYS[weekday]} {clock:%H:%M}", now, ZONE)
    if isinstance(first, Moment) and first.occurrence != 2:
        for text in (f"elke {weeks} weken", f"elke {weeks} weken {WEEKDAYS[weekday]}"):
            found = read(text, now, first)
            assert following(found, now, ZONE, 1) == (first,)
            assert found.days == 7 * weeks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("om de week", ["2026-12-04T20:00", "2026-12-18T20:00"]),
        ("wekelijks", ["2026-12-04T20:00", "2026-12-11T20:00"]),
        ("elke dag", ["2026-12-04T20:00", "2026-12-05T20:00"]),
        ("vrijdag 8 uur", ["2026-12-04T20:00", "2026-12-11T20:00"]),
        ("eerste vrijdag", ["2026-12-04T20:00", "2027-01-01T20:00"]),
        ("elke maand op de 4e", ["2026-12-04T20:00", "2027-01-04T20:00"]),
        ("elke maand", "recurrence_two"),
        ("elk jaar", "recurrence_two"),
        ("elke dinsdag", "recurrence_differs"),
        ("vrijdag 19:30", "recurrence_differs"),
        ("vrijdag 9 uur", "recurrence_two"),
        ("tweede vrijdag van de maand", "recurrence_differs"),
        ("20:00", "recurrence_when"),
        ("elke maand vrijdag", "recurrence_when"),
    ],
)
def test_what_is_left_out_is_that_of_the_first_time(text: str, expected: list[str] | str) -> None:
    first = parse_moment("vrijdag 4 december 20:00", NOW, ZONE)
    assert isinstance(first, Moment)
    found = parse(text, NOW, ZONE, first)
    got = found.code if isinstance(found, Wrong) else walls(following(found, NOW, ZONE, 2))
    assert got == expected


@pytest.mark.parametrize(
    "text", ["elke maand", "elk jaar", "every month", "every year", "om de maand"]
)
@pytest.mark.parametrize("day", range(1, 32))
def test_a_month_later_is_asked_with_readings_that_fit_the_first_time(text: str, day: int) -> None:
    first = parse_moment(f"2027-01-{day:02} 20:00", NOW, ZONE)
    assert isinstance(first, Moment)
    asked = parse(text, NOW, ZONE, first)
    assert isinstance(asked, Wrong)
    assert asked.code == "recurrence_two"
    readings = asked.data["suggestions"]
    assert isinstance(readings, tuple)
    assert len(readings) == (1 if day > 28 and "year" not in text and "jaar" not in text else 2)
    for reading in readings:
        assert following(read(str(reading), NOW, first), NOW, ZONE, 1) == (first,)


@given(
    st.sampled_from(
        ["elke", "elke tweede", "om de week", "eerste", "derde", "every", "every second"]
    ),
    weekdays,
    st.sampled_from(["half acht", "8 uur", "kwart over 9", "half past ten", "20:00", "5u", "at 8"]),
    nows,
)
def test_every_reading_that_is_asked_about_is_one(
    every: str, weekday: int, hour: str, now: datetime
) -> None:
    english = every.startswith("every")
    found = parse(
        f"{every} {(ENGLISH_WEEKDAYS if english else WEEKDAYS)[weekday]} {hour}", now, ZONE
    )
    for _ in range(2):  # first which day, then which hour
        if isinstance(found, Recurrence):
            break
        assert found.code == "recurrence_two"
        readings = found.data["suggestions"]
        assert isinstance(readings, tuple)
        assert len(set(readings)) == 2
        one, other = (parse(str(reading), now, ZONE) for reading in readings)
        assert one != other
        found = one
    assert isinstance(found, Recurrence)


def test_an_hour_that_the_clocks_skip_is_left_out_and_no_series_is_planned_on_it() -> None:
    """On 28 March 2027 the clocks go from 2:00 to 3:00."""
    now = datetime(2027, 3, 20, 12, tzinfo=UTC)
    sundays = read("elke zondag 02:30", now)
    times = following(sundays, now, ZONE, 3)
    assert walls(times) == ["2027-03-21T02:30", "2027-04-04T02:30", "2027-04-11T02:30"]
    assert [moment.at.hour for moment in times] == [1, 0, 0]
    gap = wrong("moment_gap", day=date(2027, 3, 28))
    assert planned(sundays, Limit(times=2), now, ZONE) == gap
    assert planned(sundays, Limit(until=date(2027, 3, 28)), now, ZONE) == gap
    once = planned(sundays, Limit(until=date(2027, 3, 27)), now, ZONE)
    assert isinstance(once, tuple)
    assert walls(once) == ["2027-03-21T02:30"]
    gone = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)  # 3:30 that day
    assert isinstance(planned(sundays, Limit(times=2), gone, ZONE), tuple)


def test_an_hour_that_occurs_twice_is_the_first_of_the_two() -> None:
    """On 25 October 2026 the clocks go from 3:00 to 2:00."""
    now = datetime(2026, 10, 24, 12, tzinfo=UTC)
    sundays = read("elke zondag 02:30", now)
    times = following(sundays, now, ZONE, 2)
    assert [moment.occurrence for moment in times] == [1, 0]
    assert times[0].at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    between = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    assert walls(following(sundays, between, ZONE, 1)) == ["2026-11-01T02:30"]
    assert walls(following(read("elke zondag 02:30", between), between, ZONE, 1)) == [
        "2026-11-01T02:30"
    ]


def test_wall_time_is_kept() -> None:
    now = datetime(2027, 3, 20, 12, tzinfo=UTC)
    times = following(read("elke zaterdag 20:00", now), now, ZONE, 3)
    assert [(moment.at.hour, moment.wall[11:16]) for moment in times] == [
        (19, "20:00"),
        (19, "20:00"),
        (18, "20:00"),
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"keer": "6"}, Limit(times=6)),
        ({"keer": "1"}, Limit(times=1)),
        ({"keer": "60"}, Limit(times=60)),
        ({"keer": "0"}, "value_out_of_range"),
        ({"keer": "61"}, "value_out_of_range"),
        ({"keer": "zes"}, "value_out_of_range"),
        ({"einde": "1 juli 2027"}, Limit(until=date(2027, 7, 1))),
        ({"einde": "vrijdag"}, Limit(until=date(2026, 12, 4))),
        ({"einde": "30 november 2026"}, "day_past"),
        ({"einde": "gauw"}, "day_unreadable"),
        ({}, "recurrence_limit"),
        ({"keer": "6", "einde": "1 juli 2027"}, "recurrence_limit"),
    ],
)
def test_how_long_a_series_lasts(values: dict[str, str], expected: Limit | str) -> None:
    found = limit(values, NOW, ZONE)
    assert (found.code if isinstance(found, Wrong) else found) == expected


@pytest.mark.parametrize(
    ("rule", "lasts", "expected"),
    [
        ("dinsdag 19:30", Limit(times=6), 6),
        ("dinsdag 19:30", Limit(until=date(2026, 12, 15)), 2),
        ("dinsdag 19:30", Limit(until=date(2026, 12, 14)), 1),
        ("dinsdag 19:30", Limit(until=date(2026, 12, 7)), "recurrence_none"),
        ("elke dag 19:30", Limit(times=60), MOST),
        ("elke dag 19:30", Limit(until=date(2027, 1, 30)), MOST),
        ("elke dag 19:30", Limit(until=date(2027, 1, 31)), "recurrence_long"),
        ("elk jaar op 2 december 20:00", Limit(times=5), 5),
        ("elk jaar op 2 december 20:00", Limit(times=6), "moment_far"),
    ],
)
def test_the_times_of_a_series(rule: str, lasts: Limit, expected: int | str) -> None:
    found = planned(read(rule), lasts, NOW, ZONE)
    assert (found.code if isinstance(found, Wrong) else len(found)) == expected


@given(st.text(max_size=60), st.booleans())
def test_no_text_makes_it_fall_over(text: str, first: bool) -> None:
    begin = parse_moment("vrijdag 20:00", NOW, ZONE)
    assert isinstance(begin, Moment)
    parse(text, NOW, ZONE, begin if first else None)


PIECES = [
    "elke", "every", "other", "om", "de", "week", "weken", "twee", "2", "14", "maand", "jaar",
    "eerste", "laatste", "derde", "dinsdag", "friday", "dag", "van", "the", "month", "3e", "31e",
    "dinsdags", "weekly", "eens", "in", "per", "keer", "een", "fridays", "monthly,", ",",
    "0e", "december", "29", "februari", "20:00", "half", "acht", "uur", "'s", "avonds", "op", "99",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), st.booleans())
def test_nor_do_its_own_words(text: str, first: bool) -> None:
    begin = parse_moment("vrijdag 20:00", NOW, ZONE)
    assert isinstance(begin, Moment)
    found = parse(text, NOW, ZONE, begin if first else None)
    if isinstance(found, Recurrence):
        assert following(found, NOW, ZONE, 2)
    is_moment(text)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_what_says_how_often_is_found_by_its_words_alone(text: str) -> None:
    said = often(text)
    assert repeated(text) == (said if said is not None and said.repeats else None)


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("elke dinsdag en donderdag 19:30", ("elke dinsdag 19:30", "elke donderdag 19:30")),
        (
            "Maandag, woensdag en vrijdag om 10:00",
            ("maandag om 10:00", "woensdag om 10:00", "vrijdag om 10:00"),
        ),
        (
            "elke dinsdag en elke donderdag 19:30",
            ("elke dinsdag 19:30", "elke donderdag 19:30"),
        ),
        ("every tuesday and thursday 19:30", ("every tuesday 19:30", "every thursday 19:30")),
    ],
)
def test_several_days_are_refused_with_each_of_them(text: str, each: tuple[str, ...]) -> None:
    assert parse(text, NOW, ZONE) == wrong("recurrence_days", value=text, suggestions=each)
    assert all(isinstance(parse(one, NOW, ZONE), Recurrence) for one in each)
