"""Events that arrive late count with their own time, and staff is told of faults."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from bot.platforms.facts import Said, Trouble
from tests.matrix.faults.square import STAFF, Program, Server, open_round, personal
from tests.sentences import part


async def opened(folder: Path, server: Server) -> Program:
    program = Program(server, folder / "town")
    await open_round(program)
    return program


def choice(program: Program) -> set[object]:
    (state,) = program.app._engine.ledger.states.values()
    books = state.states[0].box.books["S1"]
    return {cast.choice for cast in books.votes.values()}


@pytest.mark.parametrize(
    ("late", "counts"),
    [(True, "disagree"), (False, "agree")],
    ids=["its key came late", "it only claims to be older"],
)
def test_an_older_vote_is_heard_after_a_newer_one(late: bool, counts: str, tmp_path: Path) -> None:
    """Bram voted and changed his mind, and the first vote is heard only after the second. Only
    what was seen in time keeps its time: another's clock may say anything."""

    async def play() -> None:
        server = Server()
        program = await opened(tmp_path, server)
        early = server.now + timedelta(seconds=1)
        server.now += timedelta(minutes=5)
        server.say("bram", "stem S1 oneens")
        await program.settled()
        server.now += timedelta(minutes=5)
        await program.settled()
        server.say("bram", "stem S1 eens", at=early)
        heard = server.stream[-1]
        assert isinstance(heard, Said)
        server.stream[-1] = replace(heard, origin=structs.replace(heard.origin, late=late))
        await program.settled()
        assert choice(program) == {counts}
        await program.end()

    asyncio.run(play())


def test_staff_hears_that_keys_are_lost(tmp_path: Path) -> None:
    async def play() -> None:
        server = Server()
        program = await opened(tmp_path, server)
        before = len(server.texts(STAFF))
        server.stream.append(Trouble(server.now, "store_lost"))
        await program.settled()
        (told,) = server.texts(STAFF)[before:]
        assert told.startswith(part("trouble_store_lost"))
        assert not any(server.texts(personal(name)) for name in ("bram", "carla"))
        await program.end()

    asyncio.run(play())
