"""Read receipts: sent after the commit, and again until the server has them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from aiohttp import web

from bot.platforms.matrix import Settings, receipts
from bot.platforms.matrix.receipts import Position
from tests.matrix.patience import deadline
from tests.matrix.platform.bots import Bot
from tests.matrix.platform.double import CUT, ROOM, TOKEN, USER, Double, limited, refused


@pytest.fixture
def bot(server: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bot]:
    real = asyncio.sleep

    async def soon(seconds: float) -> None:
        await real(min(seconds, 0.01))

    monkeypatch.setattr(receipts.asyncio, "sleep", soon)
    found = made(server, tmp_path).start()
    yield found
    found.close()


def made(server: Double, folder: Path) -> Bot:
    rooms = {"straat": ROOM}
    return Bot(
        Settings(server.url, USER, folder / "store", token=lambda: TOKEN, rooms=rooms, poll=0.2)
    )


class Given:
    """Records the receipts that were requested, and answers each as ``fault`` says."""

    def __init__(self, server: Double) -> None:
        self.asked: list[str] = []
        self.answers: list[Any] = []
        server.fault = self._answer

    def _answer(self, _method: str, path: str) -> Any:
        if "/receipt/m.read/" not in path:
            return None
        self.asked.append(path.rsplit("/", 1)[1])
        return self.answers.pop(0) if self.answers else None

    def until(self, true: Callable[[], bool]) -> None:
        end = deadline(20)
        while not true():
            assert time.monotonic() < end, self.asked
            time.sleep(0.01)


def test_only_after_the_commit(server: Double, bot: Bot) -> None:
    given = Given(server)
    server.say("een")
    bot.read_until(lambda: bot.texts == ["een"], acknowledge=False)
    bot.read(acknowledge=False)
    assert given.asked == []
    bot.run(bot.matrix.acknowledge(bot.batches[-1]))
    assert given.asked == []
    for batch in bot.batches:
        bot.run(bot.matrix.acknowledge(batch))
    given.until(lambda: given.asked == ["$0"])


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda: limited(1), id="429"),
        pytest.param(lambda: web.Response(status=500), id="500"),
        pytest.param(lambda: web.Response(status=502, text="<html>"), id="502"),
        pytest.param(lambda: CUT, id="cut"),
    ],
)
def test_one_that_fails_is_tried_again(server: Double, bot: Bot, fault: Callable[[], Any]) -> None:
    given = Given(server)
    given.answers = [fault() for _ in range(6)]
    server.say("een")
    bot.read_until(lambda: bot.texts == ["een"])
    given.until(lambda: not given.answers and not bot.matrix._incoming.receipts.owed)
    assert set(given.asked) == {"$0"}
    assert len(given.asked) == 7
    assert "receipt_later" in bot.alarms
    bot.read()
    assert bot.cursor == "1"  # nothing is promised any more


def test_the_newest_wins(server: Double, bot: Bot) -> None:
    given = Given(server)
    given.answers = [web.Response(status=500) for _ in range(500)]
    for number in range(3):
        server.say(f"bericht {number}")
        bot.read_until(lambda: len(bot.texts) == number + 1)  # noqa: B023
    given.until(lambda: "$2" in given.asked)
    given.answers.clear()
    given.until(lambda: not bot.matrix._incoming.receipts.owed)
    assert given.asked[-1] == "$2"
    assert "$0" not in given.asked[given.asked.index("$2") :]


def test_in_a_burst_one_a_second_stands_for_all_that_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    slept: list[float] = []
    yielding, over = asyncio.sleep, asyncio.Event()

    async def call(_client: object, _method: str, where: str, *_: object, **__: object) -> None:
        asked.append(unquote(where.rsplit("/", 1)[1]))

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await over.wait()
        over.clear()

    async def burst() -> None:
        given = receipts.Receipts(lambda _code: None)
        running = asyncio.create_task(given.run(None))
        for number in range(5):
            given.owe([])
            await settled()
            given.owe([("!straat", f"${number}")])
            await settled()
        assert asked == ["$0"]
        over.set()
        await settled()
        assert asked == ["$0", "$4"]
        assert slept == [1.0, 1.0]
        assert given.owed == {}
        running.cancel()

    async def settled() -> None:
        for _ in range(10):
            await yielding(0)

    monkeypatch.setattr(receipts, "call", call)
    monkeypatch.setattr(receipts.asyncio, "sleep", sleep)
    asyncio.run(burst())


def test_one_lost_with_the_program_is_given_after_its_restart(
    server: Double, bot: Bot, tmp_path: Path
) -> None:
    """The batch was committed; the program ended before the receipt stood."""
    given = Given(server)
    given.answers = [web.Response(status=500) for _ in range(500)]
    server.say("een", "twee")
    bot.read_until(lambda: "twee" in bot.texts)
    cursor = bot.cursor
    bot.close()
    given.answers.clear()
    given.asked.clear()
    with made(server, tmp_path) as again:
        again.start(cursor)
        given.until(lambda: given.asked == ["$1"])
        again.read()
        assert again.texts == []
        given.until(lambda: not again.matrix._incoming.receipts.promised)
        again.read()
        assert again.cursor == "2"


def test_one_that_cannot_be_given_is_let_go(server: Double, bot: Bot) -> None:
    given = Given(server)
    given.answers = [refused(403, "M_FORBIDDEN")]
    server.say("een")
    bot.read_until(lambda: bot.texts == ["een"])
    given.until(lambda: "receipt_refused" in bot.alarms)
    assert bot.matrix._incoming.receipts.owed == {}


def test_a_position_with_promises_is_read_as_it_was_written() -> None:
    for position in (Position(), Position("s1_2"), Position("s3", (("!a:b", "$x"), ("!c", "$y")))):
        assert Position.parse(str(position)) == position
