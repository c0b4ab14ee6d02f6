"""What residents add: statements, questions, reasons; changing and withdrawing them.

A text that says nearly the same as one that is shown is asked about first, with the words kept in
the open question until it is answered.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from bot.desk import posts
from bot.desk.asker import Asker, Desk
from bot.desk.votes import may_vote, noted, put
from commands import several
from commands.ballots import statement_choice
from commands.said import Question, Statement, Support, Where, Why
from dialogues.core import Context, Notice, Refused, Text, Value
from dialogues.decide import decide
from dialogues.dialogue import Dialogue
from dialogues.format import Kind
from dialogues.intents import ChangeItem, GiveReason, WithdrawItem
from dialogues.items import Item, ItemState
from dialogues.rounds import questions, statements
from storage.forms import Form
from storage.sources import Source

#: A polite no to the question for a reason.
_NO_THANKS = re.compile(
    r"(?:nee|no)[\s,]+(?:dank(?:\s?u|\s?je)?(?:\s?wel)?|bedankt|thanks|thank you)[\s.!]*",
    re.IGNORECASE,
)


class Given(NamedTuple):
    """The message that gives something: its hidden id, its place, and the platform's id of it."""

    cause: bytes
    place: str
    event: str


def statement(desk: Desk, asker: Asker, dialogue: Dialogue, said: Statement) -> list[Notice]:
    return _give(desk, asker, dialogue, said.text, Kind.STATEMENTS)


def question(desk: Desk, asker: Asker, dialogue: Dialogue, said: Question) -> list[Notice]:
    return _give(desk, asker, dialogue, said.text, Kind.QUESTIONS)


_INTENT: dict[Kind, Any] = {
    Kind.QUESTIONS: questions.AskQuestion,
    Kind.STATEMENTS: statements.GiveStatement,
}


def _give(desk: Desk, asker: Asker, dialogue: Dialogue, words: str, kind: Kind) -> list[Notice]:
    intent = _INTENT[kind](Text(words))
    _check_round(dialogue, kind)
    # Asked first and done afterwards: what would be refused anyway is not worth a question.
    decide(dialogue, intent, _context(desk, asker, dialogue))
    frame = dialogue.open_frame
    if frame is not None and frame.plan.near_duplicates:
        same = _near(desk, dialogue, words, frame.plan.threshold, "SV"[kind is Kind.QUESTIONS])
        if same is not None:
            data: dict[str, object] = {
                "words": words,
                "item": same,
                "kind": kind.value,
                "cause": asker.cause.hex(),
                "place": str(asker.place),
                "event": asker.origin.cause,
            }
            form = Form("same", dialogue.id, data, asker.milliseconds)
            desk.store.forms.ask(asker.here, form)
            desk.store.places.belongs(str(asker.personal), asker.person)
            return [_looks_like(dialogue, same, kind)]
    given = Given(asker.cause, str(asker.place), asker.origin.cause)
    return _keep(desk, asker, dialogue, words, kind, given)


def _check_round(dialogue: Dialogue, kind: Kind) -> None:
    """What is given fits the round that is open; else it is said what does."""
    frame = dialogue.open_frame
    if frame is None or frame.plan.kind is kind:
        return
    instead = frame.plan.kind.value if frame.plan.kind in _INTENT and frame.collecting else ""
    raise Refused("not_in_this_round", given=kind.value, instead=instead)


def _context(desk: Desk, asker: Asker, dialogue: Dialogue) -> Context:
    return Context(asker.at, desk.participant(asker, dialogue), asker.roles)


def _looks_like(dialogue: Dialogue, same: str, kind: Kind) -> Notice:
    text = dialogue.items.by_number[same].text
    template = "looks_like" if kind is Kind.STATEMENTS else "looks_like_question"
    return Notice(template, {"item": same, "text": text})


def _near(desk: Desk, dialogue: Dialogue, words: str, threshold: int, letter: str) -> str | None:
    most = desk.town.limits.near_duplicates_among
    shown = [
        (item.number, desk.words(item.text))
        for item in dialogue.items.by_number.values()
        if item.number[0] == letter and item.state is ItemState.SHOWN
    ]
    return desk.nearest(words, shown[-most:], threshold)


def _keep(
    desk: Desk,
    asker: Asker,
    dialogue: Dialogue,
    words: str,
    kind: Kind,
    by: Given,
) -> list[Notice]:
    events = desk.act(asker, dialogue, _INTENT[kind](Text(words)))
    given = events[0]
    desk.store.sources.gave(by.cause, Source(dialogue.id, given.number, asker.person, by.place))
    desk.store.places.belongs(str(asker.personal), asker.person)
    posts.gave(desk, asker, dialogue, given.number, by.place, by.event)
    if not given.pending:
        posts.show(desk, asker, dialogue, given.number, by.place)
    data: dict[str, Value] = {
        "item": given.number,
        "text": given.text,
        "pending": given.pending,
        "staff": given.staff,
        "open": not dialogue.confidential,
    }
    return [Notice("statement_noted" if kind is Kind.STATEMENTS else "question_noted", data)]


def answer_same(desk: Desk, asker: Asker, form: Form, text: str) -> list[Notice] | None:
    """1: it is the same, and I agree (stand behind it); 2: show mine too."""
    dialogue = asker.about(desk.ledger.states[form.dialogue])
    word, answer = text.strip().rstrip(".!"), several.yes_or_no(text)
    data = {key: str(value) for key, value in form.data.items()}
    kind = Kind(data["kind"])
    if word == "1" or answer == "yes":
        desk.store.forms.answered(asker.here)
        if kind is Kind.QUESTIONS:
            return support(desk, asker, dialogue, Support(data["item"]))
        may_vote(asker)
        cast = put(desk, asker, dialogue, data["item"], "agree")
        return [noted(desk, dialogue, [cast])]
    if word == "2" or answer == "no":
        desk.store.forms.answered(asker.here)
        given = Given(bytes.fromhex(data["cause"]), data["place"], data.get("event", ""))
        return _keep(desk, asker, dialogue, data["words"], kind, given)
    return None


def support(desk: Desk, asker: Asker, dialogue: Dialogue, said: Support) -> list[Notice]:
    may_vote(asker)
    desk.act(asker, dialogue, questions.Support(said.item))
    index = dialogue.round_of(said.item)
    state: questions.State = dialogue.states[index or 0]
    number = len(state.support.get(said.item, ()))
    return [Notice("support_noted", {"item": said.item, "support": number})]


def why(desk: Desk, asker: Asker, dialogue: Dialogue, said: Why) -> list[Notice]:
    """``waarom ITEM TEKST``: a reason, on the side its ballot has at closing."""
    may_vote(asker)
    if asker.where is Where.ROOM and dialogue.confidential:
        raise Refused("reason_in_room", item=said.item)
    return give_reason(desk, asker, dialogue, said.item, said.text)


def give_reason(
    desk: Desk, asker: Asker, dialogue: Dialogue, item: str, words: str
) -> list[Notice]:
    index = dialogue.round_of(item)
    if index is None:
        raise Refused("no_such_item", item=item)
    ballot = desk.ballot(asker, dialogue, index)
    events = desk.act(asker, dialogue, GiveReason(item, Text(words)), by=ballot)
    given = events[0]
    source = Source(dialogue.id, given.number, asker.person, str(asker.place))
    desk.store.sources.gave(asker.cause, source)
    posts.gave(desk, asker, dialogue, given.number, source.place, asker.origin.cause)
    data: dict[str, Value] = {"item": item, "reason": given.number, "pending": given.pending}
    return [Notice("reason_noted", data)]


def answer_why(desk: Desk, asker: Asker, form: Form, text: str) -> list[Notice]:
    """The reason asked for, or ``nee``; who does not know has none."""
    dialogue = asker.about(desk.ledger.states[form.dialogue])
    answer = several.yes_or_no(text)
    if answer == "no" or statement_choice(text) == "pass" or _NO_THANKS.fullmatch(text.strip()):
        desk.store.forms.answered(asker.here)
        return [Notice("no_reason", {})]
    if answer == "yes":
        raise Refused("why_text")
    notices = give_reason(desk, asker, dialogue, str(form.data["item"]), text)
    desk.store.forms.answered(asker.here)
    return notices


def author(desk: Desk, asker: Asker, dialogue: Dialogue, item: Item) -> str:
    """Who the asker is to an item: their ballot for reasons, their participant otherwise."""
    if item.number.startswith("R"):
        return desk.ballot(asker, dialogue, item.round)
    return desk.participant(asker, dialogue)


def change(desk: Desk, asker: Asker, dialogue: Dialogue, number: str, words: str) -> list[Notice]:
    item = dialogue.items.get(number)
    if item is None:
        raise Refused("no_such_item", item=number)
    by = author(desk, asker, dialogue, item)
    desk.act(asker, dialogue, ChangeItem(number, Text(words)), by=by)
    posts.show_again(desk, asker, dialogue, number)
    data: dict[str, Value] = {
        "item": number,
        "text": item.text,
        "pending": item.state is ItemState.PENDING,
        "hidden": item.state is ItemState.HIDDEN,
    }
    return [Notice("changed", data)]


def withdraw(desk: Desk, asker: Asker, dialogue: Dialogue, number: str) -> list[Notice]:
    item = dialogue.items.get(number)
    if item is None:
        raise Refused("no_such_item", item=number)
    by = author(desk, asker, dialogue, item)
    desk.act(asker, dialogue, WithdrawItem(number), by=by)
    posts.show_again(desk, asker, dialogue, number)
    return [Notice("withdrawn", {"item": number})]
