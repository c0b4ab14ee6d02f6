"""What stands in a row of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Work(StrEnum):
    """What a row is about: a message to send, or something to do to one that stands."""

    SAY = "say"
    REMOVE = "remove"
    PIN = "pin"
    UNPIN = "unpin"
    TICK = "tick"


class Cards(StrEnum):
    """When an edit of a card may go: not now, when nothing else waits, or in its own turn."""

    LATER = "later"
    ALONE = "alone"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Row:
    """One message on its way. ``token`` names it to the platform and in its own echo.

    ``edits``: the platform's id of the earlier message of this slot, or "" for a new one.
    ``message``: the encoded notice. ``landed``: it was on its way before, and may stand.
    ``work`` other than SAY is done to the message ``target`` and has no words. ``again``: an
    earlier message of this slot stood there before.
    """

    id: int
    token: str
    place: str
    dialogue: str
    slot: str
    message: bytes
    at: str
    edits: str = ""
    landed: bool = False
    work: Work = Work.SAY
    target: str = ""
    again: bool = False

    @property
    def edits_card(self) -> bool:
        return self.work is Work.SAY and bool(self.edits) and self.slot.startswith("card-")


@dataclass(frozen=True, slots=True)
class Landed:
    """A row that is done. ``fresh``: its message is new, no edit of an earlier one."""

    row: Row
    message: str
    fresh: bool
