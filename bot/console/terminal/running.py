"""Drives a console's engine: facts go in, what is due is done, erased words leave the files.

What cannot be stored now is tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from bot.console.terminal.memory import Memory
from bot.platforms.facts import Fact, Tick
from bot.runtime.session import Session
from storage.database import NotNow
from storage.forgetting import clean_store

#: The sidecar is written again after this many lines.
CHECKPOINT = 100

#: How often erased words leave the files, and how soon what could not be sent is tried again.
CLEANING = timedelta(hours=20)
AGAIN = timedelta(seconds=10)


class Running:
    """``not_now`` is called with a fact that could not be stored."""

    def __init__(self, session: Session, memory: Memory, not_now: Callable[[Fact], None]) -> None:
        self._session = session
        self._memory = memory
        self._not_now = not_now
        self._behind = False
        self._clean_at = session.clock()

    def begin(self) -> None:
        """Count from now, when the clock has been set, and do what fell due before."""
        self._clean_at = self._session.clock() + CLEANING
        self.tick()

    def keep(self) -> None:
        """Store the console's memory; where that cannot be done now, it is done next time."""
        try:
            self._memory.keep(self._session.store)
        except NotNow:
            self._behind = True

    def put(self, fact: Fact) -> None:
        """Hand a fact to the engine and do what follows; what cannot be stored now is tried
        again."""
        try:
            self._memory.keep(self._session.store)
            self._session.receive([fact])
        except NotNow:
            self._not_now(fact)
        self._settle()
        if self._memory.kept.said % CHECKPOINT == 0:
            self._session.store.upkeep.checkpoint()

    def tick(self) -> None:
        """Do what is due now."""
        now = self._session.clock
        try:
            self._session.receive([Tick(now())])
        except NotNow:
            self._behind = True
        self._settle()
        if now() >= self._clean_at:
            self._clean()
            self._clean_at = now() + CLEANING

    def passing(self, until: datetime) -> Iterator[datetime]:
        """The hours up to a moment at which something falls due; what is, is done after each."""
        for hour in self._session.due_before(until):
            yield hour
            self.tick()

    def deadline(self) -> datetime:
        """When to tick again."""
        due = self._session.engine.ledger.next_due()
        ends = [self._clean_at]
        if due is not None:
            ends.append(due[1].at)
        if self._behind:
            ends.append(self._session.clock() + AGAIN)
        return min(ends)

    def close(self) -> None:
        """Clean erased words from the files, and write the sidecar; raises ``OSError``."""
        self._clean()
        self._session.close()

    def _settle(self) -> None:
        try:
            self._session.settle()
            self._behind = False
        except NotNow:
            self._behind = True

    def _clean(self) -> None:
        """What another program still reads stays until the next time."""
        with suppress(NotNow):
            clean_store(self._session.store, int(self._session.clock().timestamp() * 1000))
