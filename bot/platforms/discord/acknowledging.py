"""Acknowledging presses, commands and forms, which Discord wants within three seconds.

What may count is acknowledged before the engine hears of it. Where Discord's own answer is lost it
is asked again until it is known whether the acknowledgement arrived.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.platforms.discord.components import ONLY, Json
from bot.platforms.discord.errors import Acknowledged
from bot.platforms.discord.settings import Alarm
from bot.platforms.discord.wire import LATER, LATER_HERE, Wire
from bot.platforms.live import Doubtful, Impossible, NotYet
from bot.platforms.messages import ReplyHandle

#: So long Discord takes an acknowledgement, in seconds.
IN_TIME = 3.0

#: How long to wait before each try of an acknowledgement, in seconds. Three seconds after a press
#: Discord says surely whether an earlier try arrived, so the last comes after that.
_TRIES = (0.0, 0.0, 1.0, 2.5)


class Stage(Enum):
    """How far the answering of an interaction is."""

    WAITS = auto()
    PUT_OFF = auto()
    ANSWERED = auto()


@dataclass(frozen=True, slots=True)
class Under:
    """A message of the bot in a channel, with its components."""

    channel: int
    message: str
    components: list[Json]


@dataclass(slots=True)
class Asked:
    """An interaction that may be answered. ``came`` is when its waiting began, by the loop's clock.

    ``here`` gives the components of the message under which it was pressed, where one person sees
    that message alone; None elsewhere. ``spent``: that message is over, since it asked what this
    answers, or led to this page of a form. ``public``: everybody in the place may see the answer.
    ``under`` is the message that all see with the question, None where it is not one. ``language``
    is that of its author's program. ``taken`` is called once its answer does not ask to fill in the
    same form again. ``handled``: what it told is committed; ``told``: its author read that it
    waits.
    """

    id: int
    token: str = field(repr=False)
    account: str
    handle: ReplyHandle
    here: Callable[[], list[Json]] | None = None
    public: bool = False
    spent: bool = False
    under: Under | None = None
    language: str = ""
    taken: Callable[[], None] | None = field(default=None, repr=False)
    handled: bool = False
    told: bool = False
    stage: Stage = Stage.WAITS
    came: float = 0.0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def waits_again(self) -> None:
        """What it told is handled: its answer is waited for from now on."""
        self.handled = True
        if self.stage is not Stage.WAITS:
            self.came = 0.0


class Acknowledging:
    """Says to Discord that an answer comes."""

    def __init__(self, wire: Wire, alarm: Alarm) -> None:
        self._wire = wire
        self._alarm = alarm
        self._last: dict[str, asyncio.Event] = {}

    async def acknowledged(self, asked: Asked) -> bool:
        """Acknowledge what counts only then; False where that failed, or nobody knows whether it
        arrived. Where it failed Discord says so itself. Of one person what came first returns
        first, however long its acknowledgement took."""
        before, mine = self._last.get(asked.account), asyncio.Event()
        self._last[asked.account] = mine
        try:
            arrived = await self._surely(asked)
            if before is not None:
                await before.wait()
            return arrived
        finally:
            mine.set()
            if self._last.get(asked.account) is mine:
                del self._last[asked.account]

    async def _surely(self, asked: Asked) -> bool:
        """Put off, as often as that may help."""
        asked_to_wait = 0.0
        for pause in _TRIES:
            if pause or asked_to_wait:  # a turn of the loop less at nearly every press
                await asyncio.sleep(max(pause, asked_to_wait))
            try:
                return await self.put_off(asked)
            except Doubtful:  # it may have arrived: asked again, Discord says so
                asked_to_wait = 0.0
            except NotYet as later:
                asked_to_wait = later.seconds
            if asked_to_wait > IN_TIME:
                break
        asked.stage = Stage.ANSWERED
        self._alarm("discord_not_acknowledged")
        return False

    async def put_off(self, asked: Asked) -> bool:
        """Acknowledge now and answer later; False when that was too late."""
        async with asked.turn:
            if asked.stage is not Stage.WAITS:
                return True
            try:
                await self._wire.respond(asked.id, asked.token, *_later(asked))
            except Acknowledged:
                pass
            except Impossible:
                asked.stage = Stage.ANSWERED
                return False
            asked.stage = Stage.PUT_OFF
            return True


def _later(asked: Asked) -> tuple[int, Json | None]:
    """An acknowledgement that says that the answer comes later: its kind and its data."""
    if asked.here is not None:
        return LATER_HERE, None
    return LATER, {} if asked.public else {"flags": ONLY}
