"""A Tuesday evening from which moments are read, for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from commands.times.moments import parse
from commands.wrong import Wrong

ZONE = ZoneInfo("Europe/Amsterdam")

NOW = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)  # Tuesday, 19:30 on the wall


MONTHS = [
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
]  # fmt: skip


def at(text: str, now: datetime = NOW) -> str:
    """The local time of a typed moment, or the code of what is wrong."""
    found = parse(text, now, ZONE)
    return found.code if isinstance(found, Wrong) else found.wall
