"""``Host``: the platforms of a bot, each read and sent to beside the engine's thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.delivery.courier import LiveCourier
from bot.desk.asker import Reply
from bot.engine.reception import Cursor
from bot.engine.thread import Element, EngineThread
from bot.platforms.capabilities import ReadBack
from bot.platforms.facts import Fact, Joined, Origin, Trouble
from bot.platforms.live import Batch, Ended, LivePlatform
from bot.platforms.places import Place
from bot.runtime.apart import Work, apart, together
from bot.runtime.listening import listen


@dataclass(frozen=True, slots=True)
class Hearing:
    """Callbacks: ``ready`` is called once, ``log`` with a code and plain values, never words of
    people."""

    ready: Callable[[], None]
    log: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Hands:
    """``cursor`` gives where a platform's reading stands; ``after`` is called with the answers of
    each commit, ``not_now`` when nothing can be stored."""

    cursor: Callable[[str], str]
    after: Callable[[Sequence[Reply]], None]
    not_now: Callable[[], None]


class Host:
    """Runs the platforms; one that fails never stops the others."""

    def __init__(
        self,
        platforms: Sequence[LivePlatform],
        couriers: Mapping[str, LiveCourier],
        thread: EngineThread,
        hands: Hands,
        hearing: Hearing,
        clock: Callable[[], datetime],
    ) -> None:
        self._platforms = {platform.name: platform for platform in platforms}
        self._couriers = couriers
        self._thread = thread
        self._hands = hands
        self._hearing = hearing
        self._clock = clock
        self._unsynced = set(self._platforms)
        self._read_once = {name: asyncio.Event() for name in self._platforms}

    async def run(self) -> None:
        """Run until cancelled; raises what the last platform ends with."""
        works = {name: self._life(platform) for name, platform in self._platforms.items()}
        await apart(works, self._failed)

    def _life(self, platform: LivePlatform) -> Work:
        """All that runs for one platform."""
        listening = partial(self._listen, platform)
        return partial(together, listening, partial(self._deliver, platform.name))

    async def _failed(self, name: str, error: Exception) -> None:
        """One of several platforms failed: the keeper is told, and staff where only the keeper can
        help."""
        if isinstance(error, Ended):
            self._hearing.log("platform_ended", platform=name, why=str(error))
            trouble = Trouble(self._clock(), "platform_ended")
            hands = self._hands
            self._thread.put(Element((trouble,), None, hands.after, lambda: None, hands.not_now))
            self._is_there(name)
        else:
            self._hearing.log("platform_failed", platform=name, error=type(error).__name__)
        await self._platforms[name].close()

    async def _listen(self, platform: LivePlatform) -> None:
        def hand_over(batch: Batch, acknowledge: Callable[[], None]) -> bool:
            return self._thread.put(self._element(platform.name, batch, acknowledge))

        cursor = await self._thread.call(lambda: self._hands.cursor(platform.name))
        await listen(platform, cursor, hand_over, self._hearing.log)

    def _element(self, platform: str, batch: Batch, acknowledge: Callable[[], None]) -> Element:
        def committed() -> None:
            self._synced(platform)
            acknowledge()
            self._couriers[platform].entered(filter(None, map(_reached, batch.facts)))

        cursor = Cursor(platform, batch.cursor, batch.read_back_at, batch.places)
        hands, can = self._hands, self._platforms[platform].capabilities
        shares = can.read_back is ReadBack.NEVER
        return Element(batch.facts, cursor, hands.after, committed, hands.not_now, shares)

    async def _deliver(self, platform: str) -> None:
        """Start a platform's courier after its first response, which tells what was posted
        before."""
        await self._read_once[platform].wait()
        await self._couriers[platform].run()

    def _synced(self, platform: str) -> None:
        """Note a platform's first response."""
        if platform in self._unsynced:
            self._read_once[platform].set()
            self._is_there(platform)

    def _is_there(self, platform: str) -> None:
        """A platform need not be waited for any more; after all of them the program is ready."""
        if platform in self._unsynced:
            self._unsynced.discard(platform)
            if not self._unsynced:
                self._hearing.ready()


def _reached(fact: Fact) -> Place | None:
    """The place that can be reached now, perhaps again: the bot joined it, or somebody there can be
    answered."""
    origin: Origin | None = getattr(fact, "origin", None)
    if origin is None:
        return None
    return origin.place if isinstance(fact, Joined) or origin.handle is not None else None
