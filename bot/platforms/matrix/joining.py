"""Invitations: which are accepted, and joining them one by one at the rate the server allows.

To rooms the bot goes when somebody invites it whom the keeper trusts; a personal conversation is
open to everybody. A closed room's successor is followed under the same name.
"""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress
from functools import partial
from urllib.parse import urlencode

from bot.platforms.live import Ended, Impossible, NotYet
from bot.platforms.matrix.events import Json, several, table, words
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import Alarm, Settings
from bot.platforms.matrix.store import Invitation, Known, save
from bot.platforms.matrix.turns import Turns
from bot.platforms.matrix.wire import Client, Refusal, Unavailable, call, path, patiently

#: For how long an invitation that waits delays the moment up to which all is received (ms).
_HOLDS_MS = 10 * 60 * 1000

#: The longest pause before a room is tried again whose server did not answer, in seconds.
_LONGEST_PAUSE = 300.0

_ONE_ROOM = "The rooms {} and {} are one room on Matrix. Give each its own in the config."

#: How long nothing is looked at while nothing is known to wait, in seconds.
_IDLE = 60.0


def invited(house: House, data: Json, after: int, alarm: Alarm) -> bool:
    """Note the invitations in a response that are to be accepted; True when there are new ones.

    Everything said until ``after`` (ms) was received before this response.
    """
    me, known = house.settings.user, house.known
    before = dict(known.invited)
    for room, info in table(table(data.get("rooms")).get("invite")).items():
        for event in map(table, several(table(table(info).get("invite_state")).get("events"))):
            content = table(event.get("content"))
            ours = event.get("type") == "m.room.member" and event.get("state_key") == me
            if ours and content.get("membership") == "invite":
                _weigh(house, room, words(event.get("sender")), content, after, alarm)
    return known.invited != before


def _weigh(house: House, room: str, by: str, content: Json, after: int, alarm: Alarm) -> None:
    named = room in house.known.moves or any(
        room == kept.room for kept in house.known.named.values()
    )
    direct = content.get("is_direct") is True and not named
    if not direct and by not in house.settings.trusted and not house.moved(room):
        alarm("invitation_not_trusted")
        return
    now = int(house.settings.clock().timestamp() * 1000)
    known = house.known.invited.get(room)
    if known is not None and known.by == by:
        now, after = known.since, known.after
    house.known.invited[room] = Invitation(by, direct, now, (by.partition(":")[2],), after)
    if direct:
        house.known.direct[room] = by
    elif not named:
        house.known.others.setdefault(room, room)


def arrived(house: House) -> bool:
    """Drop the invitations to rooms that the bot has joined."""
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
            house.known.moves[successor] = name
            house.known.others.pop(successor, None)
            house.known.invited[successor] = _following(house, state.replaced_at)
            news = True
    for room, name in list(house.known.others.items()):
        state = house.rooms.get(room)
        successor = state.replaced_by if state is not None else ""
        stranger = house.known.others.get(successor, successor) == successor
        if state is not None and successor and stranger:  # perhaps invited to it beforehand
            house.known.others[successor] = name
            if successor not in house.rooms:
                house.known.invited[successor] = _following(house, state.replaced_at)
            news = True
    return news


def _following(house: House, server: str) -> Invitation:
    """The invitation by which the bot joins a closed room's successor."""
    now = int(house.settings.clock().timestamp() * 1000)
    return Invitation("", direct=False, since=now, via=(server,))


def oldest_waiting(known: Known, now: int) -> int | None:
    """The moment (ms) after which something may have been said in a personal conversation that the
    bot has yet to join; None when there is no such conversation."""
    waiting = [i.after for i in known.invited.values() if i.direct and i.since > now - _HOLDS_MS]
    return min(waiting, default=None)


async def join_all(
    client: Client,
    settings: Settings,
    known: Known,
    news: asyncio.Event,
    turns: Turns,
    alarm: Alarm,
) -> None:
    """Join the invitations that wait, rooms first, for as long as the bot runs.

    A room whose own server does not answer waits for its next attempt, while the others go on.
    """
    joined: dict[str, Invitation] = {}
    failed: dict[str, tuple[int, float]] = {}
    while True:
        news.clear()
        waiting = {r: i for r, i in known.invited.items() if joined.get(r) != i}
        now = time.monotonic()
        ready = [room for room in waiting if failed.get(room, (0, 0.0))[1] <= now]
        if not ready:
            again = min((failed[room][1] for room in waiting), default=now + _IDLE)
            with suppress(TimeoutError):
                async with asyncio.timeout(max(again - now, 0.0)):
                    await news.wait()
            continue
        room = min(ready, key=lambda r: (waiting[r].direct, waiting[r].since))
        invitation = waiting[room]
        try:
            await turns.join(partial(_join, client, invitation, room))
        except Unavailable:
            alarm("unavailable")
            times = failed.get(room, (0, 0.0))[0] + 1
            pause = min(_LONGEST_PAUSE, 2.0**times) * (0.5 + random.random())
            failed[room] = times, time.monotonic() + pause
        except NotYet as later:
            alarm("limited")
            await asyncio.sleep(later.seconds * (1 + 0.1 * random.random()))
        except Impossible:
            alarm("join_refused")
            if known.invited.get(room) == invitation:  # else somebody invited meanwhile
                del known.invited[room]
                known.direct.pop(room, None)
                save(settings.store, "rooms.json", known)
        else:
            joined[room] = invitation
            failed.pop(room, None)


async def _join(client: Client, invitation: Invitation, room: str) -> None:
    via = [("via", server) for server in invitation.via if server]
    via += [("server_name", server) for server in invitation.via if server]
    await call(client, "POST", f"{path('join', room)}?{urlencode(via)}", {})


async def resolve(client: Client, house: House, alarm: Alarm) -> None:
    """Find the ids of the config's rooms, which may be given by alias."""
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
    _check_apart(house)
    house.settle()


def _check_apart(house: House) -> None:
    """Raise ``Ended`` where two rooms of the config are one, by alias and id or by two aliases."""
    names: dict[str, str] = {}
    for name, named in house.known.named.items():
        other = names.setdefault(named.room, name)
        if other != name:
            raise Ended(_ONE_ROOM.format(other, name))


async def resolve_late(client: Client, house: House, data: Json, alarm: Alarm) -> None:
    """Resolve aliases again that did not exist before, when an invitation comes."""
    wanted = {**house.settings.rooms, **house.settings.staff_rooms}
    missing = any(name not in house.known.named for name in wanted)
    if missing and table(table(data.get("rooms")).get("invite")):
        await resolve(client, house, alarm)


def enter_open(house: House) -> bool:
    """Note rooms of the config that the bot was not invited to, so that it tries to join them in
    case they are open to all; True when there are any."""
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
    """Note the rooms that the bot is no longer in."""
    for room in table(table(data.get("rooms")).get("leave")):
        if house.place(room) is not None:
            alarm("room_left")
        house.rooms.pop(room, None)
    house.settle()
