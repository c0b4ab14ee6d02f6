"""Moments as people say them, in Dutch and in English: each is read or asked about as it should."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commands.moments import Moment, parse

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)  # Tuesday, 19:30 on the wall
TABLE = Path(__file__).with_name("sayings.txt")


def sayings() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.rsplit(" | ", 1) for line in lines if line and not line.startswith("#")]
    return [(said, meant) for said, meant in rows]


def answer(said: str) -> str:
    """What is made of it: the local time, the two that are asked about, or the code."""
    found = parse(said, NOW, ZONE)
    if isinstance(found, Moment):
        return found.wall[:16].replace("T", " ")
    if found.code == "moment_two":
        suggested = found.data["suggestions"]
        assert isinstance(suggested, tuple)
        return " / ".join(answer(one) for one in suggested)
    return found.code.removeprefix("moment_")


def test_there_are_many() -> None:
    said = [said for said, _ in sayings()]
    assert len(said) >= 150
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(("said", "meant"), sayings())
def test_it_is_read_as_it_is_meant(said: str, meant: str) -> None:
    assert answer(said) == meant
