"""Measures how long the event loop stands still while something runs beside it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from statistics import median

#: How often the loop is looked at, in seconds.
_EVERY = 0.001


def longest_block(work: Callable[[], object], runs: int) -> float:
    """The longest time in milliseconds in which the event loop did nothing while ``work`` ran in
    another thread, as the engine does; the median of so many runs."""
    return median(asyncio.run(_beside(work)) for _ in range(runs))


async def _beside(work: Callable[[], object]) -> float:
    running = asyncio.create_task(asyncio.to_thread(work))
    longest, last = 0.0, time.perf_counter()
    while not running.done():
        await asyncio.sleep(_EVERY)
        now = time.perf_counter()
        longest, last = max(longest, now - last - _EVERY), now
    await running
    return longest * 1000
