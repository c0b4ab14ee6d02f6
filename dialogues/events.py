"""What happened to a dialogue as a whole: its events, in the past tense, frozen.

The events of one kind of round stand in that round's file. ``dialogues/record.py`` lists them all
with their names and versions in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialogues.charter import Charter
from dialogues.core import Text
from dialogues.format import Format


class After(StrEnum):
    """What follows the closing of a round."""

    WAIT = "wait"
    NEXT = "next"
    END = "end"


@dataclass(frozen=True, slots=True)
class DialogueOpened:
    """``zone`` is the town's time zone; ``format`` holds every setting, so that nothing outside
    the journal is needed to play it again. ``objection_days`` after closing, nobody can tell any
    more whose ballot was whose."""

    title: str
    room: str
    format: Format
    town: str
    zone: str
    language: str
    simulated: bool
    objection_days: int = 14


@dataclass(frozen=True, slots=True)
class CharterSet:
    """The charter from now on; ``keys`` are the fields that changed, ``want`` why (after the
    start)."""

    charter: Charter
    keys: tuple[str, ...]
    want: str = ""


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """``wall`` is the announced hour in the dialogue's zone, kept beside the moment itself.

    ``seed`` is the chance that this round may need; it is published, so that anybody can draw
    again.
    """

    round: int
    closes_at: datetime
    wall: str
    collecting_ends_at: datetime | None
    seed: str = ""


@dataclass(frozen=True, slots=True)
class RoundSkipped:
    round: int


@dataclass(frozen=True, slots=True)
class HourSet:
    round: int
    closes_at: datetime
    wall: str
    collecting_ends_at: datetime | None
    then: After
    next_closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CollectingEnded:
    """``unreviewed``: the items that nobody reviewed in time; they are not shown."""

    round: int
    unreviewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderGiven:
    round: int


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """``closed_at`` is the announced hour; ``voters`` the number of ballots that count, and
    ``receipts_sha256`` the hash of their sorted receipts, each followed by a newline."""

    round: int
    closed_at: datetime
    voters: int
    receipts_sha256: str
    unreviewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DialogueClosed:
    pass


@dataclass(frozen=True, slots=True)
class RoomTold:
    """The room heard, once this round, that votes given there do not count."""

    round: int


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    number: str
    about: str
    ballot: str
    text: Text
    pending: bool


@dataclass(frozen=True, slots=True)
class ItemApproved:
    item: str


@dataclass(frozen=True, slots=True)
class ItemHidden:
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemShown:
    item: str


@dataclass(frozen=True, slots=True)
class ItemChanged:
    item: str
    text: Text
    pending: bool


@dataclass(frozen=True, slots=True)
class ItemWithdrawn:
    item: str


@dataclass(frozen=True, slots=True)
class TextErased:
    """The words behind ``ref`` are gone; ``item`` is where they stood."""

    ref: str
    item: str


@dataclass(frozen=True, slots=True)
class AdviceAwaited:
    """The advice was asked for while the round was closing; it is requested when that is done."""


@dataclass(frozen=True, slots=True)
class AdviceRequested:
    """The figures that need the links between people and ballots, as they were at this moment."""

    version: int
    contributed: int
    voted: int
    total: int


@dataclass(frozen=True, slots=True)
class AdviceIssued:
    """``position``: the line of the request this answers; ``manifest``: SHA-256 of SHA256SUMS."""

    position: int
    manifest: str


@dataclass(frozen=True, slots=True)
class AnswerOverdue:
    pass


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """Somebody was forgotten, and so many of their texts erased; it stands in the town's chain."""

    texts: int


@dataclass(frozen=True, slots=True)
class LinksDestroyed:
    """Nobody can tell any more whose ballot was whose; the figures that needed it stand here."""

    contributed: int
    voted: int
    total: int
