"""What follows a commit: the heavy work it asked for, and the cleaning that fell due."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.documents.workshop import Workshop
from bot.engine.engine import Engine
from bot.town.town import milliseconds
from storage.store import CLEANED_AFTER, NotNow


class Chores:
    """Done by the thread that the engine belongs to."""

    def __init__(self, engine: Engine, workshop: Workshop, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._workshop = workshop
        self._clock = clock

    def work(self) -> bool:
        """Do every job that waits; whether there was one. Raises ``NotNow``: what came of the
        first that waits could not be kept, and it is done again next time."""
        jobs = self._engine.jobs
        if not jobs:
            return False
        while jobs:
            self._engine.receive([self._workshop.do(jobs[0])]).whole()
            jobs.pop(0)
        return True

    def clean(self, after: timedelta = CLEANED_AFTER) -> None:
        """Leave no copy on the disk of words that were erased longer than ``after`` ago. What
        cannot be done now is done after the next commit, or at the next start."""
        with suppress(NotNow):
            self._engine.store.clean_when_due(milliseconds(self._clock()), after)
