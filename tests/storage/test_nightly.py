"""A backup is made each night by a program of its own; one that fails is heard of."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.runtime.nightly import nightly

ZONE = ZoneInfo("Europe/Amsterdam")
JUST_BEFORE = datetime(2026, 12, 1, 2, 14, 59, 950_000, UTC)


@pytest.mark.parametrize(
    ("code", "old", "heard"),
    [(0, False, []), (1, False, ["backup_failed"]), (1, True, ["backup_failed", "backup_old"])],
)
def test_a_night(tmp_path: Path, code: int, old: bool, heard: list[str]) -> None:
    made = tmp_path / "made"
    program = f"import pathlib, sys; pathlib.Path({str(made)!r}).touch(); sys.exit({code})"
    said: list[str] = []
    nights = iter([JUST_BEFORE, JUST_BEFORE])  # then it is a day later

    def clock() -> datetime:
        return next(nights, datetime(2026, 12, 1, 3, 0, tzinfo=UTC))

    async def one_night() -> None:
        command = ("-c", program)
        task = asyncio.create_task(
            nightly(command, time(3, 15), ZONE, lambda _now: old, said.append, said.append, clock)
        )
        while not made.exists() or len(said) < len(heard):
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(one_night())
    assert said == heard
