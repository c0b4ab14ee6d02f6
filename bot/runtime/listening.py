"""One platform's response after the other: read, handed over, and acknowledged once committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.platforms.base import Batch, LivePlatform

#: How long a batch waits before a full queue is asked again, in seconds.
FULL = 0.2

#: Puts a batch in the engine's queue, and hears when it is committed; False when that is full.
HandOver = Callable[[Batch, Callable[[], None]], bool]


async def listen(platform: LivePlatform, cursor: str, hand_over: HandOver) -> None:
    """From ``cursor`` on, for as long as the platform goes on; raises what it raises."""
    committed: asyncio.Queue[Batch] = asyncio.Queue()
    task = asyncio.create_task(_acknowledge(platform, committed))
    try:
        await platform.start(cursor)
        while True:
            batch = await platform.read()
            while not hand_over(batch, _noting(committed, batch)):
                await asyncio.sleep(FULL)
    finally:
        task.cancel()


def _noting(committed: asyncio.Queue[Batch], batch: Batch) -> Callable[[], None]:
    return lambda: committed.put_nowait(batch)


async def _acknowledge(platform: LivePlatform, batches: asyncio.Queue[Batch]) -> None:
    while True:
        await platform.acknowledge(await batches.get())
