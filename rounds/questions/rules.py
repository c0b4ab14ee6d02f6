"""Questions: residents ask, others stand behind a question, officials answer or promise to.

Support is no ballot. An answer is welcome at any time after the round opened, also when it has
closed: whoever asked would rather have a late answer than none.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dialogues.charter import Review
from dialogues.core import Audience, Context, Notice, Refused, Value
from dialogues.events import ItemWithdrawn, ParticipantsMerged, RoundClosed
from dialogues.items import Item, ItemState, Letter, check_length
from dialogues.machine import Deadline, Machine, Promises, require_open
from dialogues.report import ItemReport
from rounds.questions.order import now, result, shown
from rounds.questions.state import (
    AnswerPromised,
    AnswerQuestion,
    AnswerReport,
    AskQuestion,
    PromiseAnswer,
    PromiseLapsed,
    PromiseReport,
    QuestionAnswered,
    QuestionAsked,
    QuestionReport,
    QuestionSupported,
    QuestionTaken,
    Settings,
    State,
    Support,
    SupportWithdrawn,
    TakeNow,
    WithdrawSupport,
)

LETTER = Letter("V", "question", contribution=True)

#: How long an official's answer can be, in characters.
ANSWER_LENGTH = 2000


def decide(state: State, intent: object, context: Context) -> tuple[object, ...]:
    if isinstance(intent, AskQuestion):
        return _ask(state, intent, context)
    if isinstance(intent, Support | WithdrawSupport):
        return _support(state, intent, context)
    if isinstance(intent, TakeNow):
        return _take(state, intent)
    if isinstance(intent, AnswerQuestion):
        return _answer(state, intent, context)
    assert isinstance(intent, PromiseAnswer)
    return _promise(state, intent, context)


def _ask(state: State, intent: AskQuestion, context: Context) -> tuple[object, ...]:
    frame = state.scope.frame
    if not frame.collecting:
        raise Refused("collecting_ended", round=frame.index + 1)
    limit = frame.settings.per_person
    if limit and sum(state.by_author.get(name, 0) for name in context.names) >= limit:
        raise Refused("enough_questions", limit=limit)
    check_length(intent.text, frame.plan.length)
    number = state.scope.items.next_number(LETTER.letter)
    pending = state.scope.charter().review is Review.BEFORE and not context.staff
    return (QuestionAsked(frame.index, number, context.by, intent.text, context.staff, pending),)


def _support(
    state: State, intent: Support | WithdrawSupport, context: Context
) -> tuple[object, ...]:
    index, standing = state.scope.frame.index, context.by in state.support.get(intent.item, ())
    if isinstance(intent, WithdrawSupport):
        return (SupportWithdrawn(index, intent.item),) if standing else ()
    item = _shown(state, intent.item)
    if item.author in context.names:
        raise Refused("own_question", item=intent.item)
    return () if standing else (QuestionSupported(index, intent.item),)


def _shown(state: State, number: str) -> Item:
    if number not in state.support or not state.scope.items.shown(number):
        raise Refused("item_not_shown", item=number)
    return state.scope.items.by_number[number]


def _take(state: State, intent: TakeNow) -> tuple[object, ...]:
    _shown(state, intent.item)
    if state.now == intent.item:
        return ()
    return (QuestionTaken(state.scope.frame.index, intent.item),)


def _check_may_answer(state: State, number: str, at: datetime) -> None:
    _shown(state, number)
    if state.scope.frame.opened_at is None:
        require_open(state.scope.frame, at)


def _answer(state: State, intent: AnswerQuestion, context: Context) -> tuple[object, ...]:
    _check_may_answer(state, intent.item, context.at)
    check_length(intent.text, ANSWER_LENGTH)
    corrected = intent.item in state.answers
    return (QuestionAnswered(state.scope.frame.index, intent.item, intent.text, corrected),)


def _promise(state: State, intent: PromiseAnswer, context: Context) -> tuple[object, ...]:
    _check_may_answer(state, intent.item, context.at)
    if intent.item in state.answers:
        raise Refused("answered_already", item=intent.item)
    if intent.until <= context.at:
        raise Refused("moment_past", at=intent.until)
    if state.promises.get(intent.item) == PromiseReport(intent.until):
        return ()
    return (AnswerPromised(state.scope.frame.index, intent.item, intent.until, intent.wall),)


def evolve(state: State, event: object, at: datetime, by: str) -> None:
    if isinstance(event, QuestionSupported):
        state.support[event.item].add(by)
        state.scope.items.by_number[event.item].supported = True
    elif isinstance(event, SupportWithdrawn):
        state.support[event.item].discard(by)
        state.scope.items.by_number[event.item].supported = bool(state.support[event.item])
    elif isinstance(event, QuestionAsked):
        _asked(state, event)
    elif isinstance(event, QuestionTaken):
        state.now = event.item
    elif isinstance(event, QuestionAnswered):
        state.answers[event.item] = AnswerReport(event.text, at)
        state.scope.items.by_number[event.item].answered = True
        state.to_keep.pop(event.item, None)
        state.now = "" if state.now == event.item else state.now
    elif isinstance(event, AnswerPromised):
        state.promises[event.item] = PromiseReport(event.until)
        state.scope.items.by_number[event.item].answered = True
        state.to_keep[event.item] = event.until
        state.now = "" if state.now == event.item else state.now
    elif isinstance(event, PromiseLapsed):
        state.to_keep.pop(event.item, None)
    elif isinstance(event, ItemWithdrawn):
        author = state.scope.items.by_number[event.item].author
        state.by_author[author] = max(0, state.by_author.get(author, 0) - 1)
    elif isinstance(event, ParticipantsMerged):
        _merged(state, event)
    elif isinstance(event, RoundClosed):
        state.now = ""


def _merged(state: State, event: ParticipantsMerged) -> None:
    """Two who support are one from now on, and do not support their own question: a question keeps
    the name under which it was asked."""
    items, same = state.scope.items.by_number, state.same.setdefault(event.kept, set())
    same |= {event.gone, event.kept} | state.same.pop(event.gone, set())
    for number, supporters in state.support.items():
        if event.gone in supporters:
            supporters.remove(event.gone)
            supporters.add(event.kept)
        if items[number].author in same:
            supporters.discard(event.kept)
        items[number].supported = bool(supporters)


def _asked(state: State, event: QuestionAsked) -> None:
    item_state = ItemState.PENDING if event.pending else ItemState.SHOWN
    state.scope.items.add(
        Item(event.number, event.round, event.author, event.text, item_state, event.staff)
    )
    state.numbers.append(event.number)
    state.by_author[event.author] = state.by_author.get(event.author, 0) + 1
    state.support[event.number] = set()


def announce(state: State, event: object) -> tuple[Notice, ...]:
    """An answer and a promise are messages that stay; the question being answered is one edited
    message."""
    data: dict[str, Value] = {}
    if isinstance(event, QuestionTaken):
        notice, slot = "question_now", "question_now"
    elif isinstance(event, QuestionAnswered):
        data = {"answer": event.text, "corrected": event.corrected}
        notice, slot = "question_answered", f"answer/{event.item}"
    elif isinstance(event, AnswerPromised):
        data = {"until": event.until, "wall": event.wall}
        notice, slot = "question_promised", f"promise/{event.item}"
    elif isinstance(event, PromiseLapsed) and state.scope.items.shown(event.item):
        notice, slot = "promise_lapsed", ""
    else:
        return ()
    data |= {"item": event.item, "question": state.scope.items.by_number[event.item].text}
    return (Notice(notice, data, Audience.ROOM, slot=slot),)


def deadlines(state: State) -> tuple[Deadline, ...]:
    """The moments of promises that were not kept yet."""
    shown_now = state.scope.items.shown
    return tuple(Deadline(at, item) for item, at in state.to_keep.items() if shown_now(item))


def due(state: State, due: Deadline) -> tuple[object, ...]:
    return (PromiseLapsed(state.scope.frame.index, due.item),)


def withdraw(state: State, participant: str) -> tuple[object, ...]:
    """The intents that take back a participant's support, while the round is open."""
    return tuple(
        WithdrawSupport(item)
        for item, supporters in state.support.items()
        if participant in supporters
    )


def card(state: State) -> dict[str, Value]:
    numbers = shown(state)
    return {
        "questions": len(numbers),
        "answered": sum(n in state.answers for n in numbers),
        "promised": sum(result(state, n) == "promised" for n in numbers),
        "now": now(state),
    }


def report(state: State) -> tuple[ItemReport, ...]:
    rows = []
    for number in state.numbers:
        item = state.scope.items.by_number[number]
        rows.append(
            QuestionReport(
                number,
                item.text,
                item.state,
                {"support": len(state.support[number])},
                0,
                result(state, number),
                staff=item.staff,
                answer=state.answers.get(number),
                promise=state.promises.get(number),
                late=number in state.promises and number not in state.to_keep,
            )
        )
    return tuple(rows)


def values(item: QuestionReport, _few: bool) -> dict[str, Value]:
    """The figures of a question; support is no vote, so it is always shown."""
    counts: Any = item.counts
    return {
        "support": counts["support"],
        "answer": item.answer.text if item.answer else None,
        "until": item.promise.until if item.promise else None,
        "late": item.late,
    }


MACHINE = Machine(
    kind="questions",
    letters=(LETTER,),
    settings=Settings,
    blank=State,
    intents=(AskQuestion, Support, WithdrawSupport, TakeNow, AnswerQuestion, PromiseAnswer),
    events=(
        QuestionAsked,
        QuestionSupported,
        SupportWithdrawn,
        QuestionTaken,
        QuestionAnswered,
        AnswerPromised,
        PromiseLapsed,
    ),
    quiet=(PromiseLapsed,),
    promises=Promises(AnswerPromised, QuestionAnswered, PromiseLapsed, PromiseAnswer),
    decide=decide,
    evolve=evolve,
    announce=announce,
    card=card,
    report=report,
    deadlines=deadlines,
    due=due,
    withdraw=withdraw,
    values=values,
    collects=True,
    informs=True,
    shows_figures=True,
)
