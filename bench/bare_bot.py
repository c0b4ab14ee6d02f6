"""A minimal matrix-nio bot, against which the project's bot is measured.

It answers nothing. It counts what is said and keeps the newest reaction of each person on each
message in a dictionary; its place in the stream is kept by the library. ``limit`` is how many
events of a room it asks for at once (0: whatever the server gives); more than a hundred no Synapse
gives as it is set up.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from pathlib import Path
from typing import Any

import nio

from bench import marks
from bench.late import Late


class BareBot:
    def __init__(
        self, server: str, user: str, device: str, token: str, store: Path, limit: int
    ) -> None:
        config = nio.AsyncClientConfig(store_sync_tokens=True, encryption_enabled=True)
        store.mkdir(exist_ok=True)
        self.client = nio.AsyncClient(server, user, device, str(store), config)
        self.client.restore_login(user, device, token)
        self.filter = {"room": {"timeline": {"limit": limit}}} if limit else None
        self.events = 0
        self.late = Late()
        self.choices: dict[tuple[str, str], str] = {}
        self.client.add_event_callback(self.on_message, nio.RoomMessageText)
        self.client.add_event_callback(self.on_reaction, nio.ReactionEvent)
        self.client.add_response_callback(self.on_sync, nio.SyncResponse)
        self._ready = False

    async def on_message(self, _room: nio.MatrixRoom, event: nio.RoomMessageText) -> None:
        if event.sender != self.client.user_id:
            self.events += 1
            self.late.kept(event.server_timestamp / 1000)

    async def on_reaction(self, _room: nio.MatrixRoom, event: nio.ReactionEvent) -> None:
        self.events += 1
        self.choices[event.sender, event.reacts_to] = event.key
        self.late.kept(event.server_timestamp / 1000)

    async def on_sync(self, _response: nio.SyncResponse) -> None:
        if not self._ready:
            self._ready = True
            sys.stdout.write("ready\n")
            sys.stdout.flush()

    async def run(self) -> None:
        stop: Any = asyncio.ensure_future(self.client.sync_forever(30_000, self.filter))
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.cancel)
        await asyncio.gather(stop, return_exceptions=True)
        await self.client.close()

    def figures(self) -> marks.Figures:
        """Seconds of CPU since the start, events seen, and choices known."""
        return {
            "total": time.process_time(),
            "events": self.events,
            "choices": len(self.choices),
        }


async def main() -> None:
    server, user, device, token, store, limit = sys.argv[1:]
    bot = BareBot(server, user, device, token, Path(store), int(limit))
    marks.answer(bot.figures)
    await bot.run()
    bot.late.write()


if __name__ == "__main__":
    asyncio.run(main())
