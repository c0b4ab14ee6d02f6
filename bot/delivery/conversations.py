"""Personal conversations on a live platform: opening and leaving them.

Opened for who wants to take part, left for who was forgotten; and how long to wait where a platform
or the store says "not now".
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Protocol

from bot.delivery.outcomes import Outcomes
from bot.delivery.queue import Composed
from bot.platforms.live import Ended, Impossible, LivePlatform, NotYet
from bot.platforms.places import Place, PlaceKind

#: For how many people the bot opens a personal conversation itself; others use the card's link.
OPENED = 8

#: How long to wait before trying the store again after ``NotNow``, in seconds.
AGAIN = 1.0

#: The longest wait that a platform may ask for; anything longer is cut to this, in seconds.
_LONGEST = 300.0


def waited(later: NotYet) -> float:
    """How long to wait as the platform asks, at most ``_LONGEST``, in seconds."""
    return min(max(later.seconds, 0.05), _LONGEST)


async def pause(later: NotYet) -> None:
    """Wait as long as the platform asks, at most ``_LONGEST``."""
    await asyncio.sleep(waited(later))


class InThread(Protocol):
    """Runs a function in the engine's thread and returns its result."""

    def __call__(self, work: Callable[[], Any], /) -> Awaitable[Any]: ...


class Conversations:
    """Opens personal conversations on a platform: for everybody who tapped a card's sign, as soon
    as the server lets the bot, and for the first people who ask with words; leaves those of people
    who were forgotten.

    For others the answer waits until they open one themselves with the card's link. What is to be
    left stands in the outbox, so that a kill loses none; ``leaving`` does it, so that nobody's
    message waits for it. ``waits`` says whether an answer waits for a place: it is sent before.
    ``now`` is the monotonic clock, in seconds.
    """

    def __init__(
        self,
        platform: LivePlatform,
        outcomes: Outcomes,
        in_thread: InThread,
        waits: Callable[[str], bool],
        now: Callable[[], float],
    ) -> None:
        self._platform = platform
        self._outcomes = outcomes
        self._in_thread = in_thread
        self._waits = waits
        self._now = now
        self._asked: set[str] = set()
        self._refused: set[str] = set()
        self._until = float("-inf")
        self._to_leave = asyncio.Event()

    async def opened(self, place: Place, composed: Composed) -> bool:
        """Open the personal conversation ``place`` for an answer; False when that is not to be
        done, or not now, or failed."""
        wanted = composed.opens and len(self._asked) < OPENED and place.name not in self._asked
        if place.kind is not PlaceKind.PERSONAL or not (composed.taps or wanted):
            return False
        if self._now() < self._until or place.name in self._refused:
            return False
        try:
            await self._platform.open_direct(place.name)
        except Impossible:
            self._refused.add(place.name)
            return False
        except NotYet as later:
            self._until = self._now() + later.seconds
            return False
        if not composed.taps:
            self._asked.add(place.name)
        return True

    def leave(self) -> None:
        """Somebody who was forgotten has their answer: look for conversations to leave."""
        self._to_leave.set()

    async def leaving(self) -> None:
        """Leave one conversation after the other, for as long as the bot runs. At the start those
        that a program before did not come to."""
        while True:
            self._to_leave.clear()
            rest = await self._round()
            with suppress(TimeoutError):
                async with asyncio.timeout(rest or None):
                    await self._to_leave.wait()

    async def _round(self) -> float:
        """Try each conversation once: one that cannot be left keeps nobody in another. Returns
        after how many seconds to try again; 0: all were left. Raises an error that nobody knows,
        after the others."""
        rest, failed = 0.0, None
        for row, place in await self._in_thread(lambda: self._outcomes.leaves(self._platform.name)):
            if self._waits(str(place)):
                rest = max(rest, AGAIN)
                continue
            try:
                with suppress(Impossible):  # then nobody is there any more
                    await self._platform.leave(place)
                await self._in_thread(functools.partial(self._outcomes.left, row))
            except NotYet as later:
                rest = max(rest, waited(later))
                await pause(later)
            except Ended:
                raise
            except Exception as error:  # noqa: BLE001 - raised below
                failed = error
        if failed is not None:
            raise failed
        return rest
