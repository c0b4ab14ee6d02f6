"""A server on SimCord with the bot in it: channels, people, and what each of them sees.

The client is discord.py's own, unchanged; every request that it makes is held against Discord's
description and our rules (``requests.py``), and what is wrong fails the test at its end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

import discord
import simcord
from simcord import results
from simcord.http import router

from bot.platforms.discord import Discord, Settings
from bot.platforms.discord.permissions import invited
from bot.platforms.menu import Command, Queries
from tests.discord import requests
from tests.discord.double.people import until
from tests.matrix.patience import LEAST

_T = TypeVar("_T")

GUILD = 900_000_000_000_000_001
KEY = bytes(range(32))

#: Roles of the server besides that of moderators, which mean nothing until the settings say so.
OTHER_ROLES = ("official", "clerk")

#: The pause between two batches, short enough for a test, in seconds.
BREATH = 0.02

#: The component that is text.
_WORDS = 10

#: The right behind which Discord hides commands of staff.
_HIDDEN_BEHIND = discord.Permissions(manage_messages=True)


async def _attached(_client: Any, _token: str) -> None:
    """SimCord connects the client itself."""
    await asyncio.get_running_loop().create_future()


class World:
    """A server with a room, a staff channel and another channel. All of it runs in one loop."""

    def __init__(self, menu: tuple[Command, ...] = (), **settings: Any) -> None:
        self.loop = asyncio.new_event_loop()
        self.wrong: list[str] = []
        self.alarms: list[str] = []
        self.sent: list[tuple[str, str, Any]] = []
        self._dispatch = router.dispatch
        router.dispatch = self._checked
        heard = discord.Intents(guilds=True, guild_messages=True)
        self.env = simcord.Env(_placeholder(), settle_timeout=LEAST, approved_intents=heard)
        self.guild = self.env.create_guild("Haarlem", id=GUILD)
        self.room = self.guild.create_text_channel("zomerstraat")
        hidden = {self.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
        self.other = self.guild.create_text_channel("praat")
        self.roles = {"moderator": self.guild.create_role("Moderator", permissions=_HIDDEN_BEHIND)}
        self.roles |= {
            role: self.guild.create_role(role.capitalize(), permissions=_HIDDEN_BEHIND)
            for role in OTHER_ROLES
        }
        self.own = self._let_in()
        let_in = discord.PermissionOverwrite(view_channel=True)
        seen = dict.fromkeys((*self.roles.values(), self.own), let_in)
        self.staff = self.guild.create_text_channel("staf", overwrites={**hidden, **seen})
        self.people: dict[str, Any] = {}
        self.settings = Settings(
            token=lambda: "token",
            guild=GUILD,
            key=KEY,
            rooms={"zomerstraat": self.room.id},
            staff_rooms={"staf": self.staff.id},
            roles={"moderator": frozenset({"Moderator"})},
            clock=self.env.now,
            connect=_attached,
            breath=BREATH,
            menu=menu,
        )
        self.settings = replace(self.settings, **settings)
        self.platform = Discord(self.settings, self.alarms.append)
        self.queries = Queries()

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        return self.loop.run_until_complete(work)

    # -- life -----------------------------------------------------------------------------------

    def start(self, cursor: str = "") -> None:
        self.run(self._start(cursor))

    async def _start(self, cursor: str) -> None:
        self.platform.asks(self.queries)
        await self.platform.start(cursor)
        await self.attach()

    async def attach(self) -> None:
        """Connect the bot, whose platform was started."""
        self.env.bot = self.platform.connection.client()
        await self.env.start()
        await until(self._registered)
        await self.settled()

    def _registered(self) -> bool:
        """Whether the commands are registered, need not be, or were asked for in vain. A server on
        SimCord is settled before that on a slow machine: it is a task that began before the bot
        was its own."""
        known = self.platform._slash.position or not self.settings.menu
        return bool(known) or any(path.endswith("/commands") for _, path, _ in self.sent)

    def _let_in(self) -> Any:
        """The bot may do in the server what its invitation asks for and no more; its role."""
        may = discord.Permissions(invited(threads=True))
        role = self.guild.create_role("Stadsgesprek", permissions=may)
        server, bot = self.env.backend.guilds[GUILD], self.env.backend.bot_user.id
        for more in server.members[bot].role_ids:
            server.roles[more].permissions = 0
        server.members[bot].role_ids.append(role.id)
        return role

    async def settled(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        await self.env.settle()

    def restart(self, cursor: str = "") -> None:
        """The program ends and starts again: nothing is left of what was in its memory."""
        self.run(self._restart(cursor))

    async def _restart(self, cursor: str) -> None:
        await self.platform.close()
        self.platform = Discord(self.settings, self.alarms.append)
        self.platform.asks(self.queries)
        await self.platform.start(cursor)
        await self.env.restart_bot(self.platform.connection.client())
        await self.settled()

    def close(self) -> None:
        """End; fails where a request was wrong."""
        try:
            self.run(self.platform.close())
            self.run(self.env.shutdown())
        finally:
            router.dispatch = self._dispatch
            self.loop.close()
        assert not self.wrong, "\n".join(map(str, self.wrong))
        assert self.env.errors == []

    def _checked(self, backend: Any, method: str, path: str, **more: Any) -> Any:
        body = more.get("json")
        self.sent.append((method, path, body))
        if requests.description() is not None:
            asked = {name: str(value) for name, value in (more.get("params") or {}).items()}
            self.wrong += requests.against_description(method, path, body, asked)
        self.wrong += requests.against_our_rules(method, path, body)
        return self._dispatch(backend, method, path, **more)

    # -- people ---------------------------------------------------------------------------------

    def person(self, name: str, *roles: str) -> Any:
        if name not in self.people:
            given = [self.roles[role] for role in roles]
            self.people[name] = self.guild.add_member(self.env.create_user(name), roles=given)
        return self.people[name]

    def account(self, name: str) -> str:
        return str(self.person(name).id)

    def click(self, who: str, stored: Any, custom_id: str) -> Any:
        """Press a button under a message (of ``stored``)."""
        message = results.to_discord_message(self.env, stored)
        return self.run(self.person(who).click(message, custom_id=custom_id))

    # -- what is seen ---------------------------------------------------------------------------

    def stored(self, channel: Any, who: str = "") -> dict[str, Any]:
        """The messages of a channel by id, as somebody sees them; "" sees what all see."""
        backend, seen = self.env.backend, {}
        for message in backend.messages[channel.id].values():
            if message.is_ephemeral and not (who and self._is_for(message, who)):
                continue
            seen[str(message.id)] = message
        return seen

    def _is_for(self, message: Any, who: str) -> bool:
        metadata = message.interaction_metadata or {}
        return str(metadata.get("user", {}).get("id")) == self.account(who)


def _placeholder() -> discord.Client:
    return discord.Client(intents=discord.Intents.none())


def text_of(message: Any) -> str:
    """The words of a message, and what stands on its buttons."""
    return "\n".join(_lines(message.components))


def custom_ids(message: Any) -> list[str]:
    """What a message's buttons and menus carry, in their order."""
    return [one["custom_id"] for row in message.components for one in row.get("components", ())]


def _lines(components: Any) -> list[str]:
    lines: list[str] = []
    for one in components:
        if one["type"] == _WORDS:
            lines.append(one["content"])
        elif one.get("options"):
            lines += [option["label"] for option in one["options"]]
        elif one.get("label"):
            lines.append(one["label"])
        lines += _lines(one.get("components") or ())
    return lines
