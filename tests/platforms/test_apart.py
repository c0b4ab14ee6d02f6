"""One platform that fails never stops the other; alone it ends the program with its sentence."""

from __future__ import annotations

import asyncio

import pytest

from bot.platforms.live import Ended
from bot.runtime.apart import Work, apart

Told = list[tuple[str, str]]


def until(told: Told, count: int, works: dict[str, Work]) -> None:
    """Run until so many failures were told; raises what ends it before."""

    async def run() -> None:
        enough = asyncio.Event()

        async def failed(name: str, error: Exception) -> None:
            told.append((name, type(error).__name__))
            if len(told) == count:
                enough.set()

        running = asyncio.create_task(apart(works, failed, pause=0))
        waiting = asyncio.create_task(enough.wait())
        async with asyncio.timeout(10):
            await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
        done = running.done()
        for task in (running, waiting):
            task.cancel()
        if done:
            running.result()

    asyncio.run(run())


def raises(error: Exception) -> Work:
    async def work() -> None:
        raise error

    return work


def lives(seen: list[str]) -> Work:
    async def work() -> None:
        seen.append("began")
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            seen.append("ended")

    return work


def test_one_that_only_its_keeper_can_help_is_left_out() -> None:
    told: Told = []
    seen: list[str] = []
    until(told, 1, {"matrix": lives(seen), "discord": raises(Ended("a new token"))})
    assert told == [("discord", "Ended")]
    assert seen == ["began", "ended"]  # until the end of the run, not of the other


def test_one_that_fails_otherwise_is_begun_again() -> None:
    told: Told = []
    seen: list[str] = []
    until(told, 3, {"matrix": lives(seen), "discord": raises(ValueError("odd"))})
    assert told[:3] == [("discord", "ValueError")] * 3
    assert seen == ["began", "ended"]


def test_the_last_one_ends_all() -> None:
    told: Told = []
    works = {"matrix": raises(Ended("a password")), "discord": raises(Ended("a token"))}
    with pytest.raises(Ended):
        until(told, 2, works)
    assert len(told) == 1


@pytest.mark.parametrize("error", [Ended("a token"), ValueError("odd")])
def test_alone_it_raises_what_it_meets(error: Exception) -> None:
    with pytest.raises(type(error)):
        until([], 1, {"discord": raises(error)})
