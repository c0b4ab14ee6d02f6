"""Threads: what a room hears of a round stands under its card, where the config says so.

Discord gives a thread the id of the message that it hangs on, so the card's id is all that is
needed. A message in a thread is named with the thread before it, so that it is found after a
restart. Threads fall asleep, so what must be found later stands in the channel itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.discord.house import House
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.wire import Wire
from bot.platforms.live import Impossible
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind

#: Between a thread and a message in it.
_IN = "/"

#: A thread without messages falls asleep after a week, in minutes; how long its name may be.
_SLEEPS, _NAME = 10_080, 100

_BEGIN = "/channels/{channel_id}/messages/{message_id}/threads"
_ACTIVE = "/guilds/{guild_id}/threads/active"


def named(channel: Any, message: int) -> str:
    """What the bot's message in a channel of the library is called here."""
    inside = getattr(channel, "parent_id", None) is not None and _is_thread(channel)
    return f"{channel.id}{_IN}{message}" if inside else str(message)


def _is_thread(channel: Any) -> bool:
    return hasattr(channel, "archived")


@dataclass(frozen=True, slots=True)
class Threads:
    """Begins threads, and finds what stands in them."""

    settings: Settings
    house: House
    wire: Wire
    _begun: set[str] = field(default_factory=set)

    def has(self, place: Place) -> bool:
        return place.kind is PlaceKind.ROOM and place.name in self.settings.threads

    async def of(self, message: Message) -> int | None:
        """The thread in which a message stands, begun where there is none; None: in the channel
        itself, also where the bot may begin none."""
        if not message.thread or message.stays or not self.has(message.place):
            return None
        card = message.thread
        if card not in self._begun:
            channel = self.house.channel(message.place)
            name = self.settings.words("thread", message.language)[:_NAME]
            made = {"name": name, "auto_archive_duration": _SLEEPS}
            try:
                await self.wire.call("POST", _BEGIN, made, channel_id=channel, message_id=card)
            except Impossible as refused:
                if not str(refused).endswith(_EXISTS):
                    return None
            self._begun.add(card)
        return int(card)

    def where(self, place: Place, message: str) -> tuple[int, str]:
        """The channel or thread of a message, and its id there."""
        thread, inside, own = message.rpartition(_IN)
        return (int(thread) if inside else self.house.channel(place)), own

    async def channels(self, place: Place) -> AsyncIterator[tuple[int, str]]:
        """Where messages of a place may stand: its channel and its threads, each with what stands
        before the ids there."""
        channel = self.house.channel(place)
        yield channel, ""
        if not self.has(place):
            return
        active = await self.wire.call("GET", _ACTIVE, guild_id=self.settings.guild)
        for thread in active["threads"]:
            if thread["parent_id"] == str(channel):
                yield int(thread["id"]), f"{thread['id']}{_IN}"


#: Discord's code for a message that has a thread already.
_EXISTS = "160004"
