"""The timekeeper: wakes the engine at the next deadline, with one scheduled job.

What is due is decided by the engine from the journal; a ring only makes somebody look. Nothing is
kept over a restart: the next deadline is computed again. The scheduler sleeps at most a second at
a time, so that a clock that jumps (or a machine that slept) makes nothing late.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

#: The longest sleep, and the pause before ringing again for what is still due.
NAP = timedelta(seconds=1)

_JOB = "next deadline"


class Timekeeper:
    """``clock`` is the clock of the deadlines; ``ring`` is called at each, in a thread of its
    own."""

    def __init__(self, clock: Callable[[], datetime], ring: Callable[[], None]) -> None:
        self._clock = clock
        self._ring = ring
        self._at: datetime | None = None
        self._stopped = False
        self._lock = threading.Lock()
        self._scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True}
        )
        self._scheduler.start()

    def set(self, at: datetime | None) -> None:
        """Set the next deadline; None: there is none. Nothing once it stops: the scheduler then
        holds its jobs until a ring has ended, and that ring waits for this lock."""
        with self._lock:
            if at != self._at and not self._stopped:  # planning anew costs more than a vote
                self._at = at
                self._plan()

    def stop(self) -> None:
        """Stop ringing, after a ring that is under way has ended."""
        with self._lock:
            self._at, self._stopped = None, True
        # Waits for a pass over the jobs that is going on: one that came later would find the
        # scheduler's pool of threads closed.
        self._scheduler.remove_all_jobs()
        self._scheduler.shutdown(wait=True)

    def _plan(self) -> None:
        if self._at is None:
            if self._scheduler.get_job(_JOB) is not None:
                self._scheduler.remove_job(_JOB)
            return
        ahead = self._at - self._clock()
        nap = ahead if timedelta() < ahead < NAP else NAP
        self._scheduler.add_job(
            self._wake,
            "date",
            run_date=datetime.now(UTC) + nap,
            id=_JOB,
            replace_existing=True,
        )

    def _wake(self) -> None:
        with self._lock:
            at = self._at
            if at is None:
                return
            due = self._clock() >= at
            self._plan()
        if due:
            self._ring()
