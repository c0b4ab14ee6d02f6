"""What runs beside reading and sending goes on after an error, and holds up nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.platforms import lasting as loops
from bot.platforms.live import Ended, Impossible, NotYet
from bot.platforms.places import Place
from bot.runtime.listening import listen
from tests.engine.chat import person
from tests.engine.live import Live


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "_FIRST", 0.001)


@pytest.fixture
def live(tmp_path: Path) -> Live:
    made = Live(tmp_path / "town.db")
    made.open()
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    made.deliver()
    return made


async def until(found: Callable[[], object], *loops_: Awaitable[Any]) -> None:
    """Run these until something is found."""
    tasks = [asyncio.ensure_future(loop) for loop in loops_]
    try:
        async with asyncio.timeout(10):
            while not found():
                await asyncio.sleep(0.001)
                for task in tasks:
                    if task.done():
                        task.result()
    finally:
        for task in tasks:
            task.cancel()


class Reading:
    """A platform of which nothing but reading and acknowledging is used; the first three batches
    cannot be acknowledged."""

    def __init__(self) -> None:
        self.read_so_far = 0
        self.acknowledged: list[int] = []

    async def start(self, cursor: str) -> None: ...

    async def read(self) -> int:
        self.read_so_far += 1
        await asyncio.sleep(0.001)
        return self.read_so_far

    async def acknowledge(self, batch: int) -> None:
        errors = [NotYet(0.1), Impossible("why"), ZeroDivisionError()]
        if batch <= len(errors):
            raise errors[batch - 1]
        self.acknowledged.append(batch)


def test_what_cannot_be_acknowledged_stops_nothing() -> None:
    platform, alarms = Reading(), []

    def hand_over(_batch: Any, acknowledge: Callable[[], None]) -> bool:
        acknowledge()
        return True

    asyncio.run(
        until(
            lambda: len(platform.acknowledged) > 2,
            listen(platform, "", hand_over, alarms.append),  # type: ignore[arg-type]
        )
    )
    assert alarms == ["NotYet", "Impossible", "ZeroDivisionError"]


def test_many_conversations_that_cannot_be_left_hold_up_no_message(live: Live) -> None:
    """The homeserver refuses for minutes; then each is left once."""
    refusals = {"left": 20}

    def fault(what: str, _place: Place, _id: str) -> BaseException | None:
        if what == "leave" and refusals["left"]:
            refusals["left"] -= 1
            return NotYet(0.01)
        return ValueError() if what == "leave" and refusals.pop("once", None) else None

    refusals["once"] = 1
    live.chat.fault = fault
    names = [f"u{number}" for number in range(36)]
    for name in names:
        live.say(name, "meedoen")
        live.say(name, "vergeetmij")
        live.say(name, "ja, vergeet mij")
    live.deliver()
    assert live.chat.at(person("u35"))
    assert live.chat.left == []
    leaving = live.courier._sender.conversations.leaving
    asyncio.run(
        until(lambda: len(live.chat.left) == 36, loops.lasting(leaving, live.alarms.append))
    )
    assert live.alarms == ["ValueError"]


@pytest.mark.parametrize("to", ["zoe", "straat"])
def test_an_error_nobody_knows_while_sending_stops_no_other_message(live: Live, to: str) -> None:
    def fault(what: str, place: Place, _id: str) -> BaseException | None:
        return ValueError() if what == "send" and place.name == to else None

    live.chat.fault = fault
    live.say("zoe", "hulp")
    live.say("bram", "hulp")
    live.command("verberg S1 2")
    live.deliver()
    assert live.chat.at(person("bram"))
    assert "ValueError" in live.alarms


def test_only_the_keeper_can_help(live: Live) -> None:
    live.chat.fault = lambda what, _place, _id: Ended("token") if what == "send" else None
    live.say("zoe", "hulp")
    with pytest.raises(Ended):
        live.deliver()


def test_a_loop_goes_on_with_longer_pauses() -> None:
    went: list[int] = []

    async def loop() -> None:
        went.append(1)
        raise Impossible("why")

    alarms: list[str] = []
    asyncio.run(until(lambda: len(went) > 3, loops.lasting(loop, alarms.append)))
    assert set(alarms) == {"Impossible"}
