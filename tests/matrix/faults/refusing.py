"""A homeserver without sockets that refuses with a rate limit: everything, or all but the news.

It holds a neighbourhood's room, a staff room and personal conversations, and is called by the
client library in place of the network. It counts what it refused, and what came before the time
it had told to wait.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.matrix.faults.hours import Jumping

BOT, VERA = "@bot:dubbel.test", "@vera:dubbel.test"
ROOM, STAFF = "!straat:dubbel.test", "!staf:dubbel.test"

#: How long an answer takes (s).
_TAKES = 0.05

Json = dict[str, Any]


class Response:
    content_disposition = None
    content_type = "application/json"

    def __init__(self, status: int, body: Json) -> None:
        self.status, self.headers, self._body = status, dict[str, str](), body

    async def __aenter__(self) -> Response:
        return self

    async def __aexit__(self, *_: object) -> None: ...

    async def read(self) -> bytes:
        return json.dumps(self._body).encode()

    async def json(self) -> Json:
        return self._body


@dataclass
class Refusing:
    """``stops`` gives the seconds to wait for a kind of request, or None where it is accepted."""

    loop: Jumping
    stops: Callable[[str], float | None] = lambda _kind: None
    asked: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    early: list[str] = field(default_factory=list)
    sent: dict[str, tuple[str, Json]] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    joined: list[str] = field(default_factory=list)
    times_sent: Counter[str] = field(default_factory=Counter)
    keys: list[int] = field(default_factory=list)  # how many one-time keys each upload brought
    _until: dict[str, float] = field(default_factory=dict)
    _news: list[tuple[str, str, Json]] = field(default_factory=list)
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    # -- what happens there -------------------------------------------------------------------

    def put(self, room: str, sender: str, kind: str, content: Json, key: str | None = None) -> str:
        number = len(self._news)
        event: Json = {
            "event_id": f"${number}",
            "type": kind,
            "sender": sender,
            "origin_server_ts": int(self.loop.now().timestamp() * 1000),
            "content": content,
        }
        part = "join"
        if key is not None:
            event["state_key"] = key
        if key == BOT and content.get("membership") == "invite":
            part = "invite"
        self._news.append((part, room, event))
        self._more.set()
        return str(event["event_id"])

    def say(self, room: str, sender: str, text: str) -> str:
        return self.put(room, sender, "m.room.message", {"msgtype": "m.text", "body": text})

    def open(self, room: str, *people: str) -> None:
        """A room with the bot in it."""
        levels = {"users": {VERA: 100, BOT: 50}}
        self.put(room, people[0], "m.room.create", {"room_version": "10"}, "")
        self.put(room, people[0], "m.room.power_levels", levels, "")
        self.put(room, people[0], "m.room.join_rules", {"join_rule": "invite"}, "")
        for user in (*people, BOT):
            self.put(room, user, "m.room.member", {"membership": "join"}, user)

    def invite(self, room: str, by: str) -> None:
        self.put(room, by, "m.room.member", {"membership": "invite", "is_direct": True}, BOT)

    # -- the requests -------------------------------------------------------------------------

    async def send(
        self, method: str, where: str, data: Any = None, *_more: object, **_named: object
    ) -> Response:
        url = urlsplit(where)
        parts = [unquote(part) for part in url.path.split("/")[4:]]
        kind = _kind(parts)
        self.asked[kind] += 1
        begun = self.loop.time()
        if begun < self._until.get(kind, 0.0):
            self.early.append(kind)
        await asyncio.sleep(_TAKES)
        told = json.loads(data) if data else {}
        if "one_time_keys" in told:
            self.keys.append(len(told["one_time_keys"]))
        wait = self.stops(kind)
        if wait is not None:
            self.refused[kind] += 1
            # others of the kind may be under way: those are not too early
            self._until[kind] = self.loop.time() + wait
            body = {"errcode": "M_LIMIT_EXCEEDED", "error": "", "retry_after_ms": int(wait * 1000)}
            return Response(429, body)
        return Response(200, await self._answer(kind, parts, told, parse_qs(url.query)))

    async def _answer(self, kind: str, parts: list[str], body: Json, query: Json) -> Json:
        if kind == "sync":
            return await self._sync(query)
        if kind == "account":
            return {"user_id": BOT, "device_id": "APPARAAT"}
        if kind == "send":
            token = parts[4]
            self.times_sent[token] += 1
            if token not in self.sent:
                self.sent[token] = (parts[1], body)
                self.put(parts[1], BOT, parts[3], body)
            return {"event_id": f"$gezonden-{token}"}
        if kind == "receipt":
            self.read[parts[1]] = parts[4]
        if kind == "join":
            self.joined.append(parts[1])
            name = "@" + parts[1][1:]
            self.open(parts[1], name)
            self.say(parts[1], name, "hulp")
            return {"room_id": parts[1]}
        if parts == ["keys", "upload"]:
            return {"one_time_key_counts": {"signed_curve25519": 50}}
        return {"device_keys": {}, "failures": {}, "event_id": "$stand"}

    async def _sync(self, query: Json) -> Json:
        since = int(query.get("since", ["0"])[0])
        if since == len(self._news):
            self._more.clear()
            try:
                async with asyncio.timeout(int(query["timeout"][0]) / 1000):
                    await self._more.wait()
            except TimeoutError:
                pass
        rooms: Json = {"join": {}, "invite": {}}
        for part, room, event in self._news[since:]:
            if part == "invite":
                rooms["invite"].setdefault(room, {"invite_state": {"events": []}})
                rooms["invite"][room]["invite_state"]["events"].append(event)
                continue
            info = rooms["join"].setdefault(room, {"timeline": {"events": [], "limited": False}})
            info["timeline"]["events"].append(event)
        return {
            "next_batch": str(len(self._news)),
            "rooms": rooms,
            "device_one_time_keys_count": {"signed_curve25519": 20},  # more are asked for
        }


def _kind(parts: list[str]) -> str:
    """``sync``, ``join``, ``send``, ``receipt``, ``state``, ``keys`` …"""
    return parts[2] if parts[0] == "rooms" and len(parts) > 2 else parts[0]
