"""Measures a file with a million votes: starting from it, its memory, and a vote beside them."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

from bench.child import python
from bench.figures import Figure, Goal, pairs, seconds
from bench.growth import batch_of
from bench.scene import KEY, Scene
from dialogues.aggregates import DIALOGUE, Fold
from dialogues.fold import evolve
from rounds import registry
from storage.sqlite import connect
from storage.store import Store

EVENTS = 1_000_000

#: People in the busy file, who vote on a hundred statements each; in the other each votes once.
PEOPLE = 10_000

#: At most so much memory, in MB, for the busy file and for the one with a million people.
_BUSY, _WIDE = 100.0, 250.0

_STEP = 10_000


def measure(folder: Path) -> list[Figure]:
    """A vote beside a million others, and starting from ten thousand people's hundred votes."""
    file = folder / "million.db"
    beside = filled(file, PEOPLE, 2)
    found = [_vote(folder, beside)]
    beside.close()
    found.append(_start(file))
    found.append(_memory(f"memory after it, {PEOPLE:,} people with 100 votes", file, 2, _BUSY))
    return found


def measure_people(folder: Path) -> list[Figure]:
    """The memory of a million people who voted once."""
    file = folder / "people.db"
    filled(file, EVENTS, 1).close()
    return [_memory(f"memory after a start, {EVENTS:,} people with a vote", file, 1, _WIDE)]


def filled(file: Path, people: int, rooms: int) -> Scene:
    """A scene whose first room has the votes, by so many people."""
    scene = Scene(file, rooms)
    statements = EVENTS // people
    scene.open(statements)
    votes = scene.votes(scene.known(scene.rooms[0], people), statements)
    for _ in range(0, EVENTS, _STEP):
        scene.receive(list(islice(votes, _STEP)))
    assert scene.votes_in(scene.rooms[0]) == EVENTS
    return scene


def _vote(folder: Path, beside: Scene) -> Figure:
    """A vote in the second room of the file, against one in a file of its own."""
    alone = Scene(folder / "alone.db", 2)
    alone.open(EVENTS // PEOPLE)
    ready = []
    for scene in (alone, beside):
        votes = scene.votes(scene.known(scene.rooms[1], 20), EVENTS // PEOPLE)
        scene.receive(list(islice(votes, 2_000)))
        ready.append((scene, votes))
    found = pairs(lambda: batch_of(*ready[0]), lambda: batch_of(*ready[1]), count=9)
    alone.close()
    return Figure(
        f"a vote in a file with {EVENTS:,} other facts",
        found.second / 100 * 1e6,
        "µs",
        1 / found.ratio,
        f"in a file of its own, {found.first / 100 * 1e6:.0f} µs",
        Goal(1.1),
        found.inverse,
    )


def _start(file: Path) -> Figure:
    """Every state from the journal with its chain checked, against its rows read and decoded."""
    store = Store(file, lambda size: bytes(size), registry.record(), KEY)
    rows = connect(file, read_only=True)

    def plain() -> None:
        for row in rows.execute("SELECT line FROM journal ORDER BY row"):
            json.loads(row[0])

    def whole() -> None:
        store.journal.read_all({DIALOGUE: Fold(store.record.blank, evolve)})

    found = pairs(lambda: seconds(whole), lambda: seconds(plain), count=5)
    rows.close()
    store.close()
    return Figure(
        f"start-up from {EVENTS:,} events, chain checked",
        found.first,
        "s",
        found.ratio,
        f"reading and decoding the rows, {found.second:.2f} s",
        Goal(1.3),
        found.spread,
    )


def _memory(name: str, file: Path, rooms: int, most: float) -> Figure:
    """The most memory of a process that starts an engine on the file and does nothing else."""
    spent = python("-m", "bench.opened", str(file), str(rooms))
    return Figure(name, spent.memory, "MB", goal=Goal(most))
