"""What one fact of a person comes to: words, a choice, a form, an edit or a removal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.desk import contributions, edits, reactions, youth
from bot.desk.asker import Asker, Desk
from bot.desk.desk import understand
from bot.desk.gathering import asking as gathering
from bot.desk.gathering import consent
from bot.platforms.facts import (
    Chose,
    Edited,
    Marked,
    PersonalFact,
    Reacted,
    Removed,
    Said,
    Submitted,
    Unreacted,
    calls,
)
from bot.platforms.places import PlaceKind
from dialogues.core import Notice, Refused
from dialogues.dialogue import Dialogue


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
    dialogue, item = _meant(desk, fact)
    index = fact.means.round
    if dialogue is None or not item or (index is not None and dialogue.round_of(item) != index):
        return None
    return reactions.chose(desk, asker, asker.about(dialogue), item, fact.means.choice)


def _meant(desk: Desk, fact: Chose) -> tuple[Dialogue | None, str]:
    """The dialogue and the item that a choice was shown with, whatever is meant there else."""
    means = fact.means
    name, item = (means.dialogue, means.item) if means.dialogue else _shown_by(desk, fact.post)
    return desk.ledger.states.get(name), item


def _reacted(desk: Desk, asker: Asker, fact: Reacted) -> list[Notice] | None:
    dialogue, item = ("", fact.item) if fact.item else _shown_by(desk, fact.post)
    return reactions.reacted(desk, asker, dialogue, item, fact.sign)


def _marked(desk: Desk, asker: Asker, fact: Marked) -> list[Notice] | None:
    return gathering.marked(desk, asker, fact)


def _unreacted(desk: Desk, asker: Asker, fact: Unreacted) -> list[Notice] | None:
    return reactions.unreacted(desk, asker, desk.cause(fact.reaction))


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
        return calls(fact.text)
    if isinstance(fact, Chose):
        return _meant(desk, fact)[0] is not None
    if isinstance(fact, Reacted):
        return bool(fact.item or _shown_by(desk, fact.post)[1])
    if isinstance(fact, Marked):
        return consent.is_asked(desk, fact)
    if isinstance(fact, Removed | Unreacted):
        target = fact.target if isinstance(fact, Removed) else fact.reaction
        sources, cause = desk.store.sources, desk.cause(target)
        return sources.is_reaction(cause) or sources.of(cause) is not None
    return True


def _shown_by(desk: Desk, message: str) -> tuple[str, str]:
    """The dialogue and the item that a message shows: its author's own, ours about it, or the card
    of a round. Both empty when it shows none."""
    if not message:
        return "", ""
    source = desk.store.sources.of(desk.cause(message))
    if source is not None:
        return source.dialogue, source.item
    dialogue, slot = desk.store.posts.slot_of(message)
    state = desk.ledger.states.get(dialogue)
    kind, _, rest = slot.partition("-")
    item = ""
    if state is not None and kind == "item":
        item = rest
    if state is not None and kind == "card":
        index = int(rest)
        item = desk.talk(state.frames[index]).on_card(state.states[index])
    return (dialogue, item) if item else ("", "")


def _submitted(desk: Desk, asker: Asker, fact: Submitted) -> list[Notice] | None:
    """A whole form: a contribution with its words."""
    dialogue = desk.ledger.states.get(fact.means.dialogue)
    giving = next((g for g in desk.talks.giving if g.form == fact.form), None)
    if dialogue is None or giving is None:
        return None
    asker.about(dialogue)
    return contributions.given(desk, asker, dialogue, giving, fact.values["text"])


_ANSWERS: dict[type, Callable[[Desk, Asker, Any], list[Notice] | None]] = {
    Chose: _chose,
    Edited: _edited,
    Marked: _marked,
    Reacted: _reacted,
    Removed: _removed,
    Said: _said,
    Submitted: _submitted,
    Unreacted: _unreacted,
}
