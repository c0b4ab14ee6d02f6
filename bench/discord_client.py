"""Our Discord platform alone, without engine or database: how much memory the client takes."""

from __future__ import annotations

import asyncio
import resource
import signal
import sys
from pathlib import Path

from bench import marks
from bot.platforms.discord import Discord, Settings
from tests.discord.double.program import point
from tests.discord.double.town import GUILD, ROOM, STAFF


def figures() -> marks.Figures:
    """Megabytes in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {"rss": pages * resource.getpagesize() / 1e6}


async def main() -> None:
    point()
    settings = Settings(
        lambda: sys.argv[1],
        GUILD,
        bytes(32),
        rooms={"zomerstraat": ROOM},
        staff_rooms={"staf": STAFF},
    )
    platform = Discord(settings)
    await platform.start("")
    await platform.read()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    marks.answer(figures)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)

    async def reading() -> None:
        while True:
            await platform.read()

    task = asyncio.create_task(reading())
    await stop.wait()
    task.cancel()
    await platform.close()


if __name__ == "__main__":
    asyncio.run(main())
