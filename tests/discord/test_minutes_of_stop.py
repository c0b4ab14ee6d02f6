"""Promise 12 on Discord: for ten minutes it refuses everything, or fails, while people go on.

Discord bans an address after 10,000 refused requests (401, 403, 429) in ten minutes: the bot stays
under a thousand, whatever it is told to wait, and afterwards everything waits for nobody: what was
not acknowledged counted nothing, what was is there once.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from tests.discord.double.house import House, choosing, offered, tokens, until
from tests.discord.double.server import Cut, Double, Request, limited, page, told
from tests.discord.double.town import TIME
from tests.generated import LONG, some
from tests.matrix.faults.hours import Jumping, play

STOP = timedelta(minutes=10)
PEOPLE = [f"buur{number}" for number in range(8)]

#: What Discord counts against an address.
INVALID = (401, 403, 429)


def cut() -> web.StreamResponse:
    raise Cut


def at_random(chance: random.Random) -> Callable[[], web.StreamResponse]:
    every = (
        *(lambda wait=wait: limited(wait) for wait in (0.05, 0.5, 3.0, 30.0)),
        *(lambda status=status: page(status) for status in (429, 500, 502, 503)),
        *(lambda: told({"message": "Missing Access", "code": 50001}, 403), cut),
    )
    return lambda: chance.choice(every)()


#: The first three are tried, which are those that promise 12 names; with few generated tests the
#: first, in the long run all.
STOPS: dict[str, Callable[[], Callable[[], web.StreamResponse]]] = {
    "at random": lambda: at_random(random.Random(12)),
    "429 for minutes": lambda: lambda: limited(180.0),
    "503": lambda: lambda: page(503),
    "cut": lambda: cut,
    "429 at once": lambda: lambda: limited(0.05),
    "429 for five seconds": lambda: lambda: limited(5.0),
    "429 everywhere at once": lambda: lambda: limited(0.05, everywhere=True),
    "429 everywhere for minutes": lambda: lambda: limited(180.0, everywhere=True),
    "429 in HTML": lambda: lambda: page(429),
    "403": lambda: lambda: told({"message": "Missing Access", "code": 50001}, 403),
}


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Jumping]:
    made = Jumping()
    monkeypatch.setattr(TIME, "clock", lambda: made.now().timestamp())
    yield made
    made.close()


@pytest.mark.parametrize("name", list(STOPS)[: None if LONG else some(3)])
def test_ten_minutes_of_stop(
    name: str, loop: Jumping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, counted = STOPS[name](), list[float]()
    refusing = False

    async def before(_request: Request) -> web.StreamResponse | None:
        if not refusing:
            return None
        given = answer()
        if given.status in INVALID:
            counted.append(loop.time())
        return given

    async def evening() -> None:
        nonlocal refusing
        double = Double()
        double.before = before
        async with double:
            double.points(monkeypatch)
            async with House(tmp_path, double) as house:
                await house.opens("Er moeten meer bomen komen.")
                messages = {who: await offered(house.people, who) for who in PEOPLE}
                shown = {who: choosing(message) for who, message in messages.items()}
                refusing = True
                ends, number = loop.now() + STOP, 0
                while loop.now() < ends:
                    who = PEOPLE[number % len(PEOPLE)]
                    one = shown[who]["S1", ("agree", "disagree")[number % 2]]
                    await house.people.press(who, messages[who], one)
                    await house.people.writes("vera", f"ok {number}", called=True)
                    number += 1
                    await asyncio.sleep(2.0)
                refusing = False
                votes = house.tally()
                for who in PEOPLE:
                    one = shown[who]["S1", "agree"]

                    async def pressed(who: str = who, one: str = one) -> bool:
                        made = await house.people.press(who, messages[who], one)
                        await asyncio.sleep(4.0)
                        return bool(made.answers)

                    async with asyncio.timeout(1_500):
                        while not await pressed():
                            await asyncio.sleep(30.0)
                assert house.tally() == {"agree": len(PEOPLE)}
                assert votes == {}, "what is not acknowledged counts nothing"
                await house.people.writes("vera", "status", called=True)
                await until(lambda: double.made("PATCH", "/channels/"))
                stand = tokens([*house.people.room(), *house.people.staff()])
                assert max(Counter(stand).values()) == 1
                assert len(double.gateway.identified) == 1
        assert double.wrong == []

    play(evening(), loop, monkeypatch)
    worst = max((sum(at <= one < at + 600 for one in counted) for at in counted), default=0)
    assert worst < 1_000
