"""Read receipts: what people see of a commit, the newest of each room.

A receipt is promised when a batch is handed on and owed from its commit until the server has it.
What is promised is kept with the position in the stream, so that a restart still gives it.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.platforms.live import Ended, Impossible, NotYet
from bot.platforms.matrix.events import table, words
from bot.platforms.matrix.wire import Client, Unavailable, call, path

#: So many receipts are under way at once.
_AT_ONCE = 8

#: How long one may take before it counts as failed, and the longest pause after failures (s).
_PATIENCE, _LONGEST = 10.0, 60.0


@dataclass(frozen=True, slots=True)
class Position:
    """Where reading stands, with the receipts that are promised: (room, event)."""

    since: str = ""
    promised: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Position:
        if not text.startswith("{"):
            return cls(text)
        found = table(json.loads(text))
        promised = table(found.get("promised")).items()
        return cls(
            words(found.get("since")), tuple((room, words(event)) for room, event in promised)
        )

    def __str__(self) -> str:
        if not self.promised:
            return self.since
        return json.dumps({"since": self.since, "promised": dict(self.promised)})


@dataclass(slots=True)
class Receipts:
    """``promised`` and ``owed`` hold an event a room; ``alarm`` hears codes."""

    alarm: Callable[[str], None]
    promised: dict[str, str] = field(default_factory=dict)
    owed: dict[str, str] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def promise(self, newest: Mapping[str, str], late: Mapping[str, str]) -> list[tuple[str, str]]:
        """A batch is handed on; gives what it owes once it is committed. What could be read only
        ``late`` does not stand before what is newer."""
        self.promised.update(newest)
        older = {room: event for room, event in late.items() if room not in self.promised}
        self.promised.update(older)
        return [*newest.items(), *older.items()]

    def owe(self, events: Iterable[tuple[str, str]]) -> None:
        """These are committed."""
        self.owed.update(events)
        self._news.set()

    async def run(self, client: Client) -> None:
        """Give what is owed, for as long as the bot runs."""
        failures = 0
        while True:
            await self._news.wait()
            self._news.clear()
            pauses = await self._round(client)
            failures = failures + 1 if pauses else 0
            if pauses:
                self.alarm("receipt_later")
                longer = min(_LONGEST, 0.5 * 2**failures) * (0.5 + random.random())
                await asyncio.sleep(max(*pauses, longer))
                self._news.set()

    async def _round(self, client: Client) -> list[float]:
        """All that is owed, once, until the server says stop; gives how long each that failed has
        to wait."""
        turns = asyncio.Semaphore(_AT_ONCE)
        pauses: list[float] = []
        stopped = False

        async def give(room: str, event: str) -> None:
            nonlocal stopped
            async with turns:
                if stopped:
                    return
                try:
                    pauses.extend(await self._give(client, room, event))
                except NotYet as later:
                    stopped = True
                    pauses.append(later.seconds)
                    self.owed[room] = self.owed.pop(room)  # the others go first next time

        await asyncio.gather(*(give(*pair) for pair in list(self.owed.items())))
        return pauses

    async def _give(self, client: Client, room: str, event: str) -> tuple[float, ...]:
        """Raises ``NotYet`` for all of them."""
        where = path("rooms", room, "receipt", "m.read", event)
        try:
            await call(client, "POST", where, {}, seconds=_PATIENCE)
        except Unavailable:
            return (0.1,)
        except Ended:
            return (_LONGEST,)  # whoever reads hears the same and says so
        except Impossible:
            self.alarm("receipt_refused")  # no longer in that room
        for kept in (self.owed, self.promised):
            if kept.get(room) == event:
                del kept[room]
        return ()
