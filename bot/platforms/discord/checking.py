"""What ``check`` finds out: whether the token, the server, its channels and its roles are right."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from typing import Any

import discord
from discord.http import Route

from bot.platforms.discord.client import not_there
from bot.platforms.discord.errors import REVOKED, translated
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
    for name, channel in {**settings.rooms, **settings.staff_rooms}.items():
        given = await _or_none(_get(client, "/channels/{channel_id}", channel_id=channel))
        if given is None or given.get("guild_id") != str(settings.guild):
            yield Finding(False, f"{name}: the bot sees no channel {channel} in this server")
        else:
            yield Finding(True, f"{name} is the channel {given['name']}")
            if name in settings.staff_rooms and _seen_by_all(guild, given):
                yield Finding(False, _OPEN.format(name, given["name"]))
    for name, channel in settings.forums.items():
        given = await _or_none(_get(client, "/channels/{channel_id}", channel_id=channel))
        if given is None or given.get("type") != _FORUM:
            yield Finding(False, f"{name}: the bot sees no forum channel {channel} in this server")
        else:
            yield Finding(True, f"{name} has the forum {given['name']}")
    there = {value for role in guild["roles"] for value in (role["name"], role["id"])}
    for role, named in settings.roles.items():
        for missing in sorted(named - there):
            yield Finding(False, f"roles.discord.{role}: there is no server role {missing!r}")


def _seen_by_all(guild: Any, channel: Any) -> bool:
    """Whether everybody in the server can read a channel."""
    everyone = next(role for role in guild["roles"] if role["id"] == str(guild["id"]))
    may = discord.Permissions(int(everyone["permissions"]))
    for one in channel.get("permission_overwrites") or ():
        if one["id"] == everyone["id"]:
            may.handle_overwrite(int(one["allow"]), int(one["deny"]))
    return may.administrator or may.view_channel


async def _get(client: discord.Client, path: str, **names: Any) -> dict[str, Any]:
    with translated():
        found: dict[str, Any] = await client.http.request(Route("GET", path, **names))
        return found


async def _or_none(asked: Awaitable[dict[str, Any]]) -> dict[str, Any] | None:
    try:
        return await asked
    except (Impossible, Unreachable):
        return None
