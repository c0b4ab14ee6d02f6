"""Moments as people say them, in Dutch and in English: each is read or asked about as it should.

The table has three parts: moments; what recurs; and what recurs where one moment is expected.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commands.times import recurrence
from commands.times.moments import Moment, parse
from commands.times.series import Recurrence, following
from commands.wrong import Wrong

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)  # Tuesday, 19:30 on the wall
TABLE = Path(__file__).with_name("sayings.txt")
MOMENTS, RECURRENCES, REPEATS = range(3)

#: The least sayings of each part.
ENOUGH = {MOMENTS: 150, RECURRENCES: 80, REPEATS: 10}


def sayings(part: int) -> list[tuple[str, str]]:
    text = TABLE.read_text(encoding="utf-8").split("\n# == ")[part]
    lines = [line for line in text.splitlines() if " | " in line and not line.startswith("#")]
    return [(said, meant) for said, meant in (line.rsplit(" | ", 1) for line in lines)]


def suggested(found: Wrong) -> tuple[str, ...]:
    told = found.data["suggestions"]
    assert isinstance(told, tuple)
    return tuple(map(str, told))


def wall(moment: Moment) -> str:
    return moment.wall[:16].replace("T", " ")


def answer(said: str) -> str:
    """What is made of it: the local time, the two that are asked about, or the code."""
    found = parse(said, NOW, ZONE)
    if isinstance(found, Moment):
        return wall(found)
    if found.code == "moment_two":
        return " / ".join(answer(one) for one in suggested(found))
    if found.code == "moment_repeats":
        return "repeats: " + " / ".join(answer(one) for one in suggested(found))
    return found.code.removeprefix("moment_")


def recurs(said: str, count: int = 3) -> str:
    """What is made of it: the next local times, the first of the two readings, or the code."""
    found = recurrence.parse(said, NOW, ZONE)
    if isinstance(found, Recurrence):
        return ", ".join(map(wall, following(found, NOW, ZONE, count)))
    if found.code == "recurrence_two":
        return " / ".join(recurs(one, 1) for one in suggested(found))
    return found.code.removeprefix("recurrence_")


@pytest.mark.parametrize(("part", "least"), ENOUGH.items())
def test_there_are_many(part: int, least: int) -> None:
    said = [said for said, _ in sayings(part)]
    assert len(said) >= least
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(("said", "meant"), sayings(MOMENTS))
def test_it_is_read_as_it_is_meant(said: str, meant: str) -> None:
    assert answer(said) == meant


@pytest.mark.parametrize(("said", "meant"), sayings(RECURRENCES))
def test_it_recurs_as_it_is_meant(said: str, meant: str) -> None:
    assert recurs(said) == meant


@pytest.mark.parametrize(("said", "meant"), sayings(REPEATS))
def test_what_recurs_is_no_one_moment(said: str, meant: str) -> None:
    assert answer(said).removesuffix(": ") == meant
