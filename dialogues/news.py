"""What of a town's dialogues and meetings is news: the entries of a newsletter.

An entry holds the town's own words (a title, a decision) and figures, never the words of a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class News(StrEnum):
    """What happened, in the order in which a newsletter tells it."""

    OPENED = "opened"
    CLOSED = "closed"
    HELD = "held"
    ADVICE = "advice"
    RECEIVED = "received"
    ANSWERED = "answered"
    MISSING = "missing"
    DONE = "done"
    LATE = "late"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One thing that happened ``at`` a moment (UTC ISO), or is to come. ``title`` is that of the
    dialogue or the meeting, or what was promised; ``source`` where it can be looked up.

    ``people``: how many took part or were there; None where that is not told, or not known.
    ``outcomes``: so many recommendations were adopted, adopted in part, and not; of what is missing
    the first is how many."""

    what: News
    at: str
    title: str
    source: str
    people: int | None = None
    outcomes: tuple[int, int, int] = (0, 0, 0)
