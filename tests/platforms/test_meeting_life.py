"""The whole life of a meeting on the console."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from bot.town.alarms import AlarmWords
from meetings.meeting import Meeting
from tests.engine.bots import Bot
from tests.platforms import meeting_life

_T = TypeVar("_T")


class OnConsole:
    """The console, on a clock of its own."""

    asks = True

    def __init__(self, folder: Path) -> None:
        self.bot = Bot(folder / "town.db")

    async def say(self, who: str, text: str) -> None:
        if who == "vera":
            self.bot.staff(f"{text} in=zomerstraat" if "nieuw" in text else text)
        else:
            self.bot.say(who, text)

    async def press(self, who: str, number: int) -> None:
        self.bot.say(who, f"!aanmelden M{number}", "zomerstraat")

    async def go_to(self, at: datetime) -> None:
        self.bot.tick(at - self.bot.clock())

    async def until(self, true: Callable[[], _T]) -> _T:
        for _ in range(3):  # what is due happens when somebody looks
            if found := true():
                return found
            self.bot.tick(timedelta(seconds=1))
        raise AssertionError(self.bot.spoken[-4:])

    def now(self) -> datetime:
        return self.bot.clock()

    def meeting(self, number: int) -> Meeting | None:
        return self.bot.session.engine.ledger.meetings.get(number)

    def journal(self, number: int) -> list[str]:
        return journal(self.bot, number)

    def read(self, who: str) -> list[str]:
        return [one.plain for one in self.bot.heard if one.place.name == who]

    def room(self) -> list[str]:
        shown: dict[str, str] = {}
        for one in self.bot.heard:
            if one.place.name == "zomerstraat":
                shown[f"{one.dialogue} {one.slot}" if one.slot else one.token] = one.plain
        return list(shown.values())

    def staff(self) -> list[str]:
        return [one.plain for one in self.bot.heard if one.place.name == "staf"]


def journal(bot: Bot, number: int) -> list[str]:
    store = bot.session.store
    lines = store.reader().lines(f"meeting/{number}")
    return [type(store.record.read(line).event).__name__ for line in lines]


@pytest.mark.parametrize("youth", [False, True], ids=["adults", "youth"])
def test_the_whole_life_of_a_meeting(youth: bool, tmp_path: Path) -> None:
    there = OnConsole(tmp_path)
    if youth:
        town = there.bot.session.engine.services.town
        town.rooms = replace(town.rooms, youth={"zomerstraat": AlarmWords()})
    asyncio.run(meeting_life.begins(there, youth))
    there.bot.close()
