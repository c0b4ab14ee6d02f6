"""What can be said of an advice after it was made, one frozen type for each word.

``item`` is a recommendation, or a commitment ("T3"). Days are words still.
"""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.followup.events import Body, Outcome
from dialogues.followup.progress import Progress


@dataclass(frozen=True, slots=True)
class Received:
    """The document was received, under this case number."""

    case: str


@dataclass(frozen=True, slots=True)
class Response:
    """An answer to a recommendation. ``day`` is by when it is done, "" where that was not said; an
    answer without ``outcome`` only says that day of the answer there is."""

    item: str
    outcome: Outcome | None
    text: str
    body: Body | None
    source: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Postpone:
    """Another day for the answer on an ``item``, or on all ("")."""

    item: str
    day: str
    want: str


@dataclass(frozen=True, slots=True)
class NoteProgress:
    item: str
    state: Progress
    text: str
    source: str = ""
