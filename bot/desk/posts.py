"""Messages after posting: items are shown, hidden messages removed. Cards have ``cards.py``.

All work on a message waits in the outbox, so that it is done even if it is refused for a while, or
the program is started again.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from bot.desk.asker import Asker
from bot.desk.cards import over
from bot.desk.pressable import on_item
from bot.desk.services import Services
from bot.desk.talk import Talks
from bot.ledger import work
from bot.ledger.ledger import Ledger
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from dialogues.core import Audience, Notice, Value
from dialogues.dialogue import Dialogue
from dialogues.items import ItemState
from storage.posts import GIVEN, Post
from storage.rows import Work

#: The slot of a message of the bot that shows an item begins with this.
ITEM = "item-"


def replaced(ledger: Ledger, post: Post, token: str, at: datetime) -> None:
    """A message was posted as the current one of its slot; the one before it is removed."""
    ledger.store.slots.step_down(post)
    ledger.store.posts.stands(token, post, milliseconds(at))
    for former in ledger.store.posts.take_former(post):
        do(ledger, Post(post.dialogue, post.slot, post.place, former), Work.REMOVE, at)


def do(ledger: Ledger, post: Post, what: Work, at: datetime) -> None:
    """Have some work done on a message."""
    work.do(ledger.store, ledger.token(), post, what, at)


# -- messages that show or gave an item ----------------------------------------------------------


def gave(
    services: Services, asker: Asker, dialogue: Dialogue, number: str, place: str, event: str
) -> None:
    """Record that a person's own message in a room gave an item, so that it can be removed when the
    item is hidden."""
    if not asker.can.remove_others or f"/{PlaceKind.ROOM.value}/" not in place:
        return
    post = Post(dialogue.id, f"{GIVEN}{number}", place, event)
    services.store.posts.gave(services.ledger.token(), post)


def show(services: Services, asker: Asker, dialogue: Dialogue, number: str, place: str) -> None:
    """Show an item of an open ballot in its room, on every platform: the author's own message there
    with the bot's tick, or else a message of the bot. ``place`` is where it was given."""
    if dialogue.confidential or not _shows(services.talks, dialogue, number):
        return
    given = _given(services, dialogue, number)
    for post in given:
        do(services.ledger, post, Work.TICK, asker.at)
    seen_in = {place, *(post.place for post in given)}
    for room in services.town.rooms.rooms.get(dialogue.room, ()):
        if str(room) not in seen_in:
            _tell(services, asker, dialogue, number, room)


def _given(services: Services, dialogue: Dialogue, number: str, place: str = "") -> list[Post]:
    """The messages of its author that gave an item, stand in a room, and show its words as they
    are: one that was changed elsewhere shows them no more."""
    showing = services.store.sources.showing(dialogue.id, number)
    standing = services.store.posts.standing(dialogue.id, f"{GIVEN}{number}", place)
    return [post for post in standing if post.place in showing]


def _shows(talks: Talks, dialogue: Dialogue, number: str) -> bool:
    """Whether an item is of a kind that shows each item in the room, to be reacted on."""
    index = dialogue.round_of(number)
    if index is None or not dialogue.letter(number).votable:
        return False
    return talks.of(dialogue.frames[index]).shows_items


def _shown(dialogue: Dialogue, number: str, *, again: bool = False) -> Notice:
    """The notice that shows an item as it is now; without its words when it is not shown any more.
    ``again``: posted a second time, votes given at the earlier message count."""
    item = dialogue.items.by_number[number]
    seen = item.state is ItemState.SHOWN
    data: dict[str, Value] = {
        "item": number,
        "text": item.text if seen else None,
        "staff": item.staff,
        "again": again,
    }
    template = f"{dialogue.machine(item.round).kind}_shown"
    return Notice(template, data, Audience.ROOM, slot=f"{ITEM}{number}")


def _tell(services: Services, asker: Asker, dialogue: Dialogue, number: str, place: Place) -> None:
    """Show an item in a room as it is now. Where buttons are pressed instead of signs, they stand
    below it for everybody."""
    notice = _shown(dialogue, number)
    if services.capabilities[place.platform].press and dialogue.items.shown(number):
        buttons = on_item(services, dialogue, "", number, 1, press=True)
        notice = structs.replace(notice, choices=tuple(buttons))
    services.ledger.tell(dialogue, notice, asker.at, place)


def show_elsewhere(
    ledger: Ledger, talks: Talks, dialogue: Dialogue, place: Place, at: datetime
) -> None:
    """Post the items of an open ballot in a room's successor, each in a message of the bot, so that
    people can react on them."""
    frame = dialogue.open_frame
    if dialogue.confidential or frame is None or over(frame, at):
        return
    box = dialogue.boxes[frame.index]
    if box is None or not talks.of(frame).shows_items:
        return
    for number in filter(dialogue.items.shown, box.books):
        ledger.tell(dialogue, _shown(dialogue, number, again=True), at, place)


def show_instead(services: Services, asker: Asker, dialogue: Dialogue, number: str) -> None:
    """An item was changed elsewhere than in its author's message in the room, which does not show
    it any more: a message of the bot does, with the words that it has now."""
    if dialogue.confidential or not _shows(services.talks, dialogue, number):
        return
    showed = services.store.sources.shows_no_more(dialogue.id, number)
    if not dialogue.items.shown(number):
        return  # once it is, it is shown anew
    for room in services.town.rooms.rooms.get(dialogue.room, ()):
        if str(room) in showed:
            _tell(services, asker, dialogue, number, room)


def show_again(services: Services, asker: Asker, dialogue: Dialogue, number: str) -> None:
    """Update the bot's message about an item, if there is one; a hidden item's message is removed
    where that is possible."""
    slot = f"{ITEM}{number}"
    if dialogue.confidential:
        return
    seen = dialogue.items.shown(number)
    for place in services.town.rooms.rooms.get(dialogue.room, ()):
        if not services.store.slots.taken(dialogue.id, slot, str(place)):
            continue
        removes = services.capabilities[place.platform].remove
        if not seen and removes and _taken_away(services, dialogue, slot, place, asker):
            continue
        _tell(services, asker, dialogue, number, place)


def _taken_away(
    services: Services, dialogue: Dialogue, slot: str, place: Place, asker: Asker
) -> bool:
    """Remove the bot's own message; False while one is being sent, which is edited instead."""
    if not services.store.outbox.unsay(dialogue.id, slot, str(place)):
        return False
    for post in services.store.posts.standing(dialogue.id, slot, str(place)):
        remove(services, post, asker)
    return True


def remove(services: Services, post: Post, asker: Asker) -> None:
    services.store.posts.remove(post)
    do(services.ledger, post, Work.REMOVE, asker.at)


def hide(services: Services, asker: Asker, dialogue: Dialogue, number: str) -> None:
    """Remove what shows a hidden item in a room: the bot's message and its author's own."""
    show_again(services, asker, dialogue, number)
    for post in services.store.posts.standing(dialogue.id, f"{GIVEN}{number}"):
        remove(services, post, asker)


def unhide(services: Services, asker: Asker, dialogue: Dialogue, number: str) -> None:
    """Show an item again; where its message was removed, the bot posts one."""
    show_again(services, asker, dialogue, number)
    if dialogue.confidential or not _shows(services.talks, dialogue, number):
        return
    if not dialogue.items.shown(number):
        return
    for place in services.town.rooms.rooms.get(dialogue.room, ()):
        removed = services.capabilities[place.platform].remove_others
        if removed and not _is_seen(services, dialogue, number, str(place)):
            _tell(services, asker, dialogue, number, place)


def _is_seen(services: Services, dialogue: Dialogue, number: str, place: str) -> bool:
    """Whether a message of the bot or its author's own shows an item in a place."""
    if services.store.slots.taken(dialogue.id, f"{ITEM}{number}", place):
        return True
    return bool(_given(services, dialogue, number, place))
