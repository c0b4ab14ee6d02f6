"""Events about the bot itself: it joined or left a room, or its rights there changed."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from bot.platforms.facts import Chose, Fact, Joined, Left, Origin, Right, Rights
from bot.platforms.matrix.events import Seen, joins, words
from bot.platforms.matrix.rooms import House, Room, lacking
from bot.platforms.places import Place, PlaceKind


def fact(house: House, room: str, event: Seen, place: Place) -> Fact | None:
    """The fact of an event about the bot in this room, or None."""
    me = house.settings.user
    origin = Origin(event.id, event.at, place, me, frozenset(), event.id)
    if event.type == "m.room.member" and event.state_key == me:
        if joins(event, me):
            state = house.rooms.get(room, Room())
            return Joined(origin, _lacks(house, state, place), moved=house.moved(room))
        gone = event.content.get("membership") in ("leave", "ban")
        return Left(origin) if gone else None
    if event.type == "m.room.power_levels" and event.state_key == "" and event.before:
        state = house.rooms.get(room, Room())
        now = _lacks(house, replace(state, levels=event.content), place)
        before = _lacks(house, replace(state, levels=event.before), place)
        return Rights(origin, now, before) if now != before else None
    if event.type == "m.room.tombstone" and event.state_key == "":
        successor = words(event.content.get("replacement_room"))
        if successor in house.rooms:  # it came there by itself: no joining will tell
            lacks = _lacks(house, house.rooms[successor], place)
            return Joined(origin, lacks, moved=True)
    return None


def _lacks(house: House, state: Room, place: Place) -> tuple[Right, ...]:
    if place.kind is PlaceKind.PERSONAL:
        return ()
    return lacking(state, house.settings.user, staff=place.kind is PlaceKind.STAFF)


def with_rooms(house: House, room: str, made: Fact) -> Fact:
    """The fact, with the rooms that its author moderates by rights of their own; in a staff room
    of every author, with whether that room is open."""
    origin = getattr(made, "origin", None)
    if origin is None:
        return made
    if origin.place.kind is PlaceKind.STAFF:
        opens = house.open_to_all(room)
        known = structs.replace(
            origin, moderates=house.moderates(origin.account), open_to_all=opens
        )
    elif "moderator" in origin.roles and not house.is_moderator(origin.account):
        known = structs.replace(origin, moderates=house.moderates(origin.account))
    else:
        return made
    if type(made) is Chose:
        return structs.replace(made, origin=known)
    return replace(made, origin=known)
