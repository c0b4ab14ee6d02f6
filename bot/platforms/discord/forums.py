"""Posts in a forum channel: one for a dialogue, found again by the token in its first message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from bot.platforms.discord.components import WORDS, Json, Own, Shown, ids, link_row, own_row
from bot.platforms.discord.seals import Seals
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.wire import Wire, body
from bot.platforms.live import Impossible, Unreachable
from bot.platforms.messages import Message

_ACTIVE = "/guilds/{guild_id}/threads/active"
_ASLEEP = "/channels/{channel_id}/threads/archived/public"
_BEGIN = "/channels/{channel_id}/threads"
_MESSAGES = "/channels/{channel_id}/messages"

#: Among how many posts of its own the bot looks, the newest first.
_MOST = 50

#: A post without messages falls asleep after a week, in minutes; how long its title may be.
_SLEEPS, _NAME = 10_080, 100


@dataclass(frozen=True, slots=True)
class Forums:
    """Begins posts in forum channels, and finds those that there are."""

    settings: Settings
    wire: Wire
    seals: Seals

    async def post(self, forum: int, message: Message) -> int:
        """The post of a message's dialogue, begun where there is none."""
        token = sha256(f"post/{message.place}/{message.dialogue}".encode()).hexdigest()[:20]
        async for there in self._own(forum):
            if await self._carries(there, token):
                return there
        name = message.subject or self.settings.words("thread", message.language)
        made = {
            "name": name[:_NAME],
            "auto_archive_duration": _SLEEPS,
            "message": self._first(message, token),
        }
        begun = await self.wire.call("POST", _BEGIN, made, channel_id=forum)
        return int(begun["id"])

    async def active(self) -> list[Json]:
        """The threads and posts that are awake."""
        found = await self.wire.call("GET", _ACTIVE, guild_id=self.settings.guild)
        return list(found["threads"])

    def _first(self, message: Message, token: str) -> Json:
        """The first message of a post: what it is, and a button to the card in the channel."""
        language = message.language

        def word(code: str) -> str:
            return self.settings.words(code, language)

        text: Json = {"type": WORDS, "content": word("forum_post")}
        row = own_row((Own.HELP,), self.seals, word, token)
        channel = self.settings.rooms[message.place.name]
        here = f"https://discord.com/channels/{self.settings.guild}/{channel}"
        card = link_row(word("go_there"), f"{here}/{message.opening or message.thread}")
        return body(Shown([text], [], [row, card]))

    async def _own(self, forum: int) -> AsyncIterator[int]:
        """The bot's own posts in a forum, those that are awake first."""
        me = self.wire.here.user
        asleep = await self.wire.call("GET", _ASLEEP, channel_id=forum)
        every = [one for one in await self.active() if one["parent_id"] == str(forum)]
        every = sorted(every, key=lambda one: -int(one["id"])) + list(asleep["threads"])
        mine = [one for one in every if me is not None and one.get("owner_id") == str(me.id)]
        for one in islice(mine, _MOST):
            yield int(one["id"])

    async def _carries(self, post: int, token: str) -> bool:
        """Whether the first message of a post carries a token."""
        with suppress(Impossible, Unreachable):
            # the first message has the id of its post
            there = {"around": str(post), "limit": 2}
            first = await self.wire.call("GET", _MESSAGES, None, (), there, channel_id=post)
            shown = [one for message in first for one in message.get("components") or ()]
            read = map(self.seals.read, ids(shown))
            return any(sealed is not None and sealed.token == token for sealed in read)
        return False
