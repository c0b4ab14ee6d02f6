"""Measures an evening on a real homeserver: how soon receipts and answers come."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.figures import Figure, Goal
from tests.matrix.evening.absence import MESSAGES, Absence
from tests.matrix.evening.evening import Evening
from tests.matrix.events import Event
from tests.matrix.synapse import MISSING, Synapse, installed

#: Few enough for one offer, so that an evening at the server's limits takes a quarter of an hour.
STATEMENTS = 5


def measure(folder: Path) -> list[Figure]:
    """An evening at the server's own limits, one with the bot's lifted, and an absence."""
    if not installed():
        print(MISSING, file=sys.stderr)
        return []
    with Synapse() as server:
        return [*_limited(server, folder), *_lifted(server, folder), *_absent(server, folder)]


def _limited(server: Synapse, folder: Path) -> list[Figure]:
    held = _held(server, folder, "traag", lift=False)
    room = held.of_the_bot(held.room)
    return [
        Figure(
            "an evening of 25 at Synapse's own limits: read, p95",
            p95(held.receipts()),
            "s",
            goal=Goal(5),
        ),
        Figure("  answered in words, p95", p95(answered(held)), "s"),
        Figure("  messages of the bot in the room", len(room), "", goal=Goal(15)),
        Figure("  votes that are not counted as sent", wrong(held), "", goal=Goal(0)),
    ]


def _lifted(server: Synapse, folder: Path) -> list[Figure]:
    held = _held(server, folder, "vlot", lift=True)
    return [
        Figure("the same with the bot's limit lifted: read, p95", p95(held.receipts()), "s"),
        Figure("  answered in words, p95", p95(answered(held)), "s", goal=Goal(5)),
    ]


def _held(server: Synapse, folder: Path, tag: str, lift: bool) -> Evening:
    """Play a whole evening; the bot has been ended when it returns."""
    home = folder / tag
    home.mkdir()
    with Evening(server, home, tag, STATEMENTS) as held:
        if lift:
            held.lift()
        held.open()
        held.come()
        held.round_done(1)
        held.finish()
        held.running.end()
        return held


def _absent(server: Synapse, folder: Path) -> list[Figure]:
    home = folder / "weg"
    home.mkdir()
    street = Absence(server, home, "weg")
    street.running.anew = True  # its imports are a part of its start
    with street:
        street.open()
        street.mark()
        street.running.end()
        server.restore_ratelimit(street.bot)
        street.say_all()
        began = time.time()
        street.running.start(240)
        street.all_read()
        street.command("sluit ja", "Ronde 1 is klaar", street.room)
        last = max(read.at for watch in street.watches.values() for read in watch.read)
        street.running.end()
        counted = street.counted()
        missed = sum(counted[item] != counts for item, counts in street.recount().items())
    handled = last / 1000 - began
    return [
        Figure(f"{MESSAGES:,} messages of an absence handled", handled, "s", goal=Goal(60)),
        Figure("  statements counted otherwise than voted", missed, "", goal=Goal(0)),
    ]


def answered(held: Evening) -> list[float]:
    """The seconds from what somebody said (or from the bot's joining) to the bot's next words
    there."""
    found: list[float] = []
    for neighbour in held.neighbours:
        assert neighbour.watch is not None
        here = neighbour.watch.in_room(neighbour.direct)
        came = neighbour.watch.came(neighbour.direct)
        mine = [one.at for one in here if _says(one) and one.sender == held.bot]
        for one in here:
            if _says(one) and one.sender != held.bot:
                since = max(one.at, came)
                after = [at for at in mine if at >= since]
                found += [(min(after) - since) / 1000] if after else []
    return found


def wrong(held: Evening) -> int:
    counted, recount = held.counted(), held.recount()
    return sum(counted.get(item) != counts for item, counts in recount.items())


def p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _says(one: Event) -> bool:
    return one.kind == "m.room.message"
