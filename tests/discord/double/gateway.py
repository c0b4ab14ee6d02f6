"""The gateway of the double: sessions that can be resumed, forgotten, cut and refused."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord.double.town import BOT, GUILD, Json, Town, snowflake, user

_DISPATCH, _BEAT, _IDENTIFY, _RESUME, _INVALID, _HELLO, _ACK = 0, 1, 2, 6, 9, 10, 11


@dataclass
class Session:
    """One session: its events since the beginning, and the connection it has now."""

    id: str
    events: list[str] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None


class Gateway:
    """``refuse`` is the code with which an IDENTIFY is refused, 0 for none; ``whole`` False keeps
    back what is told of the server. ``beat`` is the time between heartbeats in seconds."""

    def __init__(self, town: Town, token: Callable[[], str], url: Callable[[], str]) -> None:
        self._town = town
        self._token = token
        self._url = url
        self.identified: list[float] = []
        self.resumed = 0
        self.beats = 0
        self.refuse = 0
        self.whole = True
        self.beat = 30.0
        self.shut = False
        self.session: Session | None = None
        self._sockets: set[web.WebSocketResponse] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if self.shut:
            return web.Response(status=503, text="<html>upstream connect error</html>")
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            await self._send(socket, _HELLO, {"heartbeat_interval": int(self.beat * 1000)})
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._heard(socket, json.loads(message.data))
        finally:
            self._sockets.discard(socket)
            if self.session is not None and self.session.socket is socket:
                self.session.socket = None
        return socket

    async def _heard(self, socket: web.WebSocketResponse, said: Json) -> None:
        if said["op"] == _BEAT:
            self.beats += 1
            await self._send(socket, _ACK, None)
        elif said["op"] == _IDENTIFY:
            self.identified.append(time.monotonic())
            if self.refuse or said["d"]["token"] != self._token():
                await socket.close(code=self.refuse or 4004)
                return
            self.session = Session(f"sessie-{snowflake()}", socket=socket)
            await self._greet()
        elif said["op"] == _RESUME:
            await self._resume(socket, said["d"])

    async def _greet(self) -> None:
        assert self.session is not None
        ready = {
            "v": 10,
            "user": user(BOT, "Stadsgesprek", bot=True),
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": self.session.id,
            "resume_gateway_url": self._url(),
            "application": {"id": str(BOT), "flags": 0},
        }
        await self.emit("READY", ready)
        if self.whole:
            await self.emit("GUILD_CREATE", self._town.guild())

    async def _resume(self, socket: web.WebSocketResponse, said: Json) -> None:
        session = self.session
        if session is None or said["session_id"] != session.id:
            await self._send(socket, _INVALID, False)
            return
        self.resumed += 1
        session.socket = socket
        for event in session.events[said["seq"] :]:
            await socket.send_str(event)
        await self.emit("RESUMED", {})

    async def _send(self, socket: web.WebSocketResponse, op: int, data: Any) -> None:
        await socket.send_str(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def emit(self, name: str, data: Any) -> bool:
        """Tell an event; it waits in the session where there is no connection. False where there is
        no session: then nobody ever hears of it."""
        session = self.session
        if session is None:
            return False
        number = len(session.events) + 1
        told = json.dumps({"op": _DISPATCH, "d": data, "s": number, "t": name})
        session.events.append(told)
        if session.socket is not None and not session.socket.closed:
            await session.socket.send_str(told)
        return True

    async def heard(self) -> None:
        """Wait until the client has read all that was told: it is asked for a heartbeat."""
        assert self.session is not None
        assert self.session.socket is not None
        before = self.beats
        await self._send(self.session.socket, _BEAT, None)
        async with asyncio.timeout(10):
            while self.beats == before:
                await asyncio.sleep(0.001)

    # -- faults -------------------------------------------------------------------------------

    async def cut(self) -> None:
        """Cut all connections; what was a session can be resumed."""
        for socket in list(self._sockets):
            transport = socket._req.transport if socket._req is not None else None
            if transport is not None:
                transport.abort()
        if self.session is not None:
            self.session.socket = None
        await asyncio.sleep(0)

    async def end(self, code: int) -> None:
        """End all connections with a reason."""
        for socket in list(self._sockets):
            await socket.close(code=code)

    def forget(self) -> None:
        """Forget the session: it cannot be resumed."""
        self.session = None
