"""The whole bot on the double, in the loop of the test: its platform, engine and couriers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.queue import Paces
from bot.platforms.discord import Discord, Settings
from bot.platforms.discord.seals import Seals
from bot.platforms.live import LivePlatform
from bot.platforms.places import Place, PlaceKind
from bot.runtime.app import App
from bot.runtime.chance import seeded
from bot.runtime.hosting import Hearing
from bot.runtime.surface import Surface
from bot.town.alarms import alarm_words
from bot.town.town import Rooms, Town
from dialogues.dialogue import Dialogue
from rounds import registry
from tests.discord.double.people import People, until
from tests.discord.double.server import TOKEN, Double
from tests.discord.double.town import GUILD, ROOM, STAFF, TIME, Json, custom_ids
from tests.discord.menu import menu
from tests.engine.bots import FORMATS
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.replay.playing import sound

KEY = bytes(range(32))
STREET = Place("discord", PlaceKind.ROOM, "zomerstraat")
STAFF_ROOM = Place("discord", PlaceKind.STAFF, "staf")

#: Pauses of the courier, short enough for a test.
QUICK = Paces(card_every=0.2, card_breath=0.05)

#: The pause between two batches, likewise, in seconds.
BREATH = 0.02


class House:
    """The bot; ``log`` are the codes that its keeper reads. ``pause`` is how long it waits after a
    connection that failed, in seconds."""

    def __init__(
        self,
        folder: Path,
        double: Double,
        *,
        pause: float = 0.3,
        paces: Paces = QUICK,
        others: Sequence[LivePlatform] = (),
        youth: bool = False,
    ) -> None:
        self.double, self.folder, self.paces = double, folder, paces
        self.file = folder / "town.db"
        self.log: list[str] = []
        self.ready = asyncio.Event()
        words = {"zomerstraat": alarm_words(["blauwe plek*"])} if youth else {}
        places = {"zomerstraat": (STREET,)}, {"staf": (STAFF_ROOM,)}, {"zomerstraat": "staf"}
        rooms = Rooms(*places, words)
        self.town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, rooms, FORMATS)
        surface = Surface(self.town, registry.vocabulary())
        self.settings = Settings(
            token=lambda: TOKEN,
            guild=GUILD,
            key=KEY,
            rooms={"zomerstraat": ROOM},
            staff_rooms={"staf": STAFF},
            roles={"moderator": frozenset({"Moderator"})},
            words=surface.words,
            menu=menu(),
            of_message=surface.of_message(registry.talks().giving),
            pause=pause,
            breath=BREATH,
            clock=TIME.now,
        )
        self._others = tuple(others)
        self._begin()

    def _begin(self) -> None:
        self.platform = Discord(self.settings, self.log.append)
        hearing = Hearing(self.ready.set, lambda code, **_values: self.log.append(code))
        platforms = (self.platform, *self._others)
        draw = seeded("double")
        self.app = App(self.file, self.town, platforms, hearing, TIME.now, draw, self.paces)
        self.platform.asks(self.app.queries)
        self._stop = asyncio.Event()
        self.running: asyncio.Task[None] = asyncio.create_task(self.app.run(self._stop.wait()))  # type: ignore[arg-type]

    async def __aenter__(self) -> House:
        return self

    async def __aexit__(self, *_what: object) -> None:
        await self.ends()

    async def ends(self) -> None:
        """The program ends; what it kept is sound."""
        self._stop.set()
        with suppress(Exception):
            await self.running
        sound(self.file, KEY)

    async def again(self) -> None:
        """The program ends and starts again."""
        await self.ends()
        self.ready.clear()
        self._begin()
        await self.until_ready()

    async def until_ready(self) -> None:
        await until(lambda: self.running.done() or self.ready.is_set())

    # -- a dialogue ---------------------------------------------------------------------------

    @property
    def people(self) -> People:
        return self.double.people

    @property
    def state(self) -> Dialogue:
        """The only dialogue there is."""
        (found,) = self.app._engine.ledger.states.values()
        assert isinstance(found, Dialogue)
        return found

    async def opens(self, *statements: str) -> Json:
        """Begin a dialogue with these statements of zoe; returns the card."""
        await self.until_ready()
        await opened(self.people, *statements)
        return await until(lambda: next(iter(self.people.room()), None))

    def tally(self, item: str = "S1") -> dict[object, int]:
        """How often each choice counts on an item of the first round."""
        return tally(self.state, item)


def tally(dialogue: Dialogue, item: str = "S1") -> dict[object, int]:
    """How often each choice counts on an item of the first round."""
    box = dialogue.machine(0).box(dialogue.states[0])
    assert box is not None
    return {key: count for key, count in box.books[item].tally.items() if count}


async def opened(people: People, *statements: str, start: bool = True) -> None:
    """Make a dialogue and begin it, with these statements of zoe."""
    agreed = {"format": "stellingenronde", "titel": "Ons gesprek", "afspraken": CHARTER}
    await people.answered(await people.command("vera", "gesprek nieuw", **agreed))
    if start:
        await people.answered(await people.command("vera", "gesprek start"))
    for text in statements:
        await people.answered(await people.command("zoe", "stelling", tekst=text))


def choosing(message: Json, key: bytes = KEY) -> dict[tuple[str, str], str]:
    """The ids of a message's choices, by item and choice."""
    seals, found = Seals(key, GUILD, tuple), {}
    for one in custom_ids(message):
        sealed = seals.read(one)
        if sealed is not None and sealed.means.item and sealed.means.choice:
            found[sealed.means.item, sealed.means.choice] = one
    return found


def tokens(messages: Iterable[Json], key: bytes = KEY) -> list[str]:
    """The token of each message that carries one."""
    seals = Seals(key, GUILD, tuple)
    every = [seals.read(one) for message in messages for one in custom_ids(message)]
    return [sealed.token for sealed in every if sealed is not None and sealed.token]


def named_by(message: Json, choice: str, key: bytes = KEY) -> str:
    """The first button of a message that means this choice."""
    seals = Seals(key, GUILD, tuple)
    for one in custom_ids(message):
        sealed = seals.read(one)
        if sealed is not None and sealed.means.choice == choice:
            return one
    raise AssertionError(f"nothing to press for {choice}")


def joining(card: Json, key: bytes = KEY) -> str:
    """The button of a card with which somebody takes part."""
    return named_by(card, "meedoen", key)


async def offered(people: People, who: str, key: bytes = KEY) -> Json:
    """The message with statements that the card brings somebody."""
    card = next(one for one in people.room() if "meedoen" in "".join(custom_ids(one)))
    message = await people.answered(await people.press(who, card, joining(card, key)))
    await until(lambda: choosing(message, key))
    return message


def played(
    patch: pytest.MonkeyPatch,
    work: Callable[[Double], Any],
    double: Double | None = None,
    *,
    counted: bool = False,
) -> Double:
    """Run a test on a double, to which discord.py of this process comes; afterwards all requests
    must have been right. ``counted``: time passes with what happens (see ``Time.counted``)."""
    made = double or Double()
    if counted:
        patch.setattr(TIME, "clock", TIME.counted())

    async def whole() -> None:
        async with made:
            made.points(patch)
            await work(made)

    asyncio.run(whole())
    assert made.wrong == [], made.wrong
    assert made.rest.unknown == []
    return made
