"""The settings, intents, events, state and report of a question round."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from dialogues.core import Text
from dialogues.format import setting
from dialogues.machine import Scope
from dialogues.report import ItemReport


@dataclass(frozen=True, slots=True)
class AskQuestion:
    text: Text


@dataclass(frozen=True, slots=True)
class Support:
    item: str


@dataclass(frozen=True, slots=True)
class WithdrawSupport:
    """Take support back. Only for a person who is forgotten, who else could support a question
    twice."""

    item: str


@dataclass(frozen=True, slots=True)
class TakeNow:
    """Make this the question being answered."""

    moderates: ClassVar[bool] = True

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
    """``corrected``: it replaces an earlier answer."""

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


@dataclass(frozen=True, slots=True)
class PromiseLapsed:
    """The moment of a promise passed without an answer."""

    round: int
    item: str


@dataclass(frozen=True, slots=True)
class AnswerReport:
    text: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class PromiseReport:
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReport(ItemReport):
    """A question with its answer or promise; counts are {support}. ``late``: the moment of its
    promise passed without an answer."""

    answer: AnswerReport | None = None
    promise: PromiseReport | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """``per_person`` questions each (0: no limit); ``offer`` so many at once; ``threshold`` is how
    alike two texts are, in hundredths, before it is asked whether they say the same
    (``near_duplicates``)."""

    per_person: int = setting(3, 0, 1000)
    offer: int = setting(5, 1, 5)
    near_duplicates: bool = setting(True)
    threshold: int = setting(80, 1, 100)


@dataclass(slots=True)
class State:
    """``support``: the supporters of each question; ``now``: the question being answered;
    ``to_keep``: the moments of promises that are neither kept nor late; ``same``: who else somebody
    was in this round, by their name now."""

    scope: Scope
    numbers: list[str] = field(default_factory=list)
    by_author: dict[str, int] = field(default_factory=dict)
    support: dict[str, set[str]] = field(default_factory=dict)
    same: dict[str, set[str]] = field(default_factory=dict)
    answers: dict[str, AnswerReport] = field(default_factory=dict)
    promises: dict[str, PromiseReport] = field(default_factory=dict)
    to_keep: dict[str, datetime] = field(default_factory=dict)
    now: str = ""
