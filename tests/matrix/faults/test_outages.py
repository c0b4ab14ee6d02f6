"""What fell due during an outage happens once when it is over, and is told once.

The clock is the test's: a minute, six hours and eight days pass at once. The program is ended and
started again after that, or it goes on while its server does not answer.
"""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.engine.reception import READ_BACK
from bot.runtime import timekeeper
from rounds import registry
from storage.reader import Reader
from tests.matrix.faults.square import ROOM, STAFF, TOWN, Program, Server, open_round, personal
from tests.replay.playing import sound
from tests.sentences import part, says

PEOPLE = ("anna", "bram", "carla", "daan", "eva")
OUTAGES = {
    "a minute": timedelta(minutes=1),
    "six hours": timedelta(hours=6),
    "eight days": timedelta(days=8),
}

#: The clock of the program wakes so often, and so long (s) is waited until it surely has.
NAP, ROUSED = timedelta(seconds=0.1), 0.5


async def voted(program: Program) -> None:
    """An open round with five votes in it."""
    await open_round(program)
    for name in PEOPLE:
        program.server.say(name, "stem S1 eens")
        await program.settled()


async def up_to(program: Program, before: timedelta) -> None:
    """Time passes until so long before the round closes."""
    (state,) = program.app._engine.ledger.states.values()
    closes = state.frames[0].closes_at
    assert closes is not None
    program.server.now = closes - before
    await asyncio.sleep(ROUSED)
    await program.settled()


@pytest.mark.parametrize("length", OUTAGES.values(), ids=OUTAGES)
@pytest.mark.parametrize("down", ["the program", "the server"])
def test_one_outcome_said_once(
    length: timedelta, down: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timekeeper, "NAP", NAP)

    async def play() -> tuple[Server, list[str]]:
        server = Server()
        program = Program(server, tmp_path / "town")
        await voted(program)
        await up_to(program, timedelta(minutes=9))
        await up_to(program, timedelta(seconds=30))
        if down == "the program":
            await program.end()
        server.away = True
        began = server.now
        server.say("fien", "stem S1 oneens", at=began + timedelta(seconds=10))
        server.say("anna", "stem S1 oneens", at=began + length - timedelta(seconds=5))
        server.now = began + length
        if down == "the server":
            await asyncio.sleep(2 * ROUSED)
        server.away = False
        if down == "the program":
            program = Program(server, tmp_path / "town")
        for _ in range(3):
            await program.settled()
            await asyncio.sleep(ROUSED)
        log = program.log
        await program.end()
        return server, log

    server, log = asyncio.run(play())
    sound(tmp_path / "town" / "town.db", TOWN.key)
    room, staff = server.texts(ROOM), server.texts(STAFF)
    assert sum(says(text, "reminder", round=1) for text in room) == 1  # the reminder
    results = [text for text in room if text.startswith("Ronde 1 is klaar")]
    assert len(results) == 1
    (card,) = [text for text in room if "Ronde 1 van 1" in text]
    assert "Deze ronde is klaar" in card
    assert sum(part("dialogue_closed_staff") in text for text in staff) == 1
    assert kinds(tmp_path).count("RoundClosed") == 1
    assert kinds(tmp_path).count("DialogueClosed") <= 1
    fien, anna = server.texts(personal("fien")), server.texts(personal("anna"))
    # A closing waits a quarter of an hour for what the server still has, and no longer.
    waited = down == "the program" or length <= READ_BACK
    told = part("votes_noted", "given") if waited else "sloot"
    assert sum(told in text for text in fien) == 1
    assert sum("sloot" in text for text in anna) == 1
    assert f"{6 if waited else 5} mensen stemden" in results[0]
    assert log == []


def kinds(folder: Path) -> list[str]:
    reader = Reader.of(folder / "town" / "town.db", registry.record())
    try:
        return [json.loads(line)[2].partition("/")[0] for line in reader.lines("ons-plein")]
    finally:
        reader.close()
