"""What a round tells the advice: whole figures, before anything is held back.

``advice/compile.py`` turns these into the public model and applies the thresholds there, so a
report must never be shown to anybody while a confidential round is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogues.core import Text
from dialogues.items import ItemState

#: Statement {agree, disagree, pass}; one/several {option: n}; ranked {option: [n first, …]};
#: points {option: {"3": n ballots}}; question {support}; recommendation {yes, no}.
#: Options are given by their number within the poll ("1"): their texts are looked up later.
Counts = dict[str, int] | dict[str, list[int]] | dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class ReasonReport:
    number: str
    side: str
    text: Text


@dataclass(frozen=True, slots=True)
class OptionReport:
    """An option of a poll: its number within the poll and its text (a resident's: Text)."""

    number: int
    text: str | Text
    state: ItemState


@dataclass(frozen=True, slots=True)
class AnswerReport:
    text: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class PromiseReport:
    until: datetime


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One item with its figures; ``text`` is a Text when a person wrote it.

    ``counted`` is False where the item was not shown at closing: its votes do not count, even when
    it is shown again later.
    """

    number: str
    text: Text | str
    state: ItemState
    counts: Counts
    voters: int
    result: str | tuple[str, ...] | None
    reasons: tuple[ReasonReport, ...] = ()
    options: tuple[OptionReport, ...] = ()
    answer: AnswerReport | None = None
    promise: PromiseReport | None = None
    poll: str | None = None
    staff: bool = False
    source: str = ""
    counted: bool = True
