"""Measures whether votes get slower as a round fills: from a hundred votes to a hundred
thousand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median

from bench.figures import Figure, Goal, pairs, seconds
from bench.scene import Scene
from bot.engine.engine import BATCH
from bot.platforms.facts import Chose

STATEMENTS = 50
FEW = 100
MANY = 100_000
BATCHES = 10


def measure(folder: Path) -> list[Figure]:
    """A batch of a hundred changed votes in each of two rounds, in turns, on the same disk."""
    few = _round(folder / "few.db", FEW)
    many = _round(folder / "many.db", MANY)
    found = pairs(lambda: batch_of(*few), lambda: batch_of(*many), count=9)
    for scene, _ in (few, many):
        scene.close()
    return [
        Figure(
            f"a vote at {MANY:,} votes in the round",
            found.second / BATCH * 1e6,
            "µs",
            1 / found.ratio,
            f"at {FEW} votes, {found.first / BATCH * 1e6:.0f} µs",
            Goal(1.1),
            found.inverse,
        )
    ]


def _round(file: Path, votes: int) -> tuple[Scene, Iterator[Chose]]:
    """A scene whose round has this many votes, and the facts that change them one by one."""
    scene = Scene(file)
    scene.open(STATEMENTS)
    accounts = scene.known(scene.rooms[0], votes // STATEMENTS)
    facts = scene.votes(accounts, STATEMENTS)
    scene.receive(list(islice(facts, votes)))
    assert scene.votes_in(scene.rooms[0]) == votes
    scene.receive(list(islice(facts, BATCH * BATCHES)))  # warm
    return scene, facts


def batch_of(scene: Scene, facts: Iterator[Chose]) -> float:
    """The median time of a batch, in seconds."""
    batches = [list(islice(facts, BATCH)) for _ in range(BATCHES)]
    return median(seconds(scene.receive, batch) for batch in batches)
