"""The Matrix platform in an event loop of its own, for calls from plain test code."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace, TracebackType
from typing import Any, TypeVar

import pytest

from bot.platforms.facts import Fact, Posted, Said
from bot.platforms.live import Batch
from bot.platforms.matrix import NAME, Matrix, Settings, wire
from bot.platforms.messages import Message
from bot.platforms.places import Place, PlaceKind
from tests.documents import words
from tests.matrix.patience import deadline
from tests.matrix.synapse import PASSWORD, Synapse

_T = TypeVar("_T")


class Bot:
    """One process of the bot: reads, keeps what it read, and acknowledges only when told to."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.alarms: list[str] = []
        self.batches: list[Batch] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.matrix = self.run(self._made())

    async def _made(self) -> Matrix:
        return Matrix(self.settings, self.alarms.append)

    def run(self, work: Coroutine[Any, Any, _T], seconds: float = 60) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def start(self, cursor: str = "") -> Bot:
        self.run(self.matrix.start(cursor), 120)
        return self

    @property
    def facts(self) -> list[Fact]:
        return [fact for batch in self.batches for fact in batch.facts]

    @property
    def said(self) -> list[Said]:
        return [fact for fact in self.facts if isinstance(fact, Said)]

    @property
    def texts(self) -> list[str]:
        return [fact.text for fact in self.said]

    @property
    def posted(self) -> dict[str, str]:
        return {fact.token: fact.message for fact in self.facts if isinstance(fact, Posted)}

    @property
    def cursor(self) -> str:
        return self.batches[-1].cursor

    def read(self, *, acknowledge: bool = True, seconds: float = 60) -> Batch:
        batch = self.run(self.matrix.read(), seconds)
        self.batches.append(batch)
        if acknowledge:
            self.run(self.matrix.acknowledge(batch))
        return batch

    def read_until(
        self, true: Callable[[], bool], *, seconds: float = 30, acknowledge: bool = True
    ) -> None:
        end = deadline(seconds)
        while not true():
            assert time.monotonic() < end, f"not in {seconds} s; {self.facts[-5:]}, {self.alarms}"
            self.read(acknowledge=acknowledge)

    def send(self, place: Place, token: str, text: str, **more: str) -> str:
        message = Message(place, token, words(text), **more)
        return self.run(self.matrix.send(message))

    def close(self) -> None:
        if self._loop.is_running():
            self.run(self.matrix.close())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def __enter__(self) -> Bot:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def settings(server: Synapse, name: str, store: Path, **more: Any) -> Settings:
    """A bot of a fresh account's name, with its password."""
    made = Settings(
        homeserver=server.url,
        user=f"@{name}:{server.name}",
        store=store,
        password=lambda: PASSWORD,
        poll=0.5,
    )
    return replace(made, **more)


def room(name: str) -> Place:
    return Place(NAME, PlaceKind.ROOM, name)


def person(user: str) -> Place:
    return Place(NAME, PlaceKind.PERSONAL, user)


class Waits:
    """Records the pauses before a request to the server is made again, and takes none of them.

    Others are taken and not recorded: the reading of receipts goes on beside a test.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.taken: list[float] = []

        async def sleep(seconds: float) -> None:
            self.taken.append(seconds)
            await asyncio.sleep(0)

        monkeypatch.setattr(wire, "asyncio", SimpleNamespace(sleep=sleep))
