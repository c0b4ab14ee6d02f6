"""Invitations: one queue, at the rate the server allows, that outlives a restart.

To rooms the bot goes when somebody invites it whom the keeper trusts; a personal conversation is
open to everybody. A closed room's successor is followed under the same name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import urlencode

from bot.platforms.base import Impossible
from bot.platforms.matrix.events import Json, table, words
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import Settings
from bot.platforms.matrix.store import Invitation, Known, save
from bot.platforms.matrix.wire import Client, Refusal, call, path, patiently

#: So long an invitation that waits holds up what counts as read (ms).
_HOLDS_MS = 10 * 60 * 1000

Alarm = Callable[[str], None]


def invited(house: House, data: Json, alarm: Alarm) -> bool:
    """Note the invitations of an answer that are to be accepted; True when there are new ones."""
    me, known = house.settings.user, house.known
    before = dict(known.invited)
    for room, info in table(table(data.get("rooms")).get("invite")).items():
        for event in table(table(info).get("invite_state")).get("events", ()):
            content = table(table(event).get("content"))
            ours = event.get("type") == "m.room.member" and event.get("state_key") == me
            if ours and content.get("membership") == "invite":
                _weigh(house, room, words(event.get("sender")), content, alarm)
    return known.invited != before


def _weigh(house: House, room: str, by: str, content: Json, alarm: Alarm) -> None:
    named = room in house.known.moves or any(
        room == kept.room for kept in house.known.named.values()
    )
    direct = content.get("is_direct") is True and not named
    if not direct and by not in house.settings.trusted and room not in house.known.moves:
        alarm("invitation_not_trusted")
        return
    now = int(house.settings.clock().timestamp() * 1000)
    house.known.invited[room] = Invitation(by, direct, now, (by.partition(":")[2],))
    if direct:
        house.known.direct[room] = by


def arrived(house: House) -> bool:
    """Let go of invitations to rooms the bot is in now."""
    done = [room for room in house.known.invited if room in house.rooms]
    for room in done:
        del house.known.invited[room]
    return bool(done)


def followed(house: House) -> bool:
    """Note the successors of closed rooms; True when there is one to join."""
    news = False
    for name, named in list(house.known.named.items()):
        state = house.rooms.get(named.room)
        successor = state.replaced_by if state is not None else ""
        if not successor or state is None:
            continue
        if successor in house.rooms:
            house.name(name, named.configured, successor)
            house.known.moves.pop(successor, None)
            house.settle()
            news = True
        elif successor not in house.known.moves:
            now = int(house.settings.clock().timestamp() * 1000)
            house.known.moves[successor] = name
            house.known.invited[successor] = Invitation(
                "", direct=False, since=now, via=(state.replaced_at,)
            )
            news = True
    return news


def oldest_waiting(known: Known, now: int) -> int | None:
    """Since when the oldest personal conversation waits to be joined (ms)."""
    waiting = [i.since for i in known.invited.values() if i.direct and i.since > now - _HOLDS_MS]
    return min(waiting, default=None)


async def join_all(
    client: Client, settings: Settings, known: Known, news: asyncio.Event, alarm: Alarm
) -> None:
    """Join what waits, rooms first, for as long as the bot runs."""
    tried: set[str] = set()
    while True:
        waiting = [room for room in known.invited if room not in tried]
        if not waiting:
            news.clear()
            tried &= set(known.invited)
            await news.wait()
            continue
        room = min(waiting, key=lambda r: (known.invited[r].direct, known.invited[r].since))
        invitation = known.invited[room]
        tried.add(room)
        if await _joined(client, invitation, room, alarm):
            continue
        tried.discard(room)
        if known.invited.get(room) is invitation:  # else somebody invited meanwhile
            del known.invited[room]
            known.direct.pop(room, None)
            save(settings.store, "rooms.json", known)


async def _joined(client: Client, invitation: Invitation, room: str, alarm: Alarm) -> bool:
    via = [("via", server) for server in invitation.via if server]
    via += [("server_name", server) for server in invitation.via if server]
    where = f"{path('join', room)}?{urlencode(via)}"
    try:
        await patiently(lambda: call(client, "POST", where, {}), alarm)
    except Impossible:
        alarm("join_refused")
        return False
    return True


async def resolve(client: Client, house: House, alarm: Alarm) -> None:
    """Where the keeper's rooms are: their ids, or what their aliases stand for."""
    wanted = {**house.settings.rooms, **house.settings.staff_rooms}
    for name in [name for name in house.known.named if name not in wanted]:
        del house.known.named[name]
    for name, configured in wanted.items():
        known = house.known.named.get(name)
        if known is not None and known.configured == configured:
            continue
        room = configured
        if configured.startswith("#"):
            try:
                found = await patiently(
                    lambda alias=configured: call(  # type: ignore[misc]
                        client, "GET", path("directory", "room", alias)
                    ),
                    alarm,
                )
            except Refusal:
                alarm("alias_unknown")
                continue
            room = words(found.get("room_id"))
        house.name(name, configured, room)
    house.settle()


def enter_open(house: House) -> bool:
    """A room of the config that is open to all needs no invitation: try; True when there is one."""
    now = int(house.settings.clock().timestamp() * 1000)
    missing = [
        named.room
        for named in house.known.named.values()
        if named.room not in house.rooms and named.room not in house.known.invited
    ]
    for room in missing:
        house.known.invited[room] = Invitation("", direct=False, since=now)
    return bool(missing)


def left(house: House, data: Json, alarm: Alarm) -> None:
    """The bot is no longer in these rooms."""
    for room in table(table(data.get("rooms")).get("leave")):
        if house.place(room) is not None:
            alarm("room_left")
        house.rooms.pop(room, None)
    house.settle()
