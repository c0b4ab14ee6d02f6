"""Offers in the personal conversation: the next items that a person can answer."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from msgspec import structs

from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.desk.talk import Offered
from bot.desk.youth import is_youth
from bot.platforms.places import Place
from dialogues.core import Choice, Notice, Refused, Value
from dialogues.dialogue import Dialogue, Status
from dialogues.machine import Frame
from storage.forms import Form
from storage.offers import Offer


def join(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """Handle ``meedoen``: the first time the explanation and its question, later the next offer."""
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
    services.store.forms.answered(place)  # whatever was asked before, this is what they want now
    frame = dialogue.open_frame
    young = is_youth(services, dialogue.room)
    if frame is None:
        return [Notice("between_rounds", {"title": dialogue.title, "youth": young})]
    if not places.begun(place, dialogue.id):
        services.store.forms.ask(place, Form("begin", dialogue.id, {}, asker.milliseconds))
        data: dict[str, Value] = {
            "title": dialogue.title,
            "confidential": dialogue.confidential,
            "kind": frame.plan.kind,
            "ballots": frame.machine.box(dialogue.states[frame.index]) is not None,
            "settings": asdict(frame.settings),
            "youth": young,
        }
        return [Notice("begin", data)]
    return offer(services, asker, dialogue)


def offer(services: Services, asker: Asker, dialogue: Dialogue) -> list[Notice]:
    """The items of the open round that this person has not answered yet."""
    frame = dialogue.open_frame
    if frame is None:
        return []
    made = services.talk(frame).offer(services, dialogue, frame, asker.person, 0)
    if made.items:
        place = str(asker.personal)
        services.store.places.belongs(place, asker.person)
        services.store.offers.offer(place, Offer("offer", dialogue.id, asker.stands_at, made.items))
    return [_pressable(services, dialogue, frame, made)]


def _pressable(services: Services, dialogue: Dialogue, frame: Frame, made: Offered) -> Notice:
    """The notice of an offer, with what can be pressed under it."""
    buttons = services.talk(frame).buttons if made.items else ()
    if not buttons:
        return made.notice
    choices = tuple(
        Choice(dialogue.id, frame.index, item, choice, place)
        for place, item in enumerate(made.items, 1)
        for choice in buttons
    )
    return structs.replace(made.notice, choices=choices)


def row(dialogue: Dialogue, place: int, number: str) -> dict[str, Any]:
    """One item of an offer for a template: its place in the list, its number and its words."""
    item = dialogue.items.by_number[number]
    return {"place": place, "item": number, "text": item.text, "staff": item.staff}


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
    made = talk.offer(services, dialogue, frame, person, talk.patient)
    if not made.items:
        return notice
    services.store.offers.offer(str(place), replace(waiting, items=made.items))
    return _pressable(services, dialogue, frame, made)


def is_over(dialogue: Dialogue, offered: Offer) -> bool:
    """Whether the round that was offered from is no longer the open one."""
    frame = dialogue.open_frame
    return frame is not None and dialogue.round_of(offered.items[0]) != frame.index


def items_of(notice: Notice) -> str:
    """The item numbers of an offer, as one string, as they are stored with it."""
    rows: Any = notice.data.get("items") or notice.data.get("rows")
    if rows:
        return " ".join(str(row.get("number") or row["item"]) for row in rows)
    return str(notice.data.get("item", ""))
