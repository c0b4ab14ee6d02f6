"""Promise 1: a vote with a receipt is counted once, wherever the process is killed."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

from dialogues.receipts import receipts
from tests.engine.bots import KEY, RECEIPT, Bot
from tests.generated import drawing, figure, some

KILLS = some(25, long=200)


def vote_on(file: str, first: int, out: Connection) -> None:
    """In a process of its own: everybody votes once, and each receipt is passed on."""
    bot = Bot(Path(file), seed=f"votes from {first}")
    bot.clock.set(bot.clock().replace(hour=19))
    for number in range(first, 100_000):
        said = bot.say(
            f"u{number}", f"stem S1 {'eens' if number % 3 else 'oneens'}", id=f"v{number}"
        )
        code = RECEIPT.search(said)
        out.send((number, code[1] if code else ""))


def test_killed_while_people_vote(tmp_path: Path) -> None:
    file = tmp_path / "town.db"
    bot = Bot(file)
    bot.open()
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    bot.close()
    draw = drawing(25)
    known: dict[int, str] = {}
    for _ in range(KILLS):
        _kill_one(file, known, draw)
    bot = Bot(file)
    box = bot.dialogue.machine(0).box(bot.dialogue.states[0])
    assert box is not None
    counted = receipts(KEY, box.ballots())
    receipted = [code for code in known.values() if code]
    assert set(receipted) <= set(counted)  # none lost
    assert len(receipted) == len(set(receipted))
    assert len(counted) == max(known) + 1 or len(counted) == max(known) + 2  # none doubled
    figure("kills", KILLS)
    everybody = len(counted)
    disagree = len(range(0, everybody, 3))
    assert bot.tally("S1") == {"agree": everybody - disagree, "disagree": disagree}
    assert [e for e in bot.events() if e.startswith("VoteCast")] == ["VoteCast S1"] * everybody
    bot.clock.set(bot.clock().replace(hour=20))
    for number in (min(known), max(known)):
        found = RECEIPT.search(bot.say(f"u{number}", "mijn"))
        assert found is not None
        assert found[1] == known[number]
    bot.close()


def _kill_one(file: Path, known: dict[int, str], draw: random.Random) -> None:
    """Let a process vote a while, kill it, and keep what it had said. The vote of which nothing
    is known is delivered again by the next one."""
    here, there = multiprocessing.Pipe(duplex=False)
    first = max(known, default=-1) + 1
    context = multiprocessing.get_context("fork")
    process = context.Process(target=vote_on, args=(str(file), first, there))
    process.start()
    there.close()
    patience = time.monotonic() + 30
    wanted = draw.randint(1, 12)
    while wanted and time.monotonic() < patience:
        if here.poll(0.05):
            number, code = here.recv()
            known[number] = code
            wanted -= 1
    time.sleep(draw.random() * 0.01)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    while here.poll():
        try:
            number, code = here.recv()
        except EOFError:
            break
        known[number] = code
    here.close()
