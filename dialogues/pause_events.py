"""The events of a pause in a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RoundPaused:
    """The round takes nothing from ``began`` on, and goes on by itself ``until`` a moment; ``want``
    is the reason, "" where none was given."""

    round: int
    began: datetime
    until: datetime
    want: str = ""


@dataclass(frozen=True, slots=True)
class PauseEndTold:
    """Staff was told that the round goes on by itself in so many ``minutes``; 0: it was not told,
    because that came too late."""

    round: int
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class RoundResumed:
    """The round goes on from ``ended`` on, and closes at ``closes_at``; ``wall`` is that hour in
    the zone of the dialogue."""

    round: int
    ended: datetime
    closes_at: datetime
    wall: str
