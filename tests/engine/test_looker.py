"""``Looker`` asks a platform for a message until it answers, one request at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from bot.delivery.lookups import Looker
from bot.desk.gathering.question import Look
from bot.platforms.facts import Looked
from bot.platforms.live import Impossible, LivePlatform, NotYet
from bot.platforms.places import Place, PlaceKind

ROOM = Place("matrix", PlaceKind.ROOM, "zomerstraat")
AT = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)


class Platform:
    """A platform that returns or raises prepared answers."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def look(self, place: Place, message: str) -> Looked:
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        return Looked(AT, place, message, "anna", "Meer bomen.")


class Engine:
    """Accepts facts while there is room, and reports them committed at once."""

    def __init__(self, full: int = 0) -> None:
        self.full = full
        self.heard: list[str] = []
        self.alarms: list[str] = []
        self.came = asyncio.Event()

    def hear(self, looked: Looked, done: Callable[[], object]) -> bool:
        self.full -= 1
        if self.full >= 0:
            return False
        self.heard.append(looked.message)
        done()
        self.came.set()
        return True


def looker(platform: Platform, engine: Engine) -> Looker:
    return Looker({"matrix": cast(LivePlatform, platform)}, engine.hear, 0.01, engine.alarms.append)


def run(work: Any) -> None:
    asyncio.run(asyncio.wait_for(work, 30))


def test_it_is_asked_again_when_the_platform_cannot_say() -> None:
    async def work() -> None:
        platform, engine = Platform(NotYet(0.01), NotYet(0.0)), Engine(full=2)
        found = looker(platform, engine)
        found.begin([Look(ROOM, "$1")])
        found.begin([Look(ROOM, "$1")])  # going on
        await engine.came.wait()
        assert (platform.asked, engine.heard) == (3, ["$1"])
        await found.stop()

    run(work())


def test_the_same_message_can_be_asked_about_again_afterwards() -> None:
    async def work() -> None:
        platform, engine = Platform(), Engine()
        found = looker(platform, engine)
        for _ in range(2):
            engine.came.clear()
            found.begin([Look(ROOM, "$1")])
            await engine.came.wait()
        assert engine.heard == ["$1", "$1"]
        await found.stop()

    run(work())


def test_a_refusal_ends_the_looking_and_nothing_else() -> None:
    async def work() -> None:
        platform, engine = Platform(Impossible("no")), Engine()
        found = looker(platform, engine)
        found.begin([Look(ROOM, "$1"), Look(Place("discord", PlaceKind.ROOM, "x"), "$2")])
        while platform.asked == 0:
            await asyncio.sleep(0)
        found.begin([Look(ROOM, "$3")])
        await engine.came.wait()
        assert engine.heard == ["$3"]
        await found.stop()

    run(work())


def test_it_ends_while_it_waits() -> None:
    async def work() -> None:
        platform, engine = Platform(NotYet(1000.0)), Engine()
        found = looker(platform, engine)
        found.begin([Look(ROOM, "$1")])
        while platform.asked == 0:
            await asyncio.sleep(0)
        await found.stop()
        assert engine.heard == []

    run(work())
