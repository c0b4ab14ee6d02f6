"""The intents about what becomes of an advice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogues.core import Text
from dialogues.followup.events import Body, Outcome
from dialogues.followup.progress import Progress


@dataclass(frozen=True, slots=True)
class ReceiveAdvice:
    """The newest version was received, under this case number."""

    case: str


@dataclass(frozen=True, slots=True)
class GiveResponse:
    """Answer a recommendation, or correct the answer; for the fields see ``ResponseGiven``."""

    item: str
    outcome: Outcome
    text: Text
    body: Body
    source: str
    due: date | None = None
    due_unknown: bool = False


@dataclass(frozen=True, slots=True)
class PostponeAnswer:
    """Promise the answer for another day; ``item`` "": all answers."""

    until: date
    want: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class NoteProgress:
    item: str
    state: Progress
    text: Text
    source: str = ""
