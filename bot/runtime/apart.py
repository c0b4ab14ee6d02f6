"""Platforms side by side: one that fails never stops the others.

A platform that only its keeper can help (``Ended``) is left out as long as another one lives; after
any other error it is begun again some time later. A platform alone raises what it meets, so that
the program ends with a sentence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from bot.platforms.live import Ended

#: How long a platform waits after an error before it is begun again, in seconds.
PAUSE = 90.0

#: One thing that never ends by itself.
Work = Callable[[], Coroutine[Any, Any, None]]


async def together(*works: Work) -> None:
    """Run several until one of them fails, then end the others."""
    tasks = [asyncio.create_task(work()) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for ended in done:
            ended.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def apart(
    works: Mapping[str, Work],
    failed: Callable[[str, Exception], Awaitable[None]],
    pause: float = PAUSE,
) -> None:
    """Run the work of each platform, by name; raises what the last one ends with. ``failed`` is
    awaited with the name and the error, before it is begun again or left out."""
    ended: set[str] = set()

    async def one(name: str, work: Work) -> None:
        while True:
            try:
                await work()
            except Ended as error:
                ended.add(name)
                if len(ended) == len(works):
                    raise
                await failed(name, error)
                await asyncio.get_running_loop().create_future()
            except Exception as error:
                if len(works) == 1:
                    raise
                await failed(name, error)
                await asyncio.sleep(pause)

    def begun(name: str, work: Work) -> Work:
        return lambda: one(name, work)

    await together(*(begun(name, work) for name, work in works.items()))
