"""Measures a burst on a real Synapse: everybody says as much as the server takes, all at once.

The limits of all accounts are lifted, so that what the homeserver can take is the limit. Our bot
and the bare one run alone in turns, on the same things said. Of each event it is measured how long
after the server's own time it was kept: ours in the journal's database, the bare one's in its
dictionary.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.evening import p95
from bench.figures import Figure, Goal, spread
from bench.late import read, written_to
from bench.marks import Measured
from bench.quarter import Quarter
from bench.senders import send
from tests.matrix.client import Resident
from tests.matrix.synapse import MISSING, Synapse, installed

#: Runs of each bot, and how much is said in one: as in so many seconds of ``matrix``.
RUNS, SECONDS = 5, 20

#: Turns off unread counts, which nobody needs here, to spare Synapse work.
_SETTINGS = {"push": {"enabled": False}}


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: how many events a second the server took, how many of them were not kept, and the
    p95 of how long it took until they were, in seconds."""

    rate: float
    lost: int
    late: float


def measure(folder: Path) -> list[Figure]:
    """Ours against the bare one in turns."""
    if not installed():
        print(MISSING, file=sys.stderr)
        return []
    home = folder / "burst"
    home.mkdir()
    ours: list[_Run] = []
    bare: list[_Run] = []
    with Synapse(settings=_SETTINGS) as server:
        quarter = Quarter(server, home)
        quarter.open()
        for number in range(RUNS):
            turns = [(ours, quarter.ours, quarter.bot), (bare, quarter.bare_one, quarter.bare)]
            for runs, start, to in turns if number % 2 else turns[::-1]:
                runs.append(_run(quarter, home / "late", start, to))
    worst = max(run.late for run in bare)
    ratios = [run.late / worst for run in ours]
    return [
        Figure("Matrix: a burst, events a second that the server took",
               median(run.rate for run in ours), "events/s"),
        Figure("  of which were not kept", sum(run.lost for run in ours), "", goal=Goal(0)),
        Figure("  until one was kept: p95", median(run.late for run in ours), "s", median(ratios),
               f"the worst of a bare nio bot, {worst:.2f} s", Goal(1.0), spread(ratios)),
        Figure("  of which the bare one did not see", sum(run.lost for run in bare), ""),
    ]  # fmt: skip


def _run(quarter: Quarter, late: Path, start: Callable[[], Measured], to: Resident) -> _Run:
    late.unlink(missing_ok=True)
    with written_to(late):
        bot = start()
    try:
        time.sleep(2)
        before = bot.mark()["events"]
        began = time.time()
        sent = send(quarter.server.url, quarter.talk(to, SECONDS), 0)
        bot.wait("events", before + sent.count)
        time.sleep(2)
    finally:
        bot.end()
    found = read(late, began - 0.01)
    return _Run(sent.count / sent.seconds, sent.count - len(found), p95(found))
