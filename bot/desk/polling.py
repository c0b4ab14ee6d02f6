"""Voting by tap: the items of a list asked one by one as polls, where the platform has those.

A poll follows the list in words, one at a time: the next one when it is answered, in whichever way.
It is never edited and never ended. What is tapped counts like what is typed, unless the words it
asked about are no longer those that are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.desk.asker import Asker
from bot.desk.noting import noted
from bot.desk.offers import offer
from bot.desk.onward import finished
from bot.desk.services import Services
from bot.desk.standing import is_over, standing, tappable, wording
from bot.desk.votes import may_vote, put
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from dialogues.core import Choice, Notice, Value
from dialogues.dialogue import Dialogue
from storage.messages import encode
from storage.offers import ON_ITS_WAY, Offer
from storage.rows import ASK


def ask_next(services: Services, place: str, at: datetime) -> bool:
    """Ask for the first item of the newest list of a conversation that is not answered; True where
    one is asked for now, or was already."""
    here = Place.parse(place)
    known = services.store.people.met(here.platform, here.name)
    can = services.capabilities[here.platform]
    listed = services.store.offers.newest(place, "offer")
    if not can.polls or here.kind is not PlaceKind.PERSONAL or known is None or listed is None:
        return False
    dialogue = services.ledger.states.get(listed.dialogue)
    frame = dialogue.open_frame if dialogue is not None else None
    if dialogue is None or frame is None or not listed.items or known.roles or known.elsewhere:
        return False
    if is_over(dialogue, listed):
        return False
    box = dialogue.boxes[frame.index]
    ballot = services.store.participants.ballot_of(dialogue.id, known.person, frame.index)
    left = [
        number
        for number in listed.items
        if box is not None
        and dialogue.items.shown(number)
        and tappable(services, dialogue, number)
        and ballot not in box.books[number].votes
    ]
    asked = services.store.offers.newest(place, "ask")
    if asked is not None and _stands(services, dialogue, asked, left):
        return True
    if not left or listed.stood_at == ON_ITS_WAY:
        return False
    _ask(services, place, dialogue, left[0], listed.items.index(left[0]) + 1, at)
    return True


def _stands(services: Services, dialogue: Dialogue, asked: Offer, left: Sequence[str]) -> bool:
    """Whether a poll still asks, in the words that are shown now, for something in ``left``."""
    number = asked.items[0]
    if asked.dialogue != dialogue.id or number not in left:
        return False
    return asked.wording == (wording(services, dialogue, number),)


def _ask(
    services: Services, place: str, dialogue: Dialogue, number: str, row: int, at: datetime
) -> None:
    """Put a poll about one item in the outbox."""
    index = dialogue.round_of(number)
    assert index is not None
    words = wording(services, dialogue, number)
    item, token = dialogue.items.by_number[number], services.ledger.token()
    kept = Offer("ask", dialogue.id, milliseconds(at), (number,), (), (words,))
    services.store.offers.offer(place, kept)
    data: dict[str, Value] = {"place": row, "item": number, "text": item.text, "staff": item.staff}
    choices = tuple(
        Choice(dialogue.id, index, number, one.name, row, one.text)
        for one in tappable(services, dialogue, number)
    )
    # a slot of its own: a poll is never edited, nor put together with other messages
    slot = f"{ASK}{number}-{words}-{token}"
    message = encode(Notice("ask", data, choices=choices))
    services.store.outbox.put(token, place, dialogue.id, slot, message, at.isoformat())


def answered(
    services: Services, asker: Asker, dialogue: Dialogue, item: str, choice: str, post: str
) -> list[Notice] | None:
    """Handle a tap in a poll; ``post`` is the platform's id of it. The next poll follows by itself,
    so that only the last of a list is confirmed in words."""
    known = {one.name: one.choice for one in tappable(services, dialogue, item)}
    if not known or choice not in (*known, "none"):
        return None
    may_vote(asker)
    _, slot = services.store.posts.slot_of(post)
    read = slot.removeprefix(ASK).split("-")[1:2]
    if read and read != [wording(services, dialogue, item)]:
        return [Notice("words_changed", {}), *offer(services, asker, dialogue)]
    cast = put(services, asker, dialogue, item, known.get(choice))
    if ask_next(services, asker.conversation, asker.at):
        return []
    more = finished(services, asker, dialogue, standing(services, asker, dialogue), item)
    return [noted(services, dialogue, [cast]), *more]
