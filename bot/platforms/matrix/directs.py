"""Personal conversations: opened for somebody who has none, and left."""

from __future__ import annotations

from contextlib import suppress

from bot.platforms.live import Impossible, NotYet
from bot.platforms.matrix.events import Json
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import Alarm
from bot.platforms.matrix.store import keep
from bot.platforms.matrix.wire import Client, call, path
from bot.platforms.places import Place


async def open_direct(client: Client, house: House, user: str, alarm: Alarm) -> None:
    """Open a personal conversation with somebody who has none."""
    if house.opened(user):
        return
    house.known.direct[await _created(client, house, user)] = user
    await keep(house.settings.store, "rooms.json", house.known, alarm)


async def _created(client: Client, house: House, user: str) -> str:
    """Create a room with an invitation in it; returns its id."""
    state: list[Json] = []
    if house.settings.encrypt:
        algorithm = {"algorithm": "m.megolm.v1.aes-sha2"}
        state.append({"type": "m.room.encryption", "state_key": "", "content": algorithm})
    made = await call(
        client,
        "POST",
        path("createRoom"),
        {"preset": "private_chat", "is_direct": True, "invite": [user], "initial_state": state},
    )
    return str(made["room_id"])


async def leave(client: Client, house: House, place: Place, alarm: Alarm) -> None:
    """Leave every personal conversation with somebody, and forget whose they were.

    Where the server refuses, the bot is not in that room any more, and goes on with the next. Those
    it cannot leave now do not keep it in the others; then ``NotYet`` is raised.
    """
    later: NotYet | None = None
    for room in [room for room, user in house.known.direct.items() if user == place.name]:
        try:
            await leave_room(client, room)
        except NotYet as error:
            later = error
            continue
        house.known.direct.pop(room, None)
        house.rooms.pop(room, None)
    await keep(house.settings.store, "rooms.json", house.known, alarm)
    if later is not None:
        raise later


async def leave_room(client: Client, room: str) -> None:
    """Leave a room, and have the server forget that the bot was in it; a refusal means that it was
    done before."""
    for step in ("leave", "forget"):
        with suppress(Impossible):
            await call(client, "POST", path("rooms", room, step), {})
