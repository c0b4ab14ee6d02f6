"""Steps that happen by themselves: finds the next one, and does those that are due.

One step that breaks stops nothing else: it is undone alone, its aggregate is set aside until the
program starts again, and staff hears of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush

from bot.ledger.aggregates import Presence, Step
from bot.ledger.outgoing import Outgoing
from bot.ledger.states import States
from storage.database import NotNow
from storage.store import Store

#: More steps than this in one go are taken for an endless loop.
_STEPS = 100_000


class DueSteps:
    """The next step of every aggregate, computed again only for those that changed.

    ``alarm`` is called with the type of an error.
    """

    def __init__(
        self, store: Store, states: States, outgoing: Outgoing, alarm: Callable[[str], None]
    ) -> None:
        self._store = store
        self._states = states
        self._outgoing = outgoing
        self._alarm = alarm
        self._next: dict[str, Step] = {}
        self._queue: list[tuple[datetime, str]] = []  # a heap; what is in it may be outdated
        self._aside: set[str] = set()
        self._untold: set[str] = set()
        self._telling: set[str] = set()

    def earliest(self) -> tuple[str, Step] | None:
        """The earliest step of all, with the id of its aggregate; None when there is none."""
        if self._states.moved:
            self._look_again()
        while self._queue:
            at, name = self._queue[0]
            step = self._next.get(name)
            if step is not None and step.at == at:
                return name, step
            heappop(self._queue)
        return None

    def _look_again(self) -> None:
        for name in self._states.moved:
            step, known = self._step_of(name), self._next.get(name)
            if step is None:
                self._next.pop(name, None)
                continue
            self._next[name] = step
            if known is None or known.at != step.at:
                heappush(self._queue, (step.at, name))
        self._states.moved.clear()

    def _step_of(self, name: str) -> Step | None:
        state = self._states.get(name)
        if state is None or name in self._aside:
            return None
        try:
            return self._states.kind(name).next_due(state)
        except Exception as error:  # noqa: BLE001 - the others go on
            self._set_aside(name, error)
            return None

    def run(self, now: datetime, presence: Presence) -> None:
        """Do every step due at or before ``now``, in order of time.

        ``presence`` says whether a round may close, and when one opens that was due to.
        """
        if self._states.moved or (self._queue and self._queue[0][0] <= now):
            self._run(now, presence)
        if self._untold:
            self._tell(now)

    def _run(self, now: datetime, presence: Presence) -> None:
        """Take the steps out of the queue one by one; each aggregate that had one is looked at
        again, at once or, where it waits, after all others."""
        waiting: set[str] = set()
        name = ""
        try:
            for _ in range(_STEPS):
                first = self.earliest()
                if first is None or first[1].at > now:
                    return
                name, step = first
                heappop(self._queue)
                del self._next[name]
                if name not in waiting and self._done(name, step, now, presence):
                    self._states.moved.add(name)
                else:
                    waiting.add(name)
        finally:
            self._states.moved |= waiting | ({name} if name else set())

    def _done(self, name: str, step: Step, now: datetime, presence: Presence) -> bool:
        """Do the next step of an aggregate; False when it waits, failed, or gave no event."""
        kind, state = self._states.kind(name), self._states.get(name)
        before = self._outgoing.mark()
        try:
            at = kind.when(state, step, presence)
            if at is None or at > now:
                return False
            with self._store.savepoint():
                return kind.do(self._states, state, step, at, max(now, presence.now()))
        except NotNow:
            raise
        except Exception as error:  # noqa: BLE001 - the others go on
            self._states.undone()
            self._states.read_again(name)
            self._outgoing.back(before)
            self._set_aside(name, error)
            return False

    # -- what broke ---------------------------------------------------------------------------

    def _set_aside(self, name: str, error: Exception) -> None:
        """Do no more steps of this aggregate until the program starts again; staff is told."""
        self._aside.add(name)
        self._untold.add(name)
        self._alarm(type(error).__name__)

    def _tell(self, now: datetime) -> None:
        for name in sorted(self._untold):
            state = self._states.get(name)
            if state is not None:
                self._outgoing.alarm(state, "stands_still", now)
        self._telling |= self._untold
        self._untold.clear()

    def rolled_back(self) -> None:
        """After a rollback: staff has still to be told what the transaction would have told."""
        self._untold |= self._telling
        self._telling.clear()

    def committed(self) -> None:
        """After the commit: staff has been told."""
        self._telling.clear()
