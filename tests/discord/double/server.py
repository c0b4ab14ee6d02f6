"""A small double of Discord over real sockets on 127.0.0.1, for what SimCord does not have.

discord.py is unchanged: ``Route.BASE`` and ``DiscordWebSocket.DEFAULT_GATEWAY`` point it here. The
double runs in the loop of the test; the program may run in the same loop, or in a process of its
own (``program.py``). Each request is held against Discord's description and our rules.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.discord import requests
from tests.discord.double.gateway import Gateway
from tests.discord.double.people import People
from tests.discord.double.rest import Rest, refused
from tests.discord.double.town import Town

TOKEN = "kanarie-token-van-de-bot"


@dataclass(frozen=True)
class Request:
    """One request that came, at its moment by the loop's clock."""

    method: str
    path: str
    body: Any
    at: float
    query: Mapping[str, str] = field(default_factory=dict)


#: Asked before (``before``) and after (``after``) each request: an answer in its place, or None.
Fault = Callable[[Request], Awaitable[web.StreamResponse | None]]


async def _none(_request: Request) -> web.StreamResponse | None:
    return None


def told(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A body as JSON, of the very type that Discord names."""
    made = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(status=status, body=json.dumps(body).encode(), headers=made)


def limited(seconds: float, *, everywhere: bool = False) -> web.Response:
    """Discord asks to wait."""
    body = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
    headers = {"Retry-After": str(seconds), "Via": "1.1 google"}
    return told(body, 429, headers | ({"X-RateLimit-Global": "true"} if everywhere else {}))


def page(status: int, headers: dict[str, str] | None = None) -> web.Response:
    """A page in HTML, as what stands before Discord answers."""
    text, kind = "<html>error</html>", "text/html"
    return web.Response(status=status, text=text, content_type=kind, headers=headers)


class Cut(Exception):  # noqa: N818 - what happens
    """Raised in a fault: the connection is cut without an answer."""


class Counted:
    """A limit as Discord has it: so many requests of a sort in so many seconds. An answer says how
    many are left; one request more is told to wait."""

    def __init__(self, sort: Callable[[Request], bool], most: int, seconds: float) -> None:
        self._sort, self._most, self._seconds = sort, most, seconds
        self._left, self._until = most, 0.0
        self.exceeded = 0

    def passes(self, request: Request) -> bool:
        """Count a request; False where it is one too many."""
        if not self._sort(request):
            return True
        if request.at >= self._until:
            self._left, self._until = self._most, request.at + self._seconds
        self._left -= 1
        self.exceeded += self._left < 0
        return self._left >= 0

    def after(self, request: Request, now: float) -> dict[str, str]:
        """What is said of it with the answer to a request."""
        if not self._sort(request):
            return {}
        named = {"Bucket": "b" * 32, "Limit": self._most, "Remaining": max(self._left, 0)}
        named["Reset-After"] = round(max(self._until - now, 0.001), 3)
        return {f"X-RateLimit-{name}": str(value) for name, value in named.items()}


class Double:
    """The double. ``before`` and ``after`` are the faults of its REST interface; ``counts`` is a
    limit that it has."""

    def __init__(self, members: int = 30) -> None:
        self.town = Town(members)
        self.token = TOKEN
        self.rest = Rest(self.town)
        self.gateway = Gateway(self.town, lambda: self.token, lambda: self.socket_url)
        self.people = People(self.town, self.rest, self.gateway)
        self.requests: list[Request] = []
        self.wrong: list[str] = []
        self.before: Fault = _none
        self.after: Fault = _none
        self.counts = Counted(lambda _request: False, 0, 0.0)
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    async def __aenter__(self) -> Double:
        app = web.Application(client_max_size=1 << 25)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_route("*", "/api/v10/{rest:.*}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        return self

    async def __aexit__(self, *_what: object) -> None:
        await self.gateway.cut()
        if self._runner is not None:
            await self._runner.cleanup()

    def points(self, patch: pytest.MonkeyPatch) -> None:
        """Have discord.py of this process come here."""
        patch.setattr(Route, "BASE", self.url)
        patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(self.socket_url))

    @property
    def surroundings(self) -> dict[str, str]:
        """What ``program.py`` is told."""
        return {"DOUBLE_REST": self.url, "DOUBLE_GATEWAY": self.socket_url}

    # -- requests -----------------------------------------------------------------------------

    async def _serve(self, given: web.Request) -> web.StreamResponse:
        path = given.path.removeprefix("/api/v10")
        body = await _body(given)
        request = Request(given.method, path, body, asyncio.get_running_loop().time(), given.query)
        self.requests.append(request)
        try:
            return await self._answered(given, request)
        except Cut:
            if given.transport is not None:
                given.transport.abort()
            return web.Response()

    async def _answered(self, given: web.Request, request: Request) -> web.StreamResponse:
        answer = await self.before(request)
        if answer is not None:
            return answer
        free = request.path.startswith(
            ("/interactions/", "/webhooks/")
        )  # their path says who it is
        if not free and given.headers.get("Authorization") != f"Bot {self.token}":
            return _written(refused(401, 0))
        self._held(request)
        if not self.counts.passes(request):
            return limited(float(self._counted(request)["X-RateLimit-Reset-After"]))
        made = request.body if request.body is not None else dict(given.query)
        answered = self.rest.carry_out(request.method, request.path, made)
        return await self.after(request) or _written(answered, self._counted(request))

    def _counted(self, request: Request) -> dict[str, str]:
        return self.counts.after(request, asyncio.get_running_loop().time())

    def _held(self, request: Request) -> None:
        if requests.description() is not None:
            self.wrong += requests.against_description(
                request.method, request.path, request.body, request.query
            )
        self.wrong += requests.against_our_rules(request.method, request.path, request.body)

    def made(self, method: str, part: str) -> list[Request]:
        """The requests with this method whose path holds ``part``."""
        return [one for one in self.requests if one.method == method and part in one.path]


def _written(answer: tuple[int, Any], headers: dict[str, str] | None = None) -> web.Response:
    status, body = answer
    if body is None:
        return web.Response(status=204, headers=headers)
    return told(body, status, headers)


async def _body(given: web.Request) -> Any:
    if given.content_type.startswith("multipart/"):
        form = await given.post()
        return json.loads(str(form["payload_json"]))
    raw = await given.read()
    return json.loads(raw) if raw else None
