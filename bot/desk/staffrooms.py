"""``gesprek staf``: a moderator ties a staff room to a room, in the staff room itself.

Power in the new room proves nothing, since anybody may make a room and invite the bot: what counts
is who leads the neighbourhood's room, and that nobody can walk in. A place that is tied to nothing
yet hears only this word, and help with it.
"""

from __future__ import annotations

from bot.desk.arriving import not_set_up
from bot.desk.asker import Asker
from bot.desk.services import Services
from bot.platforms.facts import calls
from bot.platforms.places import Place
from commands import said as words
from commands.reading import Reading, read
from commands.said import Where
from dialogues.core import Audience, Notice, Refused, Role


def is_new(services: Services, asker: Asker) -> bool:
    """Whether this is a place that no setting and no moderator made a staff room."""
    return asker.where is Where.STAFF and not services.town.rooms.is_staff(asker.place)


def in_new_place(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """What is said there: of a moderator and with the prefix, or it was not meant for the bot."""
    reading: Reading | None = None
    if Role.MODERATOR in asker.roles and calls(text):
        reading = read(services.known, text, Where.STAFF, asker.roles)
    if reading is None:
        return None
    if not isinstance(reading.said, words.StaffRoom):
        return [not_set_up(services, asker.place)]
    try:
        return tie(services, asker, reading.said)
    except Refused as refusal:
        return [Notice(f"refused_{refusal.code}", refusal.data)]


def tie(services: Services, asker: Asker, said: words.StaffRoom) -> list[Notice]:
    """From now on this place is the staff room of that room, also after a restart."""
    room = _meant(services, asker, said.room)
    if asker.origin.open_to_all:
        raise Refused("staff_room_open")
    before = services.town.rooms.staff_places(room)
    if asker.place in before:
        return [Notice("staff_room_already", {"room": room})]
    services.ledger.ties.tie(room, asker.place)
    for place in before:
        if place.platform == asker.place.platform:
            _tell(services, asker, place, room)
    return [Notice("staff_room_tied", {"room": room})]


def _meant(services: Services, asker: Asker, named: str) -> str:
    """The room that is meant, if it is the asker's to decide about."""
    mine, rooms = asker.origin.moderates, list(services.town.rooms.rooms)
    yours = [room for room in rooms if mine is None or room in mine]
    if not yours:
        raise Refused("word_not_yours", word="gesprek staf")
    if not named and len(yours) == 1:
        return yours[0]
    if not named:
        raise Refused("which_staff_room", rooms=yours)
    known = {room.casefold(): room for room in rooms}
    room = known.get(named.casefold())
    if room is None:
        raise Refused("unknown_room", room=named, rooms=yours)
    if room not in yours:
        raise Refused("staff_room_not_yours", room=room)
    return room


def _tell(services: Services, asker: Asker, place: Place, room: str) -> None:
    """The former staff room hears that it is so no longer, and how to undo that."""
    services.ledger.say(place, Notice("staff_room_moved", {"room": room}, Audience.STAFF), asker.at)
