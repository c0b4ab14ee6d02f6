"""Discord passes the shared tests, on SimCord with an unmodified discord.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Fact, Mark
from bot.platforms.menu import Command, Option, Queries, Told
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from tests.discord.world import World, custom_ids, text_of
from tests.platforms.stage import Stage
from tests.platforms.suite import Behaves, form_of

_HELP = Told("uitleg", "help")


def _word(name: str, *options: str) -> Command:
    given = tuple(Option(Told(one, one), _HELP) for one in options)
    return Command(name, Told(name, name), _HELP, given)


#: What stands on the buttons of our own.
OWN = ("help",)

MENU = (_word("hulp"), _word("meedoen"), _word("status"), _word("stem", "item", "keuze"))


class OnDiscord:
    """Anna and Bram in a server. Whoever is sent something in person has just used a command."""

    def __init__(self) -> None:
        self.world = World(MENU)
        self.world.queries = Queries(form=form_of)
        self.world.start()
        self.room = Place("discord", PlaceKind.ROOM, "zomerstraat")
        self._facts: list[Fact] = []
        self._met: set[str] = set()

    @property
    def capabilities(self) -> Capabilities:
        return self.world.platform.capabilities

    def personal(self, who: str) -> Place:
        return Place("discord", PlaceKind.PERSONAL, self.account(who))

    def account(self, who: str) -> str:
        return self.world.account(who)

    # -- what people do -----------------------------------------------------------------------

    def write(self, who: str, text: str, place: Place) -> str:
        """In the room a message, which mentions the bot where it is meant for it; in person a
        command."""
        world, person = self.world, self.world.person(who)
        if place == self.room:
            me = world.env.backend.bot_user.id
            said = f"<@{me}> {text[1:]}" if text.startswith("!") else text
            return str(world.run(person.send(world.room, said)).id)
        self._met.add(who)
        name, _, rest = text.removeprefix("!").partition(" ")
        options = dict(zip(("item", "keuze"), rest.split(" ", 1), strict=False)) if rest else {}
        result = world.run(person.slash(world.room, name, **options))
        return str(result._interaction.id)

    def edit(self, who: str, message: str, text: str, place: Place) -> None:
        raise AssertionError("nobody hears it")

    def take_away(self, who: str, message: str, place: Place) -> None:
        raise AssertionError("nobody hears it")

    def react(self, who: str, sign: str, message: str) -> str:
        raise AssertionError("nobody hears it")

    def unreact(self, who: str, reaction: str) -> None:
        raise AssertionError("nobody hears it")

    def press(self, who: str, message: str, number: int) -> None:
        self._pressed(who, message, number)

    def _pressed(self, who: str, message: str, number: int) -> Any:
        """Discord itself lets nobody press what is not there."""
        stored = self.world.stored(self.world.room, who).get(message)
        ids = custom_ids(stored) if stored is not None else []
        return self.world.click(who, stored, ids[number]) if number < len(ids) else None

    def fill(self, who: str, message: str, number: int, values: dict[str, str]) -> None:
        opened = self._pressed(who, message, number)
        self.world.run(self.world.person(who).submit_modal(opened, values))

    # -- what the bot does --------------------------------------------------------------------

    def facts(self) -> list[Fact]:
        self._facts += self.world.platform._incoming.read_now().facts
        return self._facts

    def restart(self) -> None:
        raise AssertionError("nothing is read back")

    def send(self, message: Message) -> str:
        place = message.place
        for who in ("anna", "bram"):
            if place == self.personal(who) and who not in self._met:
                self._facts += self.world.platform._incoming.read_now().facts
                self.write(who, "hulp", place)
                self.world.platform._incoming.read_now()
        return self.world.run(self.world.platform.send(message))

    def find(self, place: Place, token: str) -> str:
        return self.world.run(self.world.platform.find(place, token))

    def mark(self, message: str, mark: Mark) -> None:
        self.world.run(self.world.platform.mark(self.room, message, mark, "token"))

    def pin(self, message: str, pinned: bool) -> None:
        work = self.world.platform.pin if pinned else self.world.platform.unpin
        self.world.run(work(self.room, message))

    def remove(self, message: str) -> None:
        self.world.run(self.world.platform.remove(self.room, message))

    def upload(self, place: Place, name: str, data: bytes) -> None:
        self.world.run(self.world.platform.upload(place, name, data, "text/html", "token"))

    # -- what people see ----------------------------------------------------------------------

    def shown(self, place: Place, who: str = "") -> dict[str, str]:
        """What the bot says there; in person, what that person alone sees. The buttons of our own
        that every message has are left out."""
        seen = self.world.stored(self.world.room, who)
        me, only = self.world.env.backend.bot_user.id, place != self.room
        return {
            name: "\n".join(line for line in text_of(message).split("\n") if line not in OWN)
            for name, message in seen.items()
            if message.author_id == me and message.is_ephemeral == only
        }

    def stands(self, place: Place, message: str) -> bool:
        return message in self.world.stored(self.world.room)

    def pinned(self) -> list[str]:
        stored = self.world.stored(self.world.room)
        return [name for name, message in stored.items() if message.pinned]

    def marks(self, message: str) -> list[Mark]:
        raise AssertionError("there are none")

    def files(self, place: Place) -> dict[str, bytes]:
        cdn = self.world.env.backend.cdn
        stored = self.world.stored(self.world.room).values()
        return {a["filename"]: cdn.get(a["url"]) for m in stored for a in m.attachments}


class TestDiscord(Behaves):
    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        made = OnDiscord()
        yield made
        made.world.close()
