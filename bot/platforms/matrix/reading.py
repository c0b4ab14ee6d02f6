"""From a response of the server to facts: gaps in a timeline are read back first.

The client library takes in what it needs (keys, members); the facts come from the events as the
server sent them, in the order of their own time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from bot.platforms.facts import Fact
from bot.platforms.live import Impossible
from bot.platforms.matrix import polls, rights
from bot.platforms.matrix.events import Json, Memory, Seen, fact, joins, table, words
from bot.platforms.matrix.keys import Waiting, decrypt, inside, readable
from bot.platforms.matrix.news import News, all_seen
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import Alarm
from bot.platforms.matrix.wire import Client, call, path, patiently
from bot.platforms.places import Place, PlaceKind

#: Older messages are refused by the engine, so reading back stops here.
OLDEST = timedelta(days=90)

#: How many events one request asks for when reading back.
_PAGE = 500


@dataclass(slots=True)
class Stretch:
    """The new events of one room, oldest first; those in ``unread`` could not be decrypted."""

    room: str
    place: Place
    events: list[Seen] = field(default_factory=list)
    unread: list[Seen] = field(default_factory=list)
    last: str = ""
    ids: set[str] = field(default_factory=set)


async def stretches(
    client: Client, house: House, news: News, since: str, known: dict[str, str], alarm: Alarm
) -> list[Stretch]:
    """The new events of our rooms. ``known`` gives the last event of each room that was handed
    over."""
    found = []
    rooms = table(news.data.get("rooms"))
    for room, info in [*table(rooms.get("join")).items(), *table(rooms.get("leave")).items()]:
        place = house.place(room)
        if place is None:
            continue
        here = news.timelines[room]
        stretch = Stretch(room, place)
        raw = table(info.get("timeline"))
        gap = await _gap(client, house, stretch, raw, here, since, known.get(room), alarm)
        for event in _older(client, room, gap):
            _put(stretch, event)
        joined = news.parsed.rooms.join.get(room)
        current = _older(client, room, here) if joined is None else _current(joined, here)
        for event in current:
            _put(stretch, event)
        _cut(stretch, house)
        if joined is not None:
            _last(stretch, here, house.settings.user)
        found.append(stretch)
    return found


async def _gap(
    client: Client,
    house: House,
    stretch: Stretch,
    timeline: Json,
    here: list[Seen],
    since: str,
    known: str | None,
    alarm: Alarm,
) -> list[Seen]:
    """The events between a position and the beginning of the timeline, oldest first.

    Where the bot joined meanwhile, a personal conversation is read from its beginning.
    """
    me, room = house.settings.user, stretch.room
    personal = stretch.place.kind is PlaceKind.PERSONAL
    arrived = any(joins(event, me) for event in here)
    if not timeline.get("limited") and not (arrived and personal):
        return []
    if (arrived and not personal) or any(event.type == "m.room.create" for event in here):
        return []
    start, oldest = words(timeline.get("prev_batch")), house.settings.clock() - OLDEST
    gap: list[Seen] = []
    while start:
        page = await _page(client, room, start, "" if arrived else since, alarm)
        chunk = all_seen(page, "chunk")
        gap += chunk
        arrived = arrived or any(joins(event, me) for event in chunk)
        done = known in {event.id for event in chunk} or (arrived and not personal)
        if done or page.get("end") in (None, start) or (chunk and chunk[-1].at < oldest):
            break
        start = words(page["end"])
    gap.reverse()
    return gap


async def _page(client: Client, room: str, start: str, end: str, alarm: Alarm) -> Json:
    query = {"dir": "b", "from": start, "limit": str(_PAGE)}
    if end:
        query["to"] = end
    where = f"{path('rooms', room, 'messages')}?{urlencode(query)}"
    try:
        return await patiently(lambda: call(client, "GET", where), alarm)
    except Impossible:
        alarm("gap_refused")
        return {}


def _older(client: Client, room: str, events: Iterable[Seen]) -> Iterable[Seen | None]:
    """Events that were read back, decrypted where their keys are known."""
    for event in events:
        if event.type == "m.room.encrypted" and event.content:
            yield decrypt(client, event, room) or event
        else:
            yield event


def _current(joined: Any, here: list[Seen]) -> Iterable[Seen | None]:
    """The events of a timeline, with encrypted ones as the client library decrypted them."""
    if all(event.type != "m.room.encrypted" for event in here):
        return here
    opened = {
        parsed.event_id: parsed
        for parsed in joined.timeline.events
        if getattr(parsed, "decrypted", False)
    }
    return [inside(opened[event.id]) if event.id in opened else event for event in here]


def _put(stretch: Stretch, event: Seen | None) -> None:
    if event is None or event.id in stretch.ids:
        return
    stretch.ids.add(event.id)
    if event.type == "m.room.encrypted":
        if event.content:
            stretch.unread.append(event)
        return
    stretch.events.append(event)


def _cut(stretch: Stretch, house: House) -> None:
    """Drop what was said in a room before the bot joined."""
    if stretch.place.kind is PlaceKind.PERSONAL:
        return
    me = house.settings.user
    for number in range(len(stretch.events) - 1, -1, -1):
        event = stretch.events[number]
        if joins(event, me):
            del stretch.events[:number]
            stretch.unread = [kept for kept in stretch.unread if kept.ms >= event.ms]
            return


def _last(stretch: Stretch, here: list[Seen], me: str) -> None:
    """Note the last event that was read and is not the bot's own: the read receipt goes there."""
    unread = {event.id for event in stretch.unread}
    for event in reversed(here):
        if event.sender != me and event.id not in unread:
            stretch.last = event.id
            return


def facts(
    client: Client, house: House, memory: Memory, waiting: Waiting, found: list[Stretch], since: int
) -> tuple[Fact, ...]:
    """The facts of all rooms and of messages decrypted late, in order of time. Everything before
    ``since`` (ms) was received earlier."""
    now = int(house.settings.clock().timestamp() * 1000)
    events = [(stretch.room, event) for stretch in found for event in stretch.events]
    here = {event.id for _, event in events}
    events += [pair for pair in readable(client, waiting) if pair[1].id not in here]
    events.sort(key=lambda pair: (pair[1].ms, pair[1].id))
    said: list[Fact] = []
    places: dict[str, Place | None] = {stretch.room: stretch.place for stretch in found}
    for room, event in events:
        place = places[room] if room in places else house.place(room)
        if place is None or (
            place.kind is PlaceKind.PERSONAL and not _both(house, event, place.name)
        ):
            continue
        made = None
        if event.state_key is not None:
            made = rights.fact(house, room, event, place)
        me, roles = house.settings.user, house.roles(event.sender)
        if made is None:
            made = fact(event, place, me, roles, memory)
        if made is None:
            made = polls.chose(event, place, me, roles, memory)
        if made is not None:
            said.append(rights.with_rooms(house, room, made))
    for stretch in found:
        for event in stretch.unread:
            if event.sender != house.settings.user:
                waiting.put(event, stretch.room, since, now)
        for event in stretch.events:
            target = words(event.content.get("redacts")) or words(event.source.get("redacts"))
            if event.type == "m.room.redaction" and not event.hidden:
                waiting.pending.pop(target, None)
    return tuple(said)


def _both(house: House, event: Seen, user: str) -> bool:
    """Whether an event in a personal conversation is from its resident or the bot."""
    return event.sender in (user, house.settings.user)
