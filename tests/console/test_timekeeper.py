"""The timekeeper rings at the deadline, however the clock is moved.

Its clock is moved by hand, and it looks often: what is tried depends on no time that passes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.runtime import timekeeper
from bot.runtime.timekeeper import Timekeeper

HOUR = timedelta(hours=1)


class Clock:
    """Stands still until it is moved; ``looked`` waits until it was looked at so often more."""

    def __init__(self) -> None:
        self._now = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
        self._looks = 0
        self._looked = threading.Condition()

    def __call__(self) -> datetime:
        with self._looked:
            self._looks += 1
            self._looked.notify_all()
            return self._now

    def move(self, by: timedelta) -> None:
        with self._looked:
            self._now += by

    def looked(self, more: int = 6) -> None:
        with self._looked:
            wanted = self._looks + more
            assert self._looked.wait_for(lambda: self._looks >= wanted, 60)


class Bell:
    """Counts rings."""

    def __init__(self) -> None:
        self.rings = 0
        self._rung = threading.Condition()

    def __call__(self) -> None:
        with self._rung:
            self.rings += 1
            self._rung.notify_all()

    def wait(self, rings: int) -> None:
        with self._rung:
            assert self._rung.wait_for(lambda: self.rings >= rings, 60)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setattr(timekeeper, "NAP", timedelta(milliseconds=5))
    return Clock()


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def keeper(clock: Clock, bell: Bell) -> Iterator[Timekeeper]:
    made = Timekeeper(clock, bell)
    yield made
    made.stop()


def test_it_rings_at_the_hour_and_not_before(keeper: Timekeeper, clock: Clock, bell: Bell) -> None:
    keeper.set(clock() + HOUR)
    clock.move(HOUR - timedelta(microseconds=1))
    clock.looked()
    assert bell.rings == 0
    clock.move(timedelta(microseconds=1))
    bell.wait(1)


def test_a_clock_that_jumps_makes_nothing_late(
    keeper: Timekeeper, clock: Clock, bell: Bell
) -> None:
    """It looks again within a nap, however far away the deadline was."""
    keeper.set(clock() + timedelta(days=30))
    clock.looked()
    assert bell.rings == 0
    clock.move(timedelta(days=31))
    bell.wait(1)


def test_it_sleeps_at_most_a_second() -> None:
    assert timedelta(seconds=1) >= timekeeper.NAP


def test_what_stays_due_rings_again_until_it_is_done(
    keeper: Timekeeper, clock: Clock, bell: Bell
) -> None:
    keeper.set(clock() - HOUR)
    bell.wait(3)
    keeper.set(clock() + HOUR)  # it was done: the next one is later
    clock.looked()
    rings = bell.rings
    clock.looked()
    assert bell.rings == rings
    keeper.set(None)
    clock.move(2 * HOUR)
    keeper.set(None)
    assert bell.rings == rings


def test_what_stays_due_does_not_ring_at_once(
    keeper: Timekeeper, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[datetime] = []
    add = keeper._scheduler.add_job

    def noted(*given: Any, run_date: datetime, **named: Any) -> None:
        planned.append(run_date)
        add(*given, run_date=run_date, **named)

    monkeypatch.setattr(timekeeper, "NAP", HOUR)
    monkeypatch.setattr(keeper._scheduler, "add_job", noted)
    before = datetime.now(UTC)
    keeper.set(clock() - HOUR)
    assert planned[0] >= before + HOUR


def test_a_deadline_after_the_end_is_nothing(clock: Clock, bell: Bell) -> None:
    keeper = Timekeeper(clock, bell)
    keeper.stop()
    keeper.set(clock())
    assert bell.rings == 0


def test_a_deadline_that_is_set_while_it_stops_is_left() -> None:
    """The scheduler holds its jobs while it waits for a ring: who planned another then would wait
    for it, and the ring for them."""
    keeper = Timekeeper(lambda: datetime.now(UTC), lambda: None)
    scheduler, waits = keeper._scheduler, []
    real = scheduler.shutdown

    def shutdown(wait: bool) -> None:
        with scheduler._jobstores_lock:
            setting = threading.Thread(target=keeper.set, args=(datetime.now(UTC),), daemon=True)
            setting.start()
            setting.join(5)
            waits.append(setting.is_alive())
        real(wait=wait)

    scheduler.shutdown = shutdown
    keeper.stop()
    assert waits == [False]
