"""Promise 12: for ten minutes the homeserver refuses everything with a rate limit.

News, messages, receipts, joins and keys are all under way then. The bot waits as it is told, its
refused requests stay under a thousand, and afterwards all of it happens, once.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.matrix import KEY, Matrix, Settings, wire
from bot.platforms.places import Place, PlaceKind
from bot.runtime.app import App
from bot.runtime.builtin import formats as built_in
from bot.runtime.chance import seeded
from bot.runtime.hosting import Hearing
from bot.town.town import Rooms, Town
from tests.matrix.faults.hours import Jumping, play
from tests.matrix.faults.refusing import BOT, ROOM, STAFF, VERA, Refusing
from tests.replay.playing import LIVE_CHARTER as CHARTER

PEOPLE = 40
STOP = timedelta(minutes=10)
HERE, STAFF_HERE = (
    Place("matrix", PlaceKind.ROOM, "straat"),
    Place("matrix", PlaceKind.STAFF, "staf"),
)


def at_random() -> Callable[[], float]:
    chance = random.Random(12)
    return lambda: chance.choice((0.05, 0.5, 3.0, 30.0))


#: What the server asks to wait, in seconds, each time it is asked.
WAITS: dict[str, Callable[[], Callable[[], float]]] = {
    "short": lambda: lambda: 0.1,
    "five seconds": lambda: lambda: 5.0,
    "minutes": lambda: lambda: 180.0,
    "at random": at_random,
}


@pytest.fixture
def loop() -> Iterator[Jumping]:
    made = Jumping()
    yield made
    made.close()


def _app(server: Refusing, folder: Path, codes: list[str]) -> tuple[App, asyncio.Event]:
    settings = Settings(
        "http://dubbel.test",
        BOT,
        folder / "store",
        token=lambda: "geldig",
        trusted=frozenset({VERA}),
        rooms={"straat": ROOM},
        staff_rooms={"staf": STAFF},
        roles={"moderator": frozenset({VERA})},
        clock=server.loop.now,
    )
    rooms = Rooms({"straat": (HERE,)}, {"staf": (STAFF_HERE,)}, {"straat": "staf"})
    zone = ZoneInfo("Europe/Amsterdam")
    key = bytes(range(32))
    town = Town("Haarlem", zone, "nl", key, rooms, built_in(), address=BOT)
    ready = asyncio.Event()
    hearing = Hearing(ready.set, lambda code, **_values: codes.append(code))
    matrix = Matrix(settings, codes.append)
    app = App(folder / "town.db", town, (matrix,), hearing, server.loop.now, seeded("stop"))
    return app, ready


def _person(number: int) -> str:
    return f"@buur-{number}:dubbel.test"


def _room(number: int) -> str:
    return f"!buur-{number}:dubbel.test"


async def _until(true: Callable[[], bool], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.5)


def _answered(server: Refusing, room: str) -> int:
    return sum(1 for where, _ in server.sent.values() if where == room)


@pytest.mark.parametrize(
    ("all_of_it", "waits"),
    [
        (True, "short"),
        (True, "minutes"),
        (False, "short"),
        (False, "five seconds"),
        (False, "at random"),
    ],
    ids=lambda value: value if isinstance(value, str) else ("but the news", "everything")[value],
)
def test_ten_minutes_of_stop(
    all_of_it: bool, waits: str, loop: Jumping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def evening() -> None:
        server, codes = Refusing(loop), list[str]()

        async def send(_self: object, *words: object, **named: object) -> object:
            return await server.send(*words, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(wire.Account, "send", send)
        server.open(ROOM, VERA, *map(_person, range(PEOPLE)))
        server.open(STAFF, VERA)
        app, ready = _app(server, tmp_path, codes)
        stop = asyncio.Event()
        running = asyncio.create_task(app.run(_waited(stop)))
        await ready.wait()
        server.say(STAFF, VERA, f"gesprek nieuw stellingenronde Ons plein {CHARTER}")
        server.say(STAFF, VERA, "gesprek start")
        for number in range(PEOPLE):
            server.invite(_room(number), _person(number))
        await _until(lambda: all(_answered(server, _room(n)) for n in range(PEOPLE)), 600)
        before = server.refused.total()
        assert before == 0

        told = WAITS[waits]()
        server.stops = lambda kind: told() if all_of_it or kind != "sync" else None
        for number in range(PEOPLE, 2 * PEOPLE):
            server.invite(_room(number), _person(number))
        ends = loop.now() + STOP
        for number in itertools.count():
            if loop.now() >= ends:
                break
            who = number % PEOPLE
            server.say(_room(who), _person(who), f"stelling Straat {number} krijgt meer bomen.")
            await asyncio.sleep(3)
        refused = server.refused.copy()
        server.stops = lambda _kind: None
        last = [server.say(_room(n), _person(n), "hulp") for n in range(PEOPLE)]

        await _until(lambda: [server.read.get(_room(n)) for n in range(PEOPLE)] == last, 900)
        await _until(lambda: len(server.joined) == 2 * PEOPLE, 900)
        await _until(lambda: all(_answered(server, _room(n)) for n in range(2 * PEOPLE)), 900)
        stop.set()
        await running
        _was_patient(server, refused.total(), all_of_it)
        assert max(server.times_sent.values()) == 1
        assert max(server.keys) < 200  # an upload that was refused is no longer the next time
        cards = [body for where, body in server.sent.values() if where == ROOM]
        new = [body[KEY] for body in cards if KEY in body and "m.new_content" not in body]
        slots = [one["slot"] for one in new]
        assert slots.count("card-0") == 1
        assert not {"join_refused", "receipt_refused"} & set(codes)

    play(evening(), loop, monkeypatch)


async def _waited(stop: asyncio.Event) -> None:
    await stop.wait()


def _was_patient(server: Refusing, refused: int, all_of_it: bool) -> None:
    """All parts of the bot met the limit, none of them too often, none before its time."""
    assert refused < 1000, server.refused
    met = {"sync"} if all_of_it else {"send", "receipt", "join", "keys"}
    assert met <= {kind for kind, times in server.refused.items() if times}, server.refused
    assert server.early == []
