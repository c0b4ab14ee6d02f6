"""Reads one platform: each response is handed to the engine, and acknowledged after its commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.platforms.lasting import lasting
from bot.platforms.live import Batch, LivePlatform

#: How long a batch waits before a full queue is asked again, in seconds.
FULL = 0.2

#: Queues a batch for the engine, and is called back after its commit; False when the queue is full.
HandOver = Callable[[Batch, Callable[[], None]], bool]


async def listen(
    platform: LivePlatform, cursor: str, hand_over: HandOver, alarm: Callable[[str], None]
) -> None:
    """Read on from ``cursor`` until cancelled; raises what the platform raises. A batch that cannot
    be acknowledged stops nothing: ``alarm`` is called with the error's type."""
    committed: asyncio.Queue[Batch] = asyncio.Queue()
    task = asyncio.create_task(lasting(lambda: _acknowledge(platform, committed), alarm))
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
