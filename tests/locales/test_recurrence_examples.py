"""Who leaves out on which day something recurs reads an example that is read as they meant it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.platforms.writing import plain
from commands.times.recurrence import parse
from commands.times.series import Recurrence
from commands.wrong import Wrong
from tests.locales.made import renderer

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("text", "days", "months"),
    [
        ("maand", 0, 1),
        ("2 maanden", 0, 1),
        ("elke maand vrijdag", 0, 1),
        ("jaar", 0, 12),
        ("dag", 1, 0),
        ("om de week", 14, 0),
        ("elke dinsdag", 14, 0),
    ],
)
def test_the_example_passes_as_long_between_two_times(
    text: str, days: int, months: int, language: str
) -> None:
    asked = parse(text, NOW, ZONE)
    assert isinstance(asked, Wrong)
    assert asked.code == "recurrence_when"
    said = plain(renderer().render(f"refused_{asked.code}", dict(asked.data), language))
    example = said.rstrip(".").rpartition(": ")[2]
    found = parse(example, NOW, ZONE)
    assert isinstance(found, Recurrence), example
    assert (found.days, found.months) == (days, months)
