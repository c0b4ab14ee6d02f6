"""What a question hour is made of: what can be asked of it, what happened to it, its state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from dialogues.core import Text
from dialogues.report import AnswerReport, PromiseReport
from dialogues.rounds.machine import Room


@dataclass(frozen=True, slots=True)
class AskQuestion:
    text: Text


@dataclass(frozen=True, slots=True)
class Support:
    item: str


@dataclass(frozen=True, slots=True)
class WithdrawSupport:
    """Only for somebody who is forgotten: without it they could stand behind it twice."""

    item: str


@dataclass(frozen=True, slots=True)
class TakeNow:
    """This question is being answered now."""

    item: str


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    any_stage: ClassVar[bool] = True

    item: str
    text: Text


@dataclass(frozen=True, slots=True)
class PromiseAnswer:
    """``until`` with the wall-clock words in which it was announced."""

    any_stage: ClassVar[bool] = True

    item: str
    until: datetime
    wall: str


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    round: int
    number: str
    author: str
    text: Text
    staff: bool
    pending: bool


@dataclass(frozen=True, slots=True)
class QuestionSupported:
    """The participant is the ``by`` of its line in the journal."""

    round: int
    item: str


@dataclass(frozen=True, slots=True)
class SupportWithdrawn:
    round: int
    item: str


@dataclass(frozen=True, slots=True)
class QuestionTaken:
    round: int
    item: str


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """``corrected``: there was an answer already; this one takes its place."""

    round: int
    item: str
    text: Text
    corrected: bool


@dataclass(frozen=True, slots=True)
class AnswerPromised:
    round: int
    item: str
    until: datetime
    wall: str


@dataclass(slots=True)
class State:
    """``support``: who stands behind each question; ``now``: the one being answered."""

    room: Room
    numbers: list[str] = field(default_factory=list)
    by_author: dict[str, int] = field(default_factory=dict)
    support: dict[str, set[str]] = field(default_factory=dict)
    answers: dict[str, AnswerReport] = field(default_factory=dict)
    promises: dict[str, PromiseReport] = field(default_factory=dict)
    now: str = ""
