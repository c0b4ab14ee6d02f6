"""Asking the server for news: from where, how long it may wait, and sooner when somebody waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.platforms.matrix import reading
from bot.platforms.matrix.timing import MARGIN, Timing
from bot.platforms.matrix.wire import Client


@dataclass(slots=True)
class Asking:
    """``since`` is the position in the server's stream; ``full`` asks for the state of all rooms
    too. ``poll`` is how long the server may wait for news, in seconds."""

    clock: Callable[[], datetime]
    poll: float
    since: str = ""
    full: bool = True
    timing: Timing = field(default_factory=Timing)
    _wanted: datetime | None = None
    _hurry: asyncio.Event = field(default_factory=asyncio.Event)

    async def news(self, client: Client) -> reading.News:
        """One question, broken off when somebody wants to know sooner."""
        while True:
            await self.timing.rest()
            self._hurry.clear()
            asked = self.clock()
            question = asyncio.create_task(
                reading.news(client, self.since, self.full, self._patience(asked))
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
        """How long the server may wait for news: not at all at first, and not past a moment that
        somebody waits for."""
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
        """Somebody waits until everything before a moment is known."""
        if self._wanted is None or at < self._wanted:
            self._wanted = at
            self._hurry.set()
