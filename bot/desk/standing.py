"""The list of items that stands in a personal conversation: what is in it, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.talk import Tappable
from dialogues.core import Notice, Text, Value
from dialogues.dialogue import Dialogue
from dialogues.items import Item
from storage.offers import Offer


def wording(services: Services, dialogue: Dialogue, number: str) -> str:
    """Which words of an item are shown now, as a short hash."""
    index = dialogue.round_of(number)
    if index is None:
        return "-"
    return _short(services.talk(dialogue.frames[index]).wording(dialogue, number))


@lru_cache(maxsize=4_096)
def _short(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:12]


def tappable(services: Services, dialogue: Dialogue, number: str) -> Sequence[Tappable]:
    """What can be tapped in a poll about an item; nothing where it cannot be asked in one."""
    index = dialogue.round_of(number)
    if index is None:
        return ()
    talk = services.talk(dialogue.frames[index])
    if talk.taps is not None:
        return talk.taps(dialogue, number)
    return [Tappable(choice, choice) for choice in talk.buttons]


def seen_list(services: Services, place: str, dialogue: Dialogue) -> bool:
    """Whether the newest list made for a place is of the open round."""
    newest = services.store.offers.newest(place, "offer")
    if newest is None or not newest.items or newest.dialogue != dialogue.id:
        return False
    return not is_over(dialogue, newest)


def standing(services: Services, asker: Asker, dialogue: Dialogue) -> Offer | None:
    """The newest list of the open round that stood in this person's conversation, or None."""
    offered = services.store.offers.offered(asker.conversation, "offer", asker.milliseconds)
    if offered is None or not offered.items or offered.dialogue != dialogue.id:
        return None
    return None if is_over(dialogue, offered) else offered


def open_places(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer
) -> tuple[int, ...]:
    """The places of a list that were not answered yet. One that can no longer be voted on counts as
    answered."""
    index = dialogue.round_of(offered.items[0])
    box = None if index is None else dialogue.boxes[index]
    if index is None or box is None or is_over(dialogue, offered) or dialogue.open_frame is None:
        return ()
    ballot = services.ballot(asker, dialogue, index)
    return tuple(
        place
        for place, number in enumerate(offered.items, 1)
        if dialogue.items.shown(number) and ballot not in box.books[number].votes
    )


def reworded(services: Services, dialogue: Dialogue, offered: Offer, place: int) -> bool:
    """Whether the words at a place of a list are no longer those that were read there."""
    if not offered.wording:
        return False
    number = offered.items[place - 1]
    return offered.wording[place - 1] != wording(services, dialogue, number)


def in_list(offered: Offer, number: str) -> bool:
    """Whether an item is one of several in a list."""
    return number in offered.items and len(offered.items) > 1


def row(dialogue: Dialogue, place: int, number: str) -> dict[str, Any]:
    """One item of an offer for a template: its place in the list, its number and its words."""
    item = dialogue.items.by_number[number]
    return {"place": place, "item": number, "staff": item.staff, **words_of(item)}


def words_of(item: Item) -> dict[str, Value]:
    """The words of an item for a template: ``text``, and ``label`` where a question stands before
    it."""
    label, text = label_and_text(item)
    return {"label": label, "text": text}


def label_and_text(item: Item) -> tuple[str, Text | str]:
    """The two of them."""
    text = item.text
    return (item.label, text) if text.ref or text.words else ("", item.label)


def is_over(dialogue: Dialogue, offered: Offer) -> bool:
    """Whether the round that was offered from is no longer the open one."""
    frame = dialogue.open_frame
    return frame is not None and dialogue.round_of(offered.items[0]) != frame.index


def key_of(notice: Notice) -> str:
    """The key under which the offer in a notice is stored."""
    if "key" in notice.data:
        return str(notice.data["key"])
    rows: Any = notice.data.get("items") or notice.data.get("rows")
    if rows:
        return " ".join(str(row.get("number") or row["item"]) for row in rows) + "/"
    item = notice.data.get("item", "")
    return f"{item}/" if item else ""
