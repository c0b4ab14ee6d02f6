"""A moderator's change that the document prints, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class ModeratorChange:
    """``what`` names the sort of change, ``item`` what it is about (of an hour: the round, as
    people count it), ``by`` the moderator's participant id; ``was`` and ``now`` are values of the
    charter as typed, titles, or moments as ``moment`` writes them. ``number`` is that of a
    recommendation that was dropped or added; of an order those of all, in it, comma-separated."""

    what: str
    item: str
    by: str
    at: datetime
    reason: str
    was: str | None = None
    now: str | None = None
    number: str = ""


#: The changes of an hour: moved by ``tot``, or gone by because the round was closed before it;
#: those of the schedule; and a pause, from when to when.
HOURS = ("hour", "early", "opening", "end", "pause")


def moment(at: datetime) -> str:
    """A moment (UTC) as a change holds it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
