"""Measures a voting night: ten thousand votes within a minute, over five hundred rooms."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from bench.evening import p95
from bench.figures import Figure, Goal
from bench.marks import Figures
from bench.town_alive import Alive, filled, in_a_process, told

#: So many votes in so many seconds; each person votes on so many statements.
VOTES, SECONDS, ROOMS, EACH = 10_000, 60.0, 500, 2


def measure(folder: Path) -> list[Figure]:
    """How long people wait for their receipt, and the memory it takes."""
    file = folder / "night.db"
    filled(file, ROOMS)
    found = in_a_process("bench.night", str(file))
    return [
        Figure(f"voting night, {VOTES:,} votes in a minute: p95", found["p95"], "s", goal=Goal(1)),
        Figure("  p99", found["p99"], "s", goal=Goal(3)),
        Figure("  of which counted", found["counted"], "votes", goal=Goal(VOTES, most=False)),
        Figure("  its processor time", found["cpu"], "s"),
        Figure("  its memory", found["memory"], "MB", goal=Goal(300)),
    ]


async def night(town: Alive) -> Figures:
    """Half of the people press, half of them type, all at moments of their own."""
    chance = random.Random(1)
    people = VOTES // EACH // ROOMS
    who = [(room, person) for room in range(ROOMS) for person in range(people)]
    moments = sorted(chance.random() * SECONDS for _ in range(VOTES))
    began, cpu = time.monotonic() + 1, time.process_time()
    for item in range(1, EACH + 1):
        chance.shuffle(who)
        for number, (room, person) in enumerate(who, (item - 1) * len(who)):
            town.vote(number, person, began + moments[number], room, item)
    await town.answered()
    took = sorted(town.pressed.took + town.typed.took)
    states = town.app._engine.ledger.states.values()
    books = [book for state in states for book in state.states[0].box.books.values()]
    return {
        "p95": p95(took),
        "p99": took[int(len(took) * 0.99)],
        "counted": sum(len(book.votes) for book in books),
        "cpu": time.process_time() - cpu,
    }


if __name__ == "__main__":
    told(night, Path(sys.argv[1]), ROOMS)
