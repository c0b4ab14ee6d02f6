"""What comes in from Discord waits here as facts until it is read; the connection is watched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import discord

from bot.platforms.discord.client import Connection, not_there
from bot.platforms.discord.house import House, lacking, open_to_all
from bot.platforms.discord.interactions import Interactions
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.talk import Talk
from bot.platforms.discord.wire import Wire
from bot.platforms.facts import CALL, Fact, Origin, Passed, Said
from bot.platforms.flood import Flood
from bot.platforms.live import Batch, Ended, Impossible, NotYet
from bot.platforms.places import PlaceKind

#: At least so often there is a batch while the connection lives, in seconds.
_SIGN_OF_LIFE = 30.0


class Breath:
    """The pause between two batches, in seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0  # by the loop's clock
        self.cut_short = False

    async def taken(self) -> None:
        """Wait until the next batch may follow; at once where little is done. A cancellation ends
        the pause and is not raised: what waits was acknowledged already."""
        loop = asyncio.get_running_loop()
        try:
            if self._next > loop.time():
                await asyncio.sleep(self._next - loop.time())
        except asyncio.CancelledError:
            self.cut_short = True
        self._next = loop.time() + self._seconds


class Incoming:
    """The reading side: facts wait here until they are read."""

    def __init__(
        self,
        settings: Settings,
        house: House,
        wire: Wire,
        interactions: Interactions,
        talk: Talk,
        position: Callable[[], str],
    ) -> None:
        self._settings = settings
        self._house = house
        self._wire = wire
        self._interactions = interactions
        self._talk = talk
        self._position = position
        self._flood = Flood()
        self._facts: list[Fact] = []
        self._news = asyncio.Event()
        self._there = asyncio.Event()
        self._gone = asyncio.Event()
        self._ended: Ended | None = None
        self._breath = Breath(settings.breath)

    # -- the connection -----------------------------------------------------------------------

    def opened(self, client: discord.Client) -> None:
        """There is a session: who presses now can be answered."""
        self._wire.client = client

    def ready(self, client: discord.Client, known: int | None = None) -> None:
        """The connection can be used once our server is ``known``: Discord tells of one after the
        other. None: the library takes it, two seconds after the last, that these were all."""
        if self._there.is_set() or known not in (None, self._settings.guild):
            return
        guild = client.get_guild(self._settings.guild)
        if guild is None:
            self._ended = not_there(self._settings.guild)
        else:
            self._facts += lacking(self._house, guild, self._settings.clock())
            self._wire.client = client
            self._there.set()
        self._news.set()

    def gone(self, client: discord.Client) -> None:
        """This client is used no more."""
        if self._wire.client is client:
            self._wire.client = None
        self.lost()

    def lost(self) -> None:
        self._there.clear()
        self._gone.set()

    async def connected(self) -> None:
        await self._there.wait()

    async def disconnected(self) -> None:
        """Wait for the next end of the connection."""
        self._gone.clear()
        await self._gone.wait()

    def look(self) -> None:
        """Have a batch read, though nothing was said: where reading stands has changed."""
        self._news.set()

    # -- reading ------------------------------------------------------------------------------

    async def read(self, connection: Connection) -> Batch:
        """The facts that wait, as soon as there are any or the connection was made; an empty batch
        now and then while it lives. Raises ``Ended``, as ``connection`` does. Where it is cancelled
        while facts wait for each other they are told, and the next call is cancelled."""
        if self._breath.cut_short:
            raise asyncio.CancelledError
        while not self._news.is_set():
            connection.over()
            try:
                async with asyncio.timeout(_SIGN_OF_LIFE):
                    await self._news.wait()
            except TimeoutError:
                if self._there.is_set():
                    break
        if not self._facts:
            connection.over()
        if self._ended is not None:
            raise self._ended
        if self._facts:
            await self._breath.taken()
        return self.read_now()

    def read_now(self) -> Batch:
        self._news.clear()
        now = self._settings.clock()
        facts, self._facts = self._flood.kept(self._facts, now), []
        return Batch(facts, self._position(), now)

    def tell(self, fact: Fact) -> None:
        """A fact for the engine."""
        self._facts.append(fact)
        self._news.set()

    async def interaction(self, given: Any) -> None:
        """Somebody pressed, chose, commanded, filled in or searches."""
        fact = await self._interactions.heard(given)
        if fact is not None:
            self.tell(fact)

    # -- messages -----------------------------------------------------------------------------

    async def message(self, given: Any) -> None:
        """Somebody wrote in a room. Without words for the bot it is one more message there; words
        come only where the bot is mentioned."""
        if given.guild is None or given.guild.id != self._settings.guild or given.guild.unavailable:
            return  # of a server that is away nobody knows who has which role
        place = self._house.place(given.channel)
        if place is None:
            return
        if given.author.bot:
            await _tidied(given, self._wire)
            return
        origin = Origin(
            cause=str(given.id),
            at=given.created_at,
            place=place,
            account=str(given.author.id),
            roles=self._house.roles(given.author),
            order=f"{given.id:020}",
            open_to_all=place.kind is PlaceKind.STAFF and open_to_all(given.channel),
        )
        me = given.guild.me
        said = _called(given.content, me.id) if me is not None else ""
        if said:
            self.tell(Said(origin, f"{CALL}{said}"))
        else:
            self.tell(self._unread(given, origin))

    def _unread(self, given: Any, origin: Origin) -> Fact:
        """A message that was not meant for the bot. Of a reply to one of the bot's the words come
        where its author lets it notify the bot, as programs do by themselves."""
        replied = given.reference
        if replied is None or given.type is not discord.MessageType.reply:
            return Passed(origin)
        if not given.content.strip():
            return Passed(origin, str(replied.message_id))
        self._talk.shown(str(given.id), given.channel.id, given.content, given.edited_at)
        return Said(origin, given.content, str(replied.message_id))


async def _tidied(given: Any, wire: Wire) -> None:
    """Take away Discord's notice that the bot pinned something: the card says it itself."""
    if given.type is discord.MessageType.pins_add and given.author == given.guild.me:
        with suppress(NotYet, Impossible):
            path = "/channels/{channel_id}/messages/{message_id}"
            names = {"channel_id": given.channel.id, "message_id": given.id}
            await wire.call("DELETE", path, None, (), None, **names)


def _called(text: str, me: int) -> str:
    """The words after a mention of the bot at the beginning; "" where there is none."""
    for mention in (f"<@{me}>", f"<@!{me}>"):
        if text.startswith(mention):
            return text[len(mention) :].strip(" ,:").removeprefix(CALL)
    return ""
