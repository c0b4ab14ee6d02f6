"""The menu of commands, made once for all towns of a run: it names none of them."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from bot.platforms.menu import Command
from bot.runtime.surface import Surface
from bot.town.town import Town, console_rooms
from rounds import registry


@cache
def menu() -> tuple[Command, ...]:
    """Every word as a command."""
    anywhere = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", bytes(32), console_rooms(()), {})
    return Surface(anywhere, registry.vocabulary()).menu()
