"""Messages of people that the bot was shown: by the menu of a message, or as a reply to its own.

Discord gives their words then, and never again. They stay in memory alone, for a day at most: after
a restart nobody knows them.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.platforms.discord.house import House
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.wire import Wire
from bot.platforms.facts import Looked
from bot.platforms.live import Impossible
from bot.platforms.places import Place

#: How long and how many messages are remembered.
_LONG, _MOST = timedelta(hours=24), 500

_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_MEMBER = "/guilds/{guild_id}/members/{user_id}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message as it was shown: its channel, its words, and when it was changed last (None:
    never), in Discord's form."""

    channel: int
    text: str = field(repr=False)
    edited: datetime | None
    seen: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """Remembers messages, and looks how they are now."""

    settings: Settings
    house: House
    wire: Wire
    _known: OrderedDict[str, Spoken] = field(default_factory=OrderedDict, repr=False)

    def shown(self, message: str, channel: int, text: str, edited: datetime | None) -> None:
        """Remember a message that the bot was shown."""
        now = self.settings.clock()
        self._known[message] = Spoken(channel, text, edited, now)
        self._known.move_to_end(message)
        for old, spoken in list(self._known.items()):
            if len(self._known) <= _MOST and now - spoken.seen < _LONG:
                break
            del self._known[old]

    def link(self, place: Place, message: str) -> str:
        """The address at which people go to a message."""
        channel = self._channel(place, message)
        return f"https://discord.com/channels/{self.settings.guild}/{channel}/{message}"

    def _channel(self, place: Place, message: str) -> int:
        """The channel of a message, which may be a thread of the place's own."""
        known = self._known.get(message)
        return known.channel if known is not None else self.house.channel(place)

    async def look(self, place: Place, message: str) -> Looked:
        """The message as it is now. Its words are those that were shown, unless it was changed
        since."""
        now = self.settings.clock()
        channel = self._channel(place, message)
        try:
            found = await self.wire.call("GET", _MESSAGE, channel_id=channel, message_id=message)
        except Impossible:
            self._known.pop(message, None)
            return Looked(now, place, message)
        author = found["author"]
        return Looked(
            now,
            place,
            message,
            account=str(author["id"]),
            text=str(found.get("content") or "") or self._words(found),
            said_at=discord.utils.snowflake_time(int(found["id"])),
            roles=await self.roles(str(author["id"])),
            own=bool(author.get("bot")),
        )

    def _words(self, found: Any) -> str:
        known = self._known.get(str(found["id"]))
        changed = discord.utils.parse_time(found.get("edited_timestamp"))
        return known.text if known is not None and known.edited == changed else ""

    async def roles(self, account: str) -> frozenset[str]:
        """The roles that somebody has now; none where they left the server."""
        server = self.settings.guild
        try:
            member = await self.wire.call("GET", _MEMBER, guild_id=server, user_id=account)
        except Impossible:
            return frozenset()
        guild = self.wire.here.get_guild(self.settings.guild)
        held = [guild.get_role(int(one)) for one in member["roles"]] if guild is not None else []
        return self.house.named(role for role in held if role is not None)
