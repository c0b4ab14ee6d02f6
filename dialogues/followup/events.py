"""The events of what becomes of an advice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dialogues.core import Text
from dialogues.followup.progress import Progress


class Outcome(StrEnum):
    """What became of a recommendation: adopted, adopted in part, or not."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT = "not"


class Body(StrEnum):
    """Who answers."""

    COLLEGE = "college"
    COUNCIL = "council"
    MAYOR = "mayor"


@dataclass(frozen=True, slots=True)
class AdviceReceived:
    """The clerk received a version of the advice, under a case number of the town's own. The same
    version again: another number, because the one before was wrong."""

    version: int
    case: str


@dataclass(frozen=True, slots=True)
class ReceiptMissing:
    """Staff was told that five working days after it was made nobody had said that this version was
    received."""

    version: int


@dataclass(frozen=True, slots=True)
class ResponseGiven:
    """An answer to a recommendation; again: a correction. ``source`` names the decision and its
    day; "": an official's reaction and no decision yet, so that the answer stays due. ``due``: the
    ISO day by which it is done; ``due_unknown``: nobody knows that day yet."""

    item: str
    outcome: Outcome
    text: Text
    body: Body
    source: str
    due: str = ""
    due_unknown: bool = False


@dataclass(frozen=True, slots=True)
class AnswersTold:
    """The room was told the answers that were given on these recommendations."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerComing:
    """Staff was told that in so many days (0: today) the day comes on which these answers were
    promised; not ``told`` where that came too late to say."""

    items: tuple[str, ...]
    day: str
    days: int
    told: bool = True


@dataclass(frozen=True, slots=True)
class AnswerMissing:
    """The room was told that the answers on these recommendations are not there; ``times``: which
    of the moments at which that is said it was, from 1."""

    items: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class AnswerPostponed:
    """The answer on an ``item``, or on all of them (""), is promised for another ISO day, and
    why."""

    until: str
    want: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class DayAsked:
    """Staff was asked for the day on which these recommendations are done."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgressNoted:
    """How far a recommendation is that was adopted; ``source`` is where that stands, "" for
    nowhere."""

    item: str
    state: Progress
    text: Text
    source: str = ""


@dataclass(frozen=True, slots=True)
class AuthorsForgotten:
    """Nobody can tell any more from whom the items came that recommendations rest on: six weeks
    after the last of these was done, stopped or not adopted."""


#: The events after which a document that was made is still right, and so is a round's card.
QUIET: tuple[type, ...] = (
    AdviceReceived,
    AnswerComing,
    AnswerMissing,
    AnswersTold,
    AuthorsForgotten,
    DayAsked,
    ProgressNoted,
    ReceiptMissing,
    ResponseGiven,
)
