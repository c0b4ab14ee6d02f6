"""Measures our bot beside a minimal one: CPU per event, and catching up after an absence."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.figures import Figure, Goal, pairs
from bench.marks import Figures, Measured
from bench.quarter import Quarter
from bench.senders import send
from tests.matrix.client import Resident
from tests.matrix.synapse import MISSING, Synapse, installed

RATE = 25
WARM = 4
SECONDS = 15
RUNS = 5
ABSENT = 150

#: Turns off unread counts, which nobody needs here, to spare Synapse work.
_SETTINGS = {"push": {"enabled": False}}

#: The parts that every event costs: from the server's response to facts, and the engine's thread.
_EVENT = ("reading", "engine")

#: The other parts of our code: what the bot sends by itself, and read receipts.
_OURS = (*_EVENT, "sending")


def measure(folder: Path) -> list[Figure]:
    """Alternating runs of each bot alone on the same traffic, then both away for a while."""
    if not installed():
        print(MISSING, file=sys.stderr)
        return []
    home = folder / "matrix"
    home.mkdir()
    with Synapse(settings=_SETTINGS) as server:
        quarter = Quarter(server, home)
        quarter.open()
        return [*_cpu(quarter), *_away(quarter)]


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: milliseconds of CPU for each event, and the rate of events that was reached."""

    spent: Figures
    rate: float


def _cpu(quarter: Quarter) -> list[Figure]:
    ours: list[_Run] = []
    bare: list[_Run] = []

    def first() -> float:
        ours.append(_run(quarter, quarter.ours(), quarter.bot))
        return ours[-1].spent["total"]

    def second() -> float:
        bare.append(_run(quarter, quarter.bare_one(), quarter.bare))
        return bare[-1].spent["total"]

    found = pairs(first, second, RUNS)
    rate = median(run.rate for run in (*ours, *bare))
    parts = {name: median(run.spent[name] for run in ours) for name in (*_OURS, "library")}
    event, own = (
        median(sum(run.spent[name] for name in names) for run in ours) for names in (_EVENT, _OURS)
    )
    return [
        Figure("Matrix: events a second that were sent", rate, "events/s"),
        Figure("CPU of our own code, callback and engine", event, "ms/event", goal=Goal(0.3)),
        Figure("  of which from the server's answer to facts", parts["reading"], "ms/event"),
        Figure("  of which the engine's thread", parts["engine"], "ms/event"),
        Figure("  with receipts, answers and the outbox", own, "ms/event"),
        Figure("  beside it: matrix-nio and aiohttp for us", parts["library"], "ms/event"),
        Figure(
            "CPU of the whole process",
            found.first,
            "ms/event",
            found.ratio,
            f"a bare nio bot, {found.second:.2f} ms",
        ),
    ]


def _run(quarter: Quarter, bot: Measured, to: Resident) -> _Run:
    """Run one bot alone, warmed up; its start and what it reads back then are not measured."""
    server = quarter.server.url
    try:
        begin = bot.mark()["events"]
        warm = send(server, quarter.talk(to, WARM), RATE)
        bot.wait("events", begin + warm.count)
        time.sleep(1)
        before = bot.mark()
        sent = send(server, quarter.talk(to, SECONDS), RATE)
        bot.wait("events", before["events"] + sent.count)
        time.sleep(1)
        after = bot.mark()
    finally:
        bot.end()
    if after["events"] - before["events"] < sent.count:
        print(f"of {sent.count} events not all were seen", file=sys.stderr)
    spent = {name: 1000 * (after[name] - before[name]) / sent.count for name in after}
    return _Run(spent, sent.count / sent.seconds)


def _away(quarter: Quarter) -> list[Figure]:
    """Reactions while neither bot runs; each bot then has all the time it needs."""
    bare = quarter.bare_one()
    bare.end()
    events = quarter.absent(ABSENT)
    send(quarter.server.url, events, 0)
    seen = _seen(quarter.bare_one())
    ours = quarter.ours()
    try:
        ours.wait("events", len(events))
        time.sleep(1)
    finally:
        ours.end()
    return [
        Figure(
            f"of {ABSENT} reactions while it was away, counted",
            quarter.counted(),
            "",
            goal=Goal(ABSENT, most=False),
        ),
        Figure("  seen by a bare nio bot", seen, ""),
    ]


def _seen(bare: Measured) -> float:
    try:
        time.sleep(3)
        return bare.mark()["choices"]
    finally:
        bare.end()
