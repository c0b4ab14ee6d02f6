"""Presses on messages of the platform alone, without an engine: what is pressed, told and sent."""

from __future__ import annotations

from typing import Any

from bot.platforms.facts import Fact
from bot.platforms.menu import Opened
from bot.platforms.messages import Choice, Field, Form, Meaning, Message, ReplyHandle
from bot.platforms.places import Place, PlaceKind
from tests.discord.world import World, custom_ids
from tests.documents import words

ROOM = Place("discord", PlaceKind.ROOM, "zomerstraat")
STAFF = Place("discord", PlaceKind.STAFF, "staf")
AGREE = Meaning("het-gesprek", "S7", "agree", 0)
EENS = Choice("Eens", AGREE)

#: Discord's own code for an interaction that is over.
OVER = {"status": 404, "code": 10062}


def facts(world: World) -> list[Fact]:
    return list(world.platform._incoming.read_now().facts)


def handled(world: World) -> None:
    """The engine handled what was said since the last look, and gave no answer."""
    world.run(world.platform.acknowledge(world.platform._incoming.read_now()))


def send(world: World, message: Message) -> str:
    return world.run(world.platform.send(message))


def posted(world: World, *choices: Choice, place: Place = ROOM, token: str = "0" * 20) -> Any:
    """A message in a place, as it is stored."""
    name = send(world, Message(place, token, words("Meer bomen?"), choices=choices))
    channel = world.room if place == ROOM else world.staff
    return world.stored(channel)[name]


def pressed(world: World, message: Any, number: int = 0, who: str = "anna") -> tuple[Any, Any]:
    """Press a button; what came of it there, and the fact."""
    result = world.click(who, message, custom_ids(message)[number])
    (fact,) = facts(world)
    return result, fact


def answer(world: World, fact: Any, text: str, *choices: Choice, token: str = "a" * 20) -> str:
    place = fact.origin.place
    handle: ReplyHandle = fact.origin.handle
    return send(world, Message(place, token, words(text), choices=choices, handle=handle))


def requests_of(world: World) -> list[tuple[str, str]]:
    """The requests since the last look: the method, and the last part of the path."""
    made = [(method, path.rsplit("/", 1)[1]) for method, path, _ in world.sent]
    world.sent.clear()
    return made


#: A form of three pages.
LONG = Form("charter", "Afspraken", tuple(Field(f"f{n}", f"Veld {n}", 50) for n in range(12)))


async def long_form(opened: Opened) -> Form | None:
    return LONG if opened.form == LONG.name else None
