"""A double of a homeserver, for faults that the real one shows too rarely.

It knows one account, one room, and what is said in it with ``say``. ``fault`` is asked at each
request, by method and path, and may give an answer of its own.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from aiohttp import web

USER, ROOM = "@bot:dubbel.test", "!straat:dubbel.test"
TOKEN = "geldig"

#: Cut the connection, or end the body half-way.
CUT, TRUNCATED = "cut", "truncated"

Fault = Callable[[str, str], Any]


def limited(seconds: float) -> web.Response:
    body = {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": int(seconds * 1000)}
    return web.json_response(body, status=429)


def refused(status: int, code: str) -> web.Response:
    return web.json_response({"errcode": code}, status=status)


def expired() -> web.Response:
    body = {"errcode": "M_UNKNOWN_TOKEN", "error": "expired", "soft_logout": True}
    return web.json_response(body, status=401)


class Double:
    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.sent: dict[str, Any] = {}
        self.fault: Fault = lambda _method, _path: None
        self.port = 0
        self.token = TOKEN
        self.expired: set[str] = set()
        self.devices: list[str] = []  # that log-ins named
        self.device_of: dict[str, str] = {}  # by token, where it is another than APPARAAT
        self._events: list[dict[str, Any]] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._runner = asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def say(self, *texts: str) -> None:
        for text in texts:
            number = len(self._events)
            self._events.append(
                {
                    "event_id": f"${number}",
                    "type": "m.room.message",
                    "sender": "@anna:dubbel.test",
                    "origin_server_ts": 1_790_000_000_000 + number,
                    "content": {"msgtype": "m.text", "body": text},
                }
            )

    async def _open(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self._answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        return runner

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/_matrix/client/v3/")
        self.asked[path.split("/")[0]] += 1
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token in self.expired:
            return expired()
        fault = self.fault(request.method, path)
        if isinstance(fault, web.Response):
            return fault
        if fault == CUT:
            assert request.transport is not None
            request.transport.abort()
        if fault == TRUNCATED:
            answer = web.StreamResponse(headers={"Content-Length": "5000"})
            await answer.prepare(request)
            await answer.write(b'{"next_batch": "')
            assert request.transport is not None
            request.transport.close()
            return answer
        return web.json_response(await self._normal(request, path, token))

    async def _normal(self, request: web.Request, path: str, token: str) -> Any:
        if path == "account/whoami":
            return {"user_id": USER, "device_id": self.device_of.get(token, "APPARAAT")}
        if path == "login":
            named = (await request.json()).get("device_id", "")
            self.devices.append(named)
            device = named or self.device_of.get(self.token, "APPARAAT")
            return {"user_id": USER, "device_id": device, "access_token": self.token}
        if path == "keys/upload":
            return {"one_time_key_counts": {"signed_curve25519": 50}}
        if path == "createRoom":
            return {"room_id": "!proef:dubbel.test"}
        if path == "sync":
            return await self._sync(request.query)
        if "/send/" in path:
            name = path.rsplit("/", 1)[1]
            self.sent.setdefault(name, await request.json())
            return {"event_id": f"$gezonden-{name}"}
        return {}

    async def _sync(self, query: Any) -> Any:
        known = int(query.get("since", "0"))
        if known == len(self._events):
            await asyncio.sleep(min(int(query["timeout"]) / 1000, 1.0))
        new = self._events[known:]
        answer: dict[str, Any] = {
            "next_batch": str(len(self._events)),
            "device_one_time_keys_count": {"signed_curve25519": 50},
        }
        if new or query.get("full_state"):
            timeline = {"events": new, "limited": False, "prev_batch": str(known)}
            answer["rooms"] = {"join": {ROOM: {"timeline": timeline, "state": {"events": []}}}}
        return answer

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
