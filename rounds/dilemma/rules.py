"""Dilemma: the town asks what weighs more; a ballot answers a, b or neither of the two.

The answer chosen most often is the result, by the rule of one choice a ballot; where two share the
first place it is a tie, and under five voters there are too few.
"""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import Any

from dialogues.core import Context, Refused, Text, Value
from dialogues.counting import one
from dialogues.counting.threshold import THRESHOLD
from dialogues.items import Item, ItemState, Letter, check_length
from dialogues.machine import Machine, Stage, require_open
from dialogues.report import ItemReport
from rounds.dilemma.state import (
    CHOICES,
    CastDilemma,
    DilemmaFilled,
    DilemmaReport,
    DilemmaVoteCast,
    FillDilemma,
    Option,
    State,
)

LETTER = Letter("D", "dilemma", votable=True, takes_reasons=True, can_hide=False, can_change=False)

#: How long a question and each of the other texts can be, in characters.
QUESTION_LENGTH = 300
TEXT_LENGTH = 120


def decide(state: State, intent: FillDilemma | CastDilemma, context: Context) -> tuple[object, ...]:
    if isinstance(intent, FillDilemma):
        return _fill(state, intent, context)
    return _vote(state, intent, context)


def _fill(state: State, intent: FillDilemma, context: Context) -> tuple[object, ...]:
    frame, now = state.scope.frame, state.filled
    if frame.stage is not Stage.WAITING:
        require_open(frame, context.at)
    number = now.number if now else state.scope.items.next_number(LETTER.letter)
    if now is not None and state.box.books[number].votes:
        raise Refused("dilemma_has_votes", item=number)
    question, a, b = _trimmed(intent.question), _checked(intent.a), _checked(intent.b)
    check_length(Text(question), QUESTION_LENGTH)
    source = _optional(intent.source)
    if a.text.casefold() == b.text.casefold():
        raise Refused("dilemma_same_choices")
    filled = DilemmaFilled(frame.index, number, question, a, b, source)
    return () if filled == now else (filled,)


def _checked(option: Option) -> Option:
    text = _trimmed(option.text)
    check_length(Text(text), TEXT_LENGTH)
    return Option(text, _optional(option.gives), _optional(option.costs))


def _optional(words: str) -> str:
    words = _trimmed(words)
    if words:
        check_length(Text(words), TEXT_LENGTH)
    return words


def _trimmed(words: str) -> str:
    return " ".join(words.split())


def _vote(state: State, intent: CastDilemma, context: Context) -> tuple[object, ...]:
    item, choice = intent.item, intent.choice
    if state.filled is None or item != state.filled.number:  # a reason's number
        raise Refused("wrong_kind", item=item)
    if choice is not None and choice not in CHOICES:
        raise Refused("unknown_choice", item=item, kind=MACHINE.kind)
    if not state.box.changes(item, choice, context):
        return ()
    return (DilemmaVoteCast(state.scope.frame.index, item, choice, context.order),)


def evolve(state: State, event: object, at: datetime, by: str) -> None:
    if isinstance(event, DilemmaFilled):
        _filled(state, event)


def _filled(state: State, event: DilemmaFilled) -> None:
    if state.filled is None:
        state.scope.items.add(
            Item(event.number, event.round, "", Text(), ItemState.SHOWN, staff=True)
        )
        state.box.open(event.number)
    state.filled = event
    state.scope.items.by_number[event.number].label = event.question


def told(filled: DilemmaFilled) -> dict[str, Value]:
    """A dilemma for a template."""
    return {
        "item": filled.number,
        "question": filled.question,
        "choices": [
            {"name": name, "text": option.text, "gives": option.gives, "costs": option.costs}
            for name, option in (("a", filled.a), ("b", filled.b))
        ],
        "source": filled.source,
    }


def card(state: State) -> dict[str, Value]:
    asked = told(state.filled) if state.filled else {}
    return {**asked, "voters": state.box.turnout}


def report(state: State) -> tuple[ItemReport, ...]:
    filled = state.filled
    if filled is None:
        return ()
    book = state.box.books[filled.number]
    counts = {choice: book.tally.get(choice, 0) for choice in CHOICES}
    return (
        DilemmaReport(
            filled.number,
            filled.question,
            ItemState.SHOWN,
            counts,
            book.voters,
            result(counts),
            staff=True,
            a=filled.a,
            b=filled.b,
            source=filled.source,
        ),
    )


def result(counts: Any) -> str:
    """The answer chosen most often: a, b or neither; ``tie``; ``too_few`` under five voters."""
    if sum(counts.values()) < THRESHOLD:
        return "too_few"
    return (*one.winners(counts), "tie")[0]


def values(item: DilemmaReport, few: bool) -> dict[str, Value]:
    """Each answer with its number of votes (None where few voted), and what is first."""
    counts: Any = item.counts
    figures = {choice: None if few else counts[choice] for choice in CHOICES}
    return {**figures, "option_a": item.a.text, "option_b": item.b.text}


MACHINE = Machine(
    kind="dilemma",
    letters=(LETTER,),
    blank=State,
    intents=(FillDilemma, CastDilemma),
    events=(DilemmaFilled, DilemmaVoteCast),
    votes=(DilemmaVoteCast,),
    decide=decide,
    evolve=evolve,
    card=card,
    report=report,
    ready=lambda state: state.filled is not None,
    box=attrgetter("box"),
    cast=CastDilemma,
    values=values,
)
