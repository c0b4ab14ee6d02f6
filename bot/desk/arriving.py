"""The bot joins or leaves a place, or its rights there change: who is told what.

In a room the bot introduces itself. Rights that it lacks are told once to staff, or to the room
where there is no staff room. In a place that is in no setting it says how to set the place up.
"""

from __future__ import annotations

from datetime import datetime

from bot.desk import cards, posts
from bot.desk.services import Services
from bot.platforms.facts import Joined, Left, Right, Rights
from bot.platforms.places import Place, PlaceKind
from dialogues.core import Audience, Notice, Value


def arrived(services: Services, fact: Joined | Left | Rights, at: datetime) -> None:
    """Put the notices about the change in the outbox."""
    place = fact.origin.place
    if isinstance(fact, Left):
        return
    if isinstance(fact, Joined) and fact.moved:
        _goes_on(services, place, at)
    if place.kind is PlaceKind.STAFF and isinstance(fact, Joined):
        if not services.town.rooms.is_staff(place):
            services.ledger.say(place, not_set_up(services, place), at)
        return
    room = services.town.rooms.room_at(place) if place.kind is PlaceKind.ROOM else None
    if room is None:
        return
    if isinstance(fact, Rights):
        _changed(services, place, room, fact, at)
    elif not fact.moved:
        told = _staff_told(services, place, room, fact.lacks, at)
        if Right.WRITE not in fact.lacks:
            _welcome(services, place, () if told else fact.lacks, at)
    else:
        _staff_told(services, place, room, fact.lacks, at)


def not_set_up(services: Services, place: Place) -> Notice:
    """The notice for a place that is in no setting: how it can be set up."""
    rooms = list(services.town.rooms.rooms)
    return Notice("room_not_set_up", {"id": place.name, "rooms": rooms}, Audience.STAFF)


def _changed(services: Services, place: Place, room: str, fact: Rights, at: datetime) -> None:
    """Tell about a changed right: the bot may do less than before, or can speak at last."""
    if Right.WRITE in fact.before and Right.WRITE not in fact.lacks:
        _welcome(services, place, (), at)
    if set(fact.lacks) <= set(fact.before) or _staff_told(services, place, room, fact.lacks, at):
        return
    if Right.WRITE not in fact.lacks:
        services.ledger.say(place, _lacking(room, fact.lacks), at)


def _welcome(services: Services, place: Place, lacks: tuple[Right, ...], at: datetime) -> None:
    data: dict[str, Value] = {"lacks": [right.value for right in lacks]}
    services.ledger.say(place, Notice("welcome", data, Audience.ROOM), at)


def _lacking(room: str, lacks: tuple[Right, ...]) -> Notice:
    data: dict[str, Value] = {"room": room, "lacks": [right.value for right in lacks]}
    return Notice("rights_lacking", data, Audience.STAFF)


def _staff_told(
    services: Services, place: Place, room: str, lacks: tuple[Right, ...], at: datetime
) -> bool:
    """Tell the staff room what the bot may not do; False where there is none, or nothing to
    tell."""
    staff = [s for s in services.town.rooms.staff_places(room) if s.platform == place.platform]
    for there in staff if lacks else ():
        services.ledger.say(there, _lacking(room, lacks), at)
    return bool(staff and lacks)


def _goes_on(services: Services, place: Place, at: datetime) -> None:
    """Post again what a room's successor lacks: the cards of the open round and of meetings, and in
    an open ballot the messages that can be reacted on."""
    services.store.slots.moved(str(place))
    room = services.town.rooms.room_at(place) if place.kind is PlaceKind.ROOM else None
    dialogue = services.ledger.open_in(room) if room is not None else None
    frame = dialogue.open_frame if dialogue is not None else None
    if room is not None:
        cards.goes_on(services.ledger, room, place, at)
    if dialogue is not None and frame is not None:
        posts.show_elsewhere(services.ledger, services.talks, dialogue, place, at)
