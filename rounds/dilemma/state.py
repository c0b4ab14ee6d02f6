"""The intents, events, state and report of a dilemma."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from dialogues.ballots import BallotBox
from dialogues.core import Light
from dialogues.machine import Scope
from dialogues.report import ItemReport

#: The possible answers: one of the two choices, or neither.
CHOICES = ("a", "b", "neither")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the two choices in the town's own words; ``gives`` and ``costs`` may be empty."""

    text: str
    gives: str = ""
    costs: str = ""


@dataclass(frozen=True, slots=True)
class FillDilemma:
    """Set the question and the choices of a dilemma, or replace them while nobody voted.

    ``source`` says where its figures come from; it may be empty.
    """

    any_stage: ClassVar[bool] = True

    question: str
    a: Option
    b: Option
    source: str
    round: int


class CastDilemma(Light, frozen=True):
    """``choice``: one of ``CHOICES``, or None to take the vote back. ``stands``: it was given
    before and stands again, which changes nothing here: a dilemma is always shown."""

    item: str
    choice: str | None
    stands: bool = False


@dataclass(frozen=True, slots=True)
class DilemmaFilled:
    """The question and the choices are the town's own words, so they stand in the journal."""

    round: int
    number: str
    question: str
    a: Option
    b: Option
    source: str


class DilemmaVoteCast(Light, frozen=True):
    """The ballot is the ``by`` of its line in the journal, the time its ``at``."""

    round: int
    item: str
    choice: str | None
    order: str


@dataclass(slots=True)
class State:
    """``filled`` is the dilemma as a moderator filled it last, None until then."""

    scope: Scope
    box: BallotBox = field(default_factory=BallotBox)
    filled: DilemmaFilled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DilemmaReport(ItemReport):
    """A dilemma. Counts are {a, b, neither}; the result is a, b, neither, tie or too_few."""

    a: Option
    b: Option
    source: str
