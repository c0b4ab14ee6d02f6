"""Statements: residents say things, and everybody votes agree, disagree or pass on each.

Collecting ends before voting does, so that the last statement can still be answered. A ballot's
newest vote on a statement counts until closing; votes on what is hidden, withdrawn or erased at
closing do not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dialogues.ballots import BallotBox
from dialogues.charter import Review
from dialogues.core import Context, Light, Refused, Text, Value
from dialogues.counting import statement
from dialogues.events import ItemApproved, ItemHidden, ItemShown, ItemWithdrawn, TextErased
from dialogues.items import Item, ItemState
from dialogues.report import ItemReport
from dialogues.rounds.machine import (
    Machine,
    Room,
    always_ready,
    no_advance,
    no_deadline,
    no_notices,
    no_opening,
    nothing_due,
)

CHOICES = ("agree", "disagree", "pass")


@dataclass(frozen=True, slots=True)
class GiveStatement:
    text: Text


class CastVote(Light, frozen=True):
    """``choice``: agree, disagree, pass, or None to take the vote back."""

    item: str
    choice: str | None


@dataclass(frozen=True, slots=True)
class StatementGiven:
    round: int
    number: str
    author: str
    text: Text
    staff: bool
    pending: bool


class VoteCast(Light, frozen=True):
    """The ballot is the ``by`` of its line in the journal, the time its ``at``."""

    round: int
    item: str
    choice: str | None
    order: str


@dataclass(slots=True)
class State:
    room: Room
    box: BallotBox = field(default_factory=BallotBox)
    numbers: list[str] = field(default_factory=list)
    by_author: dict[str, int] = field(default_factory=dict)


def decide(state: State, intent: GiveStatement | CastVote, context: Context) -> tuple[object, ...]:
    if isinstance(intent, GiveStatement):
        return _give(state, intent, context)
    return _vote(state, intent, context)


def _vote(state: State, intent: CastVote, context: Context) -> tuple[object, ...]:
    item, choice, room = intent.item, intent.choice, state.room
    if choice is not None and choice not in CHOICES:
        raise Refused("unknown_choice", item=item)
    if item not in state.box.books:  # a reason's number
        raise Refused("wrong_kind", item=item)
    if choice is not None and not room.items.shown(item):
        raise Refused("item_not_shown", item=item)
    if not state.box.changes(item, choice, context):
        return ()
    return (VoteCast(room.frame.index, item, choice, context.order),)


def _give(state: State, intent: GiveStatement, context: Context) -> tuple[object, ...]:
    frame = state.room.frame
    if not frame.collecting:
        raise Refused("collecting_ended", round=frame.index + 1)
    limit = frame.plan.per_person
    if limit and state.by_author.get(context.by, 0) >= limit:
        raise Refused("enough_statements", limit=limit)
    check_length(intent.text, frame.plan.length)
    return (
        StatementGiven(
            frame.index,
            state.room.items.next_number("S"),
            context.by,
            intent.text,
            context.staff,
            state.room.charter().review is Review.BEFORE and not context.staff,
        ),
    )


def check_length(text: Text, most: int) -> None:
    """Refuse words that are empty or longer than ``most`` characters."""
    if not text.words.strip():
        raise Refused("empty_text")
    if len(text.words) > most:
        raise Refused("text_too_long", length=len(text.words), most=most)


def evolve(state: State, event: object, at: datetime, by: str) -> None:
    if type(event) is VoteCast:
        state.box.cast(event.item, by, event.choice, at, event.order)
    elif isinstance(event, StatementGiven):
        item_state = ItemState.PENDING if event.pending else ItemState.SHOWN
        state.room.items.add(
            Item(event.number, event.round, event.author, event.text, item_state, event.staff)
        )
        state.numbers.append(event.number)
        state.by_author[event.author] = state.by_author.get(event.author, 0) + 1
        state.box.open(event.number)
    elif isinstance(event, ItemHidden | ItemWithdrawn | TextErased):
        state.box.count(event.item, counted=False)
        if isinstance(event, ItemWithdrawn) and event.item in state.box.books:
            author = state.room.items.by_number[event.item].author
            state.by_author[author] = max(0, state.by_author.get(author, 0) - 1)
    elif isinstance(event, ItemShown | ItemApproved):
        state.box.count(event.item, counted=True)


def shown(state: State) -> list[str]:
    """The statements that can be voted on now."""
    return [n for n in state.numbers if state.room.items.shown(n)]


def offer(state: State, ballot: str, most: int) -> list[str]:
    """The next statements for this ballot: those with the fewest votes first, then by number."""
    books = state.box.books
    fresh = [n for n in shown(state) if ballot not in books[n].votes]
    return sorted(fresh, key=lambda n: (books[n].voters, int(n[1:])))[:most]


def card(state: State) -> dict[str, Value]:
    return {"statements": len(shown(state)), "voters": state.box.voters}


def report(state: State) -> tuple[ItemReport, ...]:
    frame = state.room.frame
    round_voters = frame.voters if frame.closed_at else state.box.voters
    rows = []
    for number in state.numbers:
        item, book = state.room.items.by_number[number], state.box.books[number]
        agree, disagree, passed = (book.tally.get(choice, 0) for choice in CHOICES)
        rows.append(
            ItemReport(
                number,
                item.text,
                item.state,
                {"agree": agree, "disagree": disagree, "pass": passed},
                book.voters,
                statement.result(agree, disagree, passed, round_voters),
                staff=item.staff,
                counted=book.counted,
            )
        )
    return tuple(rows)


MACHINE = Machine(
    kind="statements",
    blank=State,
    intents=(GiveStatement, CastVote),
    events=(StatementGiven, VoteCast),
    decide=decide,
    evolve=evolve,
    announce=no_notices,
    card=card,
    deadline=no_deadline,
    due=nothing_due,
    report=report,
    box=lambda state: state.box,
    ready=always_ready,
    opening=no_opening,
    advance=no_advance,
)
