"""A moderator's change that the document prints, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ModeratorChange:
    """``what`` names the sort of change, ``item`` what it is about, ``by`` the moderator's
    participant id; ``was`` and ``now`` are values of the charter as typed. ``number`` is that of a
    recommendation that was dropped or added; of an order those of all, in it, comma-separated."""

    what: str
    item: str
    by: str
    at: datetime
    reason: str
    was: str | None = None
    now: str | None = None
    number: str = ""
