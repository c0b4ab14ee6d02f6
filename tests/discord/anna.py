"""A dialogue that vera leads, and Anna, with the one message that she presses in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from simcord import results
from simcord.actors import _component_interaction

from tests.discord.test_evening import House
from tests.discord.world import text_of
from tests.replay.playing import LIVE_CHARTER as CHARTER

#: The kinds of components that are pressed.
BUTTON = 2


SELECT = 3


Evening = Callable[[House], Awaitable[None]]


class Anna:
    """Anna, with the one message that she presses in."""

    def __init__(self, house: House, name: str = "anna") -> None:
        self.house = house
        self.name = name
        self.message = ""
        self.answered = 0

    async def begin(self) -> None:
        def cards() -> list[Any]:
            return [one for one in self.house.shown() if text_of(one).endswith("\nMeedoen")]

        card = (await self.house.until(cards))[-1]
        offer = await self.house.press(self.name, card, "Meedoen")
        self.message = str(offer.id)

    @property
    def stored(self) -> Any:
        return self.house.world.stored(self.house.world.room, self.name)[self.message]

    @property
    def says(self) -> str:
        return text_of(self.stored)

    @property
    def buttons(self) -> dict[str, str]:
        """What can be pressed: the words on it, and what it carries."""
        every = [one for row in self.stored.components for one in row.get("components", ())]
        return {one["label"]: one["custom_id"] for one in every if one["type"] == BUTTON}

    @property
    def menus(self) -> list[Any]:
        every = [one for row in self.stored.components for one in row.get("components", ())]
        return [one for one in every if one["type"] == SELECT]

    async def _came(self, result: Any, before: str) -> Any:
        await self.house.until(lambda: result.acknowledged and self.says != before)
        return result

    async def press(self, label: str) -> Any:
        """Press a button; her message says something else then."""
        return await self.press_id(self.buttons[label])

    async def press_id(self, custom_id: str, *, changes: bool = True) -> Any:
        """Press what a button carried, also where it is not shown any more."""
        before, world, made = self.says, self.house.world, len(self.house.world.sent)
        data = {"custom_id": custom_id, "component_type": BUTTON}
        result = await _component_interaction(world.person(self.name), self.stored, data)
        if changes:
            return await self._came(result, before)
        await self.house.until(lambda: any("/webhooks/" in one[1] for one in world.sent[made:]))
        return result

    async def choose(self, *labels: str, menu: int = 0) -> Any:
        before, world = self.says, self.house.world
        asked = self.menus[menu]
        values = {one["label"]: one["value"] for one in asked["options"]}
        message = results.to_discord_message(world.env, self.stored)
        picked = [values[label] for label in labels]
        result = await world.person(self.name).select(message, picked, custom_id=asked["custom_id"])
        return await self._came(result, before)

    async def fill(self, label: str, values: dict[str, str]) -> Any:
        """Open a form with a button, and fill it in."""
        before, world = self.says, self.house.world
        person = world.person(self.name)
        message = results.to_discord_message(world.env, self.stored)
        opened = await person.click(message, custom_id=self.buttons[label])
        assert opened.modal is not None
        sent = await person.submit_modal(opened, values)
        await self._came(sent, before)
        return opened.modal


async def led(
    house: House, format: str, fill: str = "", word: str = "", review: str = "achteraf"
) -> Any:
    """A dialogue that vera began; ``fill`` prepares its round with ``word``."""
    charter = f"{CHARTER} toetsing={review}"
    agreed = {"format": format, "titel": "Ons gesprek", "afspraken": charter}
    await house.command("vera", "gesprek nieuw", **agreed)
    if fill:
        await house.command("vera", word, **{word: fill})
    await house.command("vera", "gesprek start")
    return house.app._engine.ledger.states["ons-gesprek"]


STATEMENTS = (
    "Er moeten meer bomen komen.",
    "De bus moet vaker rijden.",
    "De straat moet autovrij worden.",
)


async def with_statements(house: House) -> Any:
    state = await led(house, "stellingenronde")
    for number, one in enumerate(STATEMENTS):
        await house.command(f"zoe{number}", "stelling", tekst=one)
    return state


async def listed(house: House) -> tuple[Any, Anna]:
    """A dialogue with statements, of which anna has the list."""
    state = await with_statements(house)
    anna = Anna(house)
    await anna.begin()
    return state, anna


async def asked_why(house: House) -> tuple[Any, Anna]:
    """The same with one statement more, and anna is asked for a reason."""
    state = await with_statements(house)
    await house.command("zoe0", "stelling", tekst="De school is veel te klein voor ons.")
    anna = Anna(house)
    await anna.begin()
    for choice in ("Agree", "Disagree", "Disagree"):
        await anna.press(choice)
    return state, anna


def votes(state: Any, index: int = 0) -> dict[str, list[object]]:
    box = state.machine(index).box(state.states[index])
    return {n: [vote.choice for vote in book.votes.values()] for n, book in box.books.items()}


def asked(anna: Anna) -> str:
    """The statement that is asked about now: the last one that is named before the question."""
    (one,) = [n for n in ("S1", "S2", "S3") if f"\n{n}: " in f"\n{anna.says}"]
    return one
