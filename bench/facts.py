"""Measures votes a second: facts through the whole engine, against bare rows in SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.figures import Figure, Goal, pairs
from bench.plain import Plain
from bench.scene import Scene
from bot.engine.engine import BATCH
from bot.platforms.facts import Chose

STATEMENTS = 30
PEOPLE = 1_000
ROOMS = 500
PEOPLE_A_ROOM = 20
FACTS = 5_000


def measure(folder: Path) -> list[Figure]:
    """One busy round, and the same spread over five hundred rooms."""
    one = Scene(folder / "facts.db")
    one.open(STATEMENTS)
    votes: Iterator[Chose] = one.votes(one.known(one.rooms[0], PEOPLE), STATEMENTS)
    busy = _against_plain(
        one, votes, folder / "plain.db", "votes, one busy round of 30 statements", Goal(0.3, False)
    )
    one.close()

    many = Scene(folder / "rooms.db", ROOMS)
    many.open(5)
    spread = _in_turns([many.votes(many.known(room, PEOPLE_A_ROOM), 5) for room in many.rooms])
    wide = _against_plain(
        many,
        spread,
        folder / "plain-rooms.db",
        f"votes, spread over {ROOMS} rooms",
        Goal(0.15, False),
    )
    many.close()
    return [busy, wide]


def _in_turns(rooms: list[Iterator[Chose]]) -> Iterator[Chose]:
    while True:
        for room in rooms:
            yield next(room)


def _against_plain(
    scene: Scene, votes: Iterator[Chose], file: Path, name: str, goal: Goal
) -> Figure:
    scene.receive(list(islice(votes, FACTS)))  # warm
    plain = Plain(file, scene.row_width())
    plain.timed(FACTS, BATCH)
    found = pairs(lambda: scene.timed(votes, FACTS), lambda: plain.timed(FACTS, BATCH))
    plain.close()
    return Figure(
        name,
        FACTS / found.first,
        "facts/s",
        1 / found.ratio,
        f"plain SQLite at {FACTS / found.second:,.0f} rows/s",
        goal,
        found.inverse,
    )
