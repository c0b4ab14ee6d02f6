"""The whole bot on Discord: a dialogue from its charter to its closing, by commands and buttons."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from simcord import results

from bot.delivery.queue import Paces
from bot.platforms.discord import Discord
from bot.platforms.places import Place, PlaceKind
from bot.runtime.app import App
from bot.runtime.chance import seeded
from bot.runtime.hosting import Hearing
from bot.runtime.surface import Surface
from bot.town.town import Rooms, Town
from dialogues.machine import Stage
from rounds import registry
from tests.discord.menu import menu
from tests.discord.world import KEY, World, text_of
from tests.engine.bots import FORMATS
from tests.replay.playing import LIVE_CHARTER as CHARTER

ROOM = Place("discord", PlaceKind.ROOM, "zomerstraat")
#: A receipt; people's programs are in English here, and so are the answers.
RECEIPT = re.compile(r"Your code: [0-9A-Z]{12}")

STAFF = Place("discord", PlaceKind.STAFF, "staf")

#: How long something is waited for, in seconds.
PATIENCE = 15


class House:
    """The bot with a database, in the server of a ``World``; vera leads there."""

    def __init__(self, folder: Path) -> None:
        self.world = World()
        rooms = Rooms({"zomerstraat": (ROOM,)}, {"staf": (STAFF,)}, {"zomerstraat": "staf"})
        self.town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, rooms, FORMATS)
        surface = Surface(self.town, registry.vocabulary())
        made = replace(
            self.world.settings,
            words=surface.words,
            menu=menu(),
            of_message=surface.of_message(registry.talks().giving),
        )
        self.world.settings = made
        self.world.platform = Discord(made, self.world.alarms.append)
        self.file, self.log = folder / "town.db", []  # type: tuple[Path, list[str]]
        self.world.person("vera", "moderator")
        self.app: App = None  # type: ignore[assignment]
        self._stop = asyncio.Event()

    def run(self, work: Any) -> None:
        async def whole() -> None:
            await self.begin()
            try:
                await work(self)
            finally:
                await self.end()

        self.world.run(whole())

    async def begin(self, *, again: bool = False) -> None:
        hearing = Hearing(lambda: None, lambda code, **_values: self.log.append(code))
        clock, draw = self.world.env.now, seeded("discord again" if again else "discord")
        paces = Paces(card_breath=0)
        self._stop = asyncio.Event()
        self.app = App(self.file, self.town, (self.world.platform,), hearing, clock, draw, paces)
        self.world.queries = self.app.queries
        self.world.platform.asks(self.app.queries)
        self._running = asyncio.create_task(self.app.run(self._stop.wait()))  # type: ignore[arg-type]
        await asyncio.sleep(0.05)
        if again:
            await self.world.env.restart_bot(self.world.platform.connection.client())
            await self.world.settled()
        else:
            await self.world.attach()

    async def again(self) -> None:
        """The program ends and starts again."""
        await self.end()
        made = self.world.settings
        self.world.platform = Discord(made, self.world.alarms.append)
        await self.begin(again=True)

    async def end(self) -> None:
        self._stop.set()
        await self._running

    async def until(self, true: Callable[[], Any]) -> Any:
        async with asyncio.timeout(PATIENCE):
            while not (found := true()):
                await asyncio.sleep(0.01)
        return found

    def shown(self) -> list[Any]:
        """What all see of the bot in the room."""
        every = self.world.stored(self.world.room).values()
        return [message for message in every if message.components]

    # -- people ---------------------------------------------------------------------------------

    async def command(self, who: str, name: str, **options: str) -> Any:
        """Use a command in the room, or as vera in the staff channel; the answer."""
        channel = self.world.staff if who == "vera" else self.world.room
        result = await self.world.person(who).slash(channel, name, **options)
        return await self.until(lambda: result.response if said(result) else None)

    async def say(self, who: str, message: Any, text: str) -> Any:
        """Say something in the form that a message opens; the answer."""
        person = self.world.person(who)
        opened = await person.click(message.message, label="Answer")
        result = await person.submit_modal(opened, {"text": text})
        return await self.until(lambda: result.response if said(result) else None)

    async def press(
        self, who: str, stored: Any, label: str, heard: Callable[[str], Any] = bool
    ) -> Any:
        """Press a button; what its message, or a new one, says then."""
        message = results.to_discord_message(self.world.env, stored)
        result = await self.world.person(who).click(message, label=label)

        def answered() -> Any:
            there = result.response if said(result) else None
            return there if there is not None and heard(words(there)) else None

        return await self.until(answered)


def said(result: Any) -> bool:
    return result.response is not None and bool(result.response.components)


def buttons(message: Any) -> list[Any]:
    return [one for row in message.components for one in row.get("components", ())]


def words(message: Any) -> str:
    return text_of(message._message)


def test_news_that_waits_does_not_hold_up_an_answer(house: House) -> None:
    """A message for somebody who did nothing lately waits; their next press is answered at once,
    and brings it."""

    async def evening(house: House) -> None:
        agreed = {"format": "stellingenronde", "titel": "Ons gesprek", "afspraken": CHARTER}
        await house.command("vera", "gesprek nieuw", **agreed)
        await house.command("vera", "gesprek start")
        await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        account = house.world.account("zoe")
        house.world.platform._replies.forget(account)
        await house.command("vera", "verberg", item="S1", reden="reclame")
        pace = house.app._couriers.by_name["discord"]._pace
        await house.until(lambda: any(key.endswith(account) for key in pace.shut))
        await house.command("zoe", "mijn")
        room = house.world.room

        def told() -> bool:
            seen = house.world.stored(room, "zoe").values()
            return any("hidden" in text_of(one) for one in seen)

        await house.until(told)

    house.run(evening)


def test_a_dialogue_from_charter_to_closing(house: House) -> None:
    async def evening(house: House) -> None:
        agreed = {"format": "stellingenronde", "titel": "Ons gesprek", "afspraken": CHARTER}
        made = await house.command("vera", "gesprek nieuw", **agreed)
        assert not made.ephemeral, words(made)
        await house.command("vera", "gesprek start")
        state = house.app._engine.ledger.states["ons-gesprek"]
        closes_at = state.frames[0].closes_at

        (card,) = await house.until(house.shown)
        assert "/meedoen" in text_of(card)

        # what is given and asked for in private is seen by nobody else
        given = await house.command("zoe", "stelling", tekst="Er moeten meer bomen komen.")
        assert given.ephemeral
        assert "S1" in words(given)
        await house.command("zoe", "stelling", tekst="De bus moet vaker rijden.")

        # a vote by command is a vote in private, also in a confidential round
        voted = await house.command("zoe", "stem", item="S2", keuze="eens")
        assert RECEIPT.search(words(voted))

        # the card's button brings the first list, in a message that only anna sees
        offer = await house.press("anna", card, "Meedoen")
        assert offer.ephemeral
        labels = [one["label"] for one in buttons(offer)]
        assert labels[:3] == ["Agree", "Disagree", "Don't know"]

        # a press is answered in that message, with the next statement
        asked = len(house.world.sent)
        again = await house.press("anna", offer._message, "Disagree", heard=RECEIPT.search)
        assert again.id == offer.id
        assert RECEIPT.search(words(again))
        assert [row[:1] for row in house.world.sent[asked:] if "/interactions/" in row[1]
                or "/webhooks/" in row[1]] == [("POST",), ("PATCH",)]  # fmt: skip
        assert state.states[0].box.turnout == 2

        # a question of the bot that waits for words is answered in a form, for all staff to see
        asked = await house.command("vera", "gesprek tot", moment="onleesbaar")
        until = await house.say("vera", asked, "over 3 dagen")
        assert not until.ephemeral
        assert state.frames[0].closes_at != closes_at

        # one that waits for yes or no by its buttons
        asked = await house.command("vera", "gesprek sluit")
        await house.press("vera", asked._message, "Yes")
        await house.until(lambda: state.frames[0].stage is Stage.CLOSED)

    house.run(evening)
