"""Answers to presses, commands and forms, which Discord calls interactions.

What may count is acknowledged before the engine hears of it, and the answer edits: two requests.
What changes nothing is answered at once: one. What comes under a message that one person sees edits
that message; all else is a new message, which in a room only who asked sees.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, TypeAlias

from bot.platforms.discord.acknowledging import Acknowledging, Asked, Stage, Under
from bot.platforms.discord.components import Json, Shown, above
from bot.platforms.discord.errors import Acknowledged
from bot.platforms.discord.settings import Alarm
from bot.platforms.discord.wire import HERE, MESSAGE, File, Wire, body, files
from bot.platforms.facts import Fact, Origin
from bot.platforms.live import Crowded, Ended, Impossible, NotYet
from bot.platforms.messages import ReplyHandle

#: How long an interaction's token lives; a little less than Discord's 15 minutes.
LIVES = timedelta(minutes=14, seconds=30)

#: After so many seconds without an answer an interaction is put off, within Discord's three.
PUT_OFF = 1.5

#: After so many seconds without any answer its author reads that it waits, or that nothing came of
#: it once it was handled.
CLOSED = 20.0

#: The codes of what is read then.
_WAITS, _NOTHING = "waits", "nothing"

#: Makes a short text of our own, by its code and in a language, a message.
Saying = Callable[[str, str], Shown]

#: What is done beside the loop: how often again where Discord asks to wait, and for how long at
#: most, in seconds.
_Work: TypeAlias = Callable[[], Coroutine[Any, Any, object]]
_AGAIN, _WHILE = 3, 60.0

#: How many interactions are remembered at most.
_MOST = 5_000


class Replies:
    """The interactions of the last quarter of an hour."""

    def __init__(self, wire: Wire, alarm: Alarm) -> None:
        self._wire = wire
        self._alarm = alarm
        self.acknowledging = Acknowledging(wire, alarm)
        self._asked: OrderedDict[str, Asked] = OrderedDict()
        self._newest: dict[str, Asked] = {}
        self._waiting: list[Asked] = []
        self._news = asyncio.Event()
        self._looks = 0.0
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, asked: Asked) -> None:
        """Remember an interaction, and see to it that it is acknowledged and ends."""
        self._asked[asked.handle.value] = asked
        self._newest[asked.account] = asked
        self._waiting.append(asked)
        if self._looks > asyncio.get_running_loop().time() + PUT_OFF:
            self._news.set()  # else it looks in time by itself
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
        if asked.taken is not None and not shown.again:
            asked.taken()
        new = body(shown, only=only), files(shown)
        async with asked.turn:
            if asked.stage is Stage.ANSWERED:
                return await self._wire.follow(asked.token, *new)
            name = await self._first(asked, shown, new)
            asked.stage = Stage.ANSWERED
        for older in [one for one in self._waiting if one.account == asked.account]:
            if older.id < asked.id and older.stage is not Stage.ANSWERED:
                self._spawn(partial(self._drop, older))
        return name

    async def _first(self, asked: Asked, shown: Shown, new: tuple[Json, tuple[File, ...]]) -> str:
        here = _here(asked, shown)
        if asked.stage is Stage.WAITS:
            kind, said = (MESSAGE, new) if here is None else (HERE, (body(here), ()))
            try:
                return await self._wire.respond(asked.id, asked.token, kind, *said)
            except Acknowledged:
                return await self._wire.original(asked.token, *said)
        if asked.here is not None and here is None:
            return await self._wire.follow(asked.token, *new)
        return await self._wire.original(asked.token, body(here or shown), files(here or shown))

    def over(self, under: Under, shown: Shown) -> None:
        """The question of a message that all see is over: it goes on without its choices."""
        self._spawn(partial(self._wire.edit, under.channel, under.message, body(shown)))

    async def _drop(self, asked: Asked) -> None:
        """End an interaction whose answer was given with a later one of the same person."""
        if await self.acknowledging.put_off(asked) and asked.stage is not Stage.ANSWERED:
            asked.stage = Stage.ANSWERED
            if asked.here is None:
                await self._wire.unsay(asked.token)

    # -- ending ---------------------------------------------------------------------------------

    def handled(self, facts: Sequence[Fact]) -> None:
        """What was told is committed: its answers come now, if there are any."""
        for fact in facts:
            origin: Origin | None = getattr(fact, "origin", None)
            asked = self.by(origin.handle) if origin is not None and origin.handle else None
            if asked is not None:
                asked.waits_again()

    async def wait(self, asked: Asked, shown: Shown) -> None:
        """Say that an interaction waits to be handled; its answer takes the place of these
        words."""
        async with asked.turn:
            if asked.stage is not Stage.PUT_OFF:
                return
            above = shown if asked.here is None else _here(asked, shown)
            if above is not None:
                await self._wire.original(asked.token, body(above))

    async def close(self, asked: Asked, shown: Shown) -> None:
        """Nothing was said to an interaction: it ends with words instead of a waiting sign."""
        if asked.stage is not Stage.ANSWERED and (asked.here is None or asked.told):
            await self.answer(asked, shown, only=True)
        elif asked.stage is Stage.WAITS:
            await self.acknowledging.put_off(asked)

    async def keep(self, says: Saying) -> None:
        """Acknowledge in time whatever is not answered, for as long as the bot runs."""
        loop = asyncio.get_running_loop()
        while True:
            self._news.clear()
            now, due = loop.time(), float("inf")
            waiting, self._waiting = self._waiting, []
            for asked in waiting:
                if asked.stage is not Stage.ANSWERED and not self._ended(asked, says, now):
                    self._waiting.append(asked)
                    late = CLOSED if now - asked.came >= PUT_OFF else PUT_OFF
                    due = min(due, asked.came + late)
            rest = min(max(due - loop.time(), 0.05), 60.0)
            self._looks = loop.time() + rest
            try:
                async with asyncio.timeout(rest):
                    await self._news.wait()
            except TimeoutError:
                continue

    def _ended(self, asked: Asked, says: Saying, now: float) -> bool:
        """Do what is due for an interaction without an answer; whether no more is to be done."""
        asked.came = asked.came or now
        age = now - asked.came
        if asked.stage is Stage.WAITS and age >= PUT_OFF:
            self._spawn(partial(self.acknowledging.put_off, asked))
        elif age < CLOSED:
            return False
        elif asked.handled:
            self._spawn(partial(self.close, asked, says(_NOTHING, asked.language)))
            return True
        else:
            if not asked.told:
                asked.told = True
                self._spawn(partial(self.wait, asked, says(_WAITS, asked.language)))
            asked.came = now
        return False

    def _spawn(self, work: _Work) -> None:
        """Do something beside the loop: one slow request holds up no other."""
        task = asyncio.create_task(_surely(work, self._alarm))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _surely(work: _Work, alarm: Alarm) -> None:
    """Do something, again where Discord asks to wait for a while; where it fails that is told."""
    try:
        for _ in range(_AGAIN):
            try:
                await work()
                return
            except Crowded as full:
                await asyncio.sleep(min(full.seconds, _WHILE))
        await work()
    except (NotYet, Impossible, Ended) as error:
        alarm(type(error).__name__)


def _here(asked: Asked, shown: Shown) -> Shown | None:
    """The answer as it takes the place of the message that was pressed: with choices of its own it
    replaces that, and so it does where that message is spent; else, and where it only offers to
    fill in the same form again, it stands above it. None where it must be a new message."""
    if asked.here is None or shown.whole or shown.attached:
        return None
    replaces = (shown.rows and not shown.again) or asked.spent
    return shown if replaces else above(shown, asked.here())
