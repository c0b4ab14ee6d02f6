"""The connection with Discord's gateway, and how it is begun again.

The library reconnects and resumes by itself; what ends it (a first connect that fails, an error of
its own) is followed by a new one after ``pause`` seconds. Identifying is rationed: past a thousand
a day Discord takes the token away.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import aiohttp
import discord

from bot.platforms.discord.counts import counted
from bot.platforms.discord.errors import REVOKED
from bot.platforms.discord.refusals import Refusals
from bot.platforms.discord.settings import Alarm, Settings
from bot.platforms.live import Ended

#: Two identifies are never closer than this, in seconds.
_APART = 5.0

#: So much longer than the pause they are apart on average: at 90 seconds, under 960 a day.
_MORE = 1.005

#: The gateway's reasons to end: the token is not valid; an intent is not allowed.
_NO_TOKEN, _NO_INTENT = 4004, frozenset({4013, 4014})

_INTENTS = (
    "Discord refuses what the bot asks to hear of (intents). It asks for no privileged one: look "
    "whether this is the bot's own application, and start again."
)

_NO_SERVER = (
    "The bot is not in the Discord server {} of discord.guild. Invite it there, or correct the "
    "number."
)


class Hears(Protocol):
    """Who is told of events."""

    def opened(self, client: discord.Client) -> None: ...

    def ready(self, client: discord.Client, known: int | None = None) -> None: ...

    def lost(self) -> None: ...

    def gone(self, client: discord.Client) -> None: ...

    async def interaction(self, interaction: Any) -> None: ...

    async def message(self, message: Any) -> None: ...


class Ration:
    """When the next identify may be sent: at once, but at least ``_APART`` after the one before.
    One may come early; on average they are a little more than ``pause`` apart."""

    def __init__(self, pause: float) -> None:
        self._between = max(pause, _APART) * _MORE
        self._last = self._due = float("-inf")

    async def turn(self) -> None:
        """Wait until an identify may be sent, and note it."""
        loop = asyncio.get_running_loop()
        free = max(self._last + _APART, self._due - self._between)
        await asyncio.sleep(max(0.0, free - loop.time()))
        self._last = loop.time()
        self._due = max(self._due, self._last) + self._between


class Client(discord.Client):
    """The library's client, without caches of members and messages."""

    def __init__(
        self, hears: Hears, ration: Ration, alarm: Alarm, trace: aiohttp.TraceConfig
    ) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=30.0,
            http_trace=trace,
        )
        counted(self.http)
        self._hears = hears
        self._ration = ration
        self._alarm = alarm
        state = self._connection
        state.parsers = {name: _safely(parse, alarm) for name, parse in state.parsers.items()}

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        await self._ration.turn()

    async def on_connect(self) -> None:
        self._hears.opened(self)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        self._hears.ready(self, guild.id)

    async def on_ready(self) -> None:
        self._hears.ready(self)

    async def on_resumed(self) -> None:
        self._hears.ready(self)

    async def on_disconnect(self) -> None:
        self._hears.lost()

    async def on_interaction(self, interaction: Any) -> None:
        await self._hears.interaction(interaction)

    async def on_message(self, message: Any) -> None:
        await self._hears.message(message)

    async def on_error(self, event: str, /, *_values: Any, **_more: Any) -> None:
        self._alarm(f"discord_{event}")


def quiet() -> None:
    """Keep the library's own lines out of the log: addresses in them hold tokens of people's
    interactions. What happened is told by alarms."""
    log = logging.getLogger(discord.__name__)
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())


def _safely(parse: Callable[[Any], Any], alarm: Alarm) -> Callable[[Any], Any]:
    """A parser of events that one bad event does not end the connection of."""

    def tried(data: Any) -> Any:
        try:
            return parse(data)
        except Exception as error:  # noqa: BLE001 - it is the event that is bad
            alarm(f"discord_{type(error).__name__}")
            return None

    return tried


def not_there(guild: int) -> Ended:
    return Ended(_NO_SERVER.format(guild))


class Connection:
    """The connection, kept until ``end``: one client at a time. ``hears`` is told of its events;
    ``refusals`` counts what Discord refused."""

    def __init__(
        self,
        settings: Settings,
        hears: Hears,
        alarm: Alarm,
        refusals: Refusals | None = None,
    ) -> None:
        self._refusals = refusals or Refusals()
        self._settings = settings
        self._hears = hears
        self._alarm = alarm
        self._ration = Ration(settings.pause)
        self._task: asyncio.Task[None] | None = None

    def client(self) -> Client:
        """A new client, for one connection."""
        return Client(self._hears, self._ration, self._alarm, self._refusals.trace())

    def begin(self, ended: Callable[[], None]) -> None:
        """Connect, now and whenever the connection ends; ``ended`` is called when it is over."""
        self._task = asyncio.create_task(self.keep())
        self._task.add_done_callback(lambda _task: ended())

    def over(self) -> bool:
        """Whether it has ended for good. Raises the ``Ended`` that it ended with."""
        if self._task is None or not self._task.done():
            return False
        self._task.result()
        return True

    async def end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._task

    async def keep(self) -> None:
        """Connect, and again after each end, until cancelled. Raises ``Ended``."""
        while True:
            await self._connect(self.client())
            await asyncio.sleep(self._settings.pause)

    async def _connect(self, client: Client) -> None:
        """Connect once, until that ends. Raises ``Ended`` where there is no use in trying again."""
        try:
            await self._settings.connect(client, self._settings.token())
        except discord.LoginFailure:
            raise Ended(REVOKED) from None
        except discord.PrivilegedIntentsRequired:
            raise Ended(_INTENTS) from None
        except discord.ConnectionClosed as closed:
            if closed.code == _NO_TOKEN:
                raise Ended(REVOKED) from None
            if closed.code in _NO_INTENT:
                raise Ended(_INTENTS) from None
            self._alarm("discord_closed")
        except Exception as error:  # noqa: BLE001 - it is tried again
            self._alarm(f"discord_{type(error).__name__}")
        finally:
            self._hears.gone(client)
            await client.close()
