"""The events of a dialogue as a whole: what happened, in the past tense, frozen.

The events of one kind of round stand in that round's file. ``dialogues/record.py`` lists them all
with their names and versions in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dialogues.charter import Charter
from dialogues.core import Text
from dialogues.evaluation_events import EvaluationCounted as EvaluationCounted
from dialogues.format import Format
from dialogues.objections.events import DraftPosted as DraftPosted
from dialogues.objections.events import ObjectionMade as ObjectionMade
from dialogues.objections.events import ObjectionRuled as ObjectionRuled
from dialogues.objections.events import ObjectionsTold as ObjectionsTold
from dialogues.pause_events import PauseEndTold as PauseEndTold
from dialogues.pause_events import RoundPaused as RoundPaused
from dialogues.pause_events import RoundResumed as RoundResumed
from dialogues.planned_events import ScheduleSet as ScheduleSet
from dialogues.planned_events import StartMissed as StartMissed
from dialogues.planned_events import StartPlanned as StartPlanned
from dialogues.planned_events import StartTold as StartTold


class After(StrEnum):
    """What happens after a round has closed."""

    WAIT = "wait"
    NEXT = "next"
    END = "end"


@dataclass(frozen=True, slots=True)
class DialogueOpened:
    """``zone`` is the town's time zone; ``format`` holds every setting, so that the journal can be
    folded without any other file. ``objection_days`` after closing the links between ballots and
    participants are destroyed. ``source``: where a dialogue that was held elsewhere comes from, and
    under which licence. In a series ``numbers`` are the last ones of the time before, by letter,
    and it ``reports`` by itself once it is closed. ``ruling_days`` after the last objection was
    heard a moderator may still rule on them."""

    title: str
    room: str
    format: Format
    town: str
    zone: str
    language: str
    simulated: bool
    objection_days: int = 14
    source: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    reports: bool = False
    ruling_days: int = 2


@dataclass(frozen=True, slots=True)
class CharterSet:
    """The charter from now on; ``keys`` are the changed fields, ``want`` the reason (after the
    start)."""

    charter: Charter
    keys: tuple[str, ...]
    want: str = ""


@dataclass(frozen=True, slots=True)
class TitleChanged:
    """The title from now on; ``want`` is the reason (after the start). The id stays."""

    title: str
    want: str = ""


@dataclass(frozen=True, slots=True)
class DialogueDiscarded:
    """A dialogue that had not begun was thrown away."""


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """``wall`` is the announced hour in the dialogue's zone, kept beside the UTC moment.

    ``was_due``: the moment at which it would have opened, where the bot was not there then.
    ``seed`` is a random value for draws in this round; it is published, so that anybody can repeat
    the draw. ``chosen``: a moderator chose the hour; else it is as long as the format says.
    """

    round: int
    closes_at: datetime
    wall: str
    collecting_ends_at: datetime | None
    seed: str = ""
    was_due: datetime | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class RoundSkipped:
    round: int


@dataclass(frozen=True, slots=True)
class HourSet:
    """The closing hour from now on. ``was_due``: it moved because the bot was not there when
    something in the round would have opened at that moment. ``was``: the hour before, where a
    moderator moved it, or closed the round before an hour that a moderator had chosen."""

    round: int
    closes_at: datetime
    wall: str
    collecting_ends_at: datetime | None
    then: After
    next_closes_at: datetime | None = None
    was_due: datetime | None = None
    was: datetime | None = None


@dataclass(frozen=True, slots=True)
class CollectingEnded:
    """``unreviewed``: the items that nobody reviewed in time; they are not shown."""

    round: int
    unreviewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderGiven:
    """The room was told that the round closes in so many ``minutes``; 0: it was not told, because
    that came too late."""

    round: int
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class ReviewAsked:
    """Staff was told which ``items`` wait for review, in a round or ten minutes before its closing
    (``ending``)."""

    round: int
    items: tuple[str, ...]
    ending: bool = False


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
    """The room was told, once in this round, that votes given there do not count."""

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
    """The words of the reference ``ref`` were erased; ``item`` is the item that had them."""

    ref: str
    item: str


@dataclass(frozen=True, slots=True)
class AdviceAwaited:
    """The advice was asked for while the round was closing; it is requested once that is done."""


@dataclass(frozen=True, slots=True)
class AdviceRequested:
    """An advice was requested; the figures that need the links between people and ballots are those
    of this moment."""

    version: int
    contributed: int
    voted: int
    total: int
    linked: int = 0


@dataclass(frozen=True, slots=True)
class AdviceIssued:
    """``position``: the journal line of the request; ``manifest``: SHA-256 of SHA256SUMS."""

    position: int
    manifest: str


@dataclass(frozen=True, slots=True)
class AnswerOverdue:
    pass


@dataclass(frozen=True, slots=True)
class AccountsLinked:
    """Somebody linked accounts on two networks; written in the town's chain."""


@dataclass(frozen=True, slots=True)
class AccountsUnlinked:
    """Somebody unlinked their accounts on two networks; written in the town's chain."""


@dataclass(frozen=True, slots=True)
class BallotsMerged:
    """Accounts that both voted in this round were linked: ``gone`` is one ballot with ``kept`` from
    now on, on each item with the newest vote of both."""

    round: int
    gone: str
    kept: str


@dataclass(frozen=True, slots=True)
class ParticipantsMerged:
    """Accounts that both took part were linked, in a round in which nobody votes: ``gone`` is the
    participant ``kept`` from now on. Where people vote it is not written, because beside merged
    ballots it would tell whose these are."""

    round: int
    gone: str
    kept: str


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """A person was forgotten and this many of their texts erased; written in the town's chain."""

    texts: int


@dataclass(frozen=True, slots=True)
class LinksDestroyed:
    """The links between ballots and participants were deleted; the figures that needed them are
    kept here."""

    contributed: int
    voted: int
    total: int
    linked: int = 0
