"""Requests news from the homeserver: from which position, and for how long it may wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.platforms.matrix.news import News, fetch
from bot.platforms.matrix.timing import MARGIN, Timing
from bot.platforms.matrix.wire import Client


@dataclass(slots=True)
class Asking:
    """The state of the requests. ``since`` is the position in the server's stream; ``full``: the
    state of all rooms is requested too. ``poll`` is how long the server may wait for news, in
    seconds."""

    clock: Callable[[], datetime]
    poll: float
    since: str = ""
    full: bool = True
    timing: Timing = field(default_factory=Timing)
    _wanted: datetime | None = None
    _hurry: asyncio.Event = field(default_factory=asyncio.Event)

    async def news(self, client: Client) -> News:
        """Request news once; the request is made again at once when ``complete_to`` is called
        meanwhile."""
        while True:
            await self.timing.rest()
            self._hurry.clear()
            asked = self.clock()
            question = asyncio.create_task(
                fetch(client, self.since, self.full, self._patience(asked))
            )
            hurry = asyncio.create_task(self._hurry.wait())
            try:
                await asyncio.wait({question, hurry}, return_when=asyncio.FIRST_COMPLETED)
                if question.done():
                    news = question.result()
                    answered = self.clock()
                    self.timing.heard(asked, answered, news.date, news.empty, news.size)
                    return news
            finally:
                hurry.cancel()
                question.cancel()
                await asyncio.gather(hurry, question, return_exceptions=True)

    def _patience(self, now: datetime) -> float:
        """How long the server may wait for news, in seconds: not at all the first time, and not
        past the moment of ``complete_to``."""
        if self.full:
            return 0.0
        if self._wanted is None:
            return self.poll
        if self.timing.until(None) >= self._wanted:
            self._wanted = None
            return self.poll
        left = (self._wanted + MARGIN - now).total_seconds() + 0.2
        return min(max(left, 0.2), self.poll)

    def complete_to(self, at: datetime) -> None:
        """Make sure soon that everything said before ``at`` has been received."""
        if self._wanted is None or at < self._wanted:
            self._wanted = at
            self._hurry.set()
