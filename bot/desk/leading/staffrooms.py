"""``gesprek staf``: a moderator makes a place the staff room of a room, by typing it there.

Power in the new room proves nothing, since anybody may make a room and invite the bot: what counts
is that the asker is a moderator of the neighbourhood's room, and that nobody can walk into the new
one. A place that belongs to no room yet accepts only this word, and answers with help.
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
    """Whether neither a setting nor a moderator has made this place a staff room."""
    return asker.where is Where.STAFF and not services.town.rooms.is_staff(asker.place)


def in_new_place(services: Services, asker: Asker, text: str) -> list[Notice] | None:
    """Handle words in such a place; None unless a moderator typed them with the prefix."""
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
    """Make this place the staff room of a room, also after a restart."""
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
    """The room that is named, or the only one the asker moderates; raises ``Refused``."""
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
    """Tell the former staff room that it no longer is one, and how to undo that."""
    services.ledger.say(place, Notice("staff_room_moved", {"room": room}, Audience.STAFF), asker.at)
