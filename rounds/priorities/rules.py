"""Priorities: a ballot names the most important of the shown statements, the best one first.

The statements are those of earlier rounds that are shown as this round opens. One that is hidden,
withdrawn or erased later drops out of every ballot, and places behind it move up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from dialogues.ballots import BallotBox
from dialogues.core import Context, Refused, Text, Value
from dialogues.counting import ranked
from dialogues.events import ItemApproved, ItemHidden, ItemShown, ItemWithdrawn, TextErased
from dialogues.format import setting
from dialogues.items import Item, ItemState, Letter
from dialogues.machine import Machine, Scope
from dialogues.report import ItemReport

LETTER = Letter("B", "priorities", votable=True, can_hide=False, can_change=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """A ballot names at most ``places`` statements."""

    places: int = setting(3, 1, 9)


@dataclass(frozen=True, slots=True)
class CastPriorities:
    """``choice``: places in the list of statements, best first; None takes the vote back."""

    item: str
    choice: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class PrioritiesListed:
    """``shortlist`` are the numbers of the statements, in the order of the list."""

    round: int
    number: str
    shortlist: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrioritiesCast:
    """The ballot is the ``by`` of its line in the journal, the time its ``at``."""

    round: int
    item: str
    choice: tuple[int, ...] | None
    order: str


@dataclass(slots=True)
class State:
    """``number`` is the item that is voted on, "" before the round opened."""

    scope: Scope
    box: BallotBox = field(default_factory=lambda: BallotBox("ranking"))
    number: str = ""
    shortlist: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrioritiesReport(ItemReport):
    """Counts are by the number of the statement: how often first, second and so on. ``texts`` are
    the words of each, None where it is not shown any more."""

    texts: dict[str, Text | None]


def opening(state: State, dialogue: Any, _context: Context) -> tuple[object, ...]:
    """The list: what residents said and others vote on, as far as it is shown now."""
    frame = state.scope.frame
    shortlist = tuple(
        item.number
        for item in state.scope.items.by_number.values()
        if _listed(dialogue.letter(item.number), item)
    )
    return (PrioritiesListed(frame.index, state.scope.items.next_number(LETTER.letter), shortlist),)


def _listed(letter: Letter, item: Item) -> bool:
    return letter.contribution and letter.votable and item.state is ItemState.SHOWN


def choosable(state: State) -> list[tuple[int, str]]:
    """The statements that can be named now, each with its place in the list."""
    shown = state.scope.items.shown
    return [(place, n) for place, n in enumerate(state.shortlist, 1) if shown(n)]


def decide(state: State, intent: CastPriorities, context: Context) -> tuple[object, ...]:
    item, choice = intent.item, intent.choice
    if choice is not None:
        _check(state, item, choice)
    if not state.box.changes(item, choice, context):
        return ()
    return (PrioritiesCast(state.scope.frame.index, item, choice, context.order),)


def _check(state: State, item: str, choice: tuple[int, ...]) -> None:
    known = [place for place, _ in choosable(state)]
    most = state.scope.frame.settings.places
    if not choice or not set(choice) <= set(known):
        raise Refused("unknown_choice", item=item, kind=MACHINE.kind)
    if len(set(choice)) < len(choice):
        raise Refused("priority_twice", item=item)
    if len(choice) > most:
        raise Refused("too_many_priorities", item=item, most=most)


def evolve(state: State, event: object, at: datetime, by: str) -> None:
    if isinstance(event, PrioritiesListed):
        items = state.scope.items
        items.add(Item(event.number, event.round, "", Text(), ItemState.SHOWN, staff=True))
        items.by_number[event.number].label = state.scope.frame.plan.title
        state.number, state.shortlist = event.number, event.shortlist
        state.box.open(event.number)
    elif isinstance(event, ItemApproved | ItemShown | ItemHidden | ItemWithdrawn | TextErased):
        _follow(state, event.item)


def _follow(state: State, number: str) -> None:
    """A statement of the list is none any more, or is one again."""
    if number in state.shortlist:
        place = state.shortlist.index(number) + 1
        state.box.leave_out(state.number, place, not state.scope.items.shown(number))


def card(state: State) -> dict[str, Value]:
    return {
        "shortlist": len(choosable(state)),
        "places": state.scope.frame.settings.places,
        "voters": state.box.turnout,
    }


def report(state: State) -> tuple[ItemReport, ...]:
    if not state.number:
        return ()
    book, items = state.box.books[state.number], state.scope.items
    places = range(state.scope.frame.settings.places)
    counts = {
        number: [book.tally.get((place, k), 0) for k in places]
        for place, number in enumerate(state.shortlist, 1)
        if place not in book.left_out
    }
    return (
        PrioritiesReport(
            state.number,
            state.scope.frame.plan.title,
            ItemState.SHOWN,
            counts,
            book.voters,
            ranked.winners(counts),
            staff=True,
            texts={n: items.by_number[n].text if items.shown(n) else None for n in counts},
        ),
    )


def values(item: PrioritiesReport, few: bool) -> dict[str, Value]:
    """Each statement with its points, the most first."""
    counts: Any = item.counts
    points = ranked.scores(counts)
    order = sorted(points, key=lambda number: -points[number])
    rows: list[dict[str, Value]] = [
        {"number": n, "text": item.texts[n], "points": None if few else points[n]} for n in order
    ]
    return {"shortlist": rows}


MACHINE = Machine(
    kind="priorities",
    letters=(LETTER,),
    settings=Settings,
    blank=State,
    intents=(CastPriorities,),
    events=(PrioritiesListed, PrioritiesCast),
    votes=(PrioritiesCast,),
    opening=opening,
    decide=decide,
    evolve=evolve,
    card=card,
    report=report,
    box=attrgetter("box"),
    cast=CastPriorities,
    side=lambda _item, _choice: "",
    values=values,
    follows_items=True,
    rests_on_others=True,
)
