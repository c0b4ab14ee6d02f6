"""How events change a draft."""

from __future__ import annotations

from datetime import datetime

from dialogues.dialogue import Dialogue
from dialogues.items import Item, ItemState
from dialogues.objections.events import (
    DraftPosted,
    ObjectionMade,
    ObjectionRuled,
    ObjectionsTold,
)
from dialogues.objections.rules import objections
from dialogues.objections.state import Draft, Ruled


def posted(dialogue: Dialogue, event: DraftPosted, at: datetime, _by: str) -> None:
    dialogue.draft = Draft(at, event.heard_until, event.ruled_until)
    dialogue.advice_awaited = False


def made(dialogue: Dialogue, event: ObjectionMade, _at: datetime, by: str) -> None:
    index = dialogue.items.by_number[event.about].round
    state = ItemState.PENDING if event.pending else ItemState.SHOWN
    dialogue.items.add(Item(event.number, index, by, event.text, state, about=event.about))
    if dialogue.draft is not None:
        dialogue.draft.waits(event.number)


def ruled(dialogue: Dialogue, event: ObjectionRuled, at: datetime, by: str) -> None:
    if dialogue.draft is not None:
        ruling = Ruled(event.outcome, event.reason, event.text, at, by)
        dialogue.draft.rulings[event.item] = ruling


def told(dialogue: Dialogue, event: ObjectionsTold, at: datetime, _by: str) -> None:
    if dialogue.draft is not None:
        dialogue.draft.untold, dialogue.draft.told_at = [], at
        dialogue.draft.warned = dialogue.draft.warned or event.ending


def ended(dialogue: Dialogue) -> None:
    """The document was asked for: what nobody reviewed stays unread."""
    if dialogue.draft is None or dialogue.draft.over:
        return
    dialogue.draft.over = True
    for item in objections(dialogue):
        if item.state is ItemState.PENDING:
            item.state = ItemState.UNREVIEWED
            dialogue.unreviewed += 1


HANDLERS = {
    DraftPosted: posted,
    ObjectionMade: made,
    ObjectionRuled: ruled,
    ObjectionsTold: told,
}
