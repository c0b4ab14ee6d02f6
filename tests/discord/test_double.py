"""The double itself: the whole bot runs on it, and it refuses what Discord refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discord.double.house import House, played
from tests.discord.double.server import Double
from tests.discord.double.town import text_of


def test_a_dialogue_runs_on_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def work(double: Double) -> None:
        async with House(tmp_path, double) as house:
            card = await house.opens("Er moeten meer bomen komen.")
            assert "/meedoen" in text_of(card)
            asked = await house.people.command("anna", "stem", item="S1", keuze="eens")
            await house.people.answered(asked)
            assert house.tally() == {"agree": 1}
            assert asked.requests == 2
            assert house.log == []

    double = played(monkeypatch, work)
    assert len(double.town.commands) > 10
    assert len(double.gateway.identified) == 1
