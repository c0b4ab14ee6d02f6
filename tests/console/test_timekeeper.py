"""The timekeeper rings at the deadline, however the clock is moved."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.runtime import timekeeper
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


def test_what_stays_due_rings_again_but_not_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    nap = 0.2
    monkeypatch.setattr(timekeeper, "NAP", timedelta(seconds=nap))
    clock, rung = Clock(), []
    keeper, began = Timekeeper(clock, lambda: rung.append(1)), time.monotonic()
    try:
        keeper.set(clock() - timedelta(hours=1))
        while len(rung) < 2:
            time.sleep(0.01)
        assert len(rung) <= (time.monotonic() - began) / nap + 1
        keeper.set(None)
        count = len(rung)
        time.sleep(3 * nap)
        assert len(rung) <= count + 1
    finally:
        keeper.stop()
    keeper.set(clock())
