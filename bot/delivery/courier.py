"""The courier of a live platform: within its limits, in order of weight, one message a person.

Sent first is what the staff room waits for, then a document and the news before it, a card, other
messages of the room, and persons last; what is done to messages that stand (a pin, a removal) goes
with them. A row of the outbox is frozen before it is sent and let go when the platform has it;
a card is edited at most every half minute while anything else waits. What may stand already,
because no answer came or the program ended, keeps its words and its token, and is looked for
before it is sent again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Protocol

from bot.delivery.carrying import carried
from bot.delivery.prepare import Asked, Taken, Turn
from bot.delivery.queue import Answers, Composed, Waiting, is_staff
from bot.desk.asker import Reply
from bot.platforms.live import Doubtful, Impossible, LivePlatform, NotYet, Unreachable
from bot.platforms.places import Place, PlaceKind
from storage.rows import Cards
from storage.store import NotNow

#: The least time between two edits of cards while anything else waits, in seconds.
CARD_EVERY = 30.0

#: The least time between two edits of cards at any time, in seconds: a card that changes with every
#: vote is redrawn by every client in the room.
CARD_BREATH = 3.0

#: Who waited for an answer this long finds more statements in the next offer, in seconds.
PATIENCE = 10.0

#: For so many places answers are made on one errand to the engine's thread, and sent one by one.
TOGETHER = 5

#: For so many who ask in a room the bot opens their conversation itself; others use the link.
OPENED = 8

#: How long what was refused waits before it is tried again, in seconds.
_PAUSE = 5.0

#: How long to wait before the store is tried again that could not keep something, in seconds.
_AGAIN = 1.0


class InThread(Protocol):
    """Runs work in the engine's thread and waits for what it gives."""

    def __call__(self, work: Callable[[], Any], /) -> Awaitable[Any]: ...


class Desk(Protocol):
    """What the courier asks of the engine's thread."""

    def next(self, turn: Turn) -> Taken | list[Composed] | None: ...

    def sent(self, taken: Taken, name: str) -> None: ...

    def refused(self, taken: Taken) -> None: ...

    def returned(self, taken: Taken, landed: bool) -> None: ...

    def answers(self, turn: Turn) -> list[Composed]: ...

    def stood(self, place: Place, offered: str) -> None: ...


class LiveCourier:
    """Sends for one platform, for as long as ``run`` runs. ``breath``: see ``CARD_BREATH``."""

    def __init__(
        self,
        platform: LivePlatform,
        counter: Desk,
        in_thread: InThread,
        breath: float = CARD_BREATH,
    ) -> None:
        self._breath = breath
        self._platform = platform
        self._counter = counter
        self._in_thread = in_thread
        self._answers = Answers()
        self._news = asyncio.Event()
        self._card_at = float("-inf")
        self._shut: dict[str, float] = {}
        self._later: dict[int, float] = {}
        self._opened = 0
        self._asked: set[str] = set()

    def answer(self, replies: Iterable[Reply]) -> None:
        """Queue answers; what waits for the same place goes out as one message."""
        self._answers.add(replies, time.monotonic())
        self._news.set()

    def entered(self, places: Iterable[Place]) -> None:
        """The bot came into these places: what waits for them can go."""
        for place in places:
            self._shut.pop(str(place), None)
        self._news.set()

    def look(self) -> None:
        """Something may wait in the outbox."""
        self._news.set()

    async def run(self) -> None:
        while True:
            try:
                self._news.clear()
                if not await self._next():
                    async with asyncio.timeout(self._rest()):  # wait_for may lose a cancellation
                        await self._news.wait()
            except TimeoutError:
                continue
            except NotNow:
                await asyncio.sleep(_AGAIN)
            except NotYet as later:
                await asyncio.sleep(min(max(later.seconds, 0.05), 300.0))

    def _rest(self) -> float:
        """How long to wait for news when nothing can be sent, in seconds."""
        now = time.monotonic()
        waits = [*self._shut.values(), *self._later.values(), self._card_at + self._breath]
        return min(
            max(min((t for t in waits if t > now), default=now + CARD_EVERY) - now, 0.05),
            CARD_EVERY,
        )

    async def _surely(self, work: Callable[[], Any]) -> None:
        """Have something kept, however long the store has no room for it."""
        while True:
            try:
                await self._in_thread(work)
                return
            except NotNow:
                await asyncio.sleep(_AGAIN)

    async def _next(self) -> bool:
        """Send the weightiest thing; False when nothing waits."""
        now = time.monotonic()
        self._shut = {key: until for key, until in self._shut.items() if until > now}
        self._later = {row: until for row, until in self._later.items() if until > now}
        ready = self._answers.ready(self._shut)
        if ready and is_staff(ready[0]):
            await self._reply(ready[0])
            return True
        taken = await self._take(now - self._card_at, ready[:TOGETHER])
        if taken is not None:
            await self._row(taken)
        else:
            await self._replies(ready[:TOGETHER])
        return taken is not None or bool(ready)

    async def _take(self, rested: float, ready: Sequence[str]) -> Taken | None:
        """The weightiest row that may go; where there is none, the answers that are next become
        messages on the same errand. ``rested``: how long no card was edited, in seconds."""
        cards = Cards.LATER
        if rested >= CARD_EVERY:
            cards = Cards.NOW
        elif not ready and rested >= self._breath:
            cards = Cards.ALONE
        places = [self._answers.places[key] for key in ready]
        waiting = [place for place in places if place.composed is None]
        turn = self._turn(waiting, cards)
        found = await self._in_thread(lambda: self._counter.next(turn))
        if not isinstance(found, list):
            taken: Taken | None = found
            return taken
        for place, composed in zip(waiting, found, strict=True):
            place.became(composed)
        return None

    def _turn(self, waiting: Sequence[Waiting], cards: Cards = Cards.LATER) -> Turn:
        now = time.monotonic()
        return Turn(
            self._platform.name,
            self._platform.most,
            frozenset(self._shut),
            frozenset(self._later),
            cards,
            tuple(Asked(one.replies(), now - one.since >= PATIENCE) for one in waiting),
        )

    # -- answers ------------------------------------------------------------------------------

    async def _replies(self, keys: Sequence[str]) -> None:
        """What waits for some places. Where the platform says stop, the words of the others are
        made again when it is their turn."""
        for number, key in enumerate(keys, 1):
            try:
                await self._reply(key)
            except NotYet:
                for other in keys[number:]:
                    self._answers.places[other].give_back()
                raise

    async def _reply(self, key: str) -> None:
        """One message of what waits for a place; the next of it has its own turn."""
        waiting = self._answers.places[key]
        composed = waiting.composed or await self._compose(waiting)
        try:
            if composed.messages:
                await self._platform.send(composed.messages[0])
        except Impossible:
            pass  # a lost answer is given again when it is asked again
        except Unreachable as shut:
            waiting.give_back()
            self._shut[key] = time.monotonic() + shut.seconds
            if composed.opens:
                await self._open(Place.parse(key))
            return
        except NotYet as later:
            composed.kept = composed.kept or isinstance(later, Doubtful)
            waiting.give_back()
            raise
        composed.kept = True
        del composed.messages[:1]
        if composed.messages:
            return
        place = Place.parse(key)
        if composed.offered:
            await self._surely(lambda: self._counter.stood(place, composed.offered))
        if composed.leaves:
            await self._leave(place)
        if waiting.done():
            del self._answers.places[key]

    async def _compose(self, waiting: Waiting) -> Composed:
        """What somebody waits for as messages, without a look at what else waits."""
        turn = self._turn([waiting])
        (composed,) = await self._in_thread(lambda: self._counter.answers(turn))
        made: Composed = composed
        waiting.became(made)
        return made

    async def _open(self, place: Place) -> None:
        """Open a personal conversation for the first few who ask; others wait for theirs (the
        card's link opens it)."""
        key = str(place)
        if place.kind is not PlaceKind.PERSONAL or self._opened >= OPENED or key in self._asked:
            return
        with suppress(NotYet, Impossible):
            await self._platform.open_direct(place.name)
            self._opened += 1
            self._asked.add(key)
            self._shut[key] = time.monotonic() + _PAUSE

    async def _leave(self, place: Place) -> None:
        """Forget whose conversation this was, however long the platform takes nothing."""
        while True:
            try:
                await self._platform.leave(place)
            except NotYet as later:
                await asyncio.sleep(min(max(later.seconds, 0.05), 300.0))
                continue
            except Impossible:
                pass  # then nobody is there any more
            return

    # -- rows ---------------------------------------------------------------------------------

    async def _row(self, taken: Taken) -> None:
        row = taken.row
        try:
            name = await carried(self._platform, taken)
        except Impossible:
            self._later[row.id] = time.monotonic() + _PAUSE
            await self._surely(lambda: self._counter.refused(taken))
            return
        except Unreachable as shut:
            self._shut[row.place] = time.monotonic() + shut.seconds
            await self._surely(lambda: self._counter.returned(taken, row.landed))
            return
        except NotYet as later:
            landed = row.landed or isinstance(later, Doubtful)
            await self._surely(lambda: self._counter.returned(taken, landed))
            raise
        await self._surely(lambda: self._counter.sent(taken, name))
        if row.edits_card:
            self._card_at = time.monotonic()
