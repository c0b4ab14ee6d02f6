"""The events of what is planned: a start at an hour, and the hours of the rounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogues.schedule import Opening


@dataclass(frozen=True, slots=True)
class StartPlanned:
    """The dialogue opens by itself ``at`` a moment; its first round closes at ``closes_at``, where
    that was said. ``wall`` is the announced hour of the opening in the dialogue's zone."""

    at: datetime
    wall: str
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScheduleSet:
    """The hours at which rounds open by themselves from now on, those of rounds that have begun
    left out, and when the last one closes. ``changed`` are the rounds with another hour than before
    (``schedule.END``: the end); ``want`` is the reason, once the room knows of them. ``meeting`` is
    the one whose hours they are, where the dialogue follows one."""

    openings: tuple[Opening, ...]
    end: Opening | None
    changed: tuple[int, ...]
    want: str = ""
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class StartTold:
    """The room was told so many ``minutes`` before that a dialogue opens by itself; not ``told``
    where that came too late to say."""

    minutes: int
    told: bool = True


@dataclass(frozen=True, slots=True)
class StartMissed:
    """A planned start did not happen; ``why``: ``late`` (the bot was away too long), ``taken`` (the
    room has another dialogue, whose title is ``other``) or ``empty`` (no round could open)."""

    at: datetime
    why: str
    other: str = ""
