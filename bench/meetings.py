"""Measures a town with many planned meetings: starting, the next step, and the agenda."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from time import process_time

from bench.figures import Figure, Goal, pairs, seconds
from bench.scene import BEGIN, ZONE, Scene
from bot.platforms.facts import Said
from dialogues.core import Context
from meetings.intents import PlanMeeting, SignUpFor
from meetings.meeting import Group, Hours, Plan, id_of

#: So many meetings, one every half hour, in so many rooms.
MEETINGS, ROOMS = 10_000, 50


def measure(folder: Path) -> list[Figure]:
    """Starting with meetings against without, and what one person's words take among them."""
    full, empty = folder / "meetings.db", folder / "none.db"
    scene = Scene(full, ROOMS)
    Scene(empty, ROOMS).close()
    planned(scene)
    agenda = min(_said(scene, number) for number in range(25))
    signing = min(_signed(scene, number) for number in range(25))
    due = min(seconds(scene.engine.ledger.next_due) for _ in range(25))
    scene.close()
    started = pairs(lambda: seconds(_start, full), lambda: seconds(_start, empty), 5)
    return [
        Figure(f"start-up with {MEETINGS:,} meetings", started.first - started.second, "s more",
               goal=Goal(1)),
        Figure("  agenda among them", agenda * 1000, "ms CPU", goal=Goal(50)),
        Figure("  a sign-up among them", signing * 1000, "ms CPU"),
        Figure("  the next step of all", due * 1_000_000, "µs"),
    ]  # fmt: skip


def planned(scene: Scene) -> None:
    """Plan the meetings, many in a transaction."""
    ledger = scene.engine.ledger
    for first in range(1, MEETINGS + 1, 500):
        with scene.store.transaction():
            for number in range(first, first + 500):
                at = BEGIN + timedelta(days=1, minutes=30 * number)
                hours = Hours(at, at + timedelta(minutes=30), at.astimezone(ZONE).isoformat())
                room = scene.rooms[number % ROOMS]
                plan = PlanMeeting(f"Overleg {number}", room, ZONE.key, "nl", hours, Plan())
                ledger.act(id_of(number), plan, Context(BEGIN, "clock"))
                signed = SignUpFor(Group.RESIDENTS)
                ledger.act(id_of(number), signed, Context(BEGIN, f"p{number}"))
        scene.engine.take_jobs()


def _said(scene: Scene, number: int) -> float:
    """The CPU time in which one person's agenda is made, in seconds."""
    return _cpu(scene, f"lezer-{number}", "agenda")


def _signed(scene: Scene, number: int) -> float:
    return _cpu(scene, f"lezer-{number}", f"aanmelden M{number + 1}")


def _cpu(scene: Scene, account: str, words: str) -> float:
    fact = Said(scene._origin(account), words)
    began = process_time()
    scene.engine.receive([fact]).whole()
    return process_time() - began


def _start(file: Path) -> None:
    """Read every state, as a start does."""
    Scene(file, ROOMS).close()
