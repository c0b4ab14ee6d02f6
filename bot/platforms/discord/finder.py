"""Finding messages of the bot that may have been posted, by the token that each carries."""

from __future__ import annotations

from dataclasses import dataclass

from bot.platforms.discord.components import ids
from bot.platforms.discord.seals import Seals
from bot.platforms.discord.threads import Threads
from bot.platforms.discord.wire import Wire
from bot.platforms.places import Place

#: How far back a message is looked for: so many times a hundred.
_PAGES = 5


@dataclass(frozen=True, slots=True)
class Finder:
    """Reads back the bot's own messages, and nothing of anybody else."""

    wire: Wire
    seals: Seals
    threads: Threads

    async def find(self, place: Place, token: str) -> str:
        """The id of the bot's message with this token, among the newest five hundred of a place and
        of each of its threads; "" when there is none."""
        async for channel, inside in self.threads.channels(place):
            found = await self.within(channel, token)
            if found:
                return f"{inside}{found}"
        return ""

    async def within(self, channel: int, token: str) -> str:
        """The id of the bot's message with this token in one channel, or ""."""
        me, before = self.wire.here.user, ""
        for _ in range(_PAGES):
            page = await self.wire.history(channel, before)
            for message in page:
                own = me is not None and message["author"]["id"] == str(me.id)
                if own and token in map(self._token, ids(message.get("components") or ())):
                    return str(message["id"])
            if len(page) < 100:
                break
            before = str(page[-1]["id"])
        return ""

    def _token(self, custom_id: str) -> str:
        sealed = self.seals.read(custom_id)
        return sealed.token if sealed is not None else ""
