"""Promises 9 and 10 of the running bot: nobody gets a false receipt, everybody hears that it takes
a while, and what was asked is done once there is room."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.engine.bots import RECEIPT
from tests.matrix.faults.square import STAFF, TOWN, Program, Server, open_round, personal
from tests.replay.playing import sound
from tests.sentences import count_of, says
from tests.storage.test_not_now import held, no_file_over

#: So soon after there is room everybody has their answer, in seconds.
BACK = 10.0

VOTERS = ("bram", "carla", "daan", "eva")

Trial = Callable[[Program], Awaitable[None]]


@contextmanager
def full(program: Program) -> Iterator[None]:
    """The disk has no room for a byte more of the write-ahead log."""
    wal = program.folder / "town.db-wal"
    with no_file_over(wal.stat().st_size):
        yield


@contextmanager
def locked(program: Program) -> Iterator[None]:
    """Another program holds the file; the bot waits for it a moment only."""
    with held(program.folder / "town.db"):
        yield


async def until(done: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def played(folder: Path, trial: Trial) -> Program:
    """The trial on a program with an open round, ended after it; what it keeps is sound."""

    async def play() -> Program:
        program = Program(Server(), folder / "town")
        await open_round(program)
        await program.app._thread.call(
            lambda: program.app._store._db.execute("PRAGMA busy_timeout = 50")
        )
        await trial(program)
        await program.settled()
        await program.end()
        return program

    program = asyncio.run(play())
    sound(folder / "town" / "town.db", TOWN.key)
    return program


def said(program: Program, who: str) -> str:
    return "\n".join(program.server.texts(personal(who)))


@pytest.mark.parametrize("trouble", [full, locked])
def test_a_vote_is_said_to_wait_and_then_gets_its_receipt(
    trouble: Callable[[Program], Iterator[None]], tmp_path: Path
) -> None:
    waited = 0.0

    async def trial(program: Program) -> None:
        nonlocal waited
        server = program.server
        with trouble(program):  # type: ignore[attr-defined]
            for who in VOTERS:
                server.say(who, "stem S1 eens")
                await asyncio.sleep(0.05)
            server.say("vera", "sluit ja")
            await until(lambda: all(says(said(program, who), "not_now_vote") for who in VOTERS))
            await until(lambda: len(server.texts(STAFF)) and says(
                "\n".join(server.texts(STAFF)), "not_now_word", word="sluit"))  # fmt: skip
            assert not any(RECEIPT.search(said(program, who)) for who in VOTERS)
        began = time.monotonic()
        await until(lambda: all(RECEIPT.search(said(program, who)) for who in VOTERS))
        waited = time.monotonic() - began

    program = played(tmp_path, trial)
    assert waited < BACK
    for who in VOTERS:
        assert count_of(said(program, who), "not_now_vote") == 1
        assert len(RECEIPT.findall(said(program, who))) == 1
    assert sum(says(t, "not_now_word", word="sluit") for t in program.server.texts(STAFF)) == 1
    (state,) = program.app._engine.ledger.states.values()
    assert state.states[0].box.books["S1"].tally == {"agree": 4}
    assert set(program.log) == {"not_now"}


def test_who_goes_on_asking_hears_it_once(tmp_path: Path) -> None:
    async def trial(program: Program) -> None:
        with full(program):
            for _ in range(5):
                program.server.say("bram", "stem S1 eens")
                await asyncio.sleep(0.3)
            await until(lambda: says(said(program, "bram"), "not_now_vote"))
        await until(lambda: RECEIPT.search(said(program, "bram")))
        with full(program):  # a new time of trouble is told anew
            program.server.say("bram", "stem S1 oneens")
            await until(lambda: count_of(said(program, "bram"), "not_now_vote") == 2)

    program = played(tmp_path, trial)
    assert count_of(said(program, "bram"), "not_now_vote") == 2


def test_a_lock_of_a_moment_is_told_to_nobody(tmp_path: Path) -> None:
    """Other programs hold the file for a moment now and then; a vote waits for that unseen."""

    async def trial(program: Program) -> None:
        await program.app._thread.call(
            lambda: program.app._store._db.execute("PRAGMA busy_timeout = 5000")
        )
        other = sqlite3.connect(program.folder / "town.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        program.server.say("bram", "stem S1 eens")
        await asyncio.sleep(0.5)
        other.execute("ROLLBACK")
        other.close()
        await until(lambda: RECEIPT.search(said(program, "bram")))

    program = played(tmp_path, trial)
    assert not says(said(program, "bram"), "not_now_vote")
    assert program.log == []
