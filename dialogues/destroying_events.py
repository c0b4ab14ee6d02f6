"""The events of what is destroyed of a dialogue by itself, and of a hold of that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Destroyed(StrEnum):
    """What was destroyed: the links between contributions and their authors, those between ballots
    and participants, or texts."""

    AUTHORS = "authors"
    LINKS = "links"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class RecordsDestroyed:
    """So many of these were destroyed, ``days`` after the closing (0: because somebody asked for
    it), under this ``category`` of the selection list ("": the town named none)."""

    what: Destroyed
    number: int
    days: int
    category: str = ""


@dataclass(frozen=True, slots=True)
class DestructionHeld:
    """Nothing of the dialogue is destroyed by itself until this is lifted: there is a request or a
    complaint, which the clerk names in the ``reason``."""

    reason: str


@dataclass(frozen=True, slots=True)
class DestructionResumed:
    """What is due is destroyed again; why stands in the ``reason``."""

    reason: str


#: Events that leave a document and the card as they are.
QUIET = (DestructionHeld, DestructionResumed, RecordsDestroyed)
