"""A town on Discord in which staff has every role that an advice passes: vera leads, omar is an
official, gerda is the clerk, and everybody else lives there. All of it is in Dutch."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from simcord import results

from bot.platforms.discord import Discord
from bot.town.alarms import alarm_words
from dialogues.dialogue import Dialogue
from tests.discord.test_evening import House, said
from tests.discord.world import text_of

STAFF = {"vera": "moderator", "omar": "official", "gerda": "clerk"}
RESIDENTS = ("anna", "bram", "carla", "daan", "eva", "femke")


class Council(House):
    """``advances`` lets time pass; ``says`` is what a command was answered."""

    def __init__(self, folder: Path, *, youth: bool = False) -> None:
        super().__init__(folder)
        world = self.world
        if youth:
            words = {"zomerstraat": alarm_words(["blauwe plek*"])}
            self.town = replace(self.town, rooms=replace(self.town.rooms, youth=words))
        roles = {role: frozenset({role.capitalize()}) for role in STAFF.values()}
        world.settings = replace(world.settings, roles=roles)
        world.platform = Discord(world.settings, world.alarms.append)
        for name, role in STAFF.items():
            if name not in world.people:
                world.person(name, role)

    @property
    def dialogue(self) -> Dialogue:
        (found,) = self.app._engine.ledger.states.values()
        return found

    async def advances(self, **delta: float) -> None:
        """Time passes, and what fell due happens."""
        await self.world.env.advance_time(timedelta(**delta).total_seconds())
        await self.says("vera", "privacy")
        await self.world.settled()

    def channel(self, who: str) -> Any:
        return self.world.staff if who in STAFF else self.world.room

    async def command(self, who: str, name: str, **options: str) -> Any:
        """Use a command in the room, or as staff in the staff channel; the answer."""
        result = await self.world.person(who).slash(self.channel(who), name, **options)
        return await self.until(lambda: result.response if said(result) else None)

    async def says(self, who: str, name: str, **options: str) -> str:
        return text_of((await self.command(who, name, **options))._message)

    async def presses(self, who: str, message: Any, label: str) -> str:
        """Press a button below a message; what is said then."""
        shown = results.to_discord_message(self.world.env, message._message)
        before = text_of(message._message)
        result = await self.world.person(who).click(shown, label=label)

        def answered() -> Any:
            there = result.response
            return there if said(result) and text_of(there._message) != before else None

        return text_of((await self.until(answered))._message)

    def reads(self, who: str = "") -> list[str]:
        """What all see in the room, or somebody there besides."""
        return [text_of(one) for one in self.world.stored(self.channel(who), who).values()]
