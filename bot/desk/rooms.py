"""Which room something new is for: one that was named, the one it was typed in, or the only one."""

from __future__ import annotations

from bot.desk.asker import Asker
from bot.desk.services import Services
from commands.said import Where
from dialogues.core import Refused


def room_for(services: Services, asker: Asker, named: str, *, staff: bool) -> str:
    """The name of the room; ``staff``: of those in which the asker has a role. Raises
    ``Refused``."""
    rooms = list(services.town.rooms.rooms)
    if asker.where is Where.STAFF:
        rooms = list(services.town.rooms.rooms_of_staff(asker.place))
    if staff:
        rooms = [room for room in rooms if asker.roles_in(room)]
    name = named.lstrip("#@")
    if name:
        if name not in rooms:
            raise Refused("unknown_room", room=named, rooms=rooms)
        return name
    place = asker.place if asker.where is Where.ROOM else asker.origin.near
    here = services.town.rooms.room_at(place) if place is not None else None
    if here in rooms:
        return str(here)
    if len(rooms) != 1:
        raise Refused("which_room", rooms=rooms)
    return rooms[0]
