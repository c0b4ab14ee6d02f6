"""Asks platforms for messages that the engine wants to read, until each platform answers.

Whatever is not answered when the program ends is asked again at the next start: the engine's open
questions say so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial

from bot.desk.gathering.question import Look
from bot.platforms.facts import Looked
from bot.platforms.live import Ended, Impossible, Marks, NotYet

#: The longest pause between two attempts, in seconds.
_LONGEST = 300.0

#: Queues a fact, and calls back once it is committed; False when the queue is full.
Hear = Callable[[Looked, Callable[[], object]], bool]


class Looker:
    """Runs in the event loop. When ``hear`` returns False it is called again after ``full``
    seconds. ``alarm`` is called with the type of an error, after which that message is looked up
    again the next time it is asked for."""

    def __init__(
        self,
        platforms: Mapping[str, Marks],
        hear: Hear,
        full: float,
        alarm: Callable[[str], None],
    ) -> None:
        self._platforms = platforms
        self._hear = hear
        self._full = full
        self._alarm = alarm
        self._looking: dict[Look, asyncio.Task[None]] = {}

    def begin(self, looks: Sequence[Look]) -> None:
        """Look up these messages, except those being looked up already."""
        for look in looks:
            if look not in self._looking and look.place.platform in self._platforms:
                self._looking[look] = asyncio.create_task(self._find(look))

    async def _find(self, look: Look) -> None:
        try:
            looked = await self._asked(look)
        except (Impossible, Ended):  # the platform's own reading says what is wrong
            self._looking.pop(look, None)
            return
        except Exception as error:  # noqa: BLE001 - the other messages are looked up
            self._looking.pop(look, None)
            self._alarm(type(error).__name__)
            return
        while not self._hear(looked, partial(self._looking.pop, look, None)):
            await asyncio.sleep(self._full)

    async def _asked(self, look: Look) -> Looked:
        """Ask until the platform answers, with a longer pause after each failure."""
        pause = 0.05
        while True:
            try:
                return await self._platforms[look.place.platform].look(look.place, look.message)
            except NotYet as later:
                pause = min(pause * 2, _LONGEST)
                await asyncio.sleep(min(max(later.seconds, pause), _LONGEST))

    async def stop(self) -> None:
        for task in [*self._looking.values()]:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
