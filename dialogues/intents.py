"""What somebody (or the clock) wants to happen to a dialogue: imperative, may be refused.

The intents of one kind of round stand in that round's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialogues.core import Text
from dialogues.format import Format


@dataclass(frozen=True, slots=True)
class OpenDialogue:
    title: str
    room: str
    format: Format
    town: str
    zone: str
    language: str
    simulated: bool = False
    objection_days: int = 14


@dataclass(frozen=True, slots=True)
class SetCharter:
    """``values``: fields of ``Charter`` with their new values."""

    values: Mapping[str, object]
    want: str = ""


@dataclass(frozen=True, slots=True)
class Hour:
    """A moment with the wall-clock words that were announced."""

    at: datetime
    wall: str


@dataclass(frozen=True, slots=True)
class StartDialogue:
    until: Hour | None = None


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
class GiveReason:
    about: str
    text: Text


@dataclass(frozen=True, slots=True)
class ApproveItem:
    item: str


class HideReason(StrEnum):
    """Why something is not shown: the list moderators choose from, in this order."""

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
class TellRoom:
    """Somebody voted in the room although the ballot is confidential."""


@dataclass(frozen=True, slots=True)
class RequestAdvice:
    contributed: int
    voted: int
    total: int


@dataclass(frozen=True, slots=True)
class AwaitAdvice:
    """Ask for the advice while the round is closing: its figures come when that is done."""


@dataclass(frozen=True, slots=True)
class IssueAdvice:
    position: int
    manifest: str


class Step(StrEnum):
    """What happens by itself at its hour, in the order in which it happens at the same hour.

    ``OWN`` is whatever the kind of round itself set an hour for.
    """

    COLLECTING = "collecting"
    REMINDER = "reminder"
    OWN = "own"
    CLOSE = "close"
    NEXT = "next"
    END = "end"
    ADVICE = "advice"
    ANSWER = "answer"
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class Due:
    """A step that is due ``at``; ``OWN`` is a deadline of a kind's own, of one ``round`` and
    perhaps of one ``item`` in it. For a closing, the engine adds the ballots that count; for an
    advice and the end of the links, the figures that need them."""

    at: datetime
    step: Step
    round: int = -1
    item: str = ""
    voters: int = 0
    receipts_sha256: str = ""
    figures: RequestAdvice | None = None
