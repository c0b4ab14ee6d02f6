"""The engine's own thread: one queue in, answers out to the event loop.

Platforms put elements into a bounded queue; the thread takes what waits, one transaction for up
to a hundred facts, and hands the answers back after the commit. Nothing else touches SQLite.
Going to and fro between two threads costs as much as several votes: what can be done here is.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.desk.asker import Reply
from bot.engine.engine import BATCH, Cursor, Engine
from bot.platforms.base import Fact

#: When so many elements wait, platforms have to wait too.
WAITING = 5000

#: How long the thread waits before it tries again what could not be kept.
_AGAIN = 0.5

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Element:
    """The facts of one response and its cursor. In the loop ``answered`` hears the answers of each
    commit, ``committed`` that all of it is in, ``refused`` that some has to wait."""

    facts: tuple[Fact, ...]
    cursor: Cursor | None
    answered: Callable[[Sequence[Reply]], None]
    committed: Callable[[], object]
    refused: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Call:
    work: Callable[[], Any]
    future: asyncio.Future[Any]


def nothing() -> None:
    """Nothing follows a commit."""


class EngineThread:
    """``failed`` hears (in the loop) that the thread ended by an error it could not handle;
    ``follow`` is done in the thread after each commit, when its answers are on their way."""

    def __init__(
        self,
        engine: Engine,
        loop: asyncio.AbstractEventLoop,
        failed: Callable[[str], None],
        follow: Callable[[], None] = nothing,
    ) -> None:
        self._engine = engine
        self._loop = loop
        self._failed = failed
        self._follow = follow
        self._queue: queue.Queue[Element | _Call | None] = queue.Queue(WAITING)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="engine", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def put(self, element: Element) -> bool:
        """Queue an element; False when the queue is full, and the platform has to wait."""
        try:
            self._queue.put_nowait(element)
        except queue.Full:
            return False
        return True

    async def call(self, work: Callable[[], _T]) -> _T:
        """Do something with engine or store in the engine's thread, and wait for the result."""
        future: asyncio.Future[_T] = self._loop.create_future()
        while True:
            try:
                self._queue.put_nowait(_Call(work, future))
                break
            except queue.Full:
                await asyncio.sleep(0.05)
        return await future

    def stop(self) -> None:
        """Finish what waits and end."""
        self._stopping.set()
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        try:
            while (element := self._queue.get()) is not None:
                if isinstance(element, _Call):
                    self._call(element)
                else:
                    self._receive(element)
        except Exception as error:  # noqa: BLE001 - the keeper has to hear of it
            self._loop.call_soon_threadsafe(self._failed, type(error).__name__)

    def _call(self, call: _Call) -> None:
        try:
            result = call.work()
        except Exception as error:  # noqa: BLE001 - it belongs to who asked
            self._loop.call_soon_threadsafe(_set_exception, call.future, error)
        else:
            self._loop.call_soon_threadsafe(_set_result, call.future, result)

    def _receive(self, element: Element) -> None:
        """All facts of an element, a hundred at a time; its cursor goes with the last of them."""
        left = element.facts
        while True:
            part, more = left[:BATCH], left[BATCH:]
            got = self._engine.receive(part, None if more else element.cursor)
            if got.reason:
                if got.replies:
                    self._loop.call_soon_threadsafe(element.answered, got.replies)
                left = got.rest + more
                self._loop.call_soon_threadsafe(element.refused)
                if self._stopping.wait(_AGAIN):
                    return  # not acknowledged: the platform tells it again next time
                continue
            self._loop.call_soon_threadsafe(_tell, element, got.replies, not more)
            self._follow()
            left = more
            if not left:
                return


def _tell(element: Element, replies: Sequence[Reply], complete: bool) -> None:
    element.answered(replies)
    if complete:
        element.committed()


def _set_result(future: asyncio.Future[Any], result: Any) -> None:
    if not future.done():
        future.set_result(result)


def _set_exception(future: asyncio.Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
