"""What comes late counts with its own time, and staff hears what went wrong."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.platforms.base import Said, Trouble
from tests.matrix.faults.square import STAFF, Program, Server, arrive, personal
from tests.replay.playing import CHARTER


async def opened(folder: Path, server: Server) -> Program:
    program = Program(server, folder / "town")
    server.stream += arrive()
    for who, words in (
        ("vera", f"gesprek nieuw stellingenronde Ons plein {CHARTER}"),
        ("vera", "start"),
        ("anna", "stelling Er moeten meer bomen komen."),
    ):
        server.say(who, words)
        await program.settled()
    return program


def choice(program: Program) -> set[object]:
    (state,) = program.app._engine.ledger.states.values()
    books = state.states[0].box.books["S1"]
    return {cast[2] for cast in books.votes.values()}


def test_a_vote_whose_key_came_late_is_no_newer_than_it_is(tmp_path: Path) -> None:
    """Bram voted, changed his mind, and the first vote could be read only after the second."""

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
        late = server.stream[-1]
        assert isinstance(late, Said)
        server.stream[-1] = replace(late, origin=replace(late.origin, late=True))
        await program.settled()
        assert choice(program) == {"disagree"}
        await program.end()

    asyncio.run(play())


def test_a_vote_that_claims_to_be_older_gains_nothing(tmp_path: Path) -> None:
    """Only what was seen in time keeps its time: another's clock may say anything."""

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
        await program.settled()
        assert choice(program) == {"agree"}
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
        assert told.startswith("Mijn sleutels voor gesloten gesprekken zijn weg.")
        assert not any(server.texts(personal(name)) for name in ("bram", "carla"))
        await program.end()

    asyncio.run(play())
