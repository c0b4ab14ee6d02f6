"""A bot that runs for as long as the soak: people vote, change their minds and ask, evening after
evening. Its memory is told as a line of JSON now and then: seconds since it was warm, and bytes."""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.platforms.facts import Fact, Joined, Looked, Mark, Origin, Said
from bot.platforms.live import Batch
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from bot.runtime.app import App
from bot.runtime.builtin import formats
from bot.runtime.chance import seeded
from bot.runtime.hosting import Hearing
from bot.town.town import Rooms, Town
from tests.engine.chat import LIVE, WHOLE
from tests.replay.playing import LIVE_CHARTER as CHARTER

NAME = "rustig"
ROOM, STAFF = Place(NAME, PlaceKind.ROOM, "straat"), Place(NAME, PlaceKind.STAFF, "staf")

#: How many people there are, how many statements, and how many things are said a second.
PEOPLE, STATEMENTS, PACE = 400, 20, 10.0

#: How often memory is told, and how long what waits may take before that, in seconds.
TOLD_EVERY, CALM = 5.0, 20.0


def opening() -> Iterator[tuple[str, Place, str]]:
    """What is said to begin with: who, where, what."""
    yield "vera", STAFF, f"gesprek nieuw stellingenronde Ons plein {CHARTER}"
    yield "vera", STAFF, "start"
    for number in range(STATEMENTS):
        who = f"buur{number}"
        yield who, Place(NAME, PlaceKind.PERSONAL, who), f"stelling Zin {number} over de straat."


def evenings() -> Iterator[tuple[str, Place, str]]:
    """What is said for ever: everybody votes on everything, changes it, takes part and asks."""
    draw = random.Random(5)
    while True:
        who = f"buur{draw.randrange(PEOPLE)}"
        here = Place(NAME, PlaceKind.PERSONAL, who)
        match draw.randrange(20):
            case 0:
                yield who, here, "mijn"
            case 1:
                yield who, here, "meedoen"
            case 2:
                yield "vera", STAFF, "status"
            case 3:
                yield who, ROOM, "Wat een weer vandaag"
            case _:
                item, choice = draw.randint(1, STATEMENTS), draw.choice(("eens", "oneens"))
                yield who, here, f"stem S{item} {choice}"


class Platform:
    """A platform that remembers nothing of what it was sent."""

    name = NAME
    capabilities = LIVE
    limit = WHOLE

    def __init__(self) -> None:
        self._count = itertools.count(1)
        self._says = itertools.chain(opening(), evenings())
        self._begun = False
        self.slow = False
        self.handled = 0

    async def start(self, cursor: str) -> None: ...

    async def read(self) -> Batch:
        await asyncio.sleep(1 / PACE if self.slow else 0.001)
        number, now = next(self._count), datetime.now(UTC)
        facts: list[Fact] = []
        if not self._begun:
            self._begun = True
            for place in (ROOM, STAFF):
                origin = Origin(f"$join-{place.name}", now, place, "@bot", order=place.name)
                facts.append(Joined(origin))
        else:
            who, place, text = next(self._says)
            roles = frozenset({"moderator"} if who == "vera" else ())
            facts.append(Said(Origin(f"${number}", now, place, who, roles, f"{number:09}"), text))
        return Batch(tuple(facts), str(number), now)

    async def acknowledge(self, batch: Batch) -> None:
        self.handled += 1

    async def send(self, message: Message) -> str:
        return message.edits or f"$bot-{next(self._count)}"

    async def find(self, place: Place, token: str) -> str:
        return ""

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        return token

    async def open_direct(self, user: str) -> None: ...

    async def leave(self, place: Place) -> None: ...

    async def mark(self, place: Place, message: str, mark: Mark, token: str) -> str:
        return token

    async def unmark(self, place: Place, message: str, mark: Mark) -> None: ...

    async def pin(self, place: Place, message: str) -> None: ...

    async def unpin(self, place: Place, message: str) -> None: ...

    async def remove(self, place: Place, message: str) -> None: ...

    async def look(self, place: Place, message: str) -> Looked:
        return Looked(datetime.now(UTC), place, message)

    def complete_to(self, at: datetime) -> None: ...

    async def close(self) -> None: ...


def memory() -> int:
    """What this process holds, in bytes."""
    gc.collect()
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


async def run(folder: Path, warm: int) -> None:
    """Run until the process is ended; ``warm`` things are said before memory is told."""
    rooms = Rooms({"straat": (ROOM,)}, {"staf": (STAFF,)}, {"straat": "staf"})
    town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", bytes(range(32)), rooms, formats())
    platform = Platform()
    hearing = Hearing(lambda: None, lambda code, **_values: None)
    app = App(
        folder / "town.db",
        town,
        (platform,),
        hearing,
        lambda: datetime.now(UTC),
        seeded("steady"),
    )
    task = asyncio.create_task(app.run(asyncio.get_running_loop().create_future()))
    while platform.handled < warm:
        await asyncio.sleep(0.2)
    platform.slow = True
    await asyncio.sleep(CALM)
    began = time.monotonic()
    while not task.done():
        await asyncio.sleep(TOLD_EVERY)
        print(json.dumps([time.monotonic() - began, memory()]), flush=True)
    task.result()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), int(sys.argv[2])))
