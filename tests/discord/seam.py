"""Interactions become facts of the engine, without a connection: for figures that are too large for
whole programs. What Discord tells is made up here, and every acknowledgement arrives."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import discord

from bot.desk.asker import Reply
from bot.engine.engine import Engine
from bot.platforms.capabilities import Capabilities
from bot.platforms.discord.house import House
from bot.platforms.discord.incoming import Incoming
from bot.platforms.discord.interactions import Interactions
from bot.platforms.discord.platform import Discord
from bot.platforms.discord.seals import Sealed, Seals, Sort
from bot.platforms.discord.settings import Settings
from bot.platforms.discord.slash import Slash
from bot.platforms.facts import Fact
from bot.platforms.messages import Meaning
from bot.platforms.places import Place, PlaceKind
from bot.runtime import chance
from bot.runtime.clock import VirtualClock
from bot.text.duplicates import nearest
from bot.town.town import Rooms, Town
from dialogues.core import Role
from dialogues.dialogue import Dialogue
from rounds import registry
from storage.store import Store
from tests.discord.double.town import GUILD, ROOM, STAFF
from tests.discord.menu import menu
from tests.engine.bots import FORMATS, KEY, START
from tests.replay.playing import CHARTER, sound

#: The channels of the rooms; the second has no dialogue.
CHANNELS = {"zomerstraat": ROOM, "plein": ROOM + 1}


class _Windows:
    """No form is opened."""

    async def opens(self, *_given: object) -> None:
        return None

    def filled(self, *_given: object) -> None:
        return None

    def paged(self, *_given: object) -> bool:
        return False


class _Acknowledging:
    async def acknowledged(self, _asked: object) -> bool:
        return True


class _Replies:
    acknowledging = _Acknowledging()

    def by(self, _handle: object) -> None:
        return None

    def begin(self, _asked: object) -> None:
        """Nothing is answered."""


class Seam:
    """A town on Discord: ``hears`` makes facts of what people did, and the engine handles them.
    ``beside``: what other networks can do on which it is too, by name; ``start``: when it is."""

    def __init__(
        self,
        file: Path,
        beside: Mapping[str, Capabilities] = MappingProxyType({}),
        start: datetime = START,
    ) -> None:
        self._can = {"discord": Discord.capabilities, **beside}
        self.file, self.clock = file, VirtualClock(start)
        self._numbers = itertools.count(1)
        rooms = {
            name: tuple(Place(one, PlaceKind.ROOM, name) for one in self._can) for name in CHANNELS
        }
        staff = {"staf": tuple(Place(one, PlaceKind.STAFF, "staf") for one in self._can)}
        known = Rooms(rooms, staff, dict.fromkeys(CHANNELS, "staf"))
        self.town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, known, FORMATS)
        settings = Settings(
            token=lambda: "",
            guild=GUILD,
            key=KEY,
            rooms=CHANNELS,
            staff_rooms={"staf": STAFF},
            roles={role.value: frozenset({role.value.capitalize()}) for role in Role},
            menu=menu(),
            clock=self.clock,
        )
        house, self.seals = House(settings), Seals(KEY, GUILD, tuple)
        replies: Any = _Replies()
        windows: Any = _Windows()
        nothing: Any = None
        slash = Slash(settings, house, lambda _code: None)
        self._interactions = Interactions(
            settings, house, nothing, replies, self.seals, windows, slash, nothing
        )
        self.incoming = Incoming(settings, house, nothing, self._interactions, nothing, lambda: "")
        self.menu = {command.typed: command for command in settings.menu}
        self.open()

    # -- the program --------------------------------------------------------------------------

    def open(self) -> None:
        draw = chance.seeded(f"seam/{next(self._numbers)}")
        self.store = Store(self.file, draw, registry.record(), KEY)
        self.engine = Engine(
            self.store,
            self.town,
            draw,
            self.clock,
            nearest,
            registry.vocabulary(),
            registry.talks(),
            self._can,
        )

    def killed(self) -> None:
        """The program ends without a word, and starts again on the same file."""
        self.store._db.close()
        self.open()

    def close(self) -> None:
        self.store.close()
        sound(self.file, KEY)

    def puts(self, facts: Sequence[Fact]) -> Sequence[Reply]:
        """Have facts handled, as a batch; the answers."""
        return self.engine.receive(facts).whole()

    @property
    def dialogue(self) -> Dialogue:
        (found,) = self.engine.ledger.states.values()
        return found

    def begins(self, *statements: str, format: str = "stellingenronde") -> None:
        """A dialogue with these statements of zoe."""
        agreed = {"format": format, "titel": "Ons gesprek", "afspraken": CHARTER}
        agreed["in"] = "zomerstraat"
        self.hears(self.command("vera", "gesprek nieuw", **agreed))
        self.hears(self.command("vera", "gesprek start"))
        for text in statements:
            self.hears(self.command("zoe", "stelling", tekst=text))

    # -- what people do -----------------------------------------------------------------------

    def hears(self, *told: Any) -> Sequence[Reply]:
        """Have the engine handle what Discord tells; the answers."""
        return self.puts(asyncio.run(self.facts(told)))

    async def facts(self, told: Sequence[Any]) -> list[Fact]:
        found = [await self._interactions.heard(one) for one in told]
        return [fact for fact in found if fact is not None]

    def press(self, who: str, item: str, choice: str) -> Any:
        """Press the button of a choice on an item of the first round."""
        return self.chooses(who, Meaning("ons-gesprek", item, choice, 0))

    def chooses(self, who: str, means: Meaning, **where: Any) -> Any:
        """Press the button of any choice."""
        data = {"custom_id": self.seals.write(Sealed(Sort.CHOICE, means))}
        return self.told(who, 3, data, **where)

    def command(self, who: str, name: str, **options: str) -> Any:
        return self.told(who, 2, self.called(name, options))

    def called(self, name: str, options: dict[str, str]) -> Any:
        """The data of a command with what was filled in."""
        parts = name.split()
        given: list[Any] = [{"name": k, "type": 3, "value": v} for k, v in options.items()]
        for number, part in enumerate(reversed(parts[1:])):
            given = [{"name": part, "type": 1 if number == 0 else 2, "options": given}]
        return {"name": parts[0], "type": 1, "options": given}

    def told(
        self,
        who: str,
        kind: int,
        data: Any,
        roles: Sequence[str] | None = None,
        channel: int = 0,
    ) -> Any:
        """An interaction as the library has it, a millisecond after the one before. vera is a
        moderator, and in the staff channel where nothing else is said."""
        self.clock.set(self.clock() + timedelta(milliseconds=1))
        named = ("moderator",) if roles is None and who == "vera" else roles or ()
        held = [SimpleNamespace(name=name.capitalize(), id=0) for name in named]
        there = channel or (STAFF if who == "vera" else ROOM)
        at: datetime = self.clock()
        return SimpleNamespace(
            id=(int(at.timestamp() * 1000) << 22) | (next(self._numbers) & 0xFFF),
            token="",
            type=discord.InteractionType(kind),
            data=data,
            guild_id=GUILD,
            guild=SimpleNamespace(unavailable=False),
            user=SimpleNamespace(id=who, roles=held),
            channel=SimpleNamespace(id=there, guild=None),
            message=None,
            created_at=at,
            locale="nl",
        )
