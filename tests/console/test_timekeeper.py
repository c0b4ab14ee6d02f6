"""The wake-up clock: rings when the hour has come, whatever the clocks do meanwhile."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

from bot.runtime.timekeeper import Timekeeper


class Clock:
    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def test_it_rings_at_the_hour_and_not_before() -> None:
    clock, rung = Clock(), threading.Event()
    keeper = Timekeeper(clock, rung.set)
    try:
        keeper.set(clock() + timedelta(seconds=0.4))
        assert not rung.wait(0.3)
        assert rung.wait(1)
    finally:
        keeper.stop()


def test_a_clock_that_jumps_makes_it_late_by_a_second_at_most() -> None:
    clock, rung = Clock(), threading.Event()
    keeper = Timekeeper(clock, rung.set)
    try:
        keeper.set(clock() + timedelta(days=30))
        time.sleep(0.2)
        clock.ahead = timedelta(days=31)
        assert rung.wait(2)
    finally:
        keeper.stop()


def test_what_stays_due_rings_again_but_not_at_once() -> None:
    clock, rung = Clock(), []
    keeper = Timekeeper(clock, lambda: rung.append(1))
    try:
        keeper.set(clock() - timedelta(hours=1))
        time.sleep(2.5)
        assert 1 <= len(rung) <= 3
        keeper.set(None)
        count = len(rung)
        time.sleep(1.3)
        assert len(rung) <= count + 1
    finally:
        keeper.stop()
    keeper.set(clock())
