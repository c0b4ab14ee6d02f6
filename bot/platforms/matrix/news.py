"""One response of the server: asked for, taken apart, and taken in by the client library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import nio

from bot.platforms.matrix.events import Json, Seen, seen, several, table
from bot.platforms.matrix.rooms import House
from bot.platforms.matrix.settings import Alarm
from bot.platforms.matrix.wire import Client, Unavailable, ask, path

_FILTER = json.dumps(
    {
        "presence": {"not_types": ["*"]},
        "account_data": {"not_types": ["*"]},
        "room": {
            "timeline": {"limit": 100},
            "ephemeral": {"not_types": ["*"]},
            "account_data": {"not_types": ["*"]},
        },
    },
    separators=(",", ":"),
)


@dataclass(frozen=True, slots=True)
class News:
    """One response of the server: the raw data, and as the client library parses it. ``timelines``:
    the valid events of each room's timeline."""

    data: Json
    parsed: Any
    date: Any
    timelines: dict[str, list[Seen]]

    @property
    def cursor(self) -> str:
        return str(self.data["next_batch"])

    @property
    def size(self) -> int:
        """The number of events in the timelines."""
        return sum(map(len, self.timelines.values()))

    @property
    def empty(self) -> bool:
        rooms, keys = table(self.data.get("rooms")), table(self.data.get("to_device"))
        return not any(rooms.values()) and not keys.get("events")


async def fetch(client: Client, since: str, full: bool, wait: float) -> News:
    """Request what happened since a position; the server may wait up to ``wait`` seconds for
    news."""
    query = {"timeout": str(int(wait * 1000)), "filter": _FILTER}
    if since:
        query["since"] = since
    if full:
        query["full_state"] = "true"
    answer = await ask(client, "GET", f"{path('sync')}?{urlencode(query)}", seconds=wait + 60.0)
    rooms = {**table(answer.data.get("rooms")), "invite": {}}  # the library takes those apart
    parsed = nio.SyncResponse.from_dict({**answer.data, "rooms": rooms})
    if not isinstance(parsed, nio.SyncResponse):
        raise Unavailable
    return News(answer.data, parsed, answer.date, _timelines(rooms))


def _timelines(rooms: Json) -> dict[str, list[Seen]]:
    return {
        room: all_seen(table(table(info).get("timeline")))
        for kind in ("leave", "join")
        for room, info in table(rooms.get(kind)).items()
    }


def all_seen(part: Json, among: str = "events") -> list[Seen]:
    """The valid events of a part of an answer; none where they are no list."""
    return [event for event in map(seen, several(part.get(among))) if event is not None]


async def take_in(client: Client, news: News, alarm: Alarm) -> None:
    """Let the client library process a response. An error of the library in it does not stop the
    rest."""
    client.next_batch = ""  # an answer that comes again is taken in again
    try:
        await client.receive_response(news.parsed)
    except Exception as error:
        if isinstance(error, OSError) or type(error).__module__ == "peewee":
            raise Unavailable from error  # its keys could not be stored: once more
        alarm(f"library_{type(error).__name__}")


def learn(house: House, news: News) -> None:
    """Take in the state events of a response: which rooms there are, and who has which power in
    them."""
    told = False
    for room, info in table(table(news.data.get("rooms")).get("join")).items():
        before = all_seen(table(info.get("state")))
        events = [event for event in news.timelines[room] if event.state_key is not None]
        house.learn(room, (*before, *events))
        told = told or bool(before or events)
    if told:
        house.settle()
