"""``Progress``: how far something that was promised is, as staff says it."""

from __future__ import annotations

from enum import StrEnum


class Progress(StrEnum):
    """Still being worked on, done, or given up."""

    UNDERWAY = "underway"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def ended(self) -> bool:
        """Whether nothing more is expected."""
        return self is not Progress.UNDERWAY
