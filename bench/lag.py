"""Measures how late the event loop comes to what is due, while people say a thousand things a
second, and while another program holds the database.

A ticker sleeps a millisecond, again and again, in the loop that also runs the networks' doubles and
the couriers; how much longer each sleep took is the lag. The engine has a thread of its own, so
what counts is how long that keeps the interpreter to itself.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

from bench.figures import Figure, Goal, spread
from bench.marks import Figures
from bench.town_alive import STATEMENTS, Alive, filled, in_a_process, told
from dialogues.charter import BallotMode

#: How long the ticker sleeps, in seconds.
TICK = 0.001

#: So many facts a second in so many rooms, in turns of so many seconds with them and without.
RATE, ROOMS, PEOPLE, TURN, TURNS = 1_000, 40, 50, 4.0, 5

#: How long another program holds the file, in seconds, and for how long it is looked at.
HELD, AROUND = 3.0, 5.0

#: What each of 25 facts is: plain talk, a vote by reaction, or one that is pressed or typed and
#: gets its answer. As many of each as in ``matrix``.
_KINDS = ("talk",) * 11 + ("react",) * 8 + ("vote",) * 6

_SIGNS = ("👍", "👎")

_HOLDER = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
sys.stdin.readline()
held.execute("BEGIN IMMEDIATE")
time.sleep(float(sys.argv[2]))
held.execute("ROLLBACK")
"""


def measure(folder: Path) -> list[Figure]:
    """The lag that a thousand facts a second add, and the longest one under a lock."""
    file = folder / "lag.db"
    filled(file, ROOMS, BallotMode.OPEN)
    found = in_a_process("bench.lag", str(file))
    whole, own = ([found[f"{name} {turn}"] for turn in range(TURNS)] for name in ("whole", "own"))
    return [
        Figure(f"event-loop lag added at {RATE:,} facts/s: p99", median(whole), "ms", goal=Goal(5),
               spread=spread(whole)),
        Figure("  without waiting for other programs", median(own), "ms", spread=spread(own)),
        Figure("  facts a second that were handled", found["rate"], "/s"),
        Figure(f"event-loop lag at most, database held for {HELD:g} s", found["held whole"], "ms",
               goal=Goal(50)),
        Figure("  without waiting for other programs", found["held own"], "ms"),
    ]  # fmt: skip


async def lag(town: Alive) -> Figures:
    """Turns without and with facts, and one in which the file is held meanwhile; in ms."""
    numbers, found = count(), Figures()
    rates = []
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(town.file), str(HELD)], stdin=subprocess.PIPE
    )
    await _ticked(town, numbers, TURN, RATE)  # warm
    for turn in range(TURNS):
        quiet, _ = await _ticked(town, numbers, TURN, 0)
        loud, rate = await _ticked(town, numbers, TURN, RATE)
        for name in ("whole", "own"):
            added = _p99(loud, name) - _p99(quiet, name)
            found[f"{name} {turn}"] = 1000 * added
        rates.append(rate)
    assert holder.stdin is not None
    holder.stdin.write(b"\n")
    holder.stdin.close()
    held, _ = await _ticked(town, numbers, AROUND, RATE)
    holder.wait()
    longest = {f"held {name}": 1000 * max(getattr(one, name) for one in held)
               for name in ("whole", "own")}  # fmt: skip
    return found | longest | {"rate": median(rates)}


async def _ticked(
    town: Alive, numbers: count[int], seconds: float, rate: int
) -> tuple[list[_Late], float]:
    """The lags of some seconds with so many facts in each, until all are answered; and how many
    were answered a second."""
    chance = random.Random(7)
    began = time.monotonic() + 0.3
    for place in range(int(seconds * rate)):
        number, at = next(numbers), began + place / rate
        room, person = chance.randrange(ROOMS), chance.randrange(PEOPLE)
        kind = _KINDS[place * 7 % 25]  # spread evenly: 7 has no factor in common with 25
        if kind == "vote":
            town.vote(number, person, at, room, 1 + number % STATEMENTS)
        else:
            sign = _SIGNS[number // 25 % 2] if kind == "react" else ""
            town.in_room(number, person, at, room, sign)
    await asyncio.sleep(0.1)
    found: list[_Late] = []
    ticking = asyncio.create_task(_tick(found))
    await asyncio.sleep(max(0.0, began + seconds - time.monotonic()))
    await town.answered()
    took = time.monotonic() - began
    ticking.cancel()
    return found, seconds * rate / took


async def _tick(found: list[_Late]) -> None:
    with _Kept() as kept:
        while True:
            began, before = time.perf_counter(), kept.out()
            await asyncio.sleep(TICK)
            late = time.perf_counter() - began - TICK
            found.append(_Late(late, max(0.0, late - (kept.out() - before))))


@dataclass(frozen=True, slots=True)
class _Late:
    """How late a turn came, and how late it would have been had no other program wanted the
    processor; in seconds."""

    whole: float
    own: float


class _Kept:
    """How long loop and engine could have run but had to wait for a processor, in seconds."""

    def __enter__(self) -> _Kept:
        threads = [t for t in threading.enumerate() if t.name in ("MainThread", "engine")]
        files = [f"/proc/self/task/{thread.native_id}/schedstat" for thread in threads]
        self._open = [os.open(file, os.O_RDONLY) for file in files]
        return self

    def __exit__(self, *_what: object) -> None:
        for file in self._open:
            os.close(file)

    def out(self) -> float:
        return sum(int(os.pread(file, 100, 0).split()[1]) for file in self._open) / 1e9


def _p99(found: list[_Late], name: str) -> float:
    return sorted(getattr(one, name) for one in found)[int(len(found) * 0.99)]


if __name__ == "__main__":
    told(lag, Path(sys.argv[1]), ROOMS)
