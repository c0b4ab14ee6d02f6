"""What people do on Discord is told at once where that is little, and together where it is much."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

from bot.platforms.discord import Settings
from bot.platforms.discord.incoming import Incoming
from bot.platforms.facts import CALL, Origin, Said
from bot.platforms.live import Batch
from bot.platforms.places import Place, PlaceKind
from tests.matrix.faults.hours import Jumping

#: The pause between two batches, so long that the machine's own slowness is nothing beside it.
BREATH = 600.0

#: What the reading side asks of a connection that lives.
LIVES: Any = type("Lives", (), {"over": staticmethod(lambda: False)})


class Reading:
    """The reading side in a loop whose time jumps; ``read`` are its batches with their moments."""

    def __init__(self, loop: Jumping) -> None:
        nothing: Any = None
        settings = Settings(lambda: "", guild=1, key=bytes(32), clock=loop.now, breath=BREATH)
        self.incoming = Incoming(settings, *(nothing,) * 4, lambda: "")
        self.read: list[tuple[float, Batch]] = []
        self._loop, self._count = loop, 0

    def presses(self, who: str) -> None:
        self._count += 1
        place = Place("discord", PlaceKind.PERSONAL, who)
        origin = Origin(str(self._count), self.incoming._settings.clock(), place, who)
        self.incoming.tell(Said(origin, f"{CALL}meedoen"))

    async def reads(self) -> None:
        while True:
            batch = await self.incoming.read(LIVES)
            self.read.append((self._loop.time(), batch))

    @property
    def sizes(self) -> list[int]:
        return [len(batch.facts) for _, batch in self.read]


def played(
    work: Callable[[Reading], Coroutine[Any, Any, None]], *, at_once: bool = False
) -> Reading:
    """What is read until the program ends: ``at_once`` after the work, else once all was told."""
    loop = Jumping()
    reading = Reading(loop)

    async def whole() -> None:
        task = asyncio.create_task(reading.reads())
        await work(reading)
        if not at_once:
            await asyncio.sleep(BREATH * 2)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(whole())
    return reading


def test_who_presses_alone_is_told_at_once() -> None:
    told: list[int] = []

    async def work(reading: Reading) -> None:
        for _ in range(3):
            reading.presses("anna")
            for _ in range(10):  # turns of the loop, in which no time has to pass
                await asyncio.sleep(0)
            told.append(len(reading.read))
            await asyncio.sleep(BREATH)

    assert played(work).sizes == [1, 1, 1]
    assert told == [1, 2, 3]


def test_presses_that_come_soon_after_others_are_told_together() -> None:
    async def work(reading: Reading) -> None:
        for number in range(25):
            reading.presses(f"buur{number}")
            await asyncio.sleep(BREATH / 5)

    reading = played(work)
    assert sum(reading.sizes) == 25
    assert max(reading.sizes) >= 4
    moments = [at for at, _ in reading.read]
    assert all(then - first >= BREATH * 0.99 for first, then in pairwise(moments))


def test_what_waits_when_the_program_ends_is_told_before() -> None:
    """It was acknowledged, so it counts."""

    async def work(reading: Reading) -> None:
        for who in ("anna", "bram", "carla"):
            reading.presses(who)
            for _ in range(10):
                await asyncio.sleep(0)

    assert played(work, at_once=True).sizes == [1, 2]
