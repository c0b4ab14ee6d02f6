"""Joins and messages share one rate limit: joins go first, and only when there is room."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.live import NotYet, Unreachable
from bot.platforms.matrix import joining, turns, wire
from bot.platforms.matrix.settings import Settings
from bot.platforms.matrix.store import Invitation, Known
from bot.platforms.matrix.turns import Turns


class Server:
    """Takes a message in each ``every`` seconds of its own clock, and says so (429)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, every: float = 5.0) -> None:
        self.now, self.free, self.every = 1000.0, 0.0, every
        self.done: list[str] = []
        self.refused: list[str] = []
        real = asyncio.sleep

        async def sleep(seconds: float) -> None:
            self.now += seconds
            await real(0)

        monkeypatch.setattr(turns.asyncio, "sleep", sleep)
        monkeypatch.setattr(turns.time, "monotonic", lambda: self.now)

    def ask(self, name: str) -> Callable[[], Awaitable[str]]:
        async def asked() -> str:
            await asyncio.tasks.sleep(0)
            if self.now < self.free:
                self.refused.append(name)
                raise NotYet(self.free - self.now)
            self.free = self.now + self.every
            self.done.append(name)
            return name

        return asked


def test_a_join_is_asked_for_only_when_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(monkeypatch)

    async def evening() -> None:
        shared = Turns()
        await shared.send(server.ask("een"))
        with pytest.raises(NotYet):
            await shared.send(server.ask("twee"))
        for number in range(5):
            assert await shared.join(server.ask(f"deur {number}")) == f"deur {number}"
            with pytest.raises(NotYet):
                await shared.send(server.ask("twee"))

    asyncio.run(evening())
    assert server.done == ["een", *(f"deur {n}" for n in range(5))]
    assert server.refused == ["twee"] * 6


def test_slow_answers_do_not_make_a_join_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's clock runs on while its answers are under way."""
    server = Server(monkeypatch)

    async def evening() -> None:
        shared = Turns()

        def slow(name: str, delay: float) -> Callable[[], Awaitable[str]]:
            async def asked() -> str:
                try:
                    return await server.ask(name)()
                finally:
                    server.now += delay

            return asked

        await shared.send(slow("een", 1.5))
        with pytest.raises(NotYet):
            await shared.send(slow("twee", 1.5))
        server.now += 4.0
        for number in range(6):
            await shared.send(slow(f"antwoord {number}", 0.1 * number))
            assert await shared.join(slow(f"deur {number}", 0.5)) == f"deur {number}"
            server.now += 5.0

    asyncio.run(evening())
    assert server.refused == ["twee"]


def test_a_message_waits_for_a_join_that_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(monkeypatch, every=0.0)

    async def evening() -> None:
        shared, gate = Turns(), asyncio.Event()

        async def slow() -> str:
            await gate.wait()
            server.done.append("deur")
            return "deur"

        joined = asyncio.create_task(shared.join(slow))
        await asyncio.tasks.sleep(0)
        sent = asyncio.create_task(shared.send(server.ask("een")))
        for _ in range(10):
            await asyncio.tasks.sleep(0)
        assert not sent.done()
        gate.set()
        await asyncio.gather(joined, sent)

    asyncio.run(evening())
    assert server.done == ["deur", "een"]


def test_a_place_the_bot_is_not_in_says_nothing_of_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server(monkeypatch, every=0.0)

    async def evening() -> None:
        shared = Turns()

        async def shut() -> str:
            raise Unreachable(60.0)

        with pytest.raises(Unreachable):
            await shared.send(shut)
        await shared.join(server.ask("deur"))

    asyncio.run(evening())
    assert server.now == 1000.0


def test_a_room_that_does_not_answer_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []
    joined = asyncio.Event()

    async def call(_client: object, _method: str, where: str, *_rest: object) -> dict[str, str]:
        room = where.split("?")[0].rsplit("/", 1)[1]
        asked.append(room)
        if room == "dood":
            raise wire.Unavailable
        joined.set()
        return {}

    monkeypatch.setattr(joining, "call", call)
    monkeypatch.setattr(joining, "path", lambda *parts: "/".join(parts))
    known = Known(
        invited={"dood": Invitation("@a:x", True, 1), "open": Invitation("@b:y", True, 2)}
    )
    alarms: list[str] = []

    async def evening() -> None:
        task = asyncio.create_task(
            joining.join_all(
                None, Settings("http://x", "@bot:x", tmp_path), known, asyncio.Event(), Turns(),
                alarms.append,
            )
        )  # fmt: skip
        async with asyncio.timeout(20):
            await joined.wait()
        task.cancel()

    asyncio.run(evening())
    assert asked[:2] == ["dood", "open"]
    assert "dood" in known.invited
    assert alarms == ["unavailable"]
