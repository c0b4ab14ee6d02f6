"""The whole bot: in a server on SimCord, and on the double of Discord."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest

from bot.platforms.menu import Queries
from tests.discord.asked import long_form
from tests.discord.double.house import House as OnTheDouble
from tests.discord.double.house import played
from tests.discord.double.running import Running
from tests.discord.double.server import Double
from tests.discord.test_behaviour import MENU
from tests.discord.test_evening import House
from tests.discord.world import World

_Bot = TypeVar("_Bot", OnTheDouble, Running)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.world.close()
    assert made.log == []
    assert made.world.alarms == []


@pytest.fixture
def world() -> Iterator[World]:
    """A platform without engine, in a server; its forms are long ones."""
    made = World(MENU)
    made.queries = Queries(form=long_form)
    made.start()
    yield made
    made.close()


class OnDouble(Protocol):
    """Runs a test with the bot on the double, in the test's loop or as a program (``Running``), and
    returns that bot after it ended. ``counted``: time passes with what happens."""

    def __call__(
        self,
        work: Callable[[_Bot], Awaitable[None]],
        bot: type[_Bot] = ...,
        *,
        counted: bool = False,
    ) -> _Bot: ...


@pytest.fixture
def on_double(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> OnDouble:
    def run(work: Any, bot: Any = OnTheDouble, *, counted: bool = False) -> Any:
        made: list[Any] = []

        async def whole(double: Double) -> None:
            async with bot(tmp_path, double) as running:
                made.append(running)
                await work(running)

        played(monkeypatch, whole, counted=counted)
        return made[0]

    return run
