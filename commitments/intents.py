"""What can be wanted of a commitment, by a person or by the clock; it may be refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from commitments.commitment import Source, What
from dialogues.followup.progress import Progress


@dataclass(frozen=True, slots=True)
class Make:
    """For the fields see the event."""

    what: What
    source: Source
    room: str
    zone: str
    language: str
    town: str = ""
    own_hour: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Correct:
    """What it came from says it otherwise now."""

    what: What


@dataclass(frozen=True, slots=True)
class Postpone:
    due: str
    want: str


@dataclass(frozen=True, slots=True)
class NoteProgress:
    """For the fields see the event."""

    state: Progress
    text: str
    source: str = ""
    told: bool = True


@dataclass(frozen=True, slots=True)
class Lapse:
    """Where it was promised it was said that it is late: the first time of all."""


class Step(StrEnum):
    """What happens by itself."""

    NEAR = "near"
    LATE = "late"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Due:
    """A step that is due ``at`` (UTC). ``now`` is when it is really done, which the ledger fills
    in."""

    at: datetime
    step: Step
    now: datetime | None = None
