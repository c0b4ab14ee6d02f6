"""What one fact of a person comes to: words, a choice, a form, an edit or a removal."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import contributions, edits, reactions
from bot.desk.asker import Asker, Desk
from bot.desk.desk import understand
from bot.desk.offers import poll_number
from bot.desk.which import which
from bot.platforms.base import (
    Chose,
    Edited,
    Origin,
    PersonalFact,
    PlaceKind,
    Removed,
    Said,
    Submitted,
    Unchose,
)
from commands.said import Question, Statement
from dialogues.core import Notice, Refused


def answer(desk: Desk, asker: Asker, fact: PersonalFact) -> list[Notice] | None:
    """Do what a fact asks for; None or nothing where nobody is answered."""
    try:
        if isinstance(fact, Said):
            return understand(desk, asker, fact.text)
        if isinstance(fact, Chose):
            act = reactions.reacted if fact.reaction else reactions.chose
            return act(desk, asker, fact.item or _item_of(desk, fact.target), fact.choice)
        if isinstance(fact, Unchose):
            return reactions.unreacted(desk, asker, desk.cause(fact.target))
        if isinstance(fact, Edited):
            return edits.edited(desk, asker, desk.cause(fact.target), fact.text)
        if isinstance(fact, Removed):
            return edits.removed(desk, asker, desk.cause(fact.target))
        if isinstance(fact, Submitted):
            return _submitted(desk, asker, fact)
    except Refused as refusal:
        return [Notice(f"refused_{refusal.code}", refusal.data)]
    return None


def _item_of(desk: Desk, message: str) -> str:
    """The item that a message shows: its author's own, ours about it, or the card of a poll."""
    source = desk.store.places.source(desk.cause(message))
    if source is not None:
        return source.item
    dialogue, slot = desk.store.outbox.slot_of(message)
    state = desk.ledger.states.get(dialogue)
    if state is None:
        return ""
    kind, _, rest = slot.partition("-")
    if kind == "item":
        return rest
    return poll_number(state, int(rest)) if kind == "card" else ""


def _submitted(desk: Desk, asker: Asker, fact: Submitted) -> list[Notice]:
    """A whole form: a statement or a question with its words."""
    dialogue = which(desk, asker)
    words = fact.values["text"]
    if fact.form == "statement":
        return contributions.statement(desk, asker, dialogue, Statement(words))
    return contributions.question(desk, asker, dialogue, Question(words))


def shows(origin: Origin, notices: Sequence[Notice]) -> bool:
    """Whether a message in a room shows the statement it gave: in an open ballot, at once."""
    return origin.place.kind is PlaceKind.ROOM and any(
        n.template == "statement_noted" and n.data["open"] and not n.data["pending"]
        for n in notices
    )
