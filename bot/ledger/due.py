"""What happens by itself: which step is next, and doing every step that fell due."""

from __future__ import annotations

from datetime import datetime

from bot.ledger.aggregates import Settled, Step
from bot.ledger.states import States

#: How many steps may follow each other without an end before something is wrong.
_STEPS = 100_000


class DueSteps:
    """The next step of every aggregate, computed again only where something happened."""

    def __init__(self, states: States) -> None:
        self._states = states
        self._next: dict[str, Step] = {}
        self._earliest: tuple[str, Step] | None = None

    def earliest(self) -> tuple[str, Step] | None:
        """The next step that happens by itself, and the id of what it happens in."""
        if self._states.moved:
            self._look_again()
        return self._earliest

    def _look_again(self) -> None:
        states, steps = self._states, self._next
        for name in states.moved:
            state = states.get(name)
            step = states.kind(name).next_due(state) if state is not None else None
            if step is not None:
                steps[name] = step
            else:
                steps.pop(name, None)
        states.moved.clear()
        self._earliest = min(steps.items(), key=lambda due: (due[1].at, due[0]), default=None)

    def run(self, now: datetime, settled: Settled) -> None:
        """Do every step due at or before ``now``, in order of time.

        ``settled`` says whether a round may close: whether every platform of its room has read
        back to the closing hour.
        """
        first = self.earliest()
        if first is None or first[1].at > now:
            return
        waiting: set[str] = set()
        for _ in range(_STEPS):
            if self._states.moved:
                self._look_again()
            ready = [
                (step.at, name)
                for name, step in self._next.items()
                if step.at <= now and name not in waiting
            ]
            if not ready:
                return
            _, name = min(ready)
            state, do = self._states.get(name), self._states.kind(name).do
            if not do(self._states, state, self._next[name], now, settled):
                waiting.add(name)
