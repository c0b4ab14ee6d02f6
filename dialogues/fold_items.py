"""How events change items: reasons that are given, and what is reviewed, changed or erased."""

from __future__ import annotations

from datetime import datetime

from dialogues import events as ev
from dialogues.changes import ModeratorChange
from dialogues.dialogue import Dialogue
from dialogues.items import REASON, Item, ItemState


def reason_given(dialogue: Dialogue, event: ev.ReasonGiven, _at: datetime, _by: str) -> None:
    index = dialogue.items.by_number[event.about].round
    state = ItemState.PENDING if event.pending else ItemState.SHOWN
    dialogue.items.add(
        Item(event.number, index, event.ballot, event.text, state, about=event.about)
    )
    earlier = dialogue.reasons.setdefault(event.about, [])
    for number in earlier:
        item = dialogue.items.by_number[number]
        if item.author == event.ballot and item.state in (ItemState.SHOWN, ItemState.PENDING):
            item.state = ItemState.WITHDRAWN
    earlier.append(event.number)


def approved(dialogue: Dialogue, event: ev.ItemApproved, _at: datetime, _by: str) -> None:
    item = dialogue.items.by_number[event.item]
    if item.state is ItemState.UNREVIEWED:
        dialogue.unreviewed -= 1
    item.state, item.seen = ItemState.SHOWN, True


def hidden(dialogue: Dialogue, event: ev.ItemHidden, at: datetime, by: str) -> None:
    item = dialogue.items.by_number[event.item]
    item.state, item.reason = ItemState.HIDDEN, event.reason
    item.revised = False
    dialogue.changes.append(ModeratorChange("hide", event.item, by, at, event.reason))


def shown(dialogue: Dialogue, event: ev.ItemShown, at: datetime, by: str) -> None:
    item = dialogue.items.by_number[event.item]
    dialogue.changes.append(ModeratorChange("show", event.item, by, at, item.reason))
    item.state, item.reason, item.seen = ItemState.SHOWN, "", True


def changed(dialogue: Dialogue, event: ev.ItemChanged, _at: datetime, _by: str) -> None:
    item = dialogue.items.by_number[event.item]
    item.earlier.append(item.text.ref)
    item.revised = item.state is ItemState.HIDDEN
    item.text = event.text
    if event.pending and item.state is ItemState.SHOWN:
        item.state = ItemState.PENDING


def withdrawn(dialogue: Dialogue, event: ev.ItemWithdrawn, _at: datetime, _by: str) -> None:
    dialogue.items.by_number[event.item].state = ItemState.WITHDRAWN


def erased(dialogue: Dialogue, event: ev.TextErased, _at: datetime, _by: str) -> None:
    item = dialogue.items.by_number.get(event.item)
    if item is not None and item.text.ref == event.ref:
        item.state = ItemState.ERASED
        frame = dialogue.frames[item.round]
        if dialogue.letter(event.item) is REASON and frame.closed_at is not None:
            frame.reasons_withheld = True
    dialogue.erased_since_advice += 1
