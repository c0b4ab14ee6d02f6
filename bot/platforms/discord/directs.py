"""Direct messages: to nobody but who asked to be written to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.platforms.discord.components import Shown
from bot.platforms.discord.finder import Finder
from bot.platforms.discord.wire import Wire, body, files
from bot.platforms.live import Impossible
from bot.platforms.messages import Message


@dataclass(frozen=True, slots=True)
class Directs:
    """Sends direct messages. ``closed`` are the people who take none: they are not tried again."""

    wire: Wire
    finder: Finder
    closed: set[str] = field(default_factory=set)

    async def send(self, message: Message, shown: Callable[[Message], Shown]) -> str:
        """Send a message, unless it is there already; its id. "" where its reader takes none."""
        if not message.direct or message.place.name in self.closed:
            return ""
        try:
            channel = await self.wire.direct(message.place.name)
            there = await self.finder.within(channel, message.token)
            made = shown(message)
            sent, with_it = body(made, token=message.token), files(made)
            return there or await self.wire.post(channel, sent, with_it)
        except Impossible:
            self.closed.add(message.place.name)
            return ""
