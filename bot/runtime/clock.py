"""Clocks: the system's, or one that stands still until it is told to move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def system() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


class VirtualClock:
    """The clock of replay, of the demo, and of a console whose clock was moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        """Move to a moment; never back."""
        self._now = max(self._now, now.astimezone(UTC))


class ShiftedClock:
    """The system's clock, so much ahead: a console on which somebody typed ``/klok +10m``."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead

    def __call__(self) -> datetime:
        return system() + self.ahead
