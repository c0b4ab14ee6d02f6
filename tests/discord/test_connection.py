"""The connection is begun again after a failure, and ends with a sentence where that is no use."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import aiohttp
import discord
import pytest

from bot.platforms.discord import Discord, Settings
from bot.platforms.discord.client import Client, Connection, Ration
from bot.platforms.facts import Right, Rights
from bot.platforms.live import Ended, NotYet
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from tests.discord.world import GUILD, KEY, World
from tests.documents import words
from tests.matrix.faults.hours import Jumping

ANSWER = type("Answer", (), {"status": 401, "reason": "Unauthorized", "headers": {}})()


class Closed(discord.ConnectionClosed):
    """The gateway ended the connection for a reason."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.reason = ""
        self.shard_id = None


class Ears:
    """Hears of the events of a connection; keeps the clients that ended."""

    def __init__(self) -> None:
        self.ended: list[discord.Client] = []

    def ready(self, client: discord.Client) -> None: ...

    def lost(self) -> None: ...

    def gone(self, client: discord.Client) -> None:
        self.ended.append(client)

    async def interaction(self, interaction: Any) -> None: ...

    async def message(self, message: Any) -> None: ...


def settings(connect: Callable[[Any, str], Awaitable[None]]) -> Settings:
    return Settings(lambda: "token", GUILD, KEY, connect=connect, pause=90.0)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it waited, each time; nothing really waits."""
    slept: list[float] = []
    really = asyncio.sleep

    async def sleep(seconds: float, *_more: Any) -> None:
        if seconds > 0:
            slept.append(seconds)
        await really(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return slept


def kept(*ends: Exception | None) -> tuple[list[Client], list[str]]:
    """Keep connected while each connection ends so, then revoke the token; the clients that were
    used, and the alarms."""
    left, clients, alarms = list(ends), [], []  # type: tuple[list[Any], list[Client], list[str]]
    ears = Ears()

    async def connect(client: Any, token: str) -> None:
        assert token == "token"
        clients.append(client)
        end = left.pop(0) if left else Closed(4004)
        if end is not None:
            raise end

    async def run() -> None:
        await Connection(settings(connect), ears, alarms.append).keep()

    with pytest.raises(Ended) as ended:
        asyncio.run(run())
    assert "token" in str(ended.value)
    assert ears.ended == clients
    return clients, alarms


@pytest.mark.parametrize(
    "end",
    [aiohttp.ClientError(), OSError(), discord.GatewayNotFound(), Closed(4000), ValueError(), None],
    ids=repr,
)
def test_after_a_failure_there_is_a_new_one_90_seconds_later(
    end: Exception | None, pauses: list[float]
) -> None:
    clients, alarms = kept(end, end)
    assert pauses == [90.0, 90.0]
    assert len(set(clients)) == 3
    assert len(alarms) == (2 if end is not None else 0)


def test_a_token_that_is_refused_ends_with_what_to_do(pauses: list[float]) -> None:
    kept(discord.LoginFailure("Improper token has been passed."))
    assert pauses == []


@pytest.mark.parametrize("code", [4013, 4014])
def test_an_intent_that_is_refused_ends(code: int, pauses: list[float]) -> None:
    async def connect(_client: Any, _token: str) -> None:
        raise Closed(code)

    async def run() -> None:
        await Connection(settings(connect), Ears(), print).keep()

    with pytest.raises(Ended):
        asyncio.run(run())


def test_reading_ends_with_the_connection(pauses: list[float]) -> None:
    async def connect(_client: Any, _token: str) -> None:
        raise Closed(4004)

    async def run() -> None:
        platform = Discord(settings(connect))
        await platform.start("")
        try:
            await platform.read()
        finally:
            await platform.close()

    with pytest.raises(Ended):
        asyncio.run(run())


def test_identifies_are_apart(pauses: list[float]) -> None:
    """The first at once; then 5 seconds, and 90 when two were close."""

    async def run() -> None:
        ration = Ration(90.0)
        for _ in range(3):
            await ration.turn()

    asyncio.run(run())
    assert [round(pause) for pause in pauses] == [5, 90]


def test_identifies_of_a_whole_day_of_failures_are_under_960() -> None:
    """Each session is invalid at once, so that the library identifies anew as soon as it may."""
    loop, at = Jumping(), list[float]()

    async def run() -> None:
        ration, began = Ration(90.0), loop.time()
        while loop.time() < began + 86_400:
            await ration.turn()
            at.append(loop.time())

    loop.run_until_complete(run())
    loop.close()
    assert 900 < len(at) <= 960
    assert min(later - earlier for earlier, later in pairwise(at)) >= 5


def test_no_privileged_intent_is_asked_for() -> None:
    async def made() -> discord.Intents:
        return Discord(settings(None)).connection.client().intents  # type: ignore[arg-type]

    intents = asyncio.run(made())
    asked = {name for name, on in intents if on}
    assert asked == {"guilds", "guild_messages"}


def test_a_server_that_the_bot_is_not_in_ends_with_what_to_do() -> None:
    world = World(guild=1)
    world.start()
    with pytest.raises(Ended) as ended:
        world.run(world.platform.read())
    assert "discord.guild" in str(ended.value)
    world.close()


def test_rights_that_lack_are_told_and_those_that_are_there_are_not() -> None:
    world = World(staff_rooms={"weg": 12})
    world.start()
    (fact,) = world.platform._incoming.read_now().facts
    assert isinstance(fact, Rights)
    assert (fact.origin.place.name, fact.before) == ("weg", ())
    assert fact.lacks == tuple(Right)
    world.close()


def test_what_ended_is_used_no_more() -> None:
    world = World()
    world.start()
    world.platform._incoming.gone(world.env.bot)
    with pytest.raises(NotYet):
        world.run(world.platform.find(Place("discord", PlaceKind.ROOM, "zomerstraat"), "t"))
    world.close()


def test_the_notice_that_a_card_was_pinned_is_taken_away() -> None:
    world = World()
    world.start()
    room = Place("discord", PlaceKind.ROOM, "zomerstraat")
    card = world.run(world.platform.send(Message(room, "0" * 20, words("Ronde 1."))))
    world.run(world.platform.pin(room, card))
    world.run(world.settled())
    assert list(world.stored(world.room)) == [card]
    assert world.stored(world.room)[card].pinned
    world.close()


def test_an_event_that_cannot_be_read_ends_nothing() -> None:
    world = World()
    world.start()
    world.env.backend.emit("INTERACTION_CREATE", {"type": 3, "data": None})
    world.run(world.settled())
    assert len(world.alarms) == 1
    world.run(world.person("anna").send(world.room, "Goedemorgen"))
    assert len(world.platform._incoming.read_now().facts) == 1
    world.close()
