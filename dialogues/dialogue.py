"""``Dialogue``: the state of a dialogue, folded from its journal by ``fold.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogues.announced import Announced
from dialogues.ballots import BallotBox
from dialogues.changes import ModeratorChange
from dialogues.charter import Charter
from dialogues.evaluation_events import EvaluationCounted
from dialogues.followup.state import FollowUp
from dialogues.format import Format
from dialogues.items import Items, Letter
from dialogues.kinds import Kinds
from dialogues.machine import Frame, Machine, Stage
from dialogues.objections.state import Draft
from dialogues.schedule import Schedule

_OPEN = Stage.OPEN  # looked up once: votes need it


class Status(StrEnum):
    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"
    DISCARDED = "discarded"


@dataclass(slots=True)
class Advice:
    """A requested advice: its version, the journal line and time of the request, the attested
    figures, the hash of the public bundle once it was issued, and the version ``before`` it.
    ``changed``: something happened since that a document made now may show."""

    version: int
    position: int
    at: datetime
    contributed: int
    voted: int
    total: int
    linked: int = 0
    manifest: str = ""
    before: Advice | None = None
    changed: bool = False

    def versions(self) -> Iterator[Advice]:
        """This version and those before it, the newest first."""
        found: Advice | None = self
        while found is not None:
            yield found
            found = found.before


@dataclass(frozen=True, slots=True)
class Planned:
    """When a dialogue opens by itself, and when its first round closes then, if that was said.
    ``since``: when it was planned; ``told``: how many minutes before the room was told last, 0
    where it was not yet."""

    opens_at: datetime
    closes_at: datetime | None
    since: datetime | None = None
    told: int = 0


@dataclass(slots=True)
class Review:
    """What staff was told of what waits for review: the items that came since (``untold``), from
    when on it is told of them (``due``), when it was told last; ``round`` is the last one in which
    something waited, ``warned`` the last one before whose closing staff was told of it."""

    untold: list[str] = field(default_factory=list)
    due: datetime | None = None
    told_at: datetime | None = None
    round: int = -1
    warned: int = -1


@dataclass(slots=True)
class Dialogue:
    """The whole state. ``kinds`` are the rules of every kind of round; ``position`` is the number
    of the last journal line folded in; ``current`` the index of the round that is open or the last
    to have closed, -1 before the start. ``frames``, ``states`` and ``boxes`` hold one of each
    round: the box is that of its state, None where nobody votes. ``confidential``: the charter's
    ballot is. ``announced`` are the rounds that were planned, by index, as a calendar has them.
    ``last_figures``: how many contributed, voted and took part, and linked accounts, kept from when
    the links were destroyed.
    ``held``: why nothing of it is destroyed now, "" where it is."""

    id: str
    kinds: Kinds = field(repr=False)
    title: str = ""
    room: str = ""
    format: Format = field(default_factory=lambda: Format("", "", ()))
    town: str = ""
    zone: str = "UTC"
    language: str = "nl"
    simulated: bool = False
    objection_days: int = 14
    ruling_days: int = 2
    source: str = ""
    charter: Charter = field(default_factory=Charter)
    confidential: bool = True
    status: Status = Status.PREPARING
    created_by: str = ""
    planned: Planned | None = None
    schedule: Schedule = field(default_factory=Schedule)
    announced: dict[int, Announced] = field(default_factory=dict)
    started_at: datetime | None = None
    closed_at: datetime | None = None
    current: int = -1
    frames: list[Frame] = field(default_factory=list)
    states: list[Any] = field(default_factory=list)
    boxes: list[BallotBox | None] = field(default_factory=list)
    items: Items = field(default_factory=Items)
    reasons: dict[str, list[str]] = field(default_factory=dict)
    changes: list[ModeratorChange] = field(default_factory=list)
    draft: Draft | None = None
    advice: Advice | None = None
    advice_awaited: bool = False
    reports: bool = False
    erased_since_advice: int = 0
    unreviewed: int = 0
    links_destroyed: bool = False
    held: str = ""
    last_figures: tuple[int, int, int, int] | None = None
    answer_overdue: bool = False
    evaluation: EvaluationCounted | None = None
    review: Review = field(default_factory=lambda: Review())
    follow_up: FollowUp = field(default_factory=FollowUp)
    position: int = 0

    @property
    def frame(self) -> Frame | None:
        """The frame of the current round."""
        return self.frames[self.current] if self.current >= 0 else None

    @property
    def open_frame(self) -> Frame | None:
        """The frame of the round that is open, if one is."""
        frame = self.frames[self.current] if self.current >= 0 else None
        return frame if frame is not None and frame.stage is _OPEN else None

    def machine(self, index: int) -> Machine:
        return self.frames[index].machine

    def letter(self, number: str) -> Letter:
        """The traits of an item's letter, by the item's number."""
        return self.kinds.letters[number[0]]

    def round_of(self, item: str) -> int | None:
        """The index of the round an item belongs to."""
        known = self.items.by_number.get(item)
        return known.round if known else None
