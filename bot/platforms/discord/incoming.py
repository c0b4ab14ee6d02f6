"""What comes in from Discord: presses, commands, forms and messages become facts.

An interaction that comes so late that it may no longer be acknowledged is acknowledged first, and
counts only where that succeeded; all others are told at once.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import discord

from bot.platforms.discord.asking import SAID, values_of
from bot.platforms.discord.client import not_there
from bot.platforms.discord.house import House, lacking, personal
from bot.platforms.discord.replies import LIVES, Asked, Replies
from bot.platforms.discord.seals import Sealed, Seals, Sort
from bot.platforms.discord.settings import Alarm, Settings
from bot.platforms.discord.slash import Slash
from bot.platforms.discord.windows import Windows
from bot.platforms.discord.wire import Wire
from bot.platforms.facts import CALL, Chose, Fact, Origin, Passed, Said, Stale, Submitted
from bot.platforms.flood import Flood
from bot.platforms.live import Batch, Ended, Impossible, NotYet
from bot.platforms.messages import ReplyHandle
from bot.platforms.places import PlaceKind

#: An interaction older than this when it comes is acknowledged before anything else, in seconds.
LATE = timedelta(seconds=1.2)

#: At least so often there is a batch while the connection lives, in seconds.
_SIGN_OF_LIFE = 30.0


class Incoming:
    """The reading side: facts wait here until they are read."""

    def __init__(
        self,
        settings: Settings,
        house: House,
        wire: Wire,
        replies: Replies,
        seals: Seals,
        windows: Windows,
        slash: Slash,
        alarm: Alarm,
    ) -> None:
        self._settings = settings
        self._house = house
        self._wire = wire
        self._replies = replies
        self._seals = seals
        self._windows = windows
        self._slash = slash
        self._alarm = alarm
        self._flood = Flood()
        self._facts: list[Fact] = []
        self._news = asyncio.Event()
        self._there = asyncio.Event()
        self._gone = asyncio.Event()
        self._ended: Ended | None = None

    # -- the connection -----------------------------------------------------------------------

    def ready(self, client: discord.Client) -> None:
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

    async def read(self, connection: asyncio.Task[None] | None) -> Batch:
        """The facts that wait, as soon as there are any or the connection was made; an empty batch
        now and then while it lives. Raises ``Ended``, as ``connection`` does."""
        while not self._news.is_set():
            if connection is not None and connection.done():
                connection.result()
            try:
                async with asyncio.timeout(_SIGN_OF_LIFE):
                    await self._news.wait()
            except TimeoutError:
                if self._there.is_set():
                    break
        if not self._facts and connection is not None and connection.done():
            connection.result()
        if self._ended is not None:
            raise self._ended
        return self.read_now()

    def read_now(self) -> Batch:
        self._news.clear()
        now = self._settings.clock()
        facts, self._facts = self._flood.kept(self._facts, now), []
        return Batch(facts, self._slash.position, now)

    def _tell(self, fact: Fact) -> None:
        self._facts.append(fact)
        self._news.set()

    # -- interactions -------------------------------------------------------------------------

    async def interaction(self, given: Any) -> None:
        """Somebody pressed, chose, commanded, filled in or searches."""
        if given.guild_id != self._settings.guild:
            return
        if given.type is discord.InteractionType.autocomplete:
            await self._slash.suggest(given, self._wire)
            return
        asked = self._asked(given)
        origin = self._origin(given, asked.handle)
        opened = self._windows.opens(given, self._sealed(given), origin.language)
        if opened is not None:
            with suppress(NotYet, Impossible):  # too late: Discord says so itself
                await self._wire.respond(asked.id, asked.token, *opened)
            return
        fact = self._fact(given, origin)
        asked.public = asked.public and not isinstance(fact, Stale)
        self._replies.begin(asked)
        if self._settings.clock() - given.created_at > LATE and not await self._in_time(asked):
            return
        self._tell(fact)

    async def _in_time(self, asked: Asked) -> bool:
        try:
            return await self._replies.put_off(asked)
        except NotYet:
            return False

    def _asked(self, given: Any) -> Asked:
        place = self._house.place(given.channel) if given.channel is not None else None
        handle = ReplyHandle(given.created_at + LIVES, str(given.id))
        message = given.message
        here = None
        if message is not None and message.flags.ephemeral:
            here = [one.to_dict() for one in message.components]
        public = place is not None and place.kind is PlaceKind.STAFF
        return Asked(given.id, given.token, str(given.user.id), handle, here, public)

    def _origin(self, given: Any, handle: ReplyHandle | None) -> Origin:
        """An interaction is private: it is told as said in person, from the room it was near."""
        account = str(given.user.id)
        here = self._house.place(given.channel) if given.channel is not None else None
        staff = here is not None and here.kind is PlaceKind.STAFF
        return Origin(
            cause=str(given.id),
            at=given.created_at,
            place=here if here is not None and staff else personal(account),
            account=account,
            roles=self._house.roles(given.user),
            order=f"{given.id:020}",
            open_to_all=staff and _open_to_all(given.channel),
            handle=handle,
            near=here if not staff else None,
            language=_language(str(given.locale)),
        )

    def _sealed(self, given: Any) -> Sealed | None:
        """What was pressed, or chosen in a menu; None where that is not of our making."""
        data = given.data or {}
        sealed = self._seals.read(str(data.get("custom_id", "")))
        if sealed is not None and sealed.sort is Sort.MENU:
            values = data.get("values") or [""]
            sealed = self._seals.read(str(values[0]))
        return sealed

    def _fact(self, given: Any, origin: Origin) -> Fact:
        if given.type is discord.InteractionType.application_command:
            text = self._slash.text(given)
            return Said(origin, text) if text else Stale(origin)
        sealed = self._sealed(given)
        if sealed is None:
            return Stale(origin)
        if given.type is discord.InteractionType.modal_submit:
            if sealed.sort is Sort.SAY:
                return Said(origin, values_of(given.data).get(SAID, ""))
            filled = self._windows.filled(given, sealed) if sealed.sort is Sort.FORM else None
            if filled is None:
                return Stale(origin)
            return Submitted(origin, sealed.form, filled, sealed.means)
        if sealed.sort is Sort.WORD:
            return Said(origin, f"{CALL}{sealed.means.choice}")
        if sealed.sort is not Sort.CHOICE or sealed.form:
            return Stale(origin)  # a form that is not known here any more
        return Chose(origin, sealed.means)

    # -- messages -----------------------------------------------------------------------------

    async def message(self, given: Any) -> None:
        """Somebody wrote in a room. Without words for the bot it is one more message there; words
        come only where the bot is mentioned."""
        if given.guild is None or given.guild.id != self._settings.guild:
            return
        place = self._house.place(given.channel)
        if place is None:
            return
        if given.author.bot:
            await self._tidied(given)
            return
        origin = Origin(
            cause=str(given.id),
            at=given.created_at,
            place=place,
            account=str(given.author.id),
            roles=self._house.roles(given.author),
            order=f"{given.id:020}",
            open_to_all=place.kind is PlaceKind.STAFF and _open_to_all(given.channel),
        )
        me = given.guild.me
        said = _called(given.content, me.id) if me is not None else ""
        self._tell(Said(origin, f"{CALL}{said}") if said else Passed(origin))

    async def _tidied(self, given: Any) -> None:
        """Take away Discord's notice that the bot pinned something: the card says it itself."""
        if given.type is discord.MessageType.pins_add and given.author == given.guild.me:
            with suppress(NotYet, Impossible):
                path = "/channels/{channel_id}/messages/{message_id}"
                names = {"channel_id": given.channel.id, "message_id": given.id}
                await self._wire.call("DELETE", path, None, (), None, **names)


def _called(text: str, me: int) -> str:
    """The words after a mention of the bot at the beginning; "" where there is none."""
    for mention in (f"<@{me}>", f"<@!{me}>"):
        if text.startswith(mention):
            return text[len(mention) :].strip(" ,:").removeprefix(CALL)
    return ""


def _open_to_all(channel: Any) -> bool:
    """Whether everybody in the server can read a channel."""
    guild = getattr(channel, "guild", None)
    if guild is None or guild.default_role is None:
        return True
    return bool(channel.permissions_for(guild.default_role).view_channel)


def _language(locale: str) -> str:
    return locale[:2] if locale[:2] in ("nl", "en") else ""
