"""``Aggregate``: the functions by which the ledger keeps a kind of aggregate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from dialogues.aggregates import Fold
from dialogues.core import Context


class Step(Protocol):
    """Something that happens by itself at a moment (UTC); it is also the intent that does it."""

    @property
    def at(self) -> datetime: ...


class Presence(Protocol):
    """What the bot has received and whom it reaches, on the platforms of an aggregate's room."""

    def now(self) -> datetime:
        """The time on the clock; a fact that is handled now may have been said long before."""
        ...

    def settled(self, state: Any, at: datetime) -> bool:
        """Whether everything said before ``at`` is in."""
        ...

    def opens(self, state: Any, at: datetime) -> datetime | None:
        """When what is due to open at ``at`` opens: then, or later where nobody could take part
        then; None while nobody can."""
        ...


class Acting(Protocol):
    """How a step may change a state; ``States`` has both."""

    def act(self, id: str, intent: Any, context: Context) -> tuple[Any, ...]: ...

    def quietly(self, state: Any, event: Any, at: datetime) -> None: ...


def at_once(_state: Any, step: Any, _presence: Presence) -> datetime | None:
    """The default for ``when``: every step happens at the moment at which it is due."""
    moment: datetime = step.at
    return moment


def acted(states: Acting, state: Any, step: Any, at: datetime, _now: datetime) -> bool:
    """The default for ``do``: decide on the step as an intent; False when no event came of it."""
    return bool(states.act(state.id, step, Context(at, "clock")))


def _as_it_is(_state: Any, _intent: Any, context: Context) -> Context:
    """The default for ``prepared``."""
    return context


def _stays(_state: Any) -> bool:
    """The default for ``gone``."""
    return False


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A kind of aggregate.

    ``decide(state, intent, context)`` gives events or raises ``Refused``, and changes nothing.
    ``announce(state, written, said, at)`` sends notices about an event that was folded in; ``said``
    still has the words that ``written`` has references for. ``next_due(state)`` is the next step
    that happens by itself; ``when`` the moment at which it happens, None where it has to wait
    although it is due; ``do(states, state, step, at, now)`` does it at that moment, False when
    nothing came of it. Events of the types ``timeless`` never change the next step, and
    nothing follows from them for other aggregates.
    ``gone(state)``: it was thrown away, and only its journal is kept.
    ``prepared(state, intent, context)`` is called before a decision, and gives the context for it;
    not for intents of the types ``plain``.
    """

    fold: Fold
    decide: Callable[[Any, Any, Context], Sequence[Any]]
    announce: Callable[[Any, Any, Any, datetime], None]
    next_due: Callable[[Any], Step | None]
    when: Callable[[Any, Any, Presence], datetime | None] = at_once
    do: Callable[[Acting, Any, Any, datetime, datetime], bool] = acted
    timeless: frozenset[type] = frozenset()
    gone: Callable[[Any], bool] = _stays
    prepared: Callable[[Any, Any, Context], Context] = _as_it_is
    plain: frozenset[type] = frozenset()
