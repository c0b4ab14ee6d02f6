"""A proxy between the bot and its homeserver that passes everything on, and can hold one response.

What is held was taken by the homeserver, and the bot does not know it: there the bot can be killed.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from types import TracebackType

import aiohttp
from aiohttp import web
from yarl import URL

#: What of a request, and of its answer, goes on; the rest belongs to one connection.
_PASSED = ("Authorization", "Content-Type", "Date", "Retry-After")


class Between:
    """``holds`` is asked for each request as it comes, by method and path (unquoted), until it held
    one: what it is set to afterwards says nothing of a request that is on its way.
    """

    def __init__(self, server: str) -> None:
        self._server = server
        self.holds: Callable[[str, str], bool] = lambda _method, _path: False
        self.held = threading.Event()
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def let_go(self) -> None:
        """Pass on the response that was held, if somebody still waits for it."""
        self._loop.call_soon_threadsafe(self._gone.set)

    async def _open(self) -> None:
        self._gone = asyncio.Event()
        self._session = aiohttp.ClientSession(auto_decompress=False)
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{rest:.*}", self._pass)
        self._runner = web.AppRunner(app, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self.url = f"http://127.0.0.1:{port}"

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        holds = not self.held.is_set() and self.holds(request.method, request.path)
        to, data = URL(self._server + request.raw_path, encoded=True), await request.read()
        headers = {name: request.headers[name] for name in _PASSED if name in request.headers}
        async with self._session.request(request.method, to, data=data, headers=headers) as answer:
            body = await answer.read()
        if holds and not self.held.is_set():
            self.held.set()
            await self._gone.wait()
        kept = {name: answer.headers[name] for name in _PASSED if name in answer.headers}
        return web.Response(status=answer.status, body=body, headers=kept)

    async def _close(self) -> None:
        self._gone.set()
        await self._runner.cleanup()
        await self._session.close()

    def __enter__(self) -> Between:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
