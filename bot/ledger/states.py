"""The states of all aggregates, and the one way to change them: decide, write, fold, announce.

``act`` decides, writes the events, folds them in and lets people hear of it. All of it belongs to
the engine's transaction; on a rollback the touched states are read again from the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.ledger.aggregates import Aggregate
from dialogues.aggregates import DIALOGUE, kind_of
from dialogues.core import Context
from storage.store import Store

#: What follows from an event for other aggregates: (state, event with its words, at, by).
Follow = Callable[[Any, Any, datetime, str], None]


class States:
    """``kinds`` are the kinds of aggregates by name; ``by_kind`` the states by kind and id.
    ``moved`` are the ids whose next step may have changed since ``DueSteps`` last looked, and
    ``changed`` the same since the calendar did.
    ``written`` counts the events since the start. ``follows`` is called for events of
    a type once they were announced, with what follows from them for other aggregates."""

    def __init__(self, store: Store, kinds: Mapping[str, Aggregate]) -> None:
        self._journal = store.journal
        self._kinds = kinds
        self.by_kind: dict[str, dict[str, Any]] = {name: {} for name in kinds}
        self._each = {name: (kind, self.by_kind[name]) for name, kind in kinds.items()}
        found = store.journal.read_all({name: kind.fold for name, kind in kinds.items()})
        for key, state in found.items():
            if not self.kind(key).gone(state):
                self.by_kind[kind_of(key)][key] = state
        self.moved, self.changed = set(found), set(found)
        self._touched: set[str] = set()
        self.written = 0
        self.follows: Mapping[type, Follow] = {}

    def kind(self, id: str) -> Aggregate:
        return self._kinds[kind_of(id)]

    def get(self, id: str) -> Any:
        """An aggregate's state, or None where there is none (yet)."""
        return self.by_kind[kind_of(id)].get(id)

    def act(self, id: str, intent: Any, context: Context) -> tuple[Any, ...]:
        """Decide on an intent, write and fold in its events, and announce them; raises ``Refused``.

        Returns the events as they were written, their words swapped for references.
        """
        name = kind_of(id) if "/" in id else DIALOGUE  # nearly always
        kind, states = self._each[name]
        state = states.get(id)
        if state is None:
            state = kind.fold.blank(id)
        if type(intent) not in kind.plain:
            context = kind.prepared(state, intent, context)
        decide = kind.decide  # in a name of its own: calling a field at once takes longer
        events = decide(state, intent, context)
        if not events:
            return ()
        if not state.position:
            states[id] = state
        self._touched.add(id)
        at, by = context.at, context.by
        if len(events) == 1:  # nearly always, and a loop costs as much as a call
            return (self._record(kind, state, events[0], at, by),)
        written: tuple[Any, ...] = ()
        for event in events:
            written += (self._record(kind, state, event, at, by),)
        return written

    def _record(self, kind: Aggregate, state: Any, event: Any, at: datetime, by: str) -> Any:
        self.written += 1
        written = self._journal.append(state.id, at, by, event)
        evolve, announce = kind.fold.evolve, kind.announce
        evolve(state, written, at, by)
        if type(written) in kind.timeless:
            announce(state, written, event, at)
            return written
        self._moves(state.id)
        if kind.gone(state):
            self.by_kind[kind_of(state.id)].pop(state.id, None)
        announce(state, written, event, at)
        follow = self.follows.get(type(written))
        if follow is not None:
            follow(state, event, at, by)
        return written

    def quietly(self, state: Any, event: Any, at: datetime) -> None:
        """Write and fold in an event without announcing it."""
        self._touched.add(state.id)
        written = self._journal.append(state.id, at, "clock", event)
        self.kind(state.id).fold.evolve(state, written, at, "clock")
        self._moves(state.id)

    def _moves(self, id: str) -> None:
        self.moved.add(id)
        self.changed.add(id)

    def head(self, id: str) -> str:
        """The first 16 hex digits of an aggregate's head, as messages show them."""
        return self._journal.head(id).hash.hex()[:16]

    def rolled_back(self) -> None:
        """After a rollback: read the changed states again from the journal."""
        for touched in self._touched:
            self.read_again(touched)
        self._touched.clear()

    def undone(self) -> None:
        """After a part of the transaction was undone: read again what it may have changed."""
        for touched in self._touched:
            self.read_again(touched)

    def read_again(self, id: str) -> None:
        states = self.by_kind[kind_of(id)]
        state = self._journal.read_one(id, self.kind(id).fold)
        if state.position and not self.kind(id).gone(state):
            states[id] = state
        else:
            states.pop(id, None)
        self._moves(id)

    def committed(self) -> None:
        """After the commit: no state counts as changed any more."""
        self._touched.clear()
