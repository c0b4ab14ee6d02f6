"""Loops that go on for as long as the bot runs: one error ends none of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

#: The pauses after an error, in seconds; twice as long after each, up to the longest.
_FIRST, _LONGEST = 0.5, 60.0


async def lasting(loop: Callable[[], Awaitable[None]], alarm: Callable[[str], None]) -> None:
    """Run a loop that should never end, and begin it again after an error; ``alarm`` is called with
    the error's type. What only the keeper can help with, the platform's own reading says."""
    pause = _FIRST
    while True:
        began = asyncio.get_running_loop().time()
        try:
            await loop()
        except Exception as error:  # noqa: BLE001 - the loop goes on
            alarm(type(error).__name__)
        if asyncio.get_running_loop().time() - began > _LONGEST:
            pause = _FIRST
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST)
