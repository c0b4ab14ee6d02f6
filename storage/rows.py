"""``Row``: one row of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Work(StrEnum):
    """What a row asks for: a message to send, work on a posted one, or to leave a conversation."""

    SAY = "say"
    REMOVE = "remove"
    PIN = "pin"
    UNPIN = "unpin"
    TICK = "tick"
    LEAVE = "leave"
    INVITE = "invite"
    UNINVITE = "uninvite"


#: The slot of the list of a round, for somebody who did not ask for it, begins with this.
LIST = "list-"

#: The slot of a poll about one item begins with this.
ASK = "ask-"

#: The slot of the list of work in a staff room.
WORK = "work"

#: The slot of the work that takes somebody's sign away from a card.
TAP = "tap"


class Cards(StrEnum):
    """Whether an edit of a card may be sent: not now, only when nothing else waits, or in its
    turn."""

    LATER = "later"
    ALONE = "alone"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Row:
    """A message to send, or work to do. ``token`` names it to the platform, and in its own echo.

    ``edits``: the platform's id of the earlier message of this slot, or "" for a new one.
    ``message``: the encoded notice. ``landed``: it was being sent before, and may have been posted.
    ``work`` other than SAY is done to the message ``target`` and has no notice. ``again``: an
    earlier message of this slot was posted there before.
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
    def new(self) -> bool:
        """Whether it is a message that will stand below all earlier ones of its place."""
        return self.work is Work.SAY and not self.edits

    @property
    def edits_card(self) -> bool:
        """Whether it edits a card, or the list of work of a staff room, which changes as often."""
        mine = self.slot.startswith("card-") or self.slot == WORK
        return self.work is Work.SAY and bool(self.edits) and mine


@dataclass(frozen=True, slots=True)
class Landed:
    """A row that was carried out. ``fresh``: its message is new, and edits no earlier one."""

    row: Row
    message: str
    fresh: bool


#: The columns of the outbox that ``row_of`` reads first.
COLUMNS = "id, token, place, dialogue, slot, message, at, work, target"


def row_of(found: tuple[Any, ...]) -> Row:
    """A row as the outbox reads it: its columns, then what it edits, whether it landed, and whether
    it is posted again."""
    number, token, place, dialogue, slot, message, at, work, target, edits, landed, again = found
    return Row(
        number,
        token,
        place,
        dialogue,
        slot,
        bytes(message),
        at,
        edits or "",
        bool(landed),
        Work(work),
        target,
        bool(again),
    )


def priority(new: str) -> str:
    """The SQL of a row's weight, lightest first: staff rooms, what is new in a room, edits and work
    there, persons, and the signs that are taken away from a card. New messages of a place all weigh
    the same: they go in their order. ``new`` is the condition of a new message."""
    return f"""CASE WHEN slot = '{TAP}' THEN 5 WHEN place GLOB '*/staff/*' THEN 0
    WHEN place GLOB '*/personal/*' THEN 4 WHEN {new} THEN 1 WHEN slot GLOB 'card-*' THEN 2
    ELSE 3 END"""


@dataclass(frozen=True, slots=True)
class Next:
    """The ``row`` that goes next, None where none may go now. ``behind``: some come after answers
    that wait; ``card``: the edit of a card waits for its turn."""

    row: Row | None
    behind: bool = False
    card: bool = False
