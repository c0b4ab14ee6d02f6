"""Who may object to a draft and when, and when a moderator may rule on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dialogues.charter import Review
from dialogues.core import Context, Refused
from dialogues.dialogue import Dialogue
from dialogues.items import OBJECTION, Item, ItemState, check_length
from dialogues.objections.events import ObjectionMade, ObjectionRuled, Ruling
from dialogues.objections.intents import Object, Rule
from dialogues.objections.state import Draft, Ruled

#: What became of an objection that still stands, whether it can be read or not.
_STANDS = (ItemState.SHOWN, ItemState.PENDING, ItemState.HIDDEN)


def recommended(dialogue: Dialogue) -> list[str]:
    """The numbers of the recommendations that are shown, in their order."""
    shown = dialogue.items.shown
    return [n for n in dialogue.items.by_number if dialogue.letter(n).recommendation and shown(n)]


def objections(dialogue: Dialogue, about: str = "") -> Iterator[Item]:
    """The objections in the order in which they were made; with ``about`` those to one item."""
    for item in dialogue.items.by_number.values():
        if item.number[0] == OBJECTION.letter and about in ("", item.about):
            yield item


def adjustments(dialogue: Dialogue, about: str) -> list[tuple[str, Ruled]]:
    """The objections after which a recommendation was adjusted, each with its ruling, the newest
    ruling last."""
    rulings = dialogue.draft.rulings if dialogue.draft is not None else {}
    numbers = [item.number for item in objections(dialogue, about) if item.number in rulings]
    ruled = [(n, rulings[n]) for n in numbers if rulings[n].outcome is Ruling.ADJUSTED]
    return sorted(ruled, key=lambda one: one[1].at)


def hears(dialogue: Dialogue, at: datetime) -> bool:
    """Whether objections are heard at this moment."""
    draft = dialogue.draft
    return draft is not None and not draft.over and at < draft.heard_until


def undecided(dialogue: Dialogue) -> list[str]:
    """The objections that wait for a ruling, or for review before it."""
    draft, waiting = dialogue.draft, (ItemState.SHOWN, ItemState.PENDING)
    if draft is None:
        return []
    return [
        item.number
        for item in objections(dialogue)
        if item.state in waiting and item.number not in draft.rulings
    ]


def _stands(dialogue: Dialogue) -> Draft:
    if dialogue.draft is None:
        raise Refused("no_draft", title=dialogue.title)
    return dialogue.draft


def object_to(dialogue: Dialogue, intent: Object, context: Context) -> list[object]:
    draft = _stands(dialogue)
    if draft.over or context.at >= draft.heard_until:
        raise Refused("objections_over", at=draft.heard_until)
    item = dialogue.items.get(intent.item)
    if item is None:
        raise Refused("no_such_item", item=intent.item)
    if not dialogue.letter(item.number).recommendation:
        raise Refused("objection_elsewhere", item=item.number)
    if item.state is not ItemState.SHOWN:
        raise Refused("item_not_shown", item=item.number)
    if context.staff:
        raise Refused("staff_objection")
    if not intent.took_part:
        raise Refused("objection_not_there", title=dialogue.title)
    for mine in objections(dialogue, item.number):
        if mine.author in context.names and mine.state in _STANDS:
            raise Refused("objected_already", item=mine.number, about=item.number)
    check_length(intent.text, dialogue.frames[item.round].plan.length)
    number = dialogue.items.next_number(OBJECTION.letter)
    pending = dialogue.charter.review is Review.BEFORE
    return [ObjectionMade(number, item.number, intent.text, pending)]


def rule(dialogue: Dialogue, intent: Rule, context: Context) -> list[object]:
    draft, item = _stands(dialogue), dialogue.items.get(intent.item)
    if draft.over or context.at >= draft.ruled_until:
        raise Refused("rulings_over", at=draft.ruled_until)
    if item is None:
        raise Refused("no_such_item", item=intent.item)
    if item.number[0] != OBJECTION.letter:
        raise Refused("ruling_elsewhere", item=item.number)
    if item.state is ItemState.PENDING:
        raise Refused("ruling_unread", item=item.number)
    if item.state is not ItemState.SHOWN:
        raise Refused("item_not_shown", item=item.number)
    most = dialogue.frames[item.round].plan.length
    check_length(intent.reason, most)
    if intent.text.words:
        check_length(intent.text, most)
    return [ObjectionRuled(item.number, intent.outcome, intent.reason, intent.text)]


def check_own(dialogue: Dialogue, item: Item, at: datetime, code: str) -> None:
    """Raise ``Refused`` where an objection can be changed or withdrawn no more: nobody is heard any
    more (with this ``code``), or it was ruled on."""
    draft = _stands(dialogue)
    if item.number in draft.rulings:
        raise Refused("ruled_already", item=item.number)
    if not hears(dialogue, at):
        raise Refused(code, item=item.number)
