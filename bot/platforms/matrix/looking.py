"""Reads one message from the server as it is now: its author, its time, its words."""

from __future__ import annotations

from bot.platforms.facts import Looked
from bot.platforms.matrix.events import Json, Seen, own_words, seen, table
from bot.platforms.matrix.keys import decrypt
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.sending import personal, where
from bot.platforms.matrix.wire import Client, Refusal, call, path
from bot.platforms.places import Place


async def look(client: Client, house: House, place: Place, target: str) -> Looked:
    """Look up a message of a place; without an account when it does not exist (any more)."""
    room, at = where(house, place), house.settings.clock()
    try:
        source = await call(client, "GET", path("rooms", room, "event", target))
    except Refusal:
        return Looked(at, place, target)
    outside = seen(source)
    if outside is None or outside.state_key is not None or not outside.content:
        return Looked(at, place, target)  # taken away: nothing is left in it
    event = _readable(client, room, outside)
    user = outside.sender
    return Looked(
        at,
        place,
        target,
        user,
        _newest(client, room, source, event) if event is not None else "",
        outside.at,
        house.roles_at(user, place),
        house.talks(personal(user)),
        user == house.settings.user,
    )


def _readable(client: Client, room: str, event: Seen) -> Seen | None:
    """A message with words, decrypted if need be; else None."""
    if event.type == "m.room.encrypted":
        found = decrypt(client, event, room)
        if found is None:
            return None
        event = found
    return event if event.type == "m.room.message" else None


def _newest(client: Client, room: str, source: Json, event: Seen) -> str:
    """The words after the author's last edit; "" when it is not a message with words."""
    relations = table(table(source.get("unsigned")).get("m.relations"))
    edit = seen(relations.get("m.replace"))
    later = _readable(client, room, edit) if edit is not None else None
    if later is not None and later.sender == event.sender:
        return own_words(table(later.content.get("m.new_content")))
    return own_words(event.content)
