"""What follows a commit: the heavy work it asked for, and the cleaning that fell due."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.documents.workshop import Workshop
from bot.engine.engine import Engine, Job
from bot.platforms.base import Fact, NotComputed
from bot.town.town import milliseconds
from storage.forgetting import CLEANED_AFTER, clean_when_due
from storage.store import NotNow


class Chores:
    """Done by the thread that the engine belongs to. ``alarm`` hears the type of an error."""

    def __init__(
        self,
        engine: Engine,
        workshop: Workshop,
        clock: Callable[[], datetime],
        alarm: Callable[[str], None],
    ) -> None:
        self._engine = engine
        self._workshop = workshop
        self._clock = clock
        self._alarm = alarm

    def work(self) -> bool:
        """Do every job that waits; whether there was one. Raises ``NotNow``: what came of the
        first that waits could not be kept, and it is done again next time."""
        jobs = self._engine.jobs
        if not jobs:
            return False
        while jobs:
            self._engine.receive([self._done(jobs[0])]).whole()
            jobs.pop(0)
        return True

    def _done(self, job: Job) -> Fact:
        """What came of a job. One that breaks off is told to staff, and done again when the program
        starts again: it must not end it every time."""
        try:
            with self._engine.store.reading():
                return self._workshop.do(job)
        except NotNow:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the town goes on
            self._alarm(type(error).__name__)
            return NotComputed(self._clock(), job.dialogue, job.position)

    def clean(self, after: timedelta = CLEANED_AFTER) -> None:
        """Leave no copy on the disk of words that were erased longer than ``after`` ago. What
        cannot be done now is done after the next commit, or at the next start."""
        with suppress(NotNow):
            clean_when_due(self._engine.store, milliseconds(self._clock()), after)
