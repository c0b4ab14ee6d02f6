"""``Discord``: the platform as the engine and the courier use it.

What comes in is read by ``Incoming``; what goes out is made by ``Sending`` and ``Replies``.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime

from discord.utils import snowflake_time

from bot.platforms.capabilities import Capabilities, ReadBack
from bot.platforms.discord.checking import Finding, check
from bot.platforms.discord.client import Connection, quiet
from bot.platforms.discord.components import LIMIT, Shown
from bot.platforms.discord.forums import Forums
from bot.platforms.discord.house import House
from bot.platforms.discord.incoming import Incoming
from bot.platforms.discord.interactions import Interactions
from bot.platforms.discord.replies import Replies
from bot.platforms.discord.seals import Seals
from bot.platforms.discord.sending import sending
from bot.platforms.discord.settings import NAME, Alarm, Settings, no_alarm
from bot.platforms.discord.slash import Slash
from bot.platforms.discord.talk import Talk
from bot.platforms.discord.threads import Threads
from bot.platforms.discord.windows import Windows
from bot.platforms.discord.wire import Wire
from bot.platforms.facts import Looked, Mark, Trouble
from bot.platforms.lasting import lasting
from bot.platforms.live import Batch, Impossible, NotYet
from bot.platforms.menu import Queries
from bot.platforms.messages import Message
from bot.platforms.places import Place

_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_PIN = "/channels/{channel_id}/messages/pins/{message_id}"


def made_at(account: str) -> datetime | None:
    """When an account was made: its id begins with that moment."""
    return snowflake_time(int(account)) if account.isdecimal() else None


class Discord:
    """The Discord platform. ``alarm`` is called with codes, never with words, names or ids."""

    name = NAME
    limit = LIMIT
    capabilities = Capabilities(
        read_back=ReadBack.NEVER,
        edit=True,
        pin=True,
        remove=True,
        remove_others=True,
        press=True,
        one_at_a_time=True,
        forms=True,
        menu=True,
        private_replies=True,
        upload=True,
        pictures=True,
        events=True,
        talk=False,
        prefix="/",
        made_at=made_at,
    )

    def __init__(self, settings: Settings, alarm: Alarm = no_alarm) -> None:
        self.settings = settings
        self._alarm = alarm
        self._wire = Wire()
        house = House(settings)
        self._house = house
        seals = Seals(settings.key, settings.guild, lambda: self._slash.queries.dialogues())
        self._replies = Replies(self._wire, alarm)
        self._slash = Slash(settings, house, alarm)
        self._talk = talk = Talk(settings, house, self._wire)
        forums = Forums(settings, self._wire, seals)
        threads = Threads(settings, house, self._wire, forums, lambda code: self._trouble(code))
        self._sending = sending(
            settings, house, self._wire, self._replies, seals, talk, threads, alarm
        )
        windows = Windows(settings, seals, lambda: self._slash.queries)
        heard = Interactions(
            settings, house, self._wire, self._replies, seals, windows, self._slash, talk
        )
        self._incoming = Incoming(
            settings, house, self._wire, heard, talk, lambda: self._slash.position
        )
        self.connection = Connection(settings, self._incoming, alarm, self._wire.refusals)
        self._tasks: list[asyncio.Task[None]] = []

    def _trouble(self, code: str) -> None:
        """Tell staff of a fault, by the code of its text."""
        self._incoming.tell(Trouble(self.settings.clock(), code))

    def asks(self, queries: Queries) -> None:
        """Take what may be asked of the engine."""
        self._slash.queries = queries

    # -- life -------------------------------------------------------------------------------

    async def start(self, cursor: str) -> None:
        """Connect, now and whenever the connection ends; ``cursor`` says which commands are
        registered."""
        quiet()
        self._slash.position = cursor
        self.connection.begin(self._incoming.look)
        loops = (lambda: self._replies.keep(self._says), self._register)
        self._tasks = [asyncio.create_task(lasting(loop, self._alarm)) for loop in loops]

    def _says(self, code: str, language: str) -> Shown:
        return Shown([{"type": 10, "content": self.settings.words(code, language)}])

    async def _register(self) -> None:
        """Register the commands at each new connection, where they changed."""
        while True:
            await self._incoming.connected()
            try:
                if await self._slash.sync(self._wire):
                    self._incoming.look()
            except NotYet as later:
                await asyncio.sleep(later.seconds)
                continue
            except Impossible as error:
                self._alarm(f"discord_commands_{type(error).__name__}")
            await self._incoming.disconnected()

    async def check(self) -> list[Finding]:
        """Log in and report what is right and what is not. Not while ``read`` runs."""
        client = self.connection.client()
        try:
            return await check(client, self.settings)
        finally:
            await client.close()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
        await self.connection.end()

    # -- reading ----------------------------------------------------------------------------

    async def read(self) -> Batch:
        return await self._incoming.read(self.connection)

    def complete_to(self, at: datetime) -> None:
        """Nothing is read back here: what was missed got Discord's own notice of failure."""

    async def acknowledge(self, batch: Batch) -> None:
        """Interactions are acknowledged by their answers, and in time in any case; but who reads
        no answer soon reads why, which is another thing once it was handled."""
        self._replies.handled(batch.facts)

    # -- sending ----------------------------------------------------------------------------

    async def send(self, message: Message) -> str:
        return await self._sending.send(message)

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str:
        return await self._sending.upload(place, name, data, mime, token)

    async def find(self, place: Place, token: str) -> str:
        return await self._sending.find(place, token)

    async def mark(self, place: Place, message: str, mark: Mark, token: str) -> str:
        raise Impossible("reactions mean nothing on Discord")

    async def unmark(self, place: Place, message: str, mark: Mark) -> None:
        """There is none to take away."""

    async def pin(self, place: Place, message: str) -> None:
        await self._sending.at("PUT", _PIN, place, message)

    async def unpin(self, place: Place, message: str) -> None:
        await self._sending.at("DELETE", _PIN, place, message)

    async def remove(self, place: Place, message: str) -> None:
        await self._sending.at("DELETE", _MESSAGE, place, message)

    async def look(self, place: Place, message: str) -> Looked:
        return await self._talk.look(place, message)

    # -- personal conversations -------------------------------------------------------------

    async def open_direct(self, user: str) -> None:
        raise Impossible("nobody is written to first")

    async def leave(self, place: Place) -> None:
        """There is no conversation to leave; what was asked last is forgotten."""
        self._replies.forget(place.name)
