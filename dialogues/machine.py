"""``Machine``: the rules of a kind of round, as pure functions; ``Frame``: what rounds share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogues.ballots import BallotBox, Choice
from dialogues.changes import ModeratorChange
from dialogues.charter import Charter
from dialogues.core import Context, Notice, Refused, Value
from dialogues.counting.recommend import Candidate
from dialogues.events import After
from dialogues.format import NoSettings, RoundPlan
from dialogues.items import Items, Letter
from dialogues.pauses import Pause, held_by
from dialogues.recommendations import Recommendation
from dialogues.report import ItemReport


class Stage(StrEnum):
    """The stages of a round."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    SKIPPED = "skipped"


_OPEN = Stage.OPEN  # looked up once: every vote needs it


@dataclass(slots=True)
class Frame:
    """What all rounds have in common; the dialogue keeps it, the round's machine reads it.

    ``index`` counts from 0; people see ``index + 1``. ``settings`` are the kind's own, as its
    machine declares them. ``collecting`` says whether contributions are still taken. ``voters``,
    ``receipts_sha256`` and ``ballots`` (those that count) are fixed at closing. ``seed`` is the
    round's random value, known once it opened. ``chosen``: a moderator chose its hour.
    ``reasons_withheld``: a reason of it was erased after it closed. ``pauses`` of it, the last one
    perhaps not over.
    """

    index: int
    plan: RoundPlan
    machine: Machine
    settings: Any = None
    stage: Stage = Stage.WAITING
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    wall: str = ""
    chosen: bool = False
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
    seed: str = ""
    reasons_withheld: bool = False
    pauses: tuple[Pause, ...] = ()


def is_open(frame: Frame, at: datetime) -> bool:
    """Whether a round takes what was said at this moment: not before it opened, nor from its
    closing hour on, nor in a pause."""
    if frame.pauses and held_by(frame.pauses, at):
        return False
    return frame.stage is _OPEN and (frame.closes_at is None or at < frame.closes_at)


def runs(frame: Frame, at: datetime) -> bool:
    """Whether a round has opened and its closing hour has not come, paused or not."""
    return frame.stage is _OPEN and (frame.closes_at is None or at < frame.closes_at)


def require_open(frame: Frame, at: datetime) -> None:
    """Raise ``Refused`` where a round takes nothing."""
    if not is_open(frame, at):
        raise not_open(frame, at)


def not_open(frame: Frame, at: datetime, *, moderates: bool = False) -> Refused:
    """Why a round takes nothing at this moment; ``moderates``: it was a moderator's step in it."""
    if frame.stage is Stage.WAITING:
        return Refused("round_not_open", round=frame.index + 1)
    if frame.stage is Stage.SKIPPED:
        return Refused("round_skipped", round=frame.index + 1)
    pause = held_by(frame.pauses, at)
    if pause is not None:
        return Refused("paused_first" if moderates else "paused", over=pause.ended is not None)
    return Refused("round_closed", round=frame.index + 1, at=frame.closes_at, said=at)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a round's machine may look at and add to besides its own state: the least it needs.

    ``changes`` are the moderator's changes that the document mentions; ``proposals`` gives the
    recommendations that an item of any round can become, or refuses.
    """

    frame: Frame
    items: Items
    charter: Callable[[], Charter]
    changes: list[ModeratorChange]
    proposals: Callable[[str], tuple[Recommendation, ...]]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment at which a step of a kind's own is due in a round; ``item``: what it is about, if
    any; ``opens``: from then on people can do something in it that they could not before."""

    at: datetime
    item: str = ""
    opens: bool = False


def _no_notices(_state: Any, _event: Any) -> tuple[Notice, ...]:
    return ()


def _no_deadlines(_state: Any) -> Iterable[Deadline]:
    return ()


def _nothing_due(_state: Any, _due: Deadline) -> tuple[Any, ...]:
    return ()


def _no_opening(_state: Any, _dialogue: Any, _context: Context) -> tuple[Any, ...]:
    return ()


def _no_advance(_state: Any, _at: datetime) -> tuple[Any, ...]:
    return ()


def _always_ready(_state: Any) -> bool:
    return True


def _no_box(_state: Any) -> BallotBox | None:
    return None


def _nothing_withdrawn(_state: Any, _participant: str) -> tuple[Any, ...]:
    return ()


def _word_is_side(_item: Any, choice: Choice) -> str:
    return choice if isinstance(choice, str) else ""


def _no_values(_item: Any, _few: bool) -> dict[str, Value]:
    return {}


def _no_summary(_rows: list[dict[str, Any]]) -> dict[str, Value]:
    return {}


def _not_recommended(_state: Any, _number: str) -> tuple[Recommendation, ...]:
    return ()


def _nobody_else(_state: Any) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Promises:
    """The events by which an answer about an ``item`` is promised (``until`` is a moment), given,
    or said not to be there at its moment; ``promise(item, until, wall)`` is the intent of the
    first."""

    promised: type
    given: type
    lapsed: type
    promise: Callable[[str, datetime, str], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The rules of a kind of round.

    What it is: its name; the class of its ``settings`` (a frozen data class of ``setting`` fields);
    the ``letters`` of its items; its ``intents`` and ``events``. ``votes`` are the events that are
    one ballot's vote: each has an ``item``, a ``choice`` and an ``order``, and is put in the
    round's box; they concern that box and the round's card and nothing else.

    How it goes: ``blank(scope)`` makes the state, which keeps the scope. ``decide(state, intent,
    context)`` returns events or raises ``Refused``; ``evolve(state, event, at, by)`` applies one
    that is no vote.
    ``ready(state)`` says whether it can open; ``opening(state, dialogue, context)`` gives its own
    events as it opens; ``advance(state, at)`` those of ``volgende`` where that does not close the
    round; ``deadlines(state)`` the moments at which something of its own is due, also after it
    closed, and ``due(state, deadline)`` the events of one.

    Votes: ``box(state)`` is its ballot box, None where nobody votes; ``cast(item, choice)`` the
    intent of a vote (choice None takes it back); where reactions give votes ``cast(item, choice,
    True)`` that of a choice which stands again; ``withdraw(state, participant)`` the intents that
    take back what a participant holds without a ballot; ``side(item, choice)`` the side that a
    reason beside this choice is on, "" where it is on none.

    What comes of it: ``announce(state, event)`` says what room, staff or a person hear of an event
    (called after ``evolve``); ``card(state)`` the values of the room's card; ``report(state)`` its
    items with whole figures; ``values(item, few)`` an item's figures for a message (``few``: to be
    held back); ``summary(rows)`` what a message says of all its items; ``took_part(state)`` the
    participants besides authors and voters; ``candidates(item, round_voters)`` what the written
    rule recommends of a reported or published item; ``proposals(state, number)`` the
    recommendations that an item can become, or ``Refused``.

    Traits: ``collects``: contributions are taken until collecting ends. ``informs``: it fits the
    level at which residents hear and ask, and have no say. ``shows_figures``: its figures may be
    shown while it is open, whatever the ballot. ``follows_items``: events about items of other
    rounds reach its ``evolve``. ``rests_on_others``: it needs an earlier round with candidates.
    ``quiet`` are its events that leave the card as it is; ``begins`` those with which everybody has
    something new to answer in a round that is open already. ``promises`` are those with which
    officials promise an answer, if they can.
    """

    kind: str
    blank: Callable[[Scope], Any]
    decide: Callable[[Any, Any, Context], tuple[Any, ...]]
    evolve: Callable[[Any, Any, datetime, str], None]
    card: Callable[[Any], dict[str, Value]]
    report: Callable[[Any], tuple[ItemReport, ...]]
    intents: tuple[type, ...]
    events: tuple[type, ...]
    votes: tuple[type, ...] = ()
    quiet: tuple[type, ...] = ()
    begins: tuple[type, ...] = ()
    promises: Promises | None = None
    letters: tuple[Letter, ...] = ()
    settings: type = NoSettings
    ready: Callable[[Any], bool] = _always_ready
    opening: Callable[[Any, Any, Context], tuple[Any, ...]] = _no_opening
    advance: Callable[[Any, datetime], tuple[Any, ...]] = _no_advance
    deadlines: Callable[[Any], Iterable[Deadline]] = _no_deadlines
    due: Callable[[Any, Deadline], tuple[Any, ...]] = _nothing_due
    box: Callable[[Any], BallotBox | None] = _no_box
    cast: Callable[..., Any] | None = None
    withdraw: Callable[[Any, str], tuple[Any, ...]] = _nothing_withdrawn
    side: Callable[[Any, Choice], str] = _word_is_side
    announce: Callable[[Any, Any], tuple[Notice, ...]] = _no_notices
    values: Callable[[Any, bool], dict[str, Value]] = _no_values
    summary: Callable[[list[dict[str, Any]]], dict[str, Value]] = _no_summary
    took_part: Callable[[Any], frozenset[str]] = _nobody_else
    candidates: Callable[[Any, int], tuple[Candidate, ...]] | None = None
    proposals: Callable[[Any, str], tuple[Recommendation, ...]] = _not_recommended
    collects: bool = False
    informs: bool = False
    shows_figures: bool = False
    follows_items: bool = False
    rests_on_others: bool = False
