"""``ItemReport``: the whole figures of an item, before any threshold is applied.

``advice/compile.py`` turns these into the public model and applies the thresholds there, so a
report must never be shown to anybody while a confidential round is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dialogues.core import Text
from dialogues.items import ItemState

#: An item's figures, in the form of its kind: by choice the number of ballots, a list of them by
#: place, or a mapping of them by points. Empty where a kind counts nothing.
Counts: TypeAlias = "Mapping[str, int | list[int] | dict[str, int]]"


@dataclass(frozen=True, slots=True)
class ReasonReport:
    number: str
    side: str
    text: Text


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One item with its figures; ``text`` is a ``Text`` when a person wrote it. A kind whose items
    have more fields adds them in a class of its own.

    ``result`` is the outcome by the kind's own rule. ``counted`` is False where the item was not
    shown at closing: its votes do not count, even when it is shown again later. ``left_out`` are
    the states of reasons that are not shown, but for those that were taken back or erased.
    """

    number: str
    text: Text | str
    state: ItemState
    counts: Counts
    voters: int
    result: str | tuple[str, ...] | None
    reasons: tuple[ReasonReport, ...] = ()
    staff: bool = False
    counted: bool = True
    left_out: frozenset[ItemState] = frozenset()
