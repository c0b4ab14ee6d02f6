"""The intents of a dialogue as a whole: what a person or the clock wants, which may be refused.

The intents of one kind of round stand in that round's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dialogues.core import Text
from dialogues.evaluation_events import EvaluationCounted
from dialogues.format import Format


@dataclass(frozen=True, slots=True)
class OpenDialogue:
    """For ``numbers``, ``reports`` and ``ruling_days`` see the event."""

    title: str
    room: str
    format: Format
    town: str
    zone: str
    language: str
    simulated: bool = False
    objection_days: int = 14
    source: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    reports: bool = False
    ruling_days: int = 2


@dataclass(frozen=True, slots=True)
class SetCharter:
    """``values``: fields of ``Charter`` with their new values."""

    values: Mapping[str, object]
    want: str = ""


@dataclass(frozen=True, slots=True)
class Hour:
    """A moment, with the local time that was announced for it."""

    at: datetime
    wall: str


@dataclass(frozen=True, slots=True)
class StartDialogue:
    until: Hour | None = None


@dataclass(frozen=True, slots=True)
class PlanStart:
    """Open the first round at an hour; ``until`` is when it closes."""

    opens: Hour
    until: Hour | None = None


@dataclass(frozen=True, slots=True)
class SetSchedule:
    """Set the hours of some rounds, by index, or of the end (``schedule.END``)."""

    hours: Mapping[int, Hour]
    want: str = ""


@dataclass(frozen=True, slots=True)
class TieHours:
    """The dialogue opens with a meeting and closes with it; without hours it opens no more by
    itself, because the meeting was called off."""

    meeting: str
    opens: Hour | None
    ends: Hour | None
    want: str = ""


@dataclass(frozen=True, slots=True)
class SetTitle:
    title: str
    want: str = ""


@dataclass(frozen=True, slots=True)
class DiscardDialogue:
    pass


@dataclass(frozen=True, slots=True)
class NextRound:
    until: Hour | None = None


@dataclass(frozen=True, slots=True)
class SetHour:
    until: Hour


@dataclass(frozen=True, slots=True)
class EndCollecting:
    pass


@dataclass(frozen=True, slots=True)
class CloseDialogue:
    pass


@dataclass(frozen=True, slots=True)
class PauseRound:
    """Take nothing in the open round until it is resumed, at the latest ``until`` a moment;
    ``want``: why, "" where that is not said."""

    until: datetime
    want: str = ""


@dataclass(frozen=True, slots=True)
class ResumeRound:
    pass


@dataclass(frozen=True, slots=True)
class GiveReason:
    about: str
    text: Text


@dataclass(frozen=True, slots=True)
class ApproveItem:
    item: str


class HideReason(StrEnum):
    """The reasons for hiding an item, in the order in which moderators see them."""

    PERSONAL = "personal"
    INSULT = "insult"
    THREAT = "threat"
    DISCRIMINATION = "discrimination"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off_topic"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class HideItem:
    item: str
    reason: HideReason


@dataclass(frozen=True, slots=True)
class ShowItem:
    item: str


@dataclass(frozen=True, slots=True)
class ChangeItem:
    item: str
    text: Text


@dataclass(frozen=True, slots=True)
class WithdrawItem:
    item: str


@dataclass(frozen=True, slots=True)
class EraseItem:
    """Erase an item's words (its author asked to be forgotten)."""

    item: str


@dataclass(frozen=True, slots=True)
class MergeBallots:
    """Accounts were linked: make two ballots of the open round one."""

    gone: str
    kept: str


@dataclass(frozen=True, slots=True)
class MergeParticipants:
    """Accounts were linked: make two participants of the open round one."""

    gone: str
    kept: str


@dataclass(frozen=True, slots=True)
class TellRoom:
    """Tell the room that a vote given there does not count, because the ballot is confidential."""


@dataclass(frozen=True, slots=True)
class RequestAdvice:
    contributed: int
    voted: int
    total: int
    linked: int = 0


@dataclass(frozen=True, slots=True)
class AwaitAdvice:
    """Ask for the advice while the round is closing: it is requested once that is done."""


@dataclass(frozen=True, slots=True)
class IssueAdvice:
    position: int
    manifest: str


class Step(StrEnum):
    """The steps that happen by themselves, in the order in which they happen at the same hour.

    ``OWN`` is a deadline of a kind of round; ``DRAFT``, ``OBJECTIONS`` and ``RULING`` are about
    a draft (``dialogues/objections``).
    """

    COMING = "coming"
    START = "start"
    PAUSE_ENDS = "pause_ends"
    RESUME = "resume"
    COLLECTING = "collecting"
    REMINDER = "reminder"
    REVIEW = "review"
    OWN = "own"
    CLOSE = "close"
    NEXT = "next"
    END = "end"
    DRAFT = "draft"
    OBJECTIONS = "objections"
    RULING = "ruling"
    ADVICE = "advice"
    RECEIPT = "receipt"
    ANSWERED = "answered"
    ANSWER_COMING = "answer_coming"
    ANSWER = "answer"
    MISSING = "missing"
    DAY = "day"
    LINKS = "links"
    AUTHORS = "authors"


@dataclass(frozen=True, slots=True)
class Due:
    """A step that is due ``at``; for ``OWN``, a deadline of the ``round``, perhaps of one ``item``
    in it. ``opens``: from then on something can be done that could not before, so that it waits
    until people can take part. The engine adds the ballots that count for a closing, the minutes
    that are left at a reminder or of a pause, the title of the dialogue that has the room at a
    start, the figures that need the links for an advice and the end of the links, how many
    ``links`` are destroyed, the ``category`` of the town's selection list, and what was
    ``evaluated``; and for what is told after an advice, whose ``item`` is the day of the answers,
    the time on the clock (``now``)."""

    at: datetime
    step: Step
    round: int = -1
    item: str = ""
    opens: bool = False
    voters: int = 0
    receipts_sha256: str = ""
    minutes: int = 0
    taken: str = ""
    figures: RequestAdvice | None = None
    links: int = 0
    category: str = ""
    now: datetime | None = None
    evaluated: EvaluationCounted | None = None
