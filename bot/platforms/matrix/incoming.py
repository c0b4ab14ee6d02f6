"""What comes in from the server: its news as batches, receipts for them, and invitations.

Reading is a loop of its own; sending never happens in it. A position in the server's stream is
handed out with the facts before it and asked from again after a restart, so that what was
committed is never asked for and what was not comes again.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime

from bot.platforms.facts import Fact, Trouble
from bot.platforms.flood import Flood
from bot.platforms.lasting import lasting
from bot.platforms.live import Batch, Ended, Impossible
from bot.platforms.matrix import joining, keys, reading
from bot.platforms.matrix.asking import Asking
from bot.platforms.matrix.events import Json, Memory
from bot.platforms.matrix.news import News, learn, take_in
from bot.platforms.matrix.receipts import Position, Receipts
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import Alarm
from bot.platforms.matrix.store import Pending, keep, load
from bot.platforms.matrix.turns import Turns
from bot.platforms.matrix.wire import Client, patiently

#: Marks in ``Batch.handled`` messages decrypted late; all other entries are (room, event).
_READ = "read"

_NO_NEWS = (
    "{} refuses to tell what is new ({}). Look whether this is still the same homeserver and "
    "account; the server's keeper knows more."
)


class Incoming:
    """The reading side of the platform. ``waiting`` are the messages whose keys have not come;
    ``turns`` are shared with sending, because joins and messages have one rate limit."""

    def __init__(self, house: House, turns: Turns, alarm: Alarm) -> None:
        self._settings = house.settings
        self._house = house
        self._turns = turns
        self._alarm = alarm
        pending = load(self._settings.store, "pending.json", dict[str, Pending])
        self.waiting = keys.Waiting(pending or {})
        self.receipts = Receipts(alarm)
        self.flood = Flood()
        self._asking = Asking(self._settings.clock, self._settings.poll)
        self._upkeep = keys.Upkeep(alarm)
        self._memory = Memory()
        self._known_to = 0
        self._last_news: Json = {}
        self._newest: dict[str, str] = {}
        self._troubles: list[str] = []
        self._invitations = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    # -- beginning and end --------------------------------------------------------------------

    def begin(self, client: Client, position: Position) -> None:
        """Read on from a position; receipts are sent and invitations accepted from now on."""
        self._asking.since = position.since
        self.receipts.promise(dict(position.promised), {})
        self.receipts.owe(position.promised)
        known, news = self._house.known, self._invitations

        async def accept() -> None:
            await joining.join_all(client, self._settings, known, news, self._turns, self._alarm)

        async def give() -> None:
            await self.receipts.run(client)

        self._tasks = [asyncio.create_task(lasting(loop, self._alarm)) for loop in (give, accept)]

    async def end(self) -> None:
        """Send no more receipts, and accept no more invitations."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task

    # -- reading ------------------------------------------------------------------------------

    async def read(self, client: Client) -> Batch:
        """The next response of the server as a batch, with what has to be handled before it."""
        try:
            return await self._read(client)
        except Impossible as refusal:
            raise Ended(_NO_NEWS.format(self._settings.homeserver, refusal)) from refusal

    async def _read(self, client: Client) -> Batch:
        house, alarm = self._house, self._alarm
        await self._upkeep.work(client, self._last_news)
        news = await patiently(lambda: self._asking.news(client), alarm)
        await patiently(lambda: take_in(client, news, alarm), alarm)
        first, self._asking.full = self._asking.full, False
        learn(house, news)
        since = self._asking.since
        found = await reading.stretches(client, house, news, since, self._newest, alarm)
        facts = reading.facts(client, house, self._memory, self.waiting, found, self._known_to)
        facts = self.flood.kept(facts, self._settings.clock())
        await joining.resolve_late(client, house, news.data, alarm)
        new = joining.invited(house, news.data, self._known_to, alarm)
        batch = self._batch((*self._told(), *facts), news.cursor, found)
        await self._remember(news, found, first, new)
        return batch

    def trouble(self, code: str) -> None:
        """Keep a fault for staff, who hear of it with the next batch."""
        self._troubles.append(code)

    def _told(self) -> list[Fact]:
        codes, self._troubles = self._troubles, []
        return [Trouble(self._settings.clock(), code) for code in codes]

    def complete_to(self, at: datetime) -> None:
        """Make sure soon that everything said before ``at`` has been received."""
        self._asking.complete_to(at)

    def _batch(self, facts: tuple[Fact, ...], cursor: str, found: list[reading.Stretch]) -> Batch:
        held = joining.oldest_waiting(self._house.known, self._now())
        newest = {stretch.room: stretch.last for stretch in found if stretch.last}
        handled = self.receipts.promise(newest, self.waiting.rooms())
        handled += [(_READ, event) for event in sorted(self.waiting.read)]
        position = Position(cursor, tuple(self.receipts.promised.items()))
        complete = self._asking.timing.until(held)
        self._known_to = max(self._known_to, int(complete.timestamp() * 1000))
        return Batch(facts, str(position), complete, tuple(handled))

    async def _remember(
        self, news: News, found: list[reading.Stretch], first: bool, new: bool
    ) -> None:
        """Store what a restart needs, before the batch is handed over."""
        house = self._house
        joining.left(house, news.data, self._alarm)
        changes = [
            new,
            joining.arrived(house),
            joining.followed(house),
            first and joining.enter_open(house),
        ]
        spoke = [house.spoken(stretch.room) for stretch in found if stretch.last]
        self._newest.update({stretch.room: stretch.last for stretch in found if stretch.last})
        if any(changes) or any(spoke):
            await self._keep("rooms.json", house.known)
            self._invitations.set()
        if self.waiting.lapse(self._now()) or any(stretch.unread for stretch in found):
            await self._keep("pending.json", self.waiting.pending)
        self._asking.since = news.cursor
        self._last_news = news.data

    async def acknowledge(self, batch: Batch) -> None:
        """Give a public read receipt on the last committed event of each room."""
        read = [event for mark, event in batch.handled if mark == _READ]
        for event in read:
            self.waiting.pending.pop(event, None)
            self.waiting.read.discard(event)
        if read:
            await self._keep("pending.json", self.waiting.pending)
        rooms = [pair for pair in batch.handled if pair[0] != _READ]
        self.receipts.owe(rooms)

    def _now(self) -> int:
        """Now, in ms."""
        return int(self._settings.clock().timestamp() * 1000)

    async def _keep(self, name: str, value: object) -> None:
        await keep(self._settings.store, name, value, self._alarm)
