"""``FollowUp``: what became of the advice of one dialogue, folded from its journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from dialogues.core import Text
from dialogues.followup.events import Body, Outcome
from dialogues.followup.progress import Progress


@dataclass(frozen=True, slots=True)
class Received:
    """A version that was received, under which case number, and when the clerk said so."""

    version: int
    case: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Response:
    """An answer to a recommendation, as it was given; for the fields see ``ResponseGiven``."""

    outcome: Outcome
    text: Text
    body: Body
    source: str
    due: str
    due_unknown: bool
    at: datetime
    by: str

    @property
    def decided(self) -> bool:
        """Whether it names a decision; else an answer is still due."""
        return bool(self.source)


@dataclass(frozen=True, slots=True)
class Noted:
    """How far it was at a moment."""

    state: Progress
    text: Text
    source: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """The day of an answer (``item`` "": of all) that became another, and why."""

    item: str
    was: date | None
    now: date
    want: str
    at: datetime


@dataclass(slots=True)
class FollowUp:
    """``receipts``: what the clerk said of the hand-over, the newest last; ``issued_at``: when the
    newest version was made; ``receipt_asked``: the version whose missing receipt staff was told of.

    ``responses`` and ``progress`` by recommendation, the newest last; ``untold`` are the answers
    that the room has not heard yet, ``answered_at`` the newest answer. ``days`` are the days of
    answers that were postponed alone; ``days_set`` when the day of each was last set (""; of all).
    ``postponed`` are all changes of these days by the clerk.
    ``told`` are the answers as the room last heard them, ``late`` what it heard is late, until it
    hears another day. ``coming``: of which days staff was told how many days before.
    ``missing`` are the answers that the room was told are missing, ``missing_since`` the day from
    which that is counted, and ``missing_times`` how often. ``day_asked`` is when staff was last
    asked by when something is done; ``authors_forgotten``: the links to authors are gone."""

    receipts: list[Received] = field(default_factory=list)
    issued_at: datetime | None = None
    receipt_asked: int = 0
    responses: dict[str, list[Response]] = field(default_factory=dict)
    progress: dict[str, list[Noted]] = field(default_factory=dict)
    untold: list[str] = field(default_factory=list)
    answered_at: datetime | None = None
    days: dict[str, date] = field(default_factory=dict)
    days_set: dict[str, datetime] = field(default_factory=dict)
    postponed: list[Postponed] = field(default_factory=list)
    told: dict[str, Response] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    coming: set[tuple[str, int]] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    missing_since: date | None = None
    missing_times: int = 0
    day_asked: dict[str, datetime] = field(default_factory=dict)
    authors_forgotten: bool = False

    @property
    def received(self) -> Received | None:
        """The hand-over as the clerk last confirmed it."""
        return self.receipts[-1] if self.receipts else None

    @property
    def begun(self) -> bool:
        """Whether there is anything to follow up: something was received or answered."""
        return bool(self.receipts or self.responses)

    def response(self, item: str) -> Response | None:
        """The answer on a recommendation that holds now."""
        given = self.responses.get(item)
        return given[-1] if given else None

    def noted(self, item: str) -> Noted | None:
        """How far a recommendation is now."""
        found = self.progress.get(item)
        return found[-1] if found else None

    def answered(self, item: str) -> bool:
        """Whether there is a decision on a recommendation."""
        response = self.response(item)
        return response is not None and response.decided
