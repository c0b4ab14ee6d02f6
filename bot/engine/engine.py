"""The engine: facts become committed decisions. One synchronous function, one caller.

``receive`` takes up to a hundred facts in one transaction. A fact is claimed first, so that a
second delivery does nothing; what fell due before it happens before it; and only after COMMIT are
the answers handed out. When a fact breaks something, everything is rolled back and each fact is
tried alone; the one that breaks is claimed as failed and staff hears of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.desk import kept
from bot.desk.answer import HalfDone
from bot.desk.asker import Reply
from bot.desk.services import Nearest, Services
from bot.desk.talk import Talks
from bot.engine.askers import Askers
from bot.engine.failing import Failing
from bot.engine.handling import Handling
from bot.engine.reception import Cursor, Reception
from bot.ledger.ledger import Ledger
from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Fact
from bot.town.town import Town, milliseconds
from commands.vocabulary import Vocabulary
from dialogues.core import Refused
from storage.database import NotNow
from storage.store import Store

#: At most so many facts share a transaction.
BATCH = 100


@dataclass(frozen=True, slots=True)
class Job:
    """The making of the advice that was requested at this line (``position``) of the journal."""

    dialogue: str
    position: int


@dataclass(frozen=True, slots=True)
class Received:
    """The result of a batch. ``replies`` are the answers to the facts that were committed.

    ``reason`` is "" when all facts were committed, else why the rest could not be stored now
    ("busy", "full"). Then ``rest`` and the cursor have to be given again; ``rest`` is empty when
    only the cursor is left.
    """

    replies: tuple[Reply, ...] = ()
    rest: tuple[Fact, ...] = ()
    reason: str = ""

    def whole(self) -> tuple[Reply, ...]:
        """The answers; raises ``NotNow`` when not everything was committed."""
        if self.reason:
            raise NotNow(self.reason)
        return self.replies


def _authors(read: Sequence[tuple[Any, bytes, int]]) -> list[tuple[str, str]]:
    """The accounts of those who say or do what was read, by their platforms."""
    origins = [fact.origin for fact, cause, _ in read if cause]
    return [(origin.place.platform, origin.account) for origin in origins]


def no_alarm(_error: str) -> None:
    """The alarms of a run in which nobody listens."""


class Engine:
    """Handles facts in transactions. ``known`` are the words people can type, ``talks`` what each
    kind of round does in the chat. ``clock`` gives now in UTC; ``capabilities`` says by name what
    each platform can do. ``alarm`` is called with the type of an error, never its text."""

    def __init__(
        self,
        store: Store,
        town: Town,
        chance: Callable[[int], bytes],
        clock: Callable[[], datetime],
        nearest: Nearest,
        known: Vocabulary,
        talks: Talks,
        capabilities: Mapping[str, Capabilities],
        alarm: Callable[[str], None] = no_alarm,
    ) -> None:
        self.store = store
        self.town = town
        self.ledger = Ledger(store, town, chance, alarm)
        outgoing, can = self.ledger.outgoing, capabilities.items()
        outgoing.unasked = frozenset(name for name, able in can if able.unasked)
        outgoing.talking = frozenset(name for name, able in can if able.talk)
        outgoing.listing = frozenset(name for name, able in can if able.events)
        self._reception = Reception(self.ledger, clock, capabilities)
        self.services = Services(
            self.ledger,
            store,
            town,
            nearest,
            self._reception,
            self._reception.cause,
            known,
            talks,
            capabilities,
        )
        askers = Askers(self.ledger, capabilities)
        self.handling = Handling(self.services, self._reception, askers, clock)
        self._clock, self._alarm = clock, alarm
        self._failing = Failing(self.ledger, self._reception, clock)
        self.jobs: list[Job] = [
            Job(state.id, state.advice.position)
            for state in self.ledger.states.values()
            if state.advice is not None and not state.advice.manifest
        ]

    # -- the laws of a transaction ------------------------------------------------------------

    def receive(self, batch: Sequence[Fact], cursor: Cursor | None = None) -> Received:
        """Handle the facts of one platform response; the cursor is committed with the last of them.

        Where the store cannot keep everything now, the result says what has to be given again.
        """
        try:
            return Received(tuple(self._together(batch, cursor)))
        except NotNow as reason:
            return Received(rest=tuple(batch), reason=str(reason))
        except HalfDone:
            pass  # each alone: that one is undone and refused
        except Exception as error:  # noqa: BLE001 - one bad fact must not stop the others
            self._alarm(type(error).__name__)
        return self._one_by_one(batch, cursor)

    def _one_by_one(self, batch: Sequence[Fact], cursor: Cursor | None) -> Received:
        replies: list[Reply] = []
        done = 0
        try:
            for fact in batch:
                replies += self._alone(fact)
                done += 1
            if cursor is not None:
                self._together((), cursor)
        except NotNow as reason:
            return Received(tuple(replies), tuple(batch[done:]), str(reason))
        return Received(tuple(replies))

    def _together(
        self, batch: Sequence[Fact], cursor: Cursor | None, refusal: Refused | None = None
    ) -> list[Reply]:
        """Handle the facts in one transaction; for ``refusal``, of a single one, see
        ``Handling.by_somebody``."""
        try:
            replies = self._in_transaction(batch, cursor, refusal)
        except Exception:
            self.ledger.rolled_back()
            raise
        if cursor is not None:
            self._reception.read_back(cursor)
        if self.ledger.outgoing.closed_a_round:
            self._note_head()
        self.take_jobs()
        return replies

    def _in_transaction(
        self, batch: Sequence[Fact], cursor: Cursor | None, refusal: Refused | None
    ) -> list[Reply]:
        replies: list[Reply] = []
        with self.store.transaction():
            now = self._clock()
            fresh = self._reception.claimed(batch, now)
            self.store.expect(partial(_authors, fresh))
            for fact, cause, own in fresh:
                if cause:
                    replies += self.handling.by_somebody(fact, cause, own, now, refusal)
                else:
                    replies += self.handling.by_nobody(fact, refusal)
                if self.ledger.outgoing.opened:
                    kept.give(self.services, now)
            if self.ledger.outgoing.changed:
                self.ledger.outgoing.tell_cards(now)
            if cursor is not None:
                surely = milliseconds(cursor.everywhere)
                self.store.cursors.move(cursor.platform, cursor.position, surely)
        return replies

    def _alone(self, fact: Fact) -> list[Reply]:
        try:
            try:
                return self._together((fact,), None)
            except HalfDone as half:
                return self._together((fact,), None, half.refusal)
        except NotNow:
            raise
        except Exception as error:  # noqa: BLE001 - claimed as failed, and the next one goes on
            self._alarm(type(error).__name__)
        return self._failing.failed(fact)

    def _note_head(self) -> None:
        """Write the sidecar; when that fails the commit stands all the same."""
        try:
            self.store.upkeep.note_head()
        except OSError as error:
            self._alarm(type(error).__name__)

    def take_jobs(self) -> None:
        """After the commit: queue the jobs that the transaction asked for, and close the
        ledger's notes on it."""
        asked = dict.fromkeys(Job(*job) for job in self.ledger.outgoing.jobs)
        self.jobs += [job for job in asked if job not in self.jobs]
        self.ledger.committed()
