"""The playground's invented neighbourhood: its people and its two rooms."""

from __future__ import annotations

from dataclasses import dataclass

from tests.matrix.client import Resident
from tests.matrix.synapse import Synapse

BOT = "stadsgesprek"
ROOM = "zomerstraat"
STAFF = "staf"

#: Element of 2024 requests pictures and files without a token, which Synapse must allow.
SERVER: dict[str, object] = {"enable_authenticated_media": False}

# Element's version of the playground is older than room version 12, in which creators hold power.
ROOM_VERSION = "11"


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the playground; ``name`` is that of the account, ``language`` that of their
    Element."""

    name: str
    shown: str
    language: str = "nl"
    moderator: bool = False


CAST = (
    Person("vera", "Vera", moderator=True),
    Person("anna", "Anna"),
    Person("bram", "Bram"),
    Person("carla", "Carla"),
    Person("daan", "Daan"),
    Person("eva", "Eva"),
    Person("sam", "Sam", language="en"),
)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The accounts, logged in, and the rooms; the bot is invited."""

    people: dict[str, Resident]
    bot: Resident
    room: str
    alias: str
    staff: str

    @property
    def moderators(self) -> list[str]:
        return [self.people[one.name].user for one in CAST if one.moderator]


def settle(server: Synapse, room_version: str = ROOM_VERSION) -> Neighbourhood:
    """Register the people and the bot, make the rooms, and invite the bot."""
    people = {one.name: server.register(one.name, one.shown) for one in CAST}
    bot = server.register(BOT, "Stadsgesprek")
    vera = people["vera"]
    room = vera.create_room(
        "Zomerstraat",
        invite=(bot.user,),
        preset="public_chat",
        room_alias_name=ROOM,
        room_version=room_version,
        topic="De kamer van de buurt",
        power_level_content_override=_powers(vera.user, bot.user, room_version),
    )
    staff = vera.create_room(
        "Staf", invite=(bot.user,), preset="private_chat", room_version=room_version
    )
    for name, person in people.items():
        if name != "vera":
            person.join(room)
    return Neighbourhood(people, bot, room, f"#{ROOM}:{server.name}", staff)


def _powers(creator: str, bot: str, room_version: str) -> dict[str, object]:
    """The bot may pin its card and take messages away; from version 12 a creator is not listed."""
    users = {bot: 50} if int(room_version) >= 12 else {creator: 100, bot: 50}
    return {"users": users}
