"""The courier of a live platform: within its limits, in order of weight, one message a person.

Sent first is what the staff room waits for, then a document, a card, other messages of the room,
and persons last. Answers that wait for one place are put together into one message. A row of the
outbox is frozen before it is sent and let go when the platform has it; a card is edited at most
every half minute while others wait.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from bot.desk.asker import Reply
from bot.platforms.base import (
    Impossible,
    LivePlatform,
    Message,
    NotYet,
    Place,
    PlaceKind,
    Unreachable,
)
from bot.speaking import Speaker
from storage.messages import decode
from storage.outbox import Row
from storage.store import Store

#: The least time between two edits of cards while anything else waits, in seconds.
CARD_EVERY = 30.0

#: What somebody hears first who asked to take part.
_OPENING = frozenset({"begin", "between_rounds"})

#: Put on a message that now shows what it gave.
SHOWN = "\N{WHITE HEAVY CHECK MARK}"

#: For so many who ask in a room the bot opens their conversation itself; others use the link.
OPENED = 8

#: How long to wait before asking again a platform that did not say how long, in seconds.
_PAUSE = 5.0


class InThread(Protocol):
    """Runs work in the engine's thread and waits for what it gives."""

    def __call__(self, work: Callable[[], object], /) -> Awaitable[object]: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """A row on its way, and the message made of it."""

    id: int
    message: Message


class Desk(Protocol):
    """What the courier asks of the engine's thread."""

    def take(self, platform: str, cards: bool) -> Taken | None: ...

    def answers(self, replies: Sequence[Reply]) -> list[Message]: ...

    def sent(self, taken: Taken, name: str) -> None: ...

    def returned(self, taken: Taken, lost: bool) -> None: ...

    def stood(self, place: Place) -> None: ...


class Counter:
    """The courier's side of the store: runs in the engine's thread only.

    ``posted`` hands the engine the fact that a message stands; ``clock`` gives now in ms.
    """

    def __init__(
        self,
        store: Store,
        speaker: Speaker,
        token: Callable[[], str],
        posted: Callable[[str, str], None],
        clock: Callable[[], int],
    ) -> None:
        self._store = store
        self._speaker = speaker
        self._token = token
        self._posted = posted
        self._clock = clock

    def take(self, platform: str, cards: bool) -> Taken | None:
        """The weightiest row that waits, frozen; ``cards`` False leaves edits of cards out."""
        rows = [
            row
            for row in self._store.outbox.waiting()
            if row.place.startswith(f"{platform}/") and (cards or not _is_card_edit(row))
        ]
        if not rows:
            return None
        row = min(rows, key=lambda row: (_weight(row), row.id))
        with self._store.transaction():
            self._store.outbox.freeze(row.id)
        return Taken(row.id, self._speaker.message(row))

    def answers(self, replies: Sequence[Reply]) -> list[Message]:
        return [self._answer(reply) for reply in replies]

    def _answer(self, reply: Reply) -> Message:
        message = self._speaker.answer(
            reply.place, reply.notices, self._token(), reply.title, reply.language
        )
        asked = any(notice.template in _OPENING for notice in reply.notices)
        return replace(message, opens=asked)

    def sent(self, taken: Taken, name: str) -> None:
        self._posted(taken.message.token, name)

    def returned(self, taken: Taken, lost: bool) -> None:
        """It did not go: ``lost`` when the platform will never take it."""
        with self._store.transaction():
            if lost:
                self._store.outbox.thaw(taken.id)
            else:
                self._store.outbox.unfreeze(taken.id)

    def stood(self, place: Place) -> None:
        """What was offered in a place stands there from now on."""
        with self._store.transaction():
            self._store.places.stand(str(place), self._clock())


def _is_card_edit(row: Row) -> bool:
    return row.slot.startswith("card-") and bool(row.edits)


def _weight(row: Row) -> int:
    kind = Place.parse(row.place).kind
    if kind is PlaceKind.STAFF:
        return 0
    if kind is PlaceKind.PERSONAL:
        return 4
    if decode(row.message).template == "advice":
        return 1
    return 2 if row.slot.startswith("card-") else 3


class LiveCourier:
    """Sends for one platform, for as long as ``run`` runs."""

    def __init__(self, platform: LivePlatform, counter: Desk, in_thread: InThread) -> None:
        self._platform = platform
        self._counter = counter
        self._in_thread = in_thread
        self._answers: dict[str, Message] = {}
        self._news = asyncio.Event()
        self._card_at = float("-inf")
        self._shut: dict[str, float] = {}
        self._opened = 0
        self._asked: set[str] = set()

    def answer(self, messages: Sequence[Message]) -> None:
        """Queue answers; what waits for the same place goes out as one message."""
        for message in messages:
            key = str(message.place)
            waiting = self._answers.get(key)
            self._answers[key] = message if waiting is None else _joined(waiting, message)
        self._news.set()

    def look(self) -> None:
        """Something may wait in the outbox."""
        self._news.set()

    async def run(self) -> None:
        while True:
            try:
                if not await self._next():
                    self._news.clear()
                    async with asyncio.timeout(CARD_EVERY):  # wait_for may lose a cancellation
                        await self._news.wait()
            except TimeoutError:
                continue
            except NotYet as later:
                await asyncio.sleep(min(max(later.seconds, 0.05), 300.0))

    async def _next(self) -> bool:
        """Send the weightiest thing; False when nothing waits."""
        now = time.monotonic()
        ready = [key for key in self._answers if self._shut.get(key, 0.0) <= now]
        staff = next((key for key in ready if f"/{PlaceKind.STAFF.value}/" in key), None)
        if staff is not None:
            return await self._reply(staff)
        cards = not ready or now - self._card_at >= CARD_EVERY
        taken = await self._in_thread(lambda: self._counter.take(self._platform.name, cards))
        if isinstance(taken, Taken):
            return await self._row(taken)
        return await self._reply(ready[0]) if ready else False

    async def _reply(self, key: str) -> bool:
        message = self._answers.pop(key)
        try:
            await self._platform.send(message)
        except Impossible:
            return True  # a lost answer is given again when it is asked again
        except Unreachable as shut:
            later = self._answers.get(key)
            self._answers[key] = message if later is None else _joined(message, later)
            await self._open(key, message, shut.seconds)
            return True
        except (NotYet, asyncio.CancelledError):
            later = self._answers.get(key)
            self._answers[key] = message if later is None else _joined(message, later)
            raise
        await self._in_thread(lambda: self._counter.stood(message.place))
        return True

    async def _pin(self, place: Place, name: str) -> None:
        """Keep a new card in sight, where the bot may."""
        with suppress(Impossible, NotYet):
            await self._platform.pin(place, name)

    async def confirm(self, place: Place, message: str) -> None:
        """Show that somebody's own message shows what they gave; where that fails, it fails."""
        with suppress(Impossible, NotYet):
            await self._platform.react(place, message, SHOWN, f"shown.{message}")

    async def _open(self, key: str, message: Message, seconds: float) -> None:
        """A place the bot is not in: open a personal conversation for the first few who ask, and
        otherwise wait for theirs (the card's link opens it)."""
        self._shut[key] = time.monotonic() + seconds
        personal = message.place.kind is PlaceKind.PERSONAL
        if not personal or not message.opens or self._opened >= OPENED or key in self._asked:
            return
        with suppress(NotYet, Impossible):
            await self._platform.open_direct(message.place.name)
            self._opened += 1
            self._asked.add(key)
            self._shut[key] = time.monotonic() + _PAUSE

    async def _row(self, taken: Taken) -> bool:
        message = taken.message
        try:
            for number, file in enumerate(message.files):
                token = f"{message.token}.{number}"
                await self._platform.upload(message.place, file.name, file.data, file.mime, token)
            name = await self._platform.send(message)
        except Impossible:
            await self._in_thread(lambda: self._counter.returned(taken, lost=True))
            await asyncio.sleep(_PAUSE)
            return True
        except Unreachable:
            await self._in_thread(lambda: self._counter.returned(taken, lost=True))
            return True
        except (NotYet, asyncio.CancelledError):
            await self._in_thread(lambda: self._counter.returned(taken, lost=False))
            raise
        await self._in_thread(lambda: self._counter.sent(taken, name))
        if message.slot.startswith("card-"):
            self._card_at = time.monotonic()
            if not message.edits:
                await self._pin(message.place, name)
        return True


def _joined(first: Message, then: Message) -> Message:
    """Both as one message, under the token of the later: the earlier may have been sent before."""
    return replace(
        then,
        opens=first.opens or then.opens,
        plain=f"{first.plain}\n\n{then.plain}",
        html=f"{first.html}<br>{then.html}",
    )
