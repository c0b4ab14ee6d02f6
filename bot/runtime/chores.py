"""Chores after a commit and now and then: makes advices and the calendar, deletes what lapsed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.desk.gathering import question
from bot.documents.workshop import WEIGHS, Workshop
from bot.engine.engine import Engine, Job
from bot.platforms.facts import Fact, NotComputed
from bot.runtime.press import Press
from bot.runtime.town_calendar import TownCalendar
from bot.town.town import milliseconds
from storage.database import NotNow, or_not_now
from storage.forgetting import CLEANED_AFTER, clean_when_due, prune

#: How often questions that lapsed and old causes are deleted.
PRUNED_EVERY = timedelta(hours=1)

#: How often it is looked whether words have to be cleaned from the disk, at most.
_LOOKED_EVERY = timedelta(seconds=10)

#: How soon that is tried again where another program reads the file: it has to wait for that.
_CLEANED_AGAIN = timedelta(minutes=10)


class Chores:
    """Runs in the thread that owns the engine. ``alarm`` is called with the type of an error, or
    with a code."""

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
        #: Where what weighs is made, and comes back from by itself; None: it is made here.
        self.press: Press | None = None
        self._pruned: datetime | None = None
        self._cleaned: datetime | None = None
        self._clean_every = _LOOKED_EVERY
        agenda, town = engine.town.agenda, engine.town
        self._calendar = TownCalendar(engine.ledger, town, agenda, alarm) if agenda else None

    def work(self) -> bool:
        """Do every job that waits; True when there was one. Raises ``NotNow`` when a result could
        not be stored; that job is done again next time."""
        jobs = self._engine.jobs
        if not jobs:
            return False
        while jobs:
            if self.press is not None and jobs[0].position >= WEIGHS:
                self.press.begin(jobs.pop(0))
                continue
            self._engine.receive([self._done(jobs[0])]).whole()
            jobs.pop(0)
        return True

    def _done(self, job: Job) -> Fact:
        """Do a job and return the fact of its result. One that fails is reported to staff, and done
        again only when the program starts again."""
        try:
            with or_not_now():
                return self._workshop.do(job)
        except NotNow:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the town goes on
            self._alarm(type(error).__name__)
            return NotComputed(self._clock(), job.dialogue, job.position)

    def _lapse(self, now: datetime) -> None:
        """Take away the messages of questions that nobody answered."""
        services = self._engine.services
        with services.store.transaction():
            question.lapse(services, now)

    def _look(self) -> None:
        """Have the calendar follow what is planned."""
        try:
            if self._calendar is not None:
                self._calendar.look()
        except Exception as error:  # noqa: BLE001 - whatever it is, the town goes on
            self._alarm(type(error).__name__)

    def end(self) -> None:
        """At the end of the program: write and clean all that is left to."""
        if self.press is not None:
            self.press.stop()
        self.clean(timedelta())
        if self._calendar is not None:
            self._calendar.stop()

    def clean(self, after: timedelta = CLEANED_AFTER) -> None:
        """Bring the calendar up to date, delete what lapsed, when an hour has passed, and clean
        words erased longer than ``after`` ago from the disk. What cannot be done now is done next
        time."""
        self._look()
        now = self._clock()
        try:
            if self._pruned is None or abs(now - self._pruned) >= PRUNED_EVERY:
                self._lapse(now)
                prune(self._engine.store, milliseconds(now))
                self._pruned = now
            if not after or self._cleaned is None or abs(now - self._cleaned) >= self._clean_every:
                self._cleaned, self._clean_every = now, _CLEANED_AGAIN
                clean_when_due(self._engine.store, milliseconds(now), after)
                self._clean_every = _LOOKED_EVERY
        except NotNow:
            pass
        except OSError as error:
            self._alarm(type(error).__name__)
