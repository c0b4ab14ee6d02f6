"""What people do on the double, and what they see of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from tests.discord.double.gateway import Gateway
from tests.discord.double.rest import Interaction, Rest
from tests.discord.double.town import (
    BOT,
    GUILD,
    MODERATOR,
    ROOM,
    STAFF,
    Json,
    Person,
    Town,
    snowflake,
    user,
)
from tests.matrix.patience import LEAST

_T = TypeVar("_T")

_COMMAND, _PRESS, _SEARCH, _FORM = 2, 3, 4, 5

#: The type of a message that is a reply.
_REPLY = 19


async def until(true: Callable[[], _T], seconds: float = LEAST) -> _T:
    """Wait until something is so; returns it. Patience costs nothing on a quiet machine."""
    async with asyncio.timeout(seconds):
        while not (found := true()):
            await asyncio.sleep(0.01)
    return found


class People:
    """The people of the server. vera is a moderator, and speaks in the staff channel."""

    def __init__(self, town: Town, rest: Rest, gateway: Gateway) -> None:
        self._town = town
        self._rest = rest
        self._gateway = gateway
        self.told: list[Json] = []
        town.person("vera", MODERATOR)

    def named(self, name: str) -> Person:
        return self._town.person(name)

    async def command(self, who: str, name: str, **options: str) -> Interaction:
        """Use a slash command."""
        parts = name.split()
        given: list[Json] = [{"name": k, "type": 3, "value": v} for k, v in options.items()]
        for number, part in enumerate(reversed(parts[1:])):
            given = [{"name": part, "type": 1 if number == 0 else 2, "options": given}]
        data = {"id": "1", "name": parts[0], "type": 1, "options": given}
        return await self.does(who, _COMMAND, data)

    async def searches(self, who: str, name: str, option: str, typed: str = "") -> list[str]:
        """Begin to fill in an option of a command; what is offered."""
        given = [{"name": option, "type": 3, "value": typed, "focused": True}]
        data = {"id": "1", "name": name, "type": 1, "options": given}
        asked = await self.does(who, _SEARCH, data)
        await until(lambda: asked.kind)
        return [one["name"] for one in asked.offers]

    async def press(
        self, who: str, message: Json, custom_id: str, ago: float = 0.0, *, tell: bool = True
    ) -> Interaction:
        """Press a button, or choose in a menu, some seconds ago."""
        data: Json = {"component_type": 2, "custom_id": custom_id}
        for one in _walked(message["components"]):
            if any(option["value"] == custom_id for option in one.get("options") or ()):
                data = {
                    "component_type": 3,
                    "custom_id": one["custom_id"],
                    "values": [custom_id],
                }
        direct = self.named(who).id if message["channel_id"] == str(self.named(who).id) else 0
        return await self.does(who, _PRESS, data, message, ago, tell=tell, channel=direct)

    async def fill(self, who: str, opened: Interaction, values: dict[str, str]) -> Interaction:
        """Send a form that was opened."""
        fields = [
            {"type": 18, "component": {"type": 4, "custom_id": key, "value": value}}
            for key, value in values.items()
        ]
        data = {"custom_id": opened.modal["custom_id"], "components": fields}
        under = self._town.messages.get(opened.under)
        return await self.does(who, _FORM, data, under)

    async def choose(self, who: str, entry: str, message: Json) -> Interaction:
        """Choose something in the menu of a message, which comes with all of its words."""
        name = message["id"]
        data = {"id": "2", "name": entry, "type": 3, "target_id": name}
        data["resolved"] = {"messages": {name: message}}
        return await self.does(who, _COMMAND, data, channel=int(message["channel_id"]))

    async def does(
        self,
        who: str,
        kind: int,
        data: Json,
        under: Json | None = None,
        ago: float = 0.0,
        *,
        tell: bool = True,
        channel: int = 0,
    ) -> Interaction:
        """Anything that is an interaction; ``told`` keeps what is told of it."""
        person = self._town.person(who)
        channel = channel or self._where(person)
        made = snowflake(ago)
        asked = Interaction(made, f"token-{made}", person, channel, under["id"] if under else "")
        self._rest.asked[asked.token] = asked
        told = self._told(asked, kind, data, under)
        if channel == person.id:  # in a direct message
            told |= {"user": told.pop("member")["user"], "channel": {"id": str(channel), "type": 1}}
            del told["guild_id"]
        self.told.append(told)
        if tell:
            await self._gateway.emit("INTERACTION_CREATE", told)
        return asked

    async def tells(self, told: Json) -> None:
        """Tell an interaction, perhaps once more."""
        await self._gateway.emit("INTERACTION_CREATE", told)

    def _told(self, asked: Interaction, kind: int, data: Json, under: Json | None) -> Json:
        told: dict[str, Any] = {
            "id": str(asked.id),
            "application_id": str(BOT),
            "type": kind,
            "data": data,
            "guild_id": str(GUILD),
            "channel_id": str(asked.channel),
            "channel": self._town.channel(asked.channel),
            "member": asked.who.member,
            "token": asked.token,
            "version": 1,
            "attachment_size_limit": 1 << 20,
            "locale": asked.who.locale,
            "guild_locale": "nl",
            "entitlements": [],
            "app_permissions": "0",
            "authorizing_integration_owners": {},
            "context": 0,
        }
        return told | ({"message": under} if under is not None else {})

    @staticmethod
    def _where(person: Person) -> int:
        """Where somebody is, if nothing tells."""
        return STAFF if MODERATOR in person.roles else ROOM

    async def writes(
        self, who: str, text: str, *, called: bool = False, to: Json | None = None
    ) -> Json:
        """Write a message, which mentions the bot where it is ``called``, or a reply ``to`` one of
        the bot's: only then it sees words. Returns it as all see it."""
        person = self._town.person(who)
        content = f"<@{BOT}> {text}" if called else text
        message = self._town.post(self._where(person), {"content": content}, user(person.id, who))
        seen = message if called or to is not None else {**message, "content": ""}
        more = {"guild_id": str(GUILD), "member": person.member}
        if to is not None:
            more["type"] = _REPLY
            more["message_reference"] = {"message_id": to["id"], "channel_id": to["channel_id"]}
        await self._gateway.emit("MESSAGE_CREATE", {**seen, **more})
        return message

    # -- what is seen -------------------------------------------------------------------------

    def room(self) -> list[Json]:
        """What all see of the bot in the room, the oldest first."""
        return [m for m in self._town.seen(ROOM) if m["author"]["id"] == str(BOT)]

    def staff(self) -> list[Json]:
        return [m for m in self._town.seen(STAFF) if m["author"]["id"] == str(BOT)]

    def private(self, who: str) -> list[Json]:
        """What one person alone sees."""
        channel = STAFF if MODERATOR in self.named(who).roles else ROOM
        return [m for m in self._town.seen(channel, who) if m["to"]]

    def direct(self, who: str) -> list[Json]:
        """The direct messages that the bot sent somebody."""
        return self._town.seen(self.named(who).id)

    def answer(self, asked: Interaction) -> Json | None:
        """The message that an interaction is answered with, once it has words of that answer."""
        found = self._town.messages.get(asked.message) if asked.answers else None
        return found if found is not None and found["components"] else None

    async def answered(self, asked: Interaction) -> Json:
        """Wait for the answer."""
        return await until(lambda: self.answer(asked))


def _walked(components: list[Json]) -> list[Json]:
    return [one for part in components for one in (part, *_walked(part.get("components") or []))]
