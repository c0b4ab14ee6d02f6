"""How long nothing is asked after an answer of the homeserver, and up to when all was received."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.matrix import timing as module
from bot.platforms.matrix.timing import Timing


def test_until_when_all_is_known() -> None:
    timing, start = Timing(), datetime(2026, 5, 1, 20, 0, tzinfo=UTC)
    ahead = timedelta(seconds=7)
    for number in range(40):
        asked = start + timedelta(seconds=1.37 * number)
        server = (asked + timedelta(seconds=1) + ahead).replace(microsecond=0)
        timing.heard(asked, asked + timedelta(seconds=1), server, empty=True, events=0)
        assert timing.complete <= asked + timedelta(seconds=1) + ahead
    answered = asked + timedelta(seconds=1) + ahead
    assert answered - timing.complete < timedelta(seconds=1.2)
    before = timing.complete
    timing.heard(asked, answered, None, empty=False, events=1)
    assert timing.complete == before
    assert timing.until(0) == datetime(1970, 1, 1, tzinfo=UTC)


class Clock:
    """A clock that only sleeping and ``passes`` move, in seconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: self.now))
        monkeypatch.setattr(module.asyncio, "sleep", self._sleep)

    async def _sleep(self, pause: float) -> None:
        self.now += max(pause, 0.0)

    def pause(self, timing: Timing, events: int, took: float = 0.0) -> float:
        """How long nothing is asked after an answer with so many events, for which the server
        ``took`` so long."""
        asyncio.run(timing.rest())
        self.now += took
        now = datetime(2026, 5, 1, 20, 0, tzinfo=UTC)
        timing.heard(now, now, None, empty=not events, events=events)
        before = self.now
        asyncio.run(timing.rest())
        return self.now - before


@pytest.mark.parametrize(
    ("events", "seconds"), [(0, 0.0), (1, 0.2), (4, 0.2), (8, 0.4), (10, 0.5), (1000, 1.0)]
)
def test_the_more_an_answer_holds_the_later_the_next_is_asked_for(
    events: int, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Clock(monkeypatch).pause(Timing(), events) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("took", "seconds"), [(0.01, 0.94), (0.05, 0.7), (0.1, 0.4), (0.15, 0.1), (0.2, 0.0), (9, 0.0)]
)
def test_the_longer_the_server_takes_the_sooner_the_next_is_asked_for(
    took: float, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Clock(monkeypatch).pause(Timing(), 30, took) == pytest.approx(seconds)


def test_nobody_waits_for_more_than_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, timing = Clock(monkeypatch), Timing()
    assert clock.pause(timing, 50) == pytest.approx(1.0)
    assert clock.pause(timing, 32) == pytest.approx(25 / 32)  # thirty-two in that second
    assert clock.pause(timing, 25) == pytest.approx(25 / 32)
    assert clock.pause(timing, 25) == pytest.approx(25 / 32)  # still as many
    assert clock.pause(timing, 5) == pytest.approx(25 / 32 * 0.32)  # it lets up


def test_in_a_burst_hardly_anything_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, timing = Clock(monkeypatch), Timing()
    clock.pause(timing, 50)
    assert 0.0 < clock.pause(timing, 70) < 0.1
    for _ in range(20):  # one answer tells little: 3 in 0.04 s after 2 in 0.05 s, say
        assert clock.pause(timing, 3, took=0.04) == 0.0
        assert clock.pause(timing, 2, took=0.05) == 0.0


def test_a_burst_that_is_over_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, timing = Clock(monkeypatch), Timing()
    clock.pause(timing, 50)
    assert clock.pause(timing, 90) < 0.1
    clock.now += 0.8
    assert clock.pause(timing, 10) == pytest.approx(0.5)


def answers(clock: Clock, rate: float, seconds: float) -> list[tuple[float, int, float]]:
    """What comes of so many events a second after a silence, of a server that takes 0.01 s: for
    each answer, how long people speak, how many events it holds, and the pause after it."""
    timing, told = Timing(), 1
    clock.pause(timing, 1, took=30.0)
    began, found = clock.now, [(0.0, 1, 0.0)]
    while (spoke := clock.now - began) < seconds:
        took = max(0.0, told / rate - spoke) + 0.01
        events = int((spoke + took) * rate) + 1 - told
        told += events
        found.append((spoke + took, events, clock.pause(timing, events, took)))
    return found


@pytest.mark.parametrize(
    ("rate", "each", "pause"),
    [
        (5, 1, 0.0),
        (15, 3, 0.2),
        (25, 24, 0.93),
        (32, 23, 0.72),
        (40, 21, 0.53),
        (50, 10, 0.18),
        (60, 4, 0.06),
        (70, 1, 0.0),
        (300, 4, 0.0),
    ],
)
def test_how_many_events_an_answer_holds_where_so_many_are_said(
    rate: float, each: float, pause: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a silence on; nobody waits longer than people have been speaking."""
    found = answers(Clock(monkeypatch), rate, 20.0)
    assert all(pause <= spoke + 1e-6 for spoke, _, pause in found)
    late = found[len(found) // 2 :]
    assert sum(events for _, events, _ in late) / len(late) == pytest.approx(each, abs=1)
    assert sum(pause for *_, pause in late) / len(late) == pytest.approx(pause, abs=0.02)


def test_who_speaks_after_a_silence_is_heard_at_once_and_so_is_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, timing = Clock(monkeypatch), Timing()
    assert clock.pause(timing, 1, took=30.0) == 0.0
    assert clock.pause(timing, 1, took=3.0) == 0.0
