"""Has a backup made each night, by a program of its own so that nothing here waits for it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_night(now: datetime, hour: time, zone: ZoneInfo) -> datetime:
    """The next moment (UTC) at which it is this hour in the town; an hour that a day does not have,
    because clocks go forward, comes an hour later."""
    local = now.astimezone(zone)
    for days in (0, 1, 2):
        at = datetime.combine(local.date() + timedelta(days), hour, zone).astimezone(UTC)
        if at > now:
            return at
    raise AssertionError("a day has a night")


async def nightly(
    command: Sequence[str],
    hour: time,
    zone: ZoneInfo,
    old: Callable[[datetime], bool],
    report: Callable[[str], None],
    alarm: Callable[[str], None],
    clock: Callable[[], datetime],
) -> None:
    """Run ``command`` each night, for as long as the program runs. ``alarm`` hears where it fails,
    and ``report`` where the last backup is too ``old`` afterwards, so that staff hears of it."""
    while True:
        wait = next_night(clock(), hour, zone) - clock()
        await asyncio.sleep(max(wait.total_seconds(), 0))
        if await _run(command):
            alarm("backup_failed")
        if old(clock()):
            report("backup_old")


async def _run(command: Sequence[str]) -> int:
    """The exit code of a program; it is ended with this one."""
    program = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        return await program.wait()
    except asyncio.CancelledError:
        program.terminate()
        await program.wait()
        raise
