"""Couriers: they send rows of the outbox and answers, and record which messages were posted.

The steps are the same on every platform: a row of the outbox is frozen, rendered to
messages, sent, and deleted when the platform has it. On a platform that answers at once rows go in
their order. A live platform has rate limits and may not answer: there the rows are sent by
priority, one message at a time. A row that may have been posted already, because no answer came or
the program ended, keeps its words and its token, and is looked for before it is sent again.

Priority: staff rooms, then what is new in a room, edits of its cards and work on posted messages
(a pin, a removal), and persons last. Within a place the order of messages is the order of events,
answers included: an answer comes after what was told before its fact, and before what follows from
that. A card is edited at most every half minute while anything else waits. Where nobody knows
whether something arrived, its place waits alone; where that is so of two, all of the platform does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from bot.delivery.answering import Answering, Asked
from bot.delivery.beforehand import Beforehand
from bot.delivery.carrying import Sender, all_of, carried_at_once
from bot.delivery.conversations import AGAIN, InThread, pause
from bot.delivery.queue import Answers, Composed, Pace, Paces, is_staff
from bot.delivery.rows import Rows, Taken, Turn
from bot.desk.asker import Reply
from bot.platforms.lasting import lasting
from bot.platforms.live import LivePlatform, NotYet, Platform
from bot.platforms.places import Place
from storage.database import NotNow
from storage.rows import Cards, Next, Row

#: So long after they were composed, in seconds, answers are still sent.
FRESH = 2.0


#: Whether anybody looks at the messages of a place.
Shows = Callable[[Place], bool]


def everything(_place: Place) -> bool:
    """Messages of every place are shown."""
    return True


class InlineCourier:
    """Sends on a platform that answers at once, in the calling thread; nothing ever waits there.

    Messages for a place for which ``shows`` is False are dropped without being rendered.
    """

    def __init__(
        self,
        platform: Platform,
        rows: Rows,
        answering: Answering,
        shows: Shows = everything,
    ) -> None:
        self._platform = platform
        self._rows = rows
        self._answering = answering
        self._shows = shows
        self._frozen: list[Row] = []
        self._stand: dict[str, str] = {}

    def answer(self, replies: Iterable[Reply]) -> None:
        """Show the answers to the people who asked."""
        for reply in replies:
            if not self._shows(reply.place):
                self._answering.passes()
                continue
            self._before(reply)
            for message in self._answering.messages(reply):
                self._platform.send(message)

    def _before(self, reply: Reply) -> None:
        """Send what was told in that place before; what cannot be sent now goes later."""
        if reply.after is None or self._frozen or self._stand:
            return
        with suppress(NotNow):
            self._frozen = self._rows.freeze_upto(str(reply.place), reply.after)
            self._send()
            if self._stand:
                self._rows.outcomes.stand(self._stand)
                self._stand = {}

    def deliver(self) -> bool:
        """Send all that waits in the outbox; True when there was anything. After ``NotNow`` the
        next call goes on from there."""
        if not self._stand:
            self._frozen = self._frozen or self._rows.freeze_all()
            if not self._frozen:
                return False
            self._send()
        if self._stand:
            self._rows.outcomes.stand(self._stand)
            self._stand = {}
        return True

    def _send(self) -> None:
        while self._frozen:
            row = self._frozen[0]
            if not self._shows(Place.parse(row.place)):
                self._stand[row.token] = row.edits or row.target or row.token
            elif (taken := self._rows.made(row)) is not None:
                self._stand[row.token] = carried_at_once(self._platform, taken)
            del self._frozen[0]


class LiveCourier:
    """Sends on one live platform, for as long as ``run`` runs."""

    def __init__(
        self,
        platform: LivePlatform,
        rows: Rows,
        answering: Answering,
        in_thread: InThread,
        paces: Paces,
    ) -> None:
        self._platform = platform
        self._rows = rows
        self._answering = answering
        self._in_thread = in_thread
        self._answers = Answers()
        self._pace = Pace(lambda: time.monotonic(), paces)
        waits = self._answers.places.__contains__
        self._sender = Sender(platform, rows.outcomes, answering, in_thread, self._pace, waits)
        self._beforehand = Beforehand(platform, rows, answering, self._pace)
        self._found: Next | None = None
        self._news = asyncio.Event()

    def prepare(self, replies: Sequence[Reply]) -> None:
        """Compose answers before they are queued, in the engine's thread; see ``Beforehand``."""
        self._beforehand.prepare(replies)

    def answer(self, replies: Sequence[Reply]) -> None:
        """Queue answers; what waits for the same place goes out as one message."""
        prepared = self._beforehand.taken(replies)
        places = self._answers.places
        apart = not any(str(reply.place) in places for reply in replies)
        self._answers.add(replies, self._pace.now())
        if prepared is not None and apart:
            self._found = prepared.found
            for composed in prepared.composed:
                places[str(composed.replies[0].place)].became(composed)
        self._news.set()

    def entered(self, places: Iterable[Place]) -> None:
        """The bot can reach these places now: what waits for them can be sent."""
        for place in places:
            self._pace.open(str(place))
        self._news.set()

    def look(self) -> None:
        """Look at the outbox: something may wait in it."""
        self._news.set()

    async def run(self) -> None:
        """Send, and leave conversations beside it, until cancelled."""
        leaving = lasting(self._sender.conversations.leaving, self._rows.outcomes.alarm)
        task = asyncio.create_task(leaving)
        try:
            await self._send()
        finally:
            task.cancel()

    async def _send(self) -> None:
        while True:
            try:
                self._news.clear()
                if not await self._next():
                    await self._rest()
            except TimeoutError:
                continue
            except NotNow:
                await asyncio.sleep(AGAIN)
            except NotYet as later:
                await pause(later)

    async def _rest(self) -> None:
        """Wait until something may be sent. Raises ``TimeoutError``."""
        self._beforehand.rests()
        try:
            async with asyncio.timeout(self._pace.rest()):  # wait_for may lose a cancellation
                await self._news.wait()
        finally:
            self._beforehand.wakes()

    async def _next(self) -> bool:
        """Send what has priority; False when nothing can be sent now, and nothing more can have
        become ready by what was sent."""
        self._pace.go_on()
        ready = self._answers.ready(self._pace)
        staff = bool(ready) and is_staff(ready[0])
        now = self._answers.turn(ready)
        found = await self._take(self._pace.cards(others_wait=bool(now)), now, staff)
        if isinstance(found, Taken):
            await self._sender.row(found)
            return True
        follows = await self._replies(now)
        card = found.card and self._pace.cards(others_wait=False) is not Cards.LATER
        return bool(now) and (staff or follows or found.behind or card or len(ready) > len(now))

    async def _take(self, cards: Cards, ready: Sequence[str], staff: bool) -> Taken | Next:
        """The row of the outbox that has priority, with ``staff`` of those for staff rooms. Where
        there is none, answers that wait are turned into messages in the same call to the engine's
        thread, and what waits is returned; nothing is asked there that was said beforehand."""
        said, self._found = self._found, None
        places = [self._answers.places[key] for key in ready]
        waiting = [place for place in places if place.composed is None]
        if said is not None and not waiting:
            return said
        platform, pace = self._platform, self._pace
        asked = [Asked(one.replies(), pace.patient(one)) for one in waiting]
        shut, later = pace.rows_shut(), frozenset(pace.later)
        answers = self._answers.after(shut)
        turn = Turn(platform.name, platform.limit, shut, later, cards, answers, staff)

        def errand() -> tuple[Taken | Next, list[Composed]]:
            found = self._rows.take(turn)
            if isinstance(found, Taken):
                return found, []
            return found, self._answering.composed(asked, turn.limit, later)

        told: tuple[Taken | Next, list[Composed]] = await self._in_thread(errand)
        found, made = told
        for place, composed in zip(waiting, made, strict=False):
            place.became(composed)
        return found

    async def _replies(self, keys: Sequence[str]) -> bool:
        """Send the answers for these places; whether more follows. Those that are given by handles
        go at once, each for itself. Of others, after ``NotYet`` and once it takes long, those of
        the remaining places are composed again when it is their turn: words may have been erased
        meanwhile."""
        if len(keys) > 1 and all(self._answers.places[key].by_handle() for key in keys):
            return any(await all_of(map(self._reply, keys)))
        follows, began = False, self._pace.now()
        for number, key in enumerate(keys, 1):
            try:
                follows |= await self._reply(key)
            except NotYet:
                self._answers.give_back(keys[number:])
                raise
            if self._pace.now() - began > FRESH:
                self._answers.give_back(keys[number:])
                return True
        return follows

    async def _reply(self, key: str) -> bool:
        """Send one message of the answers for a place; its next message waits for another turn.
        Whether there is one, or sending it put something in the outbox."""
        waiting = self._answers.places[key]
        writes = waiting.composed is None or waiting.composed.writes
        if await self._sender.reply(Place.parse(key), waiting) and waiting.done():
            del self._answers.places[key]
            return writes
        return True
