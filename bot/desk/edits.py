"""An edited or removed message of a person: changes or withdraws the item that it gave."""

from __future__ import annotations

from bot.desk import contributions
from bot.desk.asker import Asker
from bot.desk.reactions import unreacted
from bot.desk.services import Services
from bot.platforms.facts import calls
from commands.followup.objection_words import NotRight
from commands.reading import read
from commands.said import Plain, Where, Why
from dialogues.core import Notice
from dialogues.dialogue import Dialogue
from dialogues.items import OBJECTION, REASON


def edited(services: Services, asker: Asker, target: bytes, text: str) -> list[Notice]:
    """Handle an edit; the edited text is the whole new message, command word included."""
    source = services.store.sources.of(target)
    if source is None and asker.where is Where.ROOM and not calls(text):
        return []  # people's talk with each other, not meant for the bot
    reading = read(services.known, text, asker.where, asker.roles)
    said = reading.said if reading is not None else None
    form = contributions.waiting(services, asker, target) if source is None else None
    otherwise = form and contributions.given_otherwise(services, asker, form, said)
    if otherwise:
        return otherwise
    if source is None or source.person != asker.person:
        return [Notice("edit_no_effect", {})]
    dialogue = services.ledger.states[source.dialogue]
    words = _words(services, dialogue, source.item, said)
    if words is None:
        return [Notice("edit_no_effect", {})]
    item = dialogue.items.by_number[source.item]
    if words == services.words(item.text):
        return []
    return contributions.change(services, asker, dialogue, source.item, words, edited=True)


def removed(services: Services, asker: Asker, target: bytes) -> list[Notice]:
    """Handle a removal: the item that the message gave is withdrawn, or a reaction no longer
    counts."""
    source = services.store.sources.of(target)
    if source is None:
        if services.store.sources.is_reaction(target):
            return unreacted(services, asker, target)
        if contributions.waiting(services, asker, target) is not None:
            return contributions.not_given(services, asker)
        return [] if asker.where is Where.ROOM else [Notice("edit_no_effect", {})]
    if source.person != asker.person:
        return [Notice("edit_no_effect", {})]
    dialogue = services.ledger.states[source.dialogue]
    return contributions.withdraw(services, asker, dialogue, source.item)


def _words(services: Services, dialogue: Dialogue, number: str, said: object) -> str | None:
    """The new words of an item, when the edited message still gives the same kind of item; else
    None."""
    if number[0] == REASON.letter:
        return said.text if isinstance(said, Why | Plain) else None
    if number[0] == OBJECTION.letter:
        return said.text if isinstance(said, NotRight | Plain) else None
    index = dialogue.round_of(number)
    giving = services.talk(dialogue.frames[index]).gives if index is not None else None
    if giving is None or giving.letter != number[0] or not isinstance(said, giving.said):
        return None
    return str(said.text)  # type: ignore[attr-defined]
