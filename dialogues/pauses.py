"""``Pause``: a time in which a round takes nothing, though its hour has not come.

While it lasts, every hour of the round that still lay ahead stands as much later as the pause can
last at most, so that none of them comes in it. Once it is over, they stand as much later as it
took.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogues.schedule import rounded_up


@dataclass(frozen=True, slots=True)
class Pause:
    """``until``: when it ends by itself; ``ended``: when it did, None while it lasts. ``by`` is who
    paused and ``reason`` why, "" where that was not said. ``told``: staff was told that it ends."""

    began: datetime
    until: datetime
    reason: str = ""
    by: str = ""
    ended: datetime | None = None
    told: bool = False

    def holds(self, at: datetime) -> bool:
        """Whether what is said at this moment is said in it."""
        return self.began <= at and (self.ended is None or at < self.ended)

    @property
    def later(self) -> timedelta:
        """How much later the hours of the round stand by it, in whole minutes, rounded up."""
        return rounded_up((self.ended or self.until) - self.began)

    @property
    def longest(self) -> timedelta:
        """How much later they stand while it lasts."""
        return rounded_up(self.until - self.began)

    @property
    def moved(self) -> timedelta:
        """How far they moved last: as it began, or back as it ended."""
        return self.longest if self.ended is None else self.later - self.longest

    @property
    def length(self) -> timedelta:
        """How long it took, exactly; while it lasts, as long as it can."""
        return self.longest if self.ended is None else self.ended - self.began

    def over(self, at: datetime) -> Pause:
        return replace(self, ended=at)


def held_by(pauses: Sequence[Pause], at: datetime) -> Pause | None:
    """The pause in which something was said at this moment, or None."""
    return next((pause for pause in pauses if pause.holds(at)), None)


def lasts(pauses: Sequence[Pause]) -> Pause | None:
    """The pause that is not over, or None."""
    return pauses[-1] if pauses and pauses[-1].ended is None else None
