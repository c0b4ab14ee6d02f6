"""Answers to presses, commands and forms, which Discord calls interactions.

Each is acknowledged within three seconds. Where the engine answers in time, the answer is the
acknowledgement: one request; else it is put off first, and the answer edits: two. What comes under
a message that one person sees edits that message; all else is a new message, which in a room only
who asked sees.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from bot.platforms.discord.components import Json, Shown, above
from bot.platforms.discord.errors import Acknowledged
from bot.platforms.discord.settings import Alarm
from bot.platforms.discord.wire import HERE, LATER, LATER_HERE, MESSAGE, File, Wire, body, files
from bot.platforms.live import Doubtful, Ended, Impossible, NotYet
from bot.platforms.messages import ReplyHandle

#: How long an interaction's token lives; a little less than Discord's 15 minutes.
LIVES = timedelta(minutes=14, seconds=30)

#: After so many seconds without an answer an interaction is put off, within Discord's three.
PUT_OFF = 1.5

#: After so many seconds without any answer it is closed.
CLOSED = 20.0

#: How often an acknowledgement is tried on which it depends whether something counts.
_TRIES = 3

#: How many interactions are remembered at most.
_MOST = 5_000


class Stage(Enum):
    """How far the answering of an interaction is."""

    WAITS = auto()
    PUT_OFF = auto()
    ANSWERED = auto()


@dataclass(slots=True)
class Asked:
    """An interaction that may be answered. ``came`` is when its waiting began, by the loop's clock.

    ``here`` are the components of the message under which it was pressed, where one person sees
    that message alone; None elsewhere. ``public``: everybody in the place may see the answer.
    """

    id: int
    token: str = field(repr=False)
    account: str
    handle: ReplyHandle
    here: list[Json] | None = None
    public: bool = False
    stage: Stage = Stage.WAITS
    came: float = 0.0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Replies:
    """The interactions of the last quarter of an hour. ``troubled``: the last acknowledgement did
    not arrive, so the next comes before anything counts."""

    def __init__(self, wire: Wire, alarm: Alarm) -> None:
        self._wire = wire
        self._alarm = alarm
        self.troubled = False
        self._asked: OrderedDict[str, Asked] = OrderedDict()
        self._newest: dict[str, Asked] = {}
        self._waiting: list[Asked] = []
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, asked: Asked) -> None:
        """Remember an interaction, and see to it that it is acknowledged."""
        self._asked[asked.handle.value] = asked
        self._newest[asked.account] = asked
        self._waiting.append(asked)
        self._news.set()
        while len(self._asked) > _MOST:
            _, old = self._asked.popitem(last=False)
            if self._newest.get(old.account) is old:
                del self._newest[old.account]

    def by(self, handle: ReplyHandle) -> Asked | None:
        return self._asked.get(handle.value)

    def newest(self, account: str) -> Asked | None:
        """The newest interaction of somebody."""
        return self._newest.get(account)

    def forget(self, account: str) -> None:
        """Forget somebody's newest interaction."""
        self._newest.pop(account, None)

    # -- answering ----------------------------------------------------------------------------

    async def answer(self, asked: Asked, shown: Shown, *, only: bool) -> str:
        """Answer, to the asker alone with ``only``; returns the message's id. Raises ``Impossible``
        when it is too late."""
        new = body(shown, only=only), files(shown)
        async with asked.turn:
            if asked.stage is Stage.ANSWERED:
                return await self._wire.follow(asked.token, *new)
            name = await self._first(asked, shown, new)
            asked.stage = Stage.ANSWERED
        for older in [one for one in self._waiting if one.account == asked.account]:
            if older.id < asked.id and older.stage is not Stage.ANSWERED:
                self._spawn(self._drop(older))
        return name

    async def _first(self, asked: Asked, shown: Shown, new: tuple[Json, tuple[File, ...]]) -> str:
        here = _here(asked, shown)
        if asked.stage is Stage.WAITS:
            kind, said = (MESSAGE, new) if here is None else (HERE, (body(here), ()))
            try:
                return await self._respond(asked, kind, *said)
            except Acknowledged:
                return await self._wire.original(asked.token, *said)
        if asked.here is not None and here is None:
            return await self._wire.follow(asked.token, *new)
        return await self._wire.original(asked.token, body(here or shown), files(here or shown))

    async def _drop(self, asked: Asked) -> None:
        """End an interaction whose answer was given with a later one of the same person."""
        if await self.put_off(asked) and asked.stage is not Stage.ANSWERED:
            asked.stage = Stage.ANSWERED
            if asked.here is None:
                await self._wire.unsay(asked.token)

    # -- acknowledging ------------------------------------------------------------------------

    async def put_off(self, asked: Asked) -> bool:
        """Acknowledge now and answer later; False when that was too late."""
        async with asked.turn:
            if asked.stage is not Stage.WAITS:
                return True
            try:
                if asked.here is not None:
                    await self._respond(asked, LATER_HERE)
                else:
                    await self._respond(asked, LATER, {} if asked.public else {"flags": 64})
            except Acknowledged:
                pass
            except Impossible:
                asked.stage = Stage.ANSWERED
                return False
            asked.stage = Stage.PUT_OFF
            return True

    async def _respond(
        self, asked: Asked, kind: int, made: Json | None = None, sent: tuple[File, ...] = ()
    ) -> str:
        try:
            name = await self._wire.respond(asked.id, asked.token, kind, made, sent)
        except Acknowledged:
            raise
        except (NotYet, Impossible):
            self.troubled = True
            raise
        self.troubled = False
        return name

    async def close(self, asked: Asked, shown: Shown) -> None:
        """Nothing was said to an interaction: it ends with words instead of a waiting sign."""
        if asked.stage is not Stage.ANSWERED and asked.here is None:
            await self.answer(asked, shown, only=True)
        elif asked.stage is Stage.WAITS:
            await self.put_off(asked)

    async def keep(self, nothing: Shown) -> None:
        """Acknowledge in time whatever is not answered, for as long as the bot runs."""
        loop = asyncio.get_running_loop()
        while True:
            self._news.clear()
            now, due = loop.time(), float("inf")
            waiting, self._waiting = self._waiting, []
            for asked in waiting:
                if asked.stage is Stage.ANSWERED:
                    continue
                self._waiting.append(asked)
                asked.came = asked.came or now
                age = now - asked.came
                if asked.stage is Stage.WAITS and age >= PUT_OFF:
                    self._spawn(self.put_off(asked))
                elif age >= CLOSED:
                    self._waiting.remove(asked)
                    self._spawn(self.close(asked, nothing))
                due = min(due, asked.came + (PUT_OFF if age < PUT_OFF else CLOSED))
            rest = min(max(due - loop.time(), 0.05), 60.0)
            try:
                async with asyncio.timeout(rest):
                    await self._news.wait()
            except TimeoutError:
                continue

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """Do something beside the loop: one slow request holds up no other."""

        async def surely() -> None:
            try:
                await work
            except (NotYet, Impossible, Ended) as error:
                self._alarm(type(error).__name__)

        task = asyncio.create_task(surely())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _here(asked: Asked, shown: Shown) -> Shown | None:
    """The answer as it takes the place of the message that was pressed: with choices of its own it
    replaces that, without it stands above it. None where it must be a new message."""
    if asked.here is None or shown.whole:
        return None
    return shown if shown.rows else above(shown, asked.here)


async def in_time(replies: Replies, asked: Asked) -> bool:
    """Acknowledge what counts only then; False where that fails, and Discord says so itself."""
    for _ in range(_TRIES):
        try:
            return await replies.put_off(asked)
        except Doubtful:  # it may have arrived: asked again, Discord says so
            continue
        except NotYet:
            break
    asked.stage = Stage.ANSWERED
    return False
