"""Promise 10: another program holds the file for three seconds, and no vote is lost; how long the
event loop stood still meanwhile is a figure of the soak."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from tests.engine.bots import RECEIPT
from tests.engine.test_full_disk import said, until
from tests.generated import figure
from tests.matrix.faults.square import TOWN, Program, Server, open_round
from tests.replay.playing import sound
from tests.storage.test_not_now import held

#: How long the file is held, and how often the loop is looked at, in seconds.
HELD, BEAT = 3.0, 0.005

VOTERS = [f"buur{number}" for number in range(60)]


async def beating(gaps: list[float]) -> None:
    """Note how much later than asked for each turn of the loop comes."""
    while True:
        began = time.monotonic()
        await asyncio.sleep(BEAT)
        gaps.append(time.monotonic() - began - BEAT)


async def votes(program: Program, hold: bool) -> float:
    """People vote for as long as the file is held, or as long without that; the longest time that
    the loop stood still."""
    gaps: list[float] = []
    beats = asyncio.create_task(beating(gaps))
    choice = "eens" if hold else "oneens"
    for who in VOTERS:
        program.server.say(who, f"stem S1 {choice}")
        await asyncio.sleep(HELD / len(VOTERS))
    beats.cancel()
    return max(gaps)


def receipts(program: Program, who: str) -> int:
    return len(RECEIPT.findall(said(program, who)))


def test_votes_wait_for_a_held_file_and_the_loop_does_not(tmp_path: Path) -> None:
    async def play() -> tuple[float, float]:
        program = Program(Server(), tmp_path / "town")
        await open_round(program)
        free = await votes(program, hold=False)
        with held(tmp_path / "town" / "town.db"):
            stood = await votes(program, hold=True)
            assert max(receipts(program, who) for who in VOTERS) == 1
        await until(lambda: all(receipts(program, who) == 2 for who in VOTERS))
        await program.settled()
        (state,) = program.app._engine.ledger.states.values()
        assert state.states[0].box.books["S1"].tally["agree"] == len(VOTERS)
        assert program.log == []
        await program.end()
        return free, stood

    free, stood = asyncio.run(play())
    figure("loop stood still longer", max(0.0, stood - free))
    sound(tmp_path / "town" / "town.db", TOWN.key)
