"""Promise 9 on Discord: who presses while nothing can be kept hears that it waits, never "nothing
changed"; once it can be kept the answer follows."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from bot.platforms.discord import replies
from tests.discord.double.house import House, choosing, offered, played, until
from tests.discord.double.server import Double
from tests.discord.double.town import text_of
from tests.sentences import says
from tests.storage.test_not_now import held

TEXT = "Er moeten meer bomen komen."


def test_a_press_is_said_to_wait_and_then_answered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(replies, "PUT_OFF", 0.1)
    monkeypatch.setattr(replies, "CLOSED", 1.0)

    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            app = house.app
            await app._thread.call(lambda: app._store._db.execute("PRAGMA busy_timeout = 50"))
            with held(house.file):
                await house.people.press("anna", message, choosing(message)["S1", "agree"])
                behind = await house.people.command("bram", "stelling", tekst="De bus rijdt nooit.")
                await until(lambda: behind.answers)
                await until(lambda: says(shown(house, "anna"), "not_now_vote"))
                assert says(shown(house, "bram"), "not_now_written")
            await until(lambda: house.tally() == {"agree": 1})
            await until(lambda: says(shown(house, "anna"), "votes_noted"))
            await until(lambda: says(shown(house, "bram"), "statement_noted"))
            for who in ("anna", "bram"):
                assert not says(shown(house, who), "surface_nothing")

    played(monkeypatch, work)


def test_a_press_that_waits_long_is_never_said_to_change_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The engine has something long to do: the press counts all the same, and the answer takes the
    place of the words that said so."""
    monkeypatch.setattr(replies, "PUT_OFF", 0.1)
    monkeypatch.setattr(replies, "CLOSED", 0.5)

    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            await house.opens(TEXT)
            message = await offered(house.people, "anna")
            goes_on = threading.Event()
            busy = asyncio.create_task(house.app._thread.call(lambda: goes_on.wait(30)))
            await asyncio.sleep(0)
            await house.people.press("anna", message, choosing(message)["S1", "agree"])
            await house.people.command("bram", "hulp")
            for who in ("anna", "bram"):
                await until(lambda who=who: says(shown(house, who), "surface_waits"))
                assert not says(shown(house, who), "surface_nothing")
            assert house.tally() == {}
            goes_on.set()
            await busy
            await until(lambda: house.tally() == {"agree": 1})
            await until(lambda: says(shown(house, "anna"), "votes_noted"))
            for who in ("anna", "bram"):
                await until(lambda who=who: not says(shown(house, who), "surface_waits"))
                assert not says(shown(house, who), "surface_nothing")

    played(monkeypatch, work)


def shown(house: House, who: str) -> str:
    return "\n".join(map(text_of, house.people.private(who)))
