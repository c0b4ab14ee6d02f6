"""The events of a commitment, as they stand in its journal."""

from __future__ import annotations

from dataclasses import dataclass

from commitments.commitment import Source, What
from dialogues.followup.progress import Progress


@dataclass(frozen=True, slots=True)
class CommitmentMade:
    """``counts_from`` is the day (ISO) from which its lateness is counted. ``own_hour``: the first
    time is said where it was promised. ``told``: the room hears of it here; else it did already."""

    what: What
    source: Source
    room: str
    zone: str
    language: str
    counts_from: str
    town: str = ""
    own_hour: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class CommitmentChanged:
    """What it came from was corrected."""

    what: What
    counts_from: str


@dataclass(frozen=True, slots=True)
class CommitmentPostponed:
    """It has another day (ISO)."""

    due: str
    want: str
    counts_from: str


@dataclass(frozen=True, slots=True)
class CommitmentProgressed:
    """How far it is. What is underway again after it was done or stopped goes on. ``told``: the
    room hears of it here; else it did already, or need not."""

    state: Progress
    text: str
    source: str = ""
    told: bool = True


@dataclass(frozen=True, slots=True)
class CommitmentNear:
    """Its day is a week away; ``told``: staff heard so."""

    told: bool = True


@dataclass(frozen=True, slots=True)
class CommitmentLate:
    """Its day is over and it is not done. With this one its lateness was said ``times`` times, or
    would have been."""

    times: int


@dataclass(frozen=True, slots=True)
class CommitmentMakerErased:
    """Nobody can tell any more who made it."""


#: Every event of a commitment.
EVENTS: tuple[type, ...] = (
    CommitmentMade,
    CommitmentChanged,
    CommitmentPostponed,
    CommitmentProgressed,
    CommitmentNear,
    CommitmentLate,
    CommitmentMakerErased,
)
