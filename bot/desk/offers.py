"""Offers in the personal conversation: the next items that a person can answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from msgspec import structs

from bot.desk.asked import HELD, INVITED, ask_in_person, passed
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.talk import Offered, Wanted
from bot.desk.youth import is_youth
from bot.platforms.places import Place
from commands.said import Where
from dialogues.core import Choice, Notice, Refused, Text, Value
from dialogues.dialogue import Dialogue, Status
from dialogues.items import Item
from dialogues.machine import Frame
from storage.offers import ON_ITS_WAY, Offer


def join(
    services: Services, asker: Asker, dialogue: Dialogue, *, tapped: bool = False
) -> list[Notice]:
    """Handle ``meedoen``: the first time the explanation and its question, later the next offer.
    Who tapped a card's sign has begun with that (``tapped``), and so has everybody where a bare
    "ja" is not heard: the explanation and the first offer come at once."""
    if asker.staff:
        raise Refused("staff_no_ballot")
    if dialogue.status is Status.PREPARING:
        raise Refused("not_started", title=dialogue.title)
    if dialogue.status is Status.CLOSED:
        raise Refused("dialogue_closed", title=dialogue.title)
    places = services.store.places
    place = str(asker.personal)
    places.belongs(place, asker.person)
    places.choose(place, dialogue.id)
    passed(services, asker)  # whatever was asked before, this is what they want now
    frame = dialogue.open_frame
    young = is_youth(services, dialogue.room)
    if frame is None:
        return [Notice("between_rounds", {"title": dialogue.title, "youth": young})]
    if not places.begun(place, dialogue.id):
        if tapped:
            places.begin(place, dialogue.id)
        else:
            ask_in_person(services, asker, "begin", dialogue.id, {})
        data: dict[str, Value] = {
            "title": dialogue.title,
            "confidential": dialogue.confidential,
            "kind": frame.plan.kind,
            "ballots": frame.machine.box(dialogue.states[frame.index]) is not None,
            "settings": asdict(frame.settings),
            "youth": young,
            "tapped": tapped,
            "polls": asker.can.polls and bool(services.talk(frame).buttons),
        }
        begin = Notice("begin", data)
        return [begin, *offer(services, asker, dialogue)] if tapped else [begin]
    return offer(services, asker, dialogue)


def offer(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """The items of the open round that this person has not answered yet."""
    frame = dialogue.open_frame
    if frame is None:
        return []
    made = services.talk(frame).offer(services, dialogue, frame, asker.person, Wanted())
    return [_offered(services, asker, dialogue, frame, made)]


def further(
    services: Services, asker: Asker, dialogue: Dialogue, _said: object = None
) -> list[Notice]:
    """Handle ``verder``: the next items, without those of the list that stands; they come back
    later."""
    frame, stands = dialogue.open_frame, standing(services, asker, dialogue)
    if frame is None or asker.staff or stands is None:
        return join(services, asker, dialogue)
    passed(services, asker)
    left = open_places(services, asker, dialogue, stands)
    but = frozenset(stands.items[place - 1] for place in left)
    made = services.talk(frame).offer(services, dialogue, frame, asker.person, Wanted(but=but))
    if left and but.issuperset(made.items):
        return [Notice("nothing_further", {"left": len(left)})]
    return [_offered(services, asker, dialogue, frame, made)]


def _offered(
    services: Services, asker: Asker, dialogue: Dialogue, frame: Frame, made: Offered
) -> Notice:
    """The notice of an offer, which is kept as the newest of this person's conversation."""
    if made.items:
        _keep(services, asker, dialogue, made.items)
    if made.invites:
        ask_in_person(services, asker, INVITED, dialogue.id, {})
    return _pressable(services, dialogue, frame, made)


def _keep(
    services: Services,
    asker: Asker,
    dialogue: Dialogue,
    items: tuple[str, ...],
    asked: tuple[int, ...] = (),
) -> Offer:
    place = str(asker.personal)
    worded = tuple(wording(services, dialogue, number) for number in items)
    kept = Offer("offer", dialogue.id, asker.stands_at, items, asked, worded)
    services.store.places.belongs(place, asker.person)
    services.store.offers.offer(place, kept)
    return kept


def wording(services: Services, dialogue: Dialogue, number: str) -> str:
    """Which words of an item are shown now, as a short hash."""
    index = dialogue.round_of(number)
    if index is None:
        return "-"
    words = services.talk(dialogue.frames[index]).wording(dialogue, number)
    return sha256(words.encode()).hexdigest()[:12]


def kept_list(
    services: Services, place: str, person: str, dialogue: Dialogue, frame: Frame, token: str
) -> Notice | None:
    """The next list for somebody who did not ask for it, kept as on its way in the message with
    this token; None where there is nothing to answer."""
    made = services.talk(frame).offer(services, dialogue, frame, person, Wanted())
    if not made.items:
        return None
    worded = tuple(wording(services, dialogue, number) for number in made.items)
    kept = Offer("offer", dialogue.id, ON_ITS_WAY, made.items, (), worded)
    services.store.offers.offer(place, kept)
    services.store.offers.sending(place, kept.key, token)
    return _pressable(services, dialogue, frame, made)


def seen_list(services: Services, place: str, dialogue: Dialogue) -> bool:
    """Whether the newest list made for a place is of the open round."""
    newest = services.store.offers.newest(place, "offer")
    if newest is None or not newest.items or newest.dialogue != dialogue.id:
        return False
    return not is_over(dialogue, newest)


def first_list(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """The list of a new round at the first words of somebody who has begun; nothing where they saw
    one or voted, or there is nothing to answer."""
    frame = dialogue.open_frame
    if frame is None or standing(services, asker, dialogue) is not None:
        return []
    made = services.talk(frame).offer(services, dialogue, frame, asker.person, Wanted())
    box = frame.machine.box(dialogue.states[frame.index])
    if box is None or not made.items:
        return []
    ballot = services.ballot(asker, dialogue, frame.index)
    if any(ballot in book.votes for book in box.books.values()):
        return []
    return [_offered(services, asker, dialogue, frame, made)]


# -- the list that stands -------------------------------------------------------------------------


def standing(services: Services, asker: Asker, dialogue: Dialogue) -> Offer | None:
    """The newest list of the open round that stood in this person's conversation, or None."""
    offered = services.store.offers.offered(str(asker.personal), "offer", asker.milliseconds)
    about = offered is not None and bool(offered.items) and offered.dialogue == dialogue.id
    return offered if about and offered is not None and not is_over(dialogue, offered) else None


def open_places(
    services: Services, asker: Asker, dialogue: Dialogue, offered: Offer
) -> tuple[int, ...]:
    """The places of a list that were not answered yet. One that can no longer be voted on counts as
    answered."""
    index = dialogue.round_of(offered.items[0])
    box = None if index is None else dialogue.machine(index).box(dialogue.states[index])
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


def asked_again(
    services: Services, asker: Asker, dialogue: Dialogue, number: str
) -> list[Notice] | None:
    """The question for an item anew, where its words are no longer those that this person read;
    else None."""
    offered = standing(services, asker, dialogue)
    if asker.where is not Where.PERSONAL or offered is None or number not in offered.items:
        return None
    place = offered.items.index(number) + 1
    if not reworded(services, dialogue, offered, place):
        return None
    return onward(services, asker, dialogue, offered, (place,))


def onward(
    services: Services,
    asker: Asker,
    dialogue: Dialogue,
    offered: Offer,
    changed: Sequence[int] = (),
) -> list[Notice]:
    """What follows answers to a list: what is left of it, or the next one once it is finished.

    ``changed`` are places whose answer did not count, because the words there are new. Nothing
    follows where a newer list is on its way already.
    """
    newest = services.store.offers.newest(str(asker.personal), "offer")
    if newest is not None and (newest.dialogue, newest.items) != (dialogue.id, offered.items):
        return []
    left = open_places(services, asker, dialogue, offered)
    anew = [Notice("words_changed", {})] if changed else []
    frame = dialogue.open_frame
    if frame is None or not left or len(offered.items) == 1:
        return anew + offer(services, asker, dialogue)
    kept = _keep(services, asker, dialogue, offered.items, left)
    rows = [row(dialogue, place, offered.items[place - 1]) for place in left]
    asked = [{**row, "changed": row["place"] in changed} for row in rows]
    notice = Notice("offer_rest", {"asked": asked, "key": kept.key})
    return [*anew, _pressable(services, dialogue, frame, Offered(notice, offered.items), left)]


def of_list(services: Services, asker: Asker, dialogue: Dialogue, number: str) -> Offer | None:
    """The list of more than one item that stands, where this item is in it; else None."""
    offered = standing(services, asker, dialogue)
    if offered is None or len(offered.items) == 1 or number not in offered.items:
        return None
    return offered


def finished(services: Services, asker: Asker, dialogue: Dialogue, number: str) -> list[Notice]:
    """The next list, where a vote on this item answered the last place of the one that stands."""
    offered = of_list(services, asker, dialogue, number)
    if offered is None or open_places(services, asker, dialogue, offered):
        return []
    return onward(services, asker, dialogue, offered)


def after_press(
    services: Services, asker: Asker, dialogue: Dialogue, number: str, *, first: bool
) -> list[Notice]:
    """What follows a pressed choice on an item: the next list, where it answered the last place of
    the one that stands."""
    return finished(services, asker, dialogue, number) if first else []


def held(services: Services, asker: Asker, dialogue: Dialogue, asked: list[Notice]) -> list[Notice]:
    """These questions alone; what is left of the list, or the next one, waits for the answer."""
    ask_in_person(services, asker, HELD, dialogue.id, {})
    return asked


def let_go(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """What was held back while a question for a reason was open, now that it is answered."""
    forms, place = services.store.forms, str(asker.personal)
    waiting = forms.form(place, HELD, asker.milliseconds)
    forms.answered(place, HELD)
    if waiting is None or waiting.dialogue != dialogue.id or asker.where is not Where.PERSONAL:
        return []
    offered = standing(services, asker, dialogue)
    return [] if offered is None else onward(services, asker, dialogue, offered)


def _pressable(
    services: Services,
    dialogue: Dialogue,
    frame: Frame,
    made: Offered,
    places: Sequence[int] = (),
) -> Notice:
    """The notice of an offer, with what can be pressed under it for these places (none: all)."""
    buttons = services.talk(frame).buttons if made.items else ()
    if not buttons:
        return made.notice
    choices = tuple(
        Choice(dialogue.id, frame.index, item, choice, place)
        for place, item in enumerate(made.items, 1)
        if not places or place in places
        for choice in buttons
    )
    return structs.replace(made.notice, choices=choices)


def row(dialogue: Dialogue, place: int, number: str) -> dict[str, Any]:
    """One item of an offer for a template: its place in the list, its number and its words."""
    item = dialogue.items.by_number[number]
    return {"place": place, "item": number, "staff": item.staff, **words_of(item)}


def words_of(item: Item) -> dict[str, Value]:
    """The words of an item for a template: ``text``, and ``label`` where a question stands before
    it."""
    if item.text == Text():
        return {"label": "", "text": item.label}
    return {"label": item.label, "text": item.text}


def widened(services: Services, place: Place, notice: Notice) -> Notice:
    """The notice of an offer not sent yet, with more items, for somebody who waited long for it;
    the same notice where that cannot be done."""
    waiting = services.store.offers.on_its_way(str(place))
    person = services.store.people.known(place.platform, place.name)
    dialogue = services.ledger.states.get(waiting.dialogue) if waiting is not None else None
    frame = dialogue.open_frame if dialogue is not None else None
    if waiting is None or person is None or dialogue is None or frame is None:
        return notice
    talk = services.talk(frame)
    if not talk.patient or not notice.choices or frame.index + 1 != notice.data["round"]:
        return notice
    made = talk.offer(services, dialogue, frame, person, Wanted(talk.patient))
    if not made.items or notice.template == "offer_rest":
        return notice
    worded = tuple(wording(services, dialogue, number) for number in made.items)
    longer = replace(waiting, items=made.items, asked=(), wording=worded)
    services.store.offers.offer(str(place), longer)
    return _pressable(services, dialogue, frame, made)


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
