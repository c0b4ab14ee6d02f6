"""What ``check`` finds out: whether the token, the server, its channels and its roles are right."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord.http import Route

from bot.platforms.discord.client import not_there
from bot.platforms.discord.errors import REVOKED, translated
from bot.platforms.discord.permissions import (
    EVENTS,
    EVERYWHERE,
    FORUM,
    THREADS,
    everybody_sees,
    lacking,
)
from bot.platforms.discord.settings import Settings
from bot.platforms.live import Ended, Impossible, NotYet, Unreachable

_SILENT = (
    "Discord does not answer. Look whether this machine reaches discord.com, and try again later."
)

#: The kind of a channel that is a forum.
_FORUM = 15

_OPEN = (
    "{}: everybody in the server can read the channel {}. Take View Channel away from @everyone "
    "there, and give it to the bot and to the server roles of staff."
)

_LACKS = (
    "{}: the bot lacks in the channel {}: {}. Give it these rights there, or with the server role "
    "that Discord made for it."
)

_NO_EVENTS = "meetings do not stand in the server's list of events: the bot lacks there: {}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about what was found; ``good``: nothing has to be done."""

    good: bool
    text: str


async def check(client: discord.Client, settings: Settings) -> list[Finding]:
    """Log in, without connecting, and look at everything the config names. Raises ``Ended``."""
    try:
        with translated():
            await client.login(settings.token())
        return [found async for found in _found(client, settings)]
    except discord.LoginFailure:
        raise Ended(REVOKED) from None
    except NotYet:
        return [Finding(False, _SILENT)]


async def _found(client: discord.Client, settings: Settings) -> AsyncIterator[Finding]:
    assert client.user is not None
    yield Finding(True, f"the token is that of {client.user.name}")
    guild = await _or_none(_get(client, "/guilds/{guild_id}", guild_id=settings.guild))
    if guild is None:
        yield Finding(False, str(not_there(settings.guild)))
        return
    yield Finding(True, f"the bot is in {guild['name']}")
    names = {"guild_id": settings.guild, "user_id": client.user.id}
    me = await _or_none(_get(client, "/guilds/{guild_id}/members/{user_id}", **names))
    if me is None:
        yield Finding(False, str(not_there(settings.guild)))
        return
    lacks = lacking(guild, me, {}, EVENTS)
    if lacks:
        yield Finding(True, _NO_EVENTS.format(", ".join(lacks)))
    for name, channel in {**settings.rooms, **settings.staff_rooms}.items():
        given = await _or_none(_get(client, "/channels/{channel_id}", channel_id=channel))
        if given is None or given.get("guild_id") != str(settings.guild):
            yield Finding(False, f"{name}: the bot sees no channel {channel} in this server")
        else:
            yield Finding(True, f"{name} is the channel {given['name']}")
            needed = {**EVERYWHERE, **(THREADS if name in settings.threads else {})}
            for found in _lacking(name, guild, me, given, needed):
                yield found
            if name in settings.staff_rooms and everybody_sees(guild, given):
                yield Finding(False, _OPEN.format(name, given["name"]))
    for name, channel in settings.forums.items():
        given = await _or_none(_get(client, "/channels/{channel_id}", channel_id=channel))
        if given is None or given.get("type") != _FORUM:
            yield Finding(False, f"{name}: the bot sees no forum channel {channel} in this server")
        else:
            yield Finding(True, f"{name} has the forum {given['name']}")
            for found in _lacking(name, guild, me, given, FORUM):
                yield found
    there = {value for role in guild["roles"] for value in (role["name"], role["id"])}
    for role, named in settings.roles.items():
        for missing in sorted(named - there):
            yield Finding(False, f"roles.discord.{role}: there is no server role {missing!r}")


def _lacking(
    name: str, guild: Any, me: Any, channel: Any, needed: Mapping[str, str]
) -> Iterator[Finding]:
    """The rights that the bot needs in a channel and has not."""
    lacks = lacking(guild, me, channel, needed)
    if lacks:
        yield Finding(False, _LACKS.format(name, channel["name"], ", ".join(lacks)))


async def _get(client: discord.Client, path: str, **names: Any) -> dict[str, Any]:
    with translated():
        found: dict[str, Any] = await client.http.request(Route("GET", path, **names))
        return found


async def _or_none(asked: Awaitable[dict[str, Any]]) -> dict[str, Any] | None:
    try:
        return await asked
    except (Impossible, Unreachable):
        return None
