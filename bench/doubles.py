"""Platforms in memory that people come in through at the moment that was planned for each fact.

What is sent is written as Discord and Matrix write it, and then counts as posted. Of every fact it
is noted how long its answer took, from the moment at which it was said until that was sent.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.platforms.capabilities import Capabilities
from bot.platforms.discord import Discord
from bot.platforms.discord.components import Own, shown
from bot.platforms.discord.seals import Seals
from bot.platforms.discord.settings import BREATH
from bot.platforms.discord.wire import body
from bot.platforms.facts import Fact, Looked, Mark
from bot.platforms.live import Batch, Impossible
from bot.platforms.matrix import Matrix
from bot.platforms.matrix.content import content
from bot.platforms.messages import Limit, Message
from bot.platforms.places import Place

#: Writes a message as a platform does.
Writes = Callable[[Message], Any]


@dataclass
class Network:
    """One platform. ``comes`` gets facts with the moment of the monotonic clock at which each is
    said, in that order; ``took`` are the seconds of all answers, ``waits`` when the fact was said
    that somebody has no answer to yet. ``clock`` gives now in UTC; after news nothing is asked for
    so many seconds (``breath``), as the bot does on that network."""

    name: str
    capabilities: Capabilities
    limit: Limit
    writes: Writes
    clock: Callable[[], datetime]
    breath: float = 0.0
    took: list[float] = field(default_factory=list)
    waits: dict[str, list[float]] = field(default_factory=dict)
    sent: int = 0
    _coming: deque[tuple[float, Fact, str]] = field(default_factory=deque)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def comes(self, plan: list[tuple[float, Fact, str]]) -> None:
        """Each fact with its moment, and the account that waits for its answer ("": nobody)."""
        self._coming.extend(plan)
        self._news.set()

    def all_answered(self) -> bool:
        return not self._coming and not self.waits

    # -- source -------------------------------------------------------------------------------

    async def start(self, cursor: str) -> None:
        """The first batch says that it is there."""
        self._news.set()

    async def read(self) -> Batch:
        """What was said by now, as soon as there is something."""
        while self._coming and self._coming[0][0] > time.monotonic():
            await asyncio.sleep(self._coming[0][0] - time.monotonic())
        if not self._coming:
            await self._news.wait()
        self._news.clear()
        await asyncio.sleep(self.breath)
        now, facts = time.monotonic(), []
        while self._coming and self._coming[0][0] <= now:
            said, fact, account = self._coming.popleft()
            facts.append(fact)
            if account:
                self.waits.setdefault(account, []).append(said)
        return Batch(tuple(facts), "", self.clock())

    async def acknowledge(self, batch: Batch) -> None: ...

    def complete_to(self, at: datetime) -> None: ...

    async def close(self) -> None: ...

    # -- sender -------------------------------------------------------------------------------

    async def send(self, message: Message) -> str:
        self.writes(message)
        now = time.monotonic()
        self.took += [now - said for said in self.waits.pop(message.place.name, ())]
        self.sent += 1
        return message.edits or f"{self.name}-{self.sent}"

    async def find(self, place: Place, token: str) -> str:
        return ""

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        return token

    # -- directs and marks --------------------------------------------------------------------

    async def open_direct(self, user: str) -> None:
        raise Impossible("nobody is written to first")

    async def leave(self, place: Place) -> None: ...

    async def mark(self, place: Place, message: str, mark: Mark, token: str) -> str:
        return token

    async def unmark(self, place: Place, message: str, mark: Mark) -> None: ...

    async def pin(self, place: Place, message: str) -> None: ...

    async def unpin(self, place: Place, message: str) -> None: ...

    async def remove(self, place: Place, message: str) -> None: ...

    async def look(self, place: Place, message: str) -> Looked:
        return Looked(self.clock(), place, message)


def like_discord(clock: Callable[[], datetime]) -> Network:
    """Everybody presses there, and reads the answers alone."""
    seals = Seals(bytes(32), 1, lambda: ())

    def writes(message: Message) -> str:
        own = () if message.choices else (Own.HELP,)
        return json.dumps(body(shown(message, seals, lambda code: code, own, "")))

    return Network("discord", Discord.capabilities, Discord.limit, writes, clock, breath=BREATH)


def like_matrix(capabilities: Capabilities, clock: Callable[[], datetime]) -> Network:
    """Everybody types there, in a conversation of their own."""

    def writes(message: Message) -> str:
        return json.dumps(content(message, "@bot:town", 60_000))

    return Network("matrix", capabilities, Matrix.limit, writes, clock, breath=0.2)
