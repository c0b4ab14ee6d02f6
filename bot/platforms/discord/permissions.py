"""Which of Discord's permissions the bot needs where, and which it has by what Discord answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import discord

#: What the bot needs in every channel, by the library's name and by that of Discord's settings.
EVERYWHERE: Mapping[str, str] = {
    "view_channel": "View Channels",
    "send_messages": "Send Messages",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
    "pin_messages": "Pin Messages",
    "manage_messages": "Manage Messages",
}

#: What it needs besides in a channel with threads, and in a forum.
THREADS: Mapping[str, str] = {
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
}
FORUM: Mapping[str, str] = {
    "view_channel": "View Channels",
    "send_messages": "Create Posts",
    "send_messages_in_threads": "Send Messages in Posts",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}

#: What it needs in the server itself, for meetings to stand in its list of events.
EVENTS: Mapping[str, str] = {"create_events": "Create Events"}


def invited(*, threads: bool = False) -> int:
    """The number in the address of an invitation that gives what is needed and nothing else."""
    named = {**EVERYWHERE, **EVENTS, **(THREADS if threads else {})}
    return discord.Permissions(**dict.fromkeys(named, True)).value


def lacking(guild: Any, member: Any, channel: Any, needed: Mapping[str, str]) -> list[str]:
    """What somebody lacks in a channel, as Discord's settings call it; server, member and channel
    are as the REST interface gives them."""
    may = _permissions(guild, [guild["id"], *member["roles"]], member["user"]["id"], channel)
    return [called for name, called in needed.items() if not getattr(may, name)]


def everybody_sees(guild: Any, channel: Any) -> bool:
    """Whether everybody in the server can read a channel."""
    return _permissions(guild, [guild["id"]], "", channel).view_channel


def _permissions(
    guild: Any, roles: Iterable[Any], account: Any, channel: Any
) -> discord.Permissions:
    """What roles and an account give in a channel, in the order in which Discord counts: all roles,
    then what the channel says of everybody, of the roles, and of the account."""
    held, everybody = set(map(str, roles)), str(guild["id"])
    may = discord.Permissions.none()
    for role in guild["roles"]:
        if str(role["id"]) in held:
            may.value |= int(role["permissions"])
    if may.administrator:
        return discord.Permissions.all()
    rules = {str(one["id"]): one for one in channel.get("permission_overwrites") or ()}
    mine = [rules[name] for name in held - {everybody} if name in rules]
    for some in ([rules[everybody]] if everybody in rules else [], mine):
        allow, deny = (_together(int(one[key]) for one in some) for key in ("allow", "deny"))
        may.handle_overwrite(allow, deny)
    if str(account) in rules:
        may.handle_overwrite(int(rules[str(account)]["allow"]), int(rules[str(account)]["deny"]))
    return may


def _together(values: Iterable[int]) -> int:
    found = 0
    for value in values:
        found |= value
    return found
