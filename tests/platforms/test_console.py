"""The console passes the shared platform tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.console.terminal import saying
from bot.console.terminal.paper import Look, Paper
from bot.console.terminal.settings import key_of, settings
from bot.console.terminal.table import Table
from bot.platforms.capabilities import Capabilities
from bot.platforms.console import CAPABILITIES, NAME
from bot.platforms.facts import Fact, Mark
from bot.platforms.live import Impossible
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from tests.platforms.stage import Stage
from tests.platforms.suite import Behaves


class Seen(Paper):
    """A paper that records the messages."""

    def __init__(self) -> None:
        super().__init__(lambda _line: None)
        self.messages: list[tuple[Place, str]] = []

    def message(self, place: Place, text: str, look: Look) -> None:
        if look is not Look.SAID:
            self.messages.append((place, text))


class OnConsole:
    """One table at which anna and bram type in turn; the engine hears nothing of it."""

    capabilities: Capabilities = CAPABILITIES

    def __init__(self, folder: Path) -> None:
        given = settings(folder / "x.db", None)
        self._paper = Seen()
        self.table = Table(given, key_of(given.db), self._paper, echo=True)
        self.table.open()
        self._facts: list[Fact] = []
        self.table.running.put = self._facts.append  # type: ignore[method-assign]
        self._platform: Any = self.table.session.courier._platform
        self._names: dict[str, tuple[Place, str]] = {}
        self.room = Place(NAME, PlaceKind.ROOM, next(iter(self.table.rooms)))
        self._paper.messages.clear()

    def personal(self, who: str) -> Place:
        return Place(NAME, PlaceKind.PERSONAL, who)

    def account(self, who: str) -> str:
        return who

    # -- what people do -----------------------------------------------------------------------

    def _at(self, who: str, place: Place) -> None:
        self.table.who, self.table.place = who, place

    def _last(self) -> str:
        return f"console/m{self.table.memory.kept.said}"

    def _number(self, message: str) -> int:
        return int(message.removeprefix("console/m"))

    def write(self, who: str, text: str, place: Place) -> str:
        self._at(who, place)
        saying.say(self.table, text)
        return self._last()

    def edit(self, who: str, message: str, text: str, place: Place) -> None:
        self._at(who, place)
        saying.edit(self.table, self._number(message), text)

    def take_away(self, who: str, message: str, place: Place) -> None:
        self._at(who, place)
        saying.remove(self.table, self._number(message))

    def react(self, who: str, sign: str, message: str) -> str:
        """React on the item: on the console people do not point at messages."""
        self._at(who, self.room)
        saying.react(self.table, sign, "s1")
        return self._last()

    def unreact(self, who: str, reaction: str) -> None:
        self._at(who, self.room)
        saying.unreact(self.table, self._number(reaction))

    def press(self, who: str, message: str, number: int) -> None:
        raise Impossible("press")

    def fill(self, who: str, message: str, number: int, values: dict[str, str]) -> None:
        raise Impossible("fill")

    # -- what the bot does --------------------------------------------------------------------

    def facts(self) -> list[Fact]:
        return self._facts

    def restart(self) -> None:
        raise Impossible("restart")

    def send(self, message: Message) -> str:
        self._paper.messages.clear()
        name: str = self._platform.send(message)
        self._names[name] = self._paper.messages[-1]
        return name

    def find(self, place: Place, token: str) -> str:
        raise Impossible("find")

    def mark(self, message: str, mark: Mark) -> None:
        raise Impossible("mark")

    def pin(self, message: str, pinned: bool) -> None:
        raise Impossible("pin")

    def remove(self, message: str) -> None:
        raise Impossible("remove")

    def upload(self, place: Place, name: str, data: bytes) -> None:
        raise Impossible("upload")

    # -- what people see ----------------------------------------------------------------------

    def shown(self, place: Place, who: str = "") -> dict[str, str]:
        return {
            name: text.removeprefix("✎ ")
            for name, (where, text) in self._names.items()
            if where == place
        }

    def stands(self, place: Place, message: str) -> bool:
        return True

    def pinned(self) -> list[str]:
        return []

    def marks(self, message: str) -> list[Mark]:
        return []

    def files(self, place: Place) -> dict[str, bytes]:
        return {}


class TestConsole(Behaves):
    @pytest.fixture
    def stage(self, tmp_path: Path) -> Iterator[Stage]:
        made = OnConsole(tmp_path)
        yield made
        made.table.close()
