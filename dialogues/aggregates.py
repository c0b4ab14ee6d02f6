"""Aggregates: everything that has its own journal. A dialogue is one kind of aggregate.

The kind stands in the id, before a slash; a dialogue's id has none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

#: The kind of dialogues.
DIALOGUE = ""


class State(Protocol):
    """The state of an aggregate: its id, its room ("" for none), and the number of the last journal
    line folded in (0 before the first)."""

    id: str
    room: str
    position: int


@dataclass(frozen=True, slots=True)
class Fold:
    """How a kind of aggregate is folded from its journal. ``blank(id)`` is the state before the
    first line; ``evolve(state, event, at, by)`` folds one event in, counts it, and never
    refuses."""

    blank: Callable[[str], Any]
    evolve: Callable[[Any, Any, datetime, str], None]


def kind_of(id: str) -> str:
    """The kind of the aggregate with this id."""
    return id.partition("/")[0] if "/" in id else DIALOGUE
