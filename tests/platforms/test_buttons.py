"""The platform of buttons passes the shared tests, and a whole dialogue is held on it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.queue import Paces
from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Edited, Fact, Mark, Removed, Said
from bot.platforms.live import Batch, Ended
from bot.platforms.menu import Queries
from bot.platforms.messages import Message
from bot.platforms.places import Place
from bot.runtime.app import App
from bot.runtime.chance import seeded
from bot.runtime.clock import VirtualClock
from bot.runtime.hosting import Hearing
from bot.town.town import Rooms, Town
from dialogues.machine import Stage as RoundStage
from tests.engine.bots import FORMATS, KEY, RECEIPT, START
from tests.platforms import buttons
from tests.platforms.buttons import Buttons
from tests.platforms.stage import Stage
from tests.platforms.suite import Behaves, form_of
from tests.replay.playing import LIVE_CHARTER as CHARTER

_T = TypeVar("_T")


class OnButtons:
    """The platform in an event loop of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self.platform = Buttons(queries=Queries(form=form_of))
        self._facts: list[Fact] = []
        self.room = buttons.room()

    @property
    def capabilities(self) -> Capabilities:
        return self.platform.capabilities

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        return self._loop.run_until_complete(work)

    def personal(self, who: str) -> Place:
        return buttons.personal(who)

    def account(self, who: str) -> str:
        return who

    # -- what people do -----------------------------------------------------------------------

    def write(self, who: str, text: str, place: Place) -> str:
        origin = self.platform.origin(who, place)
        self.platform.written[origin.cause] = place
        self.platform.happens(Said(origin, text))
        return origin.cause

    def edit(self, who: str, message: str, text: str, place: Place) -> None:
        self.platform.happens(Edited(self.platform.origin(who, place), message, text))

    def take_away(self, who: str, message: str, place: Place) -> None:
        self.platform.happens(Removed(self.platform.origin(who, place), message))

    def react(self, who: str, sign: str, message: str) -> str:
        raise AssertionError("nobody hears it")

    def unreact(self, who: str, reaction: str) -> None:
        raise AssertionError("nobody hears it")

    def press(self, who: str, message: str, number: int) -> None:
        self.platform.press(who, message, number)

    def fill(self, who: str, message: str, number: int, values: dict[str, str]) -> None:
        self.platform.fill(who, message, number, values)

    # -- what the bot does --------------------------------------------------------------------

    def facts(self) -> list[Fact]:
        self._facts += self.platform.read_now().facts
        return self._facts

    def restart(self) -> None:
        raise AssertionError("nothing is read back")

    def send(self, message: Message) -> str:
        return self._run(self.platform.send(message))

    def find(self, place: Place, token: str) -> str:
        return self._run(self.platform.find(place, token))

    def mark(self, message: str, mark: Mark) -> None:
        self._run(self.platform.mark(self.room, message, mark, "token"))

    def pin(self, message: str, pinned: bool) -> None:
        work = self.platform.pin if pinned else self.platform.unpin
        self._run(work(self.room, message))

    def remove(self, message: str) -> None:
        self._run(self.platform.remove(self.room, message))

    def upload(self, place: Place, name: str, data: bytes) -> None:
        self._run(self.platform.upload(place, name, data, "text/html", "token"))

    # -- what people see ----------------------------------------------------------------------

    def shown(self, place: Place, who: str = "") -> dict[str, str]:
        return self.platform.seen(place, who)

    def stands(self, place: Place, message: str) -> bool:
        return message in self.platform.messages or message in self.platform.written

    def pinned(self) -> list[str]:
        return self.platform.pins

    def marks(self, message: str) -> list[Mark]:
        return self.platform.marks.get(message, [])

    def files(self, place: Place) -> dict[str, bytes]:
        return {name: data for (where, name), data in self.platform.files.items() if where == place}

    def close(self) -> None:
        self._loop.close()


class TestButtons(Behaves):
    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        made = OnButtons()
        yield made
        made.close()


# -- the whole bot on it -------------------------------------------------------------------------


class House:
    """The bot with a room, a staff room, and vera who leads them."""

    def __init__(self, folder: Path, *others: Buttons) -> None:
        self.clock = VirtualClock(START)
        self.buttons = Buttons(self.clock)
        rooms = Rooms(
            {"zomerstraat": (buttons.room(),)},
            {"staf": (buttons.staff(),)},
            {"zomerstraat": "staf"},
        )
        town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, rooms, FORMATS)
        self.log: list[str] = []
        self.ready = asyncio.Event()
        hearing = Hearing(self.ready.set, lambda code, **_values: self.log.append(code))
        draw = seeded("buttons")
        paces, file = Paces(card_breath=0), folder / "town.db"
        self.app = App(file, town, (self.buttons, *others), hearing, self.clock, draw, paces)

    async def until(self, true: Any) -> None:
        async with asyncio.timeout(60):
            while not true():
                await asyncio.sleep(0.01)

    async def say(self, who: str, text: str, place: Place | None = None, *roles: str) -> str:
        """Say something; gives the answer."""
        before = set(self.buttons.messages)
        origin = self.buttons.origin(who, place or buttons.personal(who), frozenset(roles))
        self.buttons.happens(Said(origin, text))
        return await self.answer(who, before)

    async def answer(self, who: str, before: set[str]) -> str:
        def new() -> list[str]:
            found = self.buttons.messages.items()
            return [one.message.plain for name, one in found
                    if name not in before and one.only == who]  # fmt: skip

        await self.until(new)
        return new()[0]


async def _evening(folder: Path) -> None:
    house = House(folder)
    stop = asyncio.Event()
    running = asyncio.create_task(house.app.run(stop.wait()))  # type: ignore[arg-type]

    async def lead(text: str) -> str:
        return await house.say("vera", text, buttons.staff(), "moderator")

    await lead(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER}")
    await lead("start")
    await house.until(lambda: house.buttons.seen(buttons.room(), ""))
    (card,) = house.buttons.seen(buttons.room(), "").values()
    assert "/meedoen" in card
    assert "!meedoen" not in card
    assert "S1" in await house.say("zoe", "stelling Er moeten meer bomen komen.")
    await house.say("zoe", "stelling De bus moet vaker rijden.")

    # choices are shown under the offer, and a press counts where it was shown
    await house.say("anna", "meedoen")
    await house.say("anna", "ja")
    (offer,) = [n for n, one in house.buttons.messages.items()
                if any(c.means.item for c in one.message.choices) and one.only]  # fmt: skip
    labels = [choice.label for choice in house.buttons.messages[offer].message.choices]
    each = ("eens", "oneens", "weet ik niet")
    assert labels[:-1] == [f"{place} {word}" for place in (1, 2) for word in each]
    assert labels[-1] == "Stelling geven"
    before = set(house.buttons.messages)
    house.buttons.press("anna", offer, 4)
    said = await house.answer("anna", before)
    assert RECEIPT.search(said)
    second = house.buttons.messages[offer].message.choices[4].means.item
    assert (f"{second} oneens" in said, f"{second} eens" in said) == (True, False)

    # nothing is read back, so a closing waits for nothing
    house.clock.set(house.clock() + timedelta(minutes=1))
    await lead("sluit ja")
    state = house.app._engine.ledger.states["ons-gesprek"]
    await house.until(lambda: state.frames[0].stage is RoundStage.CLOSED)
    stop.set()
    await running
    assert house.log == []


def test_the_whole_bot_with_buttons(tmp_path: Path) -> None:
    asyncio.run(_evening(tmp_path))


class Revoked(Buttons):
    """A platform whose keeper has to act before it can be read."""

    def __init__(self) -> None:
        super().__init__(name="elders")

    async def read(self) -> Batch:
        raise Ended("Make a new token.")


async def _beside(folder: Path) -> None:
    house = House(folder, Revoked())
    stop = asyncio.Event()
    running = asyncio.create_task(house.app.run(stop.wait()))  # type: ignore[arg-type]
    await house.until(lambda: house.buttons.seen(buttons.staff(), ""))
    (told,) = house.buttons.seen(buttons.staff(), "").values()
    assert "token" not in told  # the sentence is for the keeper, in the log
    assert await house.say("zoe", "hulp")
    assert house.log == ["platform_ended"]
    assert house.ready.is_set()
    stop.set()
    await running


def test_one_platform_that_ends_leaves_the_other_at_work(tmp_path: Path) -> None:
    """Staff hears of it once, and the program is ready without it."""
    asyncio.run(_beside(tmp_path))
