"""Read receipts: sent after a commit, on the newest event of each room.

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

#: How many receipts are being sent at once.
_AT_ONCE = 8

#: How long one may take before it counts as failed, and the longest pause after failures (s).
_PATIENCE, _LONGEST = 10.0, 60.0

#: How long after receipts the next are given (s): one on the newest event stands for all that was
#: read in a room meanwhile, and each is work for the server, also when it has too much of that.
_APART = 1.0


@dataclass(frozen=True, slots=True)
class Position:
    """The position in the server's stream, with the receipts promised there: (room, event)."""

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
    """The receipts to send. ``promised`` and ``owed`` hold an event for each room; ``alarm`` is
    called with codes."""

    alarm: Callable[[str], None]
    promised: dict[str, str] = field(default_factory=dict)
    owed: dict[str, str] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def promise(self, newest: Mapping[str, str], late: Mapping[str, str]) -> list[tuple[str, str]]:
        """A batch is handed over; returns the receipts that it owes once committed. An event
        decrypted ``late`` gets one only where the room has no newer event."""
        self.promised.update(newest)
        older = {room: event for room, event in late.items() if room not in self.promised}
        self.promised.update(older)
        return [*newest.items(), *older.items()]

    def owe(self, events: Iterable[tuple[str, str]]) -> None:
        """These events are committed: their receipts are to be sent."""
        self.owed.update(events)
        self._news.set()

    async def run(self, client: Client) -> None:
        """Send the receipts that are owed, for as long as the bot runs."""
        failures = 0
        while True:
            await self._news.wait()
            self._news.clear()
            if not self.owed:
                continue
            pauses = await self._round(client)
            failures = failures + 1 if pauses else 0
            if not pauses:
                await asyncio.sleep(_APART)
            else:
                self.alarm("receipt_later")
                longer = min(_LONGEST, 0.5 * 2**failures) * (0.5 + random.random())
                await asyncio.sleep(max(*pauses, longer))
                self._news.set()

    async def _round(self, client: Client) -> list[float]:
        """Send all receipts that are owed once, until the server refuses; returns how long each
        failed one has to wait, in seconds."""
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
        """Send one receipt. Raises ``NotYet`` when the server accepts no receipts now."""
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
