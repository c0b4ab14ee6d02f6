"""A town on one network that is lived in from day to day: on Matrix a real homeserver, on Discord
the double."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from meetings.announce import SLOT
from meetings.meeting import Meeting, id_of
from tests.matrix.patience import deadline
from tests.platforms.living import Living

_T = TypeVar("_T")


class OnNetwork:
    """A town on one network, as the life of a meeting or of somebody's words sees it."""

    def __init__(self, town: Living, network: str) -> None:
        self.town, self.network = town, town.networks[network]
        self.asks = network == "matrix"

    async def say(self, who: str, text: str) -> None:
        await self.town.say(who, text)

    async def press(self, who: str, number: int) -> None:
        self.town.about = id_of(number)
        card = await asyncio.to_thread(self.town.shows, SLOT)
        event = await self.network.signs_up(who, card)
        await self.until(lambda: event in self.town.handled)

    async def go_to(self, at: datetime) -> None:
        """What is due happens within a second after the clock was moved."""
        self.town.clock.ahead += at - self.town.clock()
        engine: Any = self.town.app._engine
        read_back = engine._reception._read_back

        def happened() -> bool:
            due = engine.ledger.next_due()
            there = not self.asks or read_back[self.network.platform.name] > at
            return there and (due is None or due[1].at > at)

        await self.until(happened)

    async def until(self, true: Callable[[], _T]) -> _T:
        end = deadline(60)
        while True:
            await self.network.look()
            if found := true():
                return found
            assert time.monotonic() < end, self.network.seen
            await asyncio.sleep(0.1)

    def now(self) -> datetime:
        return self.town.clock()

    def meeting(self, number: int) -> Meeting | None:
        return self.town.app._engine.ledger.meetings.get(number)

    def journal(self, number: int) -> list[str]:
        store = self.town.app._store
        lines = store.reader().lines(id_of(number))
        return [type(store.record.read(line).event).__name__ for line in lines]

    def read(self, who: str) -> list[str]:
        found: list[str] = self.network.seen.get(who, [])
        return found

    def room(self) -> list[str]:
        return self.read("room")

    def staff(self) -> list[str]:
        return self.read("staff")
