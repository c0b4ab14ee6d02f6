"""A resident with an encrypting client: plain matrix-nio, none of our own code."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import nio

from tests.matrix.client import Resident


class Encrypting:
    """One device that can read and write in encrypted rooms."""

    def __init__(self, resident: Resident, store: Path) -> None:
        store.mkdir()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.user = resident.user
        self.client = self._run(self._made(resident, store))
        self.read()

    async def _made(self, resident: Resident, store: Path) -> Any:
        client = nio.AsyncClient(resident.server, resident.user, store_path=str(store))
        client.restore_login(resident.user, resident.device, resident.token)
        await client.keys_upload()
        return client

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def read(self) -> list[Any]:
        """What is new, decrypted where it can be."""
        answer = self._run(self.client.sync(timeout=300))
        if self.client.should_query_keys:
            self._run(self.client.keys_query())
        return [one for room in answer.rooms.join.values() for one in room.timeline.events]

    def say(self, room: str, text: str, **more: Any) -> str:
        return self.send(room, "m.room.message", {"msgtype": "m.text", "body": text, **more})

    def send(self, room: str, kind: str, content: dict[str, Any]) -> str:
        sent = self._run(self.client.room_send(room, kind, content, ignore_unverified_devices=True))
        return str(sent.event_id)

    def say_without_sharing(self, room: str, text: str) -> tuple[str, Any]:
        """A message whose key goes out only when what is returned is called."""
        held: list[Any] = []
        real = self.client._send

        async def hold(kind: Any, *more: Any, **named: Any) -> Any:
            if kind is not nio.ShareGroupSessionResponse:
                return await real(kind, *more, **named)
            held.append((more, named))
            return nio.ShareGroupSessionResponse(*named["response_data"])

        self.client.invalidate_outbound_session(room)
        self.client._send = hold
        sent = self.say(room, text)
        self.client._send = real

        def share() -> None:
            for more, named in held:
                self._run(real(nio.ShareGroupSessionResponse, *more, **named))

        return sent, share

    def edit(self, room: str, old: str, text: str) -> str:
        return self.say(
            room,
            f"* {text}",
            **{
                "m.new_content": {"msgtype": "m.text", "body": text},
                "m.relates_to": {"rel_type": "m.replace", "event_id": old},
            },
        )

    def close(self) -> None:
        self._run(self.client.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
