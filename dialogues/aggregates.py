"""Aggregates: whatever has a journal of its own. A dialogue is one kind of them.

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
    """What every aggregate's state has: its id, the room it belongs to ("" for none), and the
    number of the last line folded in (0 before the first)."""

    id: str
    room: str
    position: int


@dataclass(frozen=True, slots=True)
class Fold:
    """How a kind's state comes from its journal: ``blank(id)`` is the state before the first line,
    ``evolve(state, event, at, by)`` folds an event in, counts it, and never refuses."""

    blank: Callable[[str], Any]
    evolve: Callable[[Any, Any, datetime, str], None]


def kind_of(id: str) -> str:
    """The kind of the aggregate with this id."""
    return id.partition("/")[0] if "/" in id else DIALOGUE
