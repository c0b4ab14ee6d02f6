"""Sends messages, files, reactions and pins to the homeserver, and finds what was sent."""

from __future__ import annotations

from urllib.parse import urlencode

import nio

from bot.platforms.live import NotYet, Unreachable
from bot.platforms.matrix import polls
from bot.platforms.matrix.content import ROOMY, TIGHT, content
from bot.platforms.matrix.events import Json, seen, table, words
from bot.platforms.matrix.keys import share
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import KEY, NAME
from bot.platforms.matrix.wire import Client, Refusal, call, path
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind

#: How many events are searched for a message of the bot.
_LOOK_BACK = 500

#: Where the server lists what belongs to an event, and how many pages of it are read at most.
_RELATIONS, _MOST_PAGES = "/_matrix/client/v1", 10


async def send(client: Client, house: House, message: Message) -> str:
    """Send a message; returns its id. For an edit that is the id of the message it edits."""
    room = where(house, message.place)
    closed = encrypted(client, house, room)
    me, threads = house.settings.user, house.settings.threads
    kind = "m.room.message"
    whole = content(message, me, TIGHT if closed else ROOMY, threads=threads)
    if message.choices and house.settings.polls:
        kind, whole = polls.START, {**polls.poll(message), KEY: whole[KEY]}
    sent = await put(client, room, kind, whole, message.token, closed)
    return message.edits or sent


def personal(user: str) -> Place:
    """The personal conversation with somebody."""
    return Place(NAME, PlaceKind.PERSONAL, user)


def where(house: House, place: Place) -> str:
    """The id of the room of a place; raises ``Unreachable`` while the bot is not in it."""
    room = house.room(place)
    if not room:
        raise Unreachable(60.0)
    return room


def encrypted(client: Client, house: House, room: str) -> bool:
    """Whether a room is encrypted; raises where that is not certain, so that nothing is sent."""
    state = client.rooms.get(room)
    if state is None or (house.rooms[room].encrypted and not state.encrypted):
        raise Unreachable(5.0)
    return bool(state.encrypted)


async def put(client: Client, room: str, kind: str, body: Json, token: str, closed: bool) -> str:
    """Send one event, encrypted where ``closed``; returns its id. The same token twice gives one
    event.

    The token alone stays outside the encryption, where the server has it anyway, so that the
    message is found when the keys are lost.
    """
    if closed:
        await share(client, room)
        try:
            kind, body = client.encrypt(room, kind, body)
        except nio.EncryptionError as error:
            raise NotYet(1.0) from error
        body[KEY] = {"token": token}
    found = await call(client, "PUT", path("rooms", room, "send", kind, token), body)
    return str(found["event_id"])


async def upload(
    client: Client, house: House, place: Place, name: str, data: bytes, mime: str, token: str
) -> str:
    """Send a file to a place, encrypted where the room is, a picture to be seen there; returns the
    id of its message."""
    room = where(house, place)
    closed = encrypted(client, house, room)
    body: Json = {
        "msgtype": "m.image" if mime.startswith("image/") else "m.file",
        "body": name,
        "filename": name,
        "info": {"mimetype": mime, "size": len(data)},
        "m.mentions": {},
        KEY: {"dialogue": "", "slot": "", "token": token},
    }
    keys: Json = {}
    if closed:
        data, keys = nio.crypto.encrypt_attachment(data)
    query = "" if closed else "?" + urlencode({"filename": name})
    stored = await call(
        client,
        "POST",
        path("upload", base="/_matrix/media/v3") + query,
        data,
        "application/octet-stream" if closed else mime,
        300.0,
    )
    address = str(stored["content_uri"])
    body.update({"file": {**keys, "url": address}} if closed else {"url": address})
    return await put(client, room, "m.room.message", body, token, closed)


async def react(client: Client, room: str, target: str, key: str, token: str) -> str:
    """Put a reaction on an event; returns its id, or "" where the bot's reaction is there
    already."""
    relation: Json = {"m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": key}}
    try:
        return await put(client, room, "m.reaction", relation, token, closed=False)
    except Refusal as refusal:
        if refusal.code != "M_DUPLICATE_ANNOTATION":
            raise
        return ""


async def unreact(client: Client, room: str, target: str, key: str) -> None:
    """Redact the bot's own reactions with this sign on an event: the server knows which these are,
    also those from before a restart."""
    there = path("rooms", room, "relations", target, "m.annotation", "m.reaction", base=_RELATIONS)
    start = ""
    for _page in range(_MOST_PAGES):
        query = {"dir": "f", "limit": "100"} | ({"from": start} if start else {})
        page = await call(client, "GET", f"{there}?{urlencode(query)}")
        for source in page.get("chunk", ()):
            event = seen(source)
            mine = event is not None and event.sender == client.user_id
            if event is not None and mine and event.relation.get("key") == key:
                await remove(client, room, event.id)
        start = words(page.get("next_batch"))
        if not start:
            break


async def remove(client: Client, room: str, target: str) -> None:
    """Redact a message; the same message twice is one redaction."""
    token = f"remove-{target.lstrip('$')}"
    await call(client, "PUT", path("rooms", room, "redact", target, token), {})


async def pin(client: Client, room: str, target: str, pinned: bool) -> None:
    """Pin a message as the newest, or unpin it."""
    address = path("rooms", room, "state", "m.room.pinned_events", "")
    try:
        now = (await call(client, "GET", address)).get("pinned")
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        now = []
    kept = [i for i in now if isinstance(i, str)] if isinstance(now, list) else []
    then = [i for i in kept if i != target]
    if pinned:
        then = [target, *then] if target not in kept else kept
    if then != kept:
        await call(client, "PUT", address, {"pinned": then})


async def found(client: Client, room: str, token: str) -> str:
    """The id of the bot's message with this token among the last events of a room, else "". Needs
    no keys."""
    start = ""
    for _page in range(_LOOK_BACK // 100):
        query = {"dir": "b", "limit": "100"} | ({"from": start} if start else {})
        page = await call(client, "GET", f"{path('rooms', room, 'messages')}?{urlencode(query)}")
        for source in page.get("chunk", ()):
            event = seen(source)
            if event is None or event.sender != client.user_id:
                continue
            if table(event.content.get(KEY)).get("token") == token:
                edits = event.relation.get("rel_type") == "m.replace"
                return words(event.relation.get("event_id")) if edits else event.id
        start = words(page.get("end"))
        if not start:
            break
    return ""
