"""What one fact of a person comes to: words, a choice, a form, an edit or a removal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.desk import contributions, edits, reactions, youth
from bot.desk.asker import Asker, Desk
from bot.desk.desk import understand
from bot.desk.gathering import asking as gathering
from bot.desk.gathering import consent
from bot.desk.offers import poll_number
from bot.desk.which import which
from bot.platforms.facts import Chose, Edited, PersonalFact, Removed, Said, Submitted, Unchose
from bot.platforms.places import PlaceKind
from commands.said import Question, Statement
from dialogues.core import Notice, Refused


def answer(desk: Desk, asker: Asker, fact: PersonalFact) -> list[Notice] | None:
    """Do what a fact asks for; None or nothing where nobody is answered."""
    try:
        notices = _ANSWERS[type(fact)](desk, asker, fact)
    except Refused as refusal:
        notices = [Notice(f"refused_{refusal.code}", refusal.data)]
    return youth.cared_for(desk, notices)


def _said(desk: Desk, asker: Asker, fact: Said) -> list[Notice] | None:
    return understand(desk, asker, fact.text)


def _chose(desk: Desk, asker: Asker, fact: Chose) -> list[Notice] | None:
    if fact.reaction:
        asked = gathering.reacted(desk, asker, fact)
        if asked is not None:
            return asked
    act = reactions.reacted if fact.reaction else reactions.chose
    return act(desk, asker, fact.item or _item_of(desk, fact.target), fact.choice)


def _unchose(desk: Desk, asker: Asker, fact: Unchose) -> list[Notice] | None:
    return reactions.unreacted(desk, asker, desk.cause(fact.target))


def _edited(desk: Desk, asker: Asker, fact: Edited) -> list[Notice] | None:
    return edits.edited(desk, asker, desk.cause(fact.target), fact.text)


def _removed(desk: Desk, asker: Asker, fact: Removed) -> list[Notice] | None:
    return edits.removed(desk, asker, desk.cause(fact.target))


def concerns(desk: Desk, fact: PersonalFact) -> bool:
    """Whether a fact of somebody unknown can mean something to the bot. Talk among people in a
    room does not, nor what they react to, edit and remove there: it leaves no trace of them."""
    if fact.origin.place.kind is not PlaceKind.ROOM:
        return True
    if isinstance(fact, Said | Edited):
        return fact.text[:200].lstrip().startswith("!")
    if isinstance(fact, Chose):
        shows = fact.item or _item_of(desk, fact.target)
        return bool(shows) or consent.is_asked(desk, fact)
    if isinstance(fact, Removed | Unchose):
        sources, cause = desk.store.sources, desk.cause(fact.target)
        return sources.is_reaction(cause) or sources.of(cause) is not None
    return True


def _item_of(desk: Desk, message: str) -> str:
    """The item that a message shows: its author's own, ours about it, or the card of a poll."""
    source = desk.store.sources.of(desk.cause(message))
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


_ANSWERS: dict[type, Callable[[Desk, Asker, Any], list[Notice] | None]] = {
    Chose: _chose,
    Edited: _edited,
    Removed: _removed,
    Said: _said,
    Submitted: _submitted,
    Unchose: _unchose,
}
