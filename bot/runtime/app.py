"""``App``: the live bot, with its event loop, engine thread, timekeeper and platforms.

One event loop for the platforms, one thread for the engine, one clock that wakes it. A platform's
response goes into the engine's queue, is committed with its cursor, and only then acknowledged;
answers and the outbox go out through that platform's courier.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.delivery.courier import LiveCourier
from bot.delivery.couriers import Couriers
from bot.delivery.excuses import Excuses
from bot.delivery.lookups import Looker
from bot.delivery.queue import Paces
from bot.desk.tapping import unanswered
from bot.engine.thread import Element, EngineThread
from bot.platforms.facts import Fact, Tick, Trouble
from bot.platforms.lasting import lasting
from bot.platforms.live import LivePlatform
from bot.platforms.menu import Opened, Queries, Searched, Suggestion
from bot.platforms.messages import Form
from bot.runtime import clock as clocks
from bot.runtime.chance import Chance
from bot.runtime.chance import system as system_chance
from bot.runtime.hosting import Hands, Hearing, Host
from bot.runtime.listening import FULL
from bot.runtime.parts import build
from bot.runtime.press import Press
from bot.runtime.timekeeper import Timekeeper
from bot.town.town import Town
from storage.database import NotNow, Where

#: How often it is looked whether something lapsed, also where nothing is said, in seconds.
TIDIED_EVERY = 600.0

#: How often, and how long each time, running tasks are told to end.
_CANCELS, _PATIENCE = 4, 1.0


class Broken(Exception):  # noqa: N818 - what it is
    """The program failed by an error of its own (named by its type); starting again may help."""


class App:
    """Built and run inside one event loop; the keyword arguments are test seams."""

    def __init__(
        self,
        file: Where,
        town: Town,
        platforms: Sequence[LivePlatform],
        hearing: Hearing,
        clock: Callable[[], datetime] = clocks.system,
        chance: Chance = system_chance,
        paces: Paces = Paces(),  # noqa: B008 - frozen
    ) -> None:
        self._loop, self._clock = asyncio.get_running_loop(), clock
        self._hearing, can = hearing, {p.name: p.capabilities for p in platforms}
        parts = build(file, town, chance, clock, can, alarm=self._alarm)
        self._store, self._engine, self._rows = parts.store, parts.engine, parts.rows
        self._chores, self._forms = parts.chores, parts.forms
        self._suggests = parts.suggesting.fits
        parts.chores.press = Press(file, town.key, parts.workshop, clock, self._hear, self._alarm)
        self._thread = EngineThread(
            parts.engine,
            self._loop,
            self._broken,
            self._follow,
            lambda replies: self._couriers.prepare(replies),
            lambda facts: self._excuses.tell(facts),
        )
        self._platforms = tuple(platforms)
        spoken = parts.engine.services, parts.speaker
        self._excuses = Excuses(*spoken, self._platforms, self._loop, self._alarm)
        call, made = self._thread.call, (parts.rows, parts.answering)
        self._couriers = Couriers(
            {p.name: LiveCourier(p, *made, call, paces) for p in self._platforms}
        )
        self._looker = Looker({p.name: p for p in self._platforms}, self._hear, FULL, hearing.log)
        self._timekeeper = Timekeeper(clock, self._ring)
        self._host = Host(
            self._platforms,
            self._couriers.by_name,
            self._thread,
            Hands(self._store.cursors.position, self._couriers.after, self._not_now),
            hearing,
            clock,
        )
        self._fault: asyncio.Future[None] = self._loop.create_future()

    async def run(self, stop: Awaitable[None]) -> None:
        """Run until ``stop``; raises ``Ended`` when only the keeper can help, else ``Broken``."""
        self._thread.start()
        await self._thread.call(self._rows.land)
        for tap in await self._thread.call(lambda: unanswered(self._store, self._clock())):
            self._hear(tap)
        tasks = [asyncio.create_task(self._host.run())]
        tasks.append(asyncio.create_task(lasting(self._tidy, self._alarm)))
        waiting: list[asyncio.Future[None]] = [*tasks, asyncio.ensure_future(stop), self._fault]
        try:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                ended.result()
        finally:
            await self._end(tasks)

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
        self._chores.end()
        self._store.close()

    # -- what may be asked of the engine, without changing anything ---------------------------

    @property
    def queries(self) -> Queries:
        """What platforms may ask."""
        return Queries(self._search, self._form, lambda: tuple(self._engine.ledger.states))

    async def _search(self, searched: Searched) -> tuple[Suggestion, ...]:
        found: tuple[Suggestion, ...] = await self._thread.call(lambda: self._suggests(searched))
        return found

    async def _form(self, opened: Opened) -> Form | None:
        try:
            made: Form | None = await self._thread.call(lambda: self._forms.form(opened))
        except NotNow:
            return None
        return made

    # -- after a commit -----------------------------------------------------------------------

    def _hear(self, fact: Fact, done: Callable[[], object] = lambda: None) -> bool:
        """Queue what no platform brought; False while the queue is full."""
        return self._thread.put(Element((fact,), None, self._couriers.after, done, self._not_now))

    async def _tidy(self) -> None:
        """Have what lapsed deleted, for as long as the bot runs; no platform is needed for it."""
        while True:
            await self._thread.call(self._chores.clean)
            self._couriers.after(())  # what lapsed may have to be taken away
            await asyncio.sleep(TIDIED_EVERY)

    # -- in the engine's thread ---------------------------------------------------------------

    def _follow(self) -> None:
        """After a commit, in the engine's thread: do the jobs and chores, look up messages, and set
        the next deadline. What cannot be stored now is done after the next commit."""
        try:
            if self._chores.work():
                self._loop.call_soon_threadsafe(self._couriers.after, ())
        except NotNow:
            self._loop.call_soon_threadsafe(self._not_now)
            return
        self._chores.clean()
        looks = self._engine.handling.looks()
        if looks:
            self._loop.call_soon_threadsafe(self._looker.begin, looks)
        due = self._engine.ledger.next_due()
        self._timekeeper.set(due[1].at if due is not None else None)

    # -- the clock, and faults ----------------------------------------------------------------

    def _ring(self) -> None:
        """Called in the timekeeper's thread when a deadline has come: queue a tick."""
        now = self._clock()
        for platform in self._platforms:
            self._loop.call_soon_threadsafe(platform.complete_to, now)
        self._hear(Tick(now))

    def report(self, code: str) -> None:  # a fault that staff has to hear of
        self._hear(Trouble(self._clock(), code))

    def _not_now(self) -> None:
        self._hearing.log("not_now")

    def _alarm(self, code: str) -> None:
        self._loop.call_soon_threadsafe(self._hearing.log, code)

    def _broken(self, code: str) -> None:
        if not self._fault.done():
            self._fault.set_exception(Broken(code))
