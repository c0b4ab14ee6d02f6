"""Measures how late things begin by themselves on the real clock, for two minutes.

Meetings begin every few seconds, as a running program has it: the timekeeper wakes the engine, and
half-way the program is closed and started again.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.figures import Figure, Goal
from bench.scene import KEY, ZONE
from bot.engine.engine import Engine
from bot.platforms.console import CAPABILITIES
from bot.platforms.facts import Tick
from bot.runtime import chance
from bot.runtime.builtin import formats
from bot.runtime.timekeeper import Timekeeper
from bot.town.town import Town, console_rooms
from commands.times.moments import at_moment
from dialogues.core import Context
from meetings.intents import PlanMeeting
from meetings.meeting import Hours, Plan, id_of
from rounds import registry
from storage.store import Store

#: So many meetings begin in so many seconds.
MEETINGS, SECONDS = 60, 120


class Running:
    """An engine that is woken at each deadline; ``late`` are the seconds by which each meeting
    began late, by its number."""

    def __init__(self, file: Path) -> None:
        draw = chance.system
        town = Town("Haarlem", ZoneInfo(ZONE.key), "nl", KEY, console_rooms(("plein",)), formats())
        self.store = Store(file, draw, registry.record(), KEY)
        known, talks = registry.vocabulary(), registry.talks()
        self.engine = Engine(
            self.store, town, draw, _now, lambda *_: None, known, talks, {"console": CAPABILITIES}
        )
        self.late: dict[int, float] = {}
        self.begun = {m.number for m in self.engine.ledger.meetings.by_id.values() if m.begun}
        self._one = threading.Lock()
        self._keeper = Timekeeper(_now, self.ring)
        self.ring()

    def ring(self) -> None:
        """Let happen what is due, and set the next deadline, as the program does."""
        with self._one:
            self.engine.receive([Tick(_now())]).whole()
            for meeting in self.engine.ledger.meetings.by_id.values():
                if meeting.begun and meeting.number not in self.begun and meeting.hours is not None:
                    self.begun.add(meeting.number)
                    late = _now() - meeting.hours.begins_at
                    self.late[meeting.number] = late.total_seconds()
            first = self.engine.ledger.next_due()
            self._keeper.set(first[1].at if first is not None else None)

    def close(self) -> None:
        self._keeper.stop()
        self.store.close()


def _now() -> datetime:
    return datetime.now(UTC)


def measure(folder: Path) -> list[Figure]:
    """The latest beginning while the program runs, and over a start in the middle."""
    file = folder / "hours.db"
    first = Running(file)
    _plan(first)
    time.sleep(SECONDS / 2)
    first.close()
    second = Running(file)
    time.sleep(SECONDS / 2 + 3)
    second.close()
    late = {**first.late, **second.late}
    twice = len(first.late.keys() & second.late.keys())
    return [
        Figure(f"late on the real clock, {MEETINGS} meetings", max(late.values()), "s at most",
               goal=Goal(2)),
        Figure("  that did not begin, or twice", MEETINGS - len(late) + twice, "", goal=Goal(0)),
    ]  # fmt: skip


def _plan(running: Running) -> None:
    ledger, now = running.engine.ledger, _now()
    with running.store.transaction():
        for number in range(1, MEETINGS + 1):
            at = now + timedelta(seconds=1 + number * (SECONDS - 2) / MEETINGS)
            wall = at_moment(at, ZoneInfo(ZONE.key)).wall
            hours = Hours(at, at + timedelta(hours=2), wall)
            plan = PlanMeeting(f"Overleg {number}", "plein", ZONE.key, "nl", hours, Plan())
            ledger.act(id_of(number), plan, Context(now, "clock"))
    running.engine.take_jobs()
    running.ring()
