"""The running bot: every part put together around the platforms of a config.

One event loop for the platforms, one thread for the engine, one clock that wakes it. A platform's
response goes into the engine's queue, is committed with its cursor, and only then acknowledged;
answers and the outbox go out through that platform's courier.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.delivery.courier import CARD_BREATH, LiveCourier
from bot.delivery.lookups import Looker
from bot.delivery.prepare import Counter
from bot.delivery.speaking import Speaker
from bot.desk.asker import Reply
from bot.documents.workshop import Workshop
from bot.engine.engine import Engine, Job
from bot.engine.reception import Cursor
from bot.engine.thread import Element, EngineThread
from bot.platforms.facts import Joined, Looked, Posted, Tick
from bot.platforms.live import Batch, LivePlatform
from bot.runtime import clock as clocks
from bot.runtime.chance import Chance
from bot.runtime.chance import system as system_chance
from bot.runtime.timekeeper import Timekeeper
from bot.text.duplicates import nearest
from bot.text.templates import Renderer
from bot.town.town import Town, milliseconds
from locales import load
from storage.reader import Reader
from storage.store import CLEANED_AFTER, NotNow, Store

#: How often, and how long each time, running tasks are told to end.
_CANCELS, _PATIENCE = 4, 1.0

#: How long one element may wait before a full queue is asked again, in seconds.
_FULL = 0.2


class Broken(Exception):  # noqa: N818 - what it is
    """The program met an error of its own, named by its type: starting again may help."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who hears what happens: ``ready`` once, ``log`` codes with plain values, never words."""

    ready: Callable[[], None]
    log: Callable[..., None]


class App:
    """Built and run inside one event loop; the keyword arguments are test seams."""

    def __init__(
        self,
        file: Path,
        town: Town,
        platforms: Sequence[LivePlatform],
        hearing: Hearing,
        clock: Callable[[], datetime] = clocks.system,
        chance: Chance = system_chance,
        breath: float = CARD_BREATH,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._town = town
        self._clock = clock
        self._hearing = hearing
        self._store = Store(file, chance)
        self._engine = Engine(
            self._store,
            town,
            chance,
            clock,
            nearest,
            {p.name: p.capabilities for p in platforms},
            alarm=self._alarm,
        )
        names = {"town": town.name, "address": town.address, "account": town.account}
        renderer = Renderer(load(), town.language, town.zone, names, self._store.journal.words)
        self._workshop = Workshop(self._engine, Reader(self._store.connection), clock, renderer)
        shop = self._workshop
        speaker = Speaker(renderer, shop.heads, shop.page, shop.card, shop.card_of)
        self._thread = EngineThread(self._engine, self._loop, self._broken, self._follow)
        self._counter = Counter(self._engine.desk, speaker, self._posted, clock, self._alarm)
        self._platforms = tuple(platforms)
        self._couriers = {
            p.name: LiveCourier(p, self._counter, self._thread.call, breath)
            for p in self._platforms
        }
        self._looker = Looker({p.name: p for p in self._platforms}, self._hear, _FULL)
        self._timekeeper = Timekeeper(clock, self._ring)
        self._unsynced = {p.name for p in self._platforms}
        self._read_once = {p.name: asyncio.Event() for p in self._platforms}
        self._fault: asyncio.Future[None] = self._loop.create_future()

    async def run(self, stop: Awaitable[None]) -> None:
        """Run until ``stop``; raises ``Ended`` when only the keeper can help, else ``Broken``."""
        self._thread.start()
        await self._thread.call(self._begin)
        tasks = [asyncio.create_task(self._listen(p)) for p in self._platforms]
        tasks += [asyncio.create_task(self._deliver(p.name)) for p in self._platforms]
        waiting: list[asyncio.Future[None]] = [*tasks, asyncio.ensure_future(stop), self._fault]
        try:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                ended.result()
        finally:
            await self._end(tasks)

    async def _cursor(self, platform: str) -> str:
        cursor, _ = await self._thread.call(lambda: self._store.inbox.cursor(platform))
        return cursor

    async def _end(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        left = {task for task in tasks if not task.done()}
        for _ in range(_CANCELS):
            for task in left:
                task.cancel()
            if not left:
                break
            # A library may swallow a cancellation that comes at a bad moment: say it again.
            _, left = await asyncio.wait(left, timeout=_PATIENCE)
        self._timekeeper.stop()
        await self._looker.stop()
        for platform in self._platforms:
            await platform.close()
        await asyncio.to_thread(self._thread.stop)
        self._clean(timedelta())
        self._store.close()

    # -- from the platforms -------------------------------------------------------------------

    async def _listen(self, platform: LivePlatform) -> None:
        """Read, hand over, and acknowledge what was committed, in order."""
        acknowledged: asyncio.Queue[Batch] = asyncio.Queue()
        task = asyncio.create_task(_acknowledge(platform, acknowledged))
        try:
            await platform.start(await self._cursor(platform.name))
            while True:
                batch = await platform.read()
                while not self._thread.put(self._element(platform, batch, acknowledged)):
                    await asyncio.sleep(_FULL)
        finally:
            task.cancel()

    def _element(
        self, platform: LivePlatform, batch: Batch, acknowledged: asyncio.Queue[Batch]
    ) -> Element:
        def committed() -> None:
            self._synced(platform.name)
            acknowledged.put_nowait(batch)
            joined = (fact.origin.place for fact in batch.facts if isinstance(fact, Joined))
            self._couriers[platform.name].entered(joined)

        cursor = Cursor(platform.name, batch.cursor, batch.read_back_at, batch.places)
        return Element(batch.facts, cursor, self._after, committed, self._not_now)

    async def _deliver(self, platform: str) -> None:
        """Send once the first response is in: it says what stands of what was sent before."""
        await self._read_once[platform].wait()
        await self._couriers[platform].run()

    def _synced(self, platform: str) -> None:
        """The first response of every platform is in: the program is ready."""
        if platform in self._unsynced:
            self._unsynced.discard(platform)
            self._read_once[platform].set()
            if not self._unsynced:
                self._hearing.ready()

    def _after(self, replies: Sequence[Reply]) -> None:
        """After a commit: answers on their way, and whatever else waits to be sent."""
        for reply in replies:
            courier = self._couriers.get(reply.place.platform)
            if courier is not None:
                courier.answer([reply])
        for courier in self._couriers.values():
            courier.look()

    def _hear(self, looked: Looked, done: Callable[[], object]) -> bool:
        """A platform said what a message is; False while the queue is full."""
        element = Element((looked,), None, self._after, done, self._not_now)
        return self._thread.put(element)

    # -- in the engine's thread ---------------------------------------------------------------

    def _begin(self) -> None:
        """Rows that were on their way when the program ended are sent again: the platform knows
        their tokens. What fell due meanwhile happens when the platforms have read back."""
        with self._store.transaction():
            self._store.outbox.land()

    def _follow(self) -> None:
        """After a commit: the heavy work that it asked for, what platforms are to be asked, and
        the next deadline. What could not be kept is done after the next commit."""
        try:
            self._work()
        except NotNow:
            self._loop.call_soon_threadsafe(self._not_now)
            return
        looks = self._engine.handling.looks()
        if looks:
            self._loop.call_soon_threadsafe(self._looker.begin, looks)
        due = self._engine.ledger.next_due()
        self._timekeeper.set(due[1].at if due is not None else None)

    def _work(self) -> None:
        while self._engine.jobs:
            job: Job = self._engine.jobs[0]
            self._engine.receive([self._workshop.do(job)])
            self._engine.jobs.pop(0)
            self._loop.call_soon_threadsafe(self._after, ())
        self._clean(CLEANED_AFTER)

    def _clean(self, after: timedelta) -> None:
        with suppress(NotNow):  # then it is tried again after the next commit
            self._store.clean_when_due(self._milliseconds(), after)

    def _posted(self, token: str, name: str) -> None:
        self._engine.receive([Posted(token, name)])

    def _milliseconds(self) -> int:
        return milliseconds(self._clock())

    # -- the clock, and faults ----------------------------------------------------------------

    def _ring(self) -> None:
        """Called in the clock's thread: time has come for something."""
        now = self._clock()
        for platform in self._platforms:
            self._loop.call_soon_threadsafe(platform.complete_to, now)
        element = Element((Tick(now),), None, self._after, lambda: None, self._not_now)
        self._thread.put(element)

    def _not_now(self) -> None:
        self._hearing.log("not_now")

    def _alarm(self, code: str) -> None:
        self._loop.call_soon_threadsafe(self._hearing.log, code)

    def _broken(self, code: str) -> None:
        if not self._fault.done():
            self._fault.set_exception(Broken(code))


async def _acknowledge(platform: LivePlatform, batches: asyncio.Queue[Batch]) -> None:
    while True:
        await platform.acknowledge(await batches.get())
