"""Tells people at once that nothing can be kept now; what they asked waits and is handled later.

These messages go past the couriers, whose every step needs the store. Each is sent once; one that
does not arrive is given up, because the real answer follows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.delivery.speaking import Speaker
from bot.desk.not_now import told
from bot.desk.services import Services
from bot.platforms.facts import Fact
from bot.platforms.live import Ended, Impossible, LivePlatform, NotYet
from bot.platforms.messages import Message
from storage.database import NotNow


class Excuses:
    """``tell`` is called in the engine's thread; the messages are sent in the event
    loop. ``alarm`` hears the type of an error."""

    def __init__(
        self,
        services: Services,
        speaker: Speaker,
        platforms: Sequence[LivePlatform],
        loop: asyncio.AbstractEventLoop,
        alarm: Callable[[str], None],
    ) -> None:
        self._services = services
        self._speaker = speaker
        self._platforms = {platform.name: platform for platform in platforms}
        self._loop = loop
        self._alarm = alarm
        self._heard: set[str] = set()
        self._sending: set[asyncio.Task[None]] = set()

    def tell(self, facts: Sequence[Fact]) -> None:
        """Tell the authors of facts that wait: each by its handle where it has one, else once a
        place until it is over, which a call without facts says."""
        if not facts:
            self._heard.clear()
        made: list[Message] = []
        for fact in facts:
            try:
                made += self._of(fact)
            except NotNow:
                continue
            except Exception as error:  # noqa: BLE001 - one bad text must not end the engine
                self._alarm(type(error).__name__)
        if made:
            self._loop.call_soon_threadsafe(self._begin, made)

    def _of(self, fact: Fact) -> list[Message]:
        reply = told(self._services, fact, later=True)
        if reply is None or (reply.handle is None and str(reply.place) in self._heard):
            return []
        self._heard.add(str(reply.place))
        token = self._services.ledger.token()
        made = self._speaker.answers(reply.place, reply.notices, token, reply.title, reply.language)
        return [replace(message, handle=reply.handle) for message in made]

    def _begin(self, messages: Sequence[Message]) -> None:
        task = self._loop.create_task(self._send(messages))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, messages: Sequence[Message]) -> None:
        for message in messages:
            try:
                await self._platforms[message.place.platform].send(message)
            except (NotYet, Impossible, Ended):
                continue
            except Exception as error:  # noqa: BLE001 - the real answer follows
                self._alarm(type(error).__name__)
