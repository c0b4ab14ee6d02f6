"""``stadsgesprek check`` on Matrix: what is right, what is not, and what mends it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass

import aiohttp

from bot.platforms.facts import Right
from bot.platforms.live import Ended, Impossible, NotYet
from bot.platforms.matrix.directs import leave_room
from bot.platforms.matrix.events import Json, seen, words
from bot.platforms.matrix.rooms import House, Room, lacking
from bot.platforms.matrix.settings import Settings
from bot.platforms.matrix.signing import standing
from bot.platforms.matrix.wire import Client, Refusal, Unavailable, call, connect, path

#: Synapse lets ten events pass before it limits an account: one more shows whether it does.
_BURST = 12

#: How long it is tried to reach the homeserver, in seconds.
_REACHED_IN = 8.0

#: The state events of a room that are checked.
_STATE = (
    "m.room.create",
    "m.room.power_levels",
    "m.room.encryption",
    "m.room.tombstone",
    "m.room.join_rules",
    "m.room.history_visibility",
)

_MAY = {
    Right.WRITE: "write",
    Right.PIN: "pin the card",
    Right.REMOVE: "remove messages that are hidden",
}

_LIFT = (
    "curl -X POST -H 'Authorization: Bearer ADMIN_TOKEN' -d "
    '\'{{"messages_per_second": 0, "burst_count": 0}}\' '
    "'{server}/_synapse/admin/v1/users/{user}/override_ratelimit'"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check; ``good``: nothing has to be done."""

    good: bool
    text: str


_UNREACHED = "{host} cannot be reached ({why}). Check homeserver in [matrix], and the network."


async def reach(settings: Settings) -> None:
    """Ask the homeserver once for something that needs no log-in.

    Raises ``Ended`` with the host and the cause where no homeserver answers in time.
    """
    host, bare = settings.homeserver, connect(settings)
    try:
        await call(bare, "GET", path("versions", base="/_matrix/client"), seconds=_REACHED_IN)
    except Unavailable as error:
        raise Ended(_UNREACHED.format(host=host, why=_cause(error.__cause__))) from error
    except Impossible as error:
        why = f"what answers there is no homeserver: {error}"
        raise Ended(_UNREACHED.format(host=host, why=why)) from error
    except NotYet:
        pass  # it answers, and asks to wait
    finally:
        await bare.close()


def _cause(error: BaseException | None) -> str:
    """Why a request had no answer, in words of the network."""
    if error is None:
        return "what answers there is no homeserver"
    if isinstance(error, TimeoutError):
        return f"no answer within {_REACHED_IN:.0f} seconds"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"its certificate is not valid: {error.certificate_error}"
    if isinstance(error, aiohttp.ClientConnectorError):
        code = error.os_error.errno
        if isinstance(error, aiohttp.ClientConnectorDNSError) or not code:
            return str(error.os_error.strerror or error.os_error)
        return os.strerror(code)
    return str(error) or type(error).__name__


async def check(client: Client, house: House) -> list[Finding]:
    """All findings, in the order in which to mend them."""
    user = house.settings.user
    findings = [Finding(True, f"Matrix: logged in as {user} (device {client.device_id})")]
    findings.append(await _device(client))
    wanted = {**house.settings.rooms, **house.settings.staff_rooms}
    joined = await call(client, "GET", path("joined_rooms"))
    for name, configured in wanted.items():
        named = house.known.named.get(name)
        if named is None:
            text = f"room {name}: the alias {configured} does not exist; create it or correct it"
            findings.append(Finding(False, text))
        elif named.room not in joined.get("joined_rooms", ()):
            text = f"room {name}: not joined; let a trusted account invite {user}"
            findings.append(Finding(False, text))
        else:
            findings += await _room(client, house, name, named.room)
    findings.append(await _limit(client, house))
    return findings


async def _device(client: Client) -> Finding:
    now = await standing(client)
    if not now.key:
        return Finding(False, "device: its keys are not on the server yet; start the bot once")
    if now.signed:
        return Finding(True, "device: signed; current clients accept its messages")
    return Finding(
        False,
        "device: not signed, so that current clients may refuse its messages in encrypted rooms; "
        "give a password and start the bot once",
    )


async def _room(client: Client, house: House, name: str, room: str) -> list[Finding]:
    state = Room()
    for source in await _state(client, room):
        event = seen(source)
        if event is not None:
            house.learn(room, [event])
    state = house.rooms[room]
    kind = "staff room" if name in house.settings.staff_rooms else "room"
    closed = "encrypted" if state.encrypted else "not encrypted"
    findings = [Finding(True, f"{kind} {name}: joined, {closed}")]
    if state.replaced_by:
        findings.append(Finding(False, f"{kind} {name}: closed, it goes on elsewhere"))
    staff = kind == "staff room"
    if staff and house.open_to_all(room):
        text = f"{kind} {name}: people can come in uninvited; let them in by invitation only"
        findings.append(Finding(False, text))
    missing = lacking(state, house.settings.user, staff=staff)
    if missing:
        what = ", ".join(_MAY[right] for right in missing)
        text = f"{kind} {name}: the bot may not {what}; give it power level 50"
        findings.append(Finding(Right.WRITE not in missing, text))
    return findings


async def _state(client: Client, room: str) -> list[Json]:
    found: list[Json] = []
    for kind in _STATE:
        where = path("rooms", room, "state", kind, "") + "?format=event"
        try:
            event = await call(client, "GET", where)
        except Refusal:
            continue
        found.append({**event, "event_id": words(event.get("event_id")) or "$state"})
    return found


async def _limit(client: Client, house: House) -> Finding:
    """Whether the server limits the bot: writes into a room of its own until refused, and leaves
    it."""
    line = _LIFT.format(server=house.settings.homeserver.rstrip("/"), user=house.settings.user)
    room = ""
    try:
        made = await call(client, "POST", path("createRoom"), {"preset": "private_chat"})
        room = str(made["room_id"])
        for _number in range(_BURST):
            where = path("rooms", room, "send", "nl.stadsgesprek.check", secrets.token_hex(8))
            await call(client, "PUT", where, {})
    except NotYet as later:
        text = (
            f"limit: the server slows the bot down (after a burst it asked for {later.seconds:.0f}"
            f" s); people may wait some minutes, and of those who tap the card's sign it invites "
            f"about ten at once, then one a minute. Its keeper lifts that with: {line}"
        )
        if house.settings.lifted:
            text += "; until then take limits_lifted out of [matrix]"
        if house.settings.polls:
            text += "; until then take polls out of [matrix]: each poll is a message more"
        return Finding(False, text)
    except Impossible as error:
        return Finding(False, f"limit: not measured ({error}). Its keeper lifts it with: {line}")
    finally:
        if room:
            with suppress(Impossible, NotYet):
                await leave_room(client, room)
    text = f"limit: none, {_BURST} messages in a row were taken"
    if not house.settings.lifted:
        text += "; with limits_lifted = true in [matrix] a new round's list comes by itself"
    return Finding(True, text)
