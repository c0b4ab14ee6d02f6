"""Statements: residents give statements, and everybody votes agree, disagree or pass on each.

Collecting ends before voting does, so that the last statement can still be answered. A ballot's
newest vote on a statement counts until closing; votes on what is hidden, withdrawn or erased at
closing do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, cast

from dialogues.ballots import BallotBox
from dialogues.charter import Review
from dialogues.core import Context, Light, Refused, Text, Value
from dialogues.counting import recommend, statement
from dialogues.counting.threshold import THRESHOLD
from dialogues.events import ItemApproved, ItemHidden, ItemShown, ItemWithdrawn, TextErased
from dialogues.format import setting
from dialogues.items import Item, ItemState, Letter, check_length
from dialogues.machine import Machine, Scope
from dialogues.recommendations import Recommendation
from dialogues.report import ItemReport
from dialogues.results import first_reason

CHOICES = ("agree", "disagree", "pass")

LETTER = Letter("S", "statement", contribution=True, votable=True, takes_reasons=True)


@dataclass(frozen=True, slots=True)
class Settings:
    """``per_person`` statements each (0: no limit); ``offer`` so many at once; a reason is asked
    for after every ``reason_every`` votes (0: never); ``threshold`` is how alike two texts are, in
    hundredths, before it is asked whether they say the same (``near_duplicates``)."""

    per_person: int = setting(3, 0, 1000)
    offer: int = setting(5, 1, 5)
    reason_every: int = setting(3, 0, 1000)
    near_duplicates: bool = setting(True)
    threshold: int = setting(80, 1, 100)


@dataclass(frozen=True, slots=True)
class GiveStatement:
    text: Text


class CastVote(Light, frozen=True):
    """``choice``: agree, disagree, pass, or None to take the vote back. ``stands``: it was given
    before and stands again, whether or not the item is shown now."""

    item: str
    choice: str | None
    stands: bool = False


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
    scope: Scope
    box: BallotBox = field(default_factory=BallotBox)
    numbers: list[str] = field(default_factory=list)
    by_author: dict[str, int] = field(default_factory=dict)


def decide(state: State, intent: GiveStatement | CastVote, context: Context) -> tuple[object, ...]:
    if isinstance(intent, GiveStatement):
        return _give(state, intent, context)
    item, choice, scope = intent.item, intent.choice, state.scope
    if choice is not None and choice not in CHOICES:
        raise Refused("unknown_choice", item=item, kind=MACHINE.kind)
    if item not in state.box.books:  # the number of a reason
        raise Refused("wrong_kind", item=item)
    if choice is not None and not intent.stands and not scope.items.shown(item):
        raise Refused("item_not_shown", item=item)
    if not state.box.changes(item, choice, context):
        return ()
    return (VoteCast(scope.frame.index, item, choice, context.order),)


def _give(state: State, intent: GiveStatement, context: Context) -> tuple[object, ...]:
    frame = state.scope.frame
    if not frame.collecting:
        raise Refused("collecting_ended", round=frame.index + 1)
    limit = frame.settings.per_person
    if limit and sum(state.by_author.get(name, 0) for name in context.names) >= limit:
        raise Refused("enough_statements", limit=limit)
    check_length(intent.text, frame.plan.length)
    return (
        StatementGiven(
            frame.index,
            state.scope.items.next_number(LETTER.letter),
            context.by,
            intent.text,
            context.staff,
            state.scope.charter().review is Review.BEFORE and not context.staff,
        ),
    )


def evolve(state: State, event: object, at: datetime, by: str) -> None:
    if isinstance(event, StatementGiven):
        _given(state, event)
    elif isinstance(event, ItemHidden | ItemWithdrawn | TextErased):
        state.box.count(event.item, counted=False)
        if isinstance(event, ItemWithdrawn) and event.item in state.box.books:
            author = state.scope.items.by_number[event.item].author
            state.by_author[author] = max(0, state.by_author.get(author, 0) - 1)
    elif isinstance(event, ItemShown | ItemApproved):
        state.box.count(event.item, counted=True)


def _given(state: State, event: StatementGiven) -> None:
    item_state = ItemState.PENDING if event.pending else ItemState.SHOWN
    state.scope.items.add(
        Item(event.number, event.round, event.author, event.text, item_state, event.staff)
    )
    state.numbers.append(event.number)
    state.by_author[event.author] = state.by_author.get(event.author, 0) + 1
    state.box.open(event.number)


def shown(state: State) -> list[str]:
    """The statements that can be voted on now."""
    return [n for n in state.numbers if state.scope.items.shown(n)]


def offer(state: State, ballot: str, most: int, offered: Mapping[str, int]) -> list[str]:
    """The next statements for this ballot: those that were ``offered`` least often first, then by a
    draw of round and ballot. Votes have no say in it: they would show while the round is blind."""
    books, seed = state.box.books, state.scope.frame.seed

    def drawn(number: str) -> bytes:
        return hashlib.sha256(f"{seed}/{ballot}/{number}".encode()).digest()

    fresh = [n for n in shown(state) if ballot not in books[n].votes]
    return sorted(fresh, key=lambda n: (offered.get(n, 0), drawn(n)))[:most]


def card(state: State) -> dict[str, Value]:
    return {"statements": len(shown(state)), "voters": state.box.turnout}


def report(state: State) -> tuple[ItemReport, ...]:
    rows = []
    for number in state.numbers:
        item, book = state.scope.items.by_number[number], state.box.books[number]
        agree, disagree, passed = (book.tally.get(choice, 0) for choice in CHOICES)
        rows.append(
            ItemReport(
                number,
                item.text,
                item.state,
                {"agree": agree, "disagree": disagree, "pass": passed},
                book.voters,
                statement.result(agree, disagree, passed, state.box.voters),
                staff=item.staff,
                counted=book.counted,
            )
        )
    return tuple(rows)


def values(item: ItemReport, few: bool) -> dict[str, Value]:
    """The figures of one statement, and the first reason of each side."""
    counts = opinions(item.counts)
    figures = dict(zip(CHOICES, counts, strict=True))
    return {
        **{choice: None if few else number for choice, number in figures.items()},
        "why_agree": first_reason(item, "agree"),
        "why_disagree": first_reason(item, "disagree"),
    }


def summary(rows: list[dict[str, Any]]) -> dict[str, Value]:
    """The statements most agreed with, most rejected and most divided, for a message."""
    return {
        "agreed": _sorted(rows, "agreed", "agree"),
        "rejected": _sorted(rows, "rejected", "disagree"),
        "divided": _sorted(rows, "divided", "voters"),
    }


def _sorted(rows: list[dict[str, Any]], result: str, key: str) -> list[dict[str, Any]]:
    found = [row for row in rows if row["result"] == result]
    return sorted(found, key=lambda row: (-(row.get(key) or 0), int(row["item"][1:])))


def opinions(counts: Mapping[str, object]) -> tuple[int, int, int]:
    """The numbers of agree, disagree and pass in a statement's counts."""
    figures = cast("Mapping[str, int]", counts)
    return figures["agree"], figures["disagree"], figures["pass"]


def candidates(item: Any, round_voters: int) -> tuple[recommend.Candidate, ...]:
    """The statement itself, where the rule recommends it; ``item`` is reported or published."""
    found = recommend.by_share(item.number, *opinions(item.counts), round_voters)
    return (found,) if found else ()


def proposals(state: State, number: str) -> tuple[Recommendation, ...]:
    """A statement as it stands, where more people agree than disagree."""
    book = state.box.books.get(number)
    if book is None:
        return ()
    if not book.counted or book.voters < THRESHOLD:
        raise Refused("too_few_for_advice", item=number)
    agree, disagree, _ = (book.tally.get(choice, 0) for choice in CHOICES)
    if agree <= disagree:
        raise Refused("not_wanted_by_most", item=number, agree=agree, disagree=disagree)
    return (Recommendation("", number),)


MACHINE = Machine(
    kind="statements",
    letters=(LETTER,),
    settings=Settings,
    blank=State,
    intents=(GiveStatement, CastVote),
    events=(StatementGiven, VoteCast),
    votes=(VoteCast,),
    decide=decide,
    evolve=evolve,
    card=card,
    report=report,
    box=attrgetter("box"),
    cast=CastVote,
    values=values,
    summary=summary,
    candidates=candidates,
    proposals=proposals,
    collects=True,
)
