"""What every kind of round is: five functions on a state of its own, and the frame it stands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogues.ballots import BallotBox
from dialogues.charter import Charter
from dialogues.core import Context, Notice, Refused, Value
from dialogues.events import After
from dialogues.format import RoundPlan
from dialogues.items import Items
from dialogues.report import ItemReport


class Stage(StrEnum):
    """Where a round is in its life."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    SKIPPED = "skipped"


_OPEN = Stage.OPEN  # looked up once: it is asked for at every vote


@dataclass(slots=True)
class Frame:
    """What all rounds have in common; the dialogue keeps it, the round's machine reads it.

    ``index`` counts from 0; people see ``index + 1``. ``collecting`` says whether contributions
    are still taken. ``voters``, ``receipts_sha256`` and ``ballots`` (those that
    count) are fixed at closing.
    """

    index: int
    plan: RoundPlan
    stage: Stage = Stage.WAITING
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    wall: str = ""
    collecting_ends_at: datetime | None = None
    collecting: bool = False
    reminder_at: datetime | None = None
    reminded: bool = False
    then: After = After.WAIT
    next_closes_at: datetime | None = None
    closed_at: datetime | None = None
    voters: int = 0
    receipts_sha256: str = ""
    ballots: tuple[str, ...] = ()
    room_told: bool = False


def require_open(frame: Frame, at: datetime) -> None:
    """Refuse what comes before a round opened, or at its closing hour or later."""
    if frame.stage is _OPEN and (frame.closes_at is None or at < frame.closes_at):
        return
    if frame.stage is Stage.WAITING:
        raise Refused("round_not_open", round=frame.index + 1)
    if frame.stage is Stage.SKIPPED:
        raise Refused("round_skipped", round=frame.index + 1)
    raise Refused("round_closed", round=frame.index + 1, at=frame.closes_at, said=at)


@dataclass(frozen=True, slots=True)
class Room:
    """What a round's machine may look at besides its own state: the least it needs."""

    frame: Frame
    items: Items
    charter: Callable[[], Charter]


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of round.

    ``blank(room)`` makes the state; it keeps the room for later. ``decide(state, intent,
    context)`` returns events or raises ``Refused``; ``evolve(state, event, at, by)`` applies one;
    ``announce(state, event)`` says what room, staff or a person hear of it (called after
    ``evolve``); ``card(state)`` gives the values of the room's card; ``deadline(state)`` the next
    moment at which something of its own is due; ``due(state, at)`` the events of that moment;
    ``report(state)`` its items; ``box(state)`` its ballot box, None where nobody votes;
    ``ready(state)`` whether it can open; ``opening(state, dialogue, at)`` its own events as it
    opens; ``advance(state, at)`` those of ``volgende`` where it is not the closing of the round.
    """

    kind: str
    blank: Callable[[Room], Any]
    intents: tuple[type, ...]
    events: tuple[type, ...]
    decide: Callable[[Any, Any, Context], tuple[Any, ...]]
    evolve: Callable[[Any, Any, datetime, str], None]
    announce: Callable[[Any, Any], tuple[Notice, ...]]
    card: Callable[[Any], dict[str, Value]]
    deadline: Callable[[Any], datetime | None]
    due: Callable[[Any, datetime], tuple[Any, ...]]
    report: Callable[[Any], tuple[ItemReport, ...]]
    box: Callable[[Any], BallotBox | None]
    ready: Callable[[Any], bool]
    opening: Callable[[Any, Any, datetime], tuple[Any, ...]]
    advance: Callable[[Any, datetime], tuple[Any, ...]]


def no_notices(_state: Any, _event: Any) -> tuple[Notice, ...]:
    return ()


def no_deadline(_state: Any) -> datetime | None:
    return None


def nothing_due(_state: Any, _at: datetime) -> tuple[Any, ...]:
    return ()


def no_opening(_state: Any, _dialogue: Any, _at: datetime) -> tuple[Any, ...]:
    return ()


def no_advance(_state: Any, _at: datetime) -> tuple[Any, ...]:
    return ()


def always_ready(_state: Any) -> bool:
    return True
