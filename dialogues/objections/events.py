"""The events of a draft: it was posted, somebody objected, a moderator ruled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialogues.core import Text


class Ruling(StrEnum):
    """What comes of an objection: the recommendation is put differently, or it is not."""

    ADJUSTED = "adjusted"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class DraftPosted:
    """The recommendations were posted as a draft. Objections are heard until ``heard_until``, ruled
    on until ``ruled_until``; then the document is asked for by itself."""

    heard_until: datetime
    ruled_until: datetime


@dataclass(frozen=True, slots=True)
class ObjectionMade:
    """Somebody who took part says what is wrong with the recommendation ``about``; the participant
    is the ``by`` of the line."""

    number: str
    about: str
    text: Text
    pending: bool


@dataclass(frozen=True, slots=True)
class ObjectionRuled:
    """A moderator ruled on the objection ``item``. ``text`` is how the recommendation is put from
    now on where it was adjusted, else without words. Ruled on again, the newest holds."""

    item: str
    outcome: Ruling
    reason: Text
    text: Text


@dataclass(frozen=True, slots=True)
class ObjectionsTold:
    """Staff was told of these objections: new ones, or those that nobody ruled on yet, shortly
    before the time for that ends (``ending``)."""

    items: tuple[str, ...]
    ending: bool = False
