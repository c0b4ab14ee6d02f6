"""A round closes at its hour while the gateway is away: nothing of residents is read back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from dialogues.machine import Stage
from tests.discord.double.house import House, choosing, offered, until
from tests.discord.double.server import Double
from tests.discord.double.town import TIME, text_of
from tests.matrix.faults.hours import Jumping, play
from tests.sentences import says

TEXT = "Er moeten meer bomen komen."


def test_a_round_closes_at_its_hour_without_the_gateway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its result stands in the room then; what is pressed meanwhile counts nothing; afterwards
    nothing closes again and no result comes twice."""
    loop = Jumping()
    monkeypatch.setattr(TIME, "clock", lambda: loop.now().timestamp())

    async def evening() -> None:
        double = Double()
        async with double:
            double.points(monkeypatch)
            async with House(tmp_path, double) as house:
                await house.opens(TEXT)
                message = await offered(house.people, "anna")
                shown = choosing(message)
                pressed = await house.people.press("anna", message, shown["S1", "agree"])
                await until(lambda: pressed.answers)
                await house.people.writes("vera", 'tot "over 20 minuten"', called=True)
                await asyncio.sleep(5.0)
                (frame,) = house.state.frames
                hour = frame.closes_at
                assert hour is not None
                assert timedelta(minutes=15) < hour - loop.now() < timedelta(minutes=25)
                double.gateway.shut = True
                double.gateway.forget()
                await double.gateway.cut()
                await asyncio.sleep(600.0)
                missed = await house.people.press("anna", message, shown["S1", "disagree"])
                assert house.state.frames[0].stage is Stage.OPEN
                await asyncio.sleep((hour - loop.now()).total_seconds() + 1.0)
                house.app._ring()  # the timekeeper's thread has a clock of its own
                await until(lambda: house.state.frames[0].stage is Stage.CLOSED)
                assert house.state.frames[0].closed_at == hour
                await until(lambda: results(house) == 1)
                double.gateway.shut = False
                async with asyncio.timeout(600):
                    while len(double.gateway.identified) < 2:
                        await asyncio.sleep(5.0)
                await asyncio.sleep(120.0)
                assert results(house) == 1
                assert not missed.kind
                assert house.tally() == {"agree": 1}
        assert double.wrong == []

    play(evening(), loop, monkeypatch)
    loop.close()


def results(house: House) -> int:
    """How many results of rounds stand in the room."""
    return sum(says(text_of(one), "round_result") for one in house.people.room())
