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
from bot.engine.engine import BATCH, Engine
from bot.engine.reception import Cursor
from bot.platforms.facts import Fact

#: The size of the queue; when it is full, platforms have to wait.
WAITING = 5000

#: How long the thread waits before trying again after ``NotNow``, in seconds.
_AGAIN = 0.5

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Element:
    """The facts of one platform response, and its cursor. These are called in the event loop:
    ``answered`` with the answers of each commit, ``committed`` when all is committed, ``refused``
    when some facts have to wait. ``shares``: what its platform tells behind it may be in the same
    transaction, where nothing waits for how far that platform was read."""

    facts: tuple[Fact, ...]
    cursor: Cursor | None
    answered: Callable[[Sequence[Reply]], None]
    committed: Callable[[], object]
    refused: Callable[[], None]
    shares: bool = False

    def takes(self, behind: Element, facts: int) -> bool:
        """Whether what is behind it, and was told by the same platform, may share its
        transaction, which has so many facts."""
        if self.cursor is None or behind.cursor is None or not (self.shares and behind.shares):
            return False
        return self.cursor.platform == behind.cursor.platform and facts < BATCH


@dataclass(frozen=True, slots=True)
class _Call:
    work: Callable[[], Any]
    future: asyncio.Future[Any]


def nothing() -> None:
    """The default for ``follow``: nothing is done after a commit."""


def nobody(_replies: Sequence[Reply]) -> None:
    """The default for ``before``: nobody prepares answers."""


def unexcused(_facts: Sequence[Fact]) -> None:
    """The default for ``excuse``: nobody is told that it takes a while."""


class EngineThread:
    """The thread that owns engine and store. ``failed`` is called in the event loop when the thread
    ended by an error; in the thread ``follow`` after each commit and its answers, and ``before``
    with these before they are handed over. While nothing can be stored ``excuse`` is called in the
    thread with the facts that wait, each once; with none when that is over."""

    def __init__(
        self,
        engine: Engine,
        loop: asyncio.AbstractEventLoop,
        failed: Callable[[str], None],
        follow: Callable[[], None] = nothing,
        before: Callable[[Sequence[Reply]], None] = nobody,
        excuse: Callable[[Sequence[Fact]], None] = unexcused,
    ) -> None:
        self._engine = engine
        self._loop = loop
        self._failed = failed
        self._follow = follow
        self._before = before
        self._excuse = excuse
        self._excused: set[int] = set()
        self._queue: queue.Queue[Element | _Call | None] = queue.Queue(WAITING)
        self._taken: list[Element | _Call | None] = []
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="engine", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def put(self, element: Element) -> bool:
        """Queue an element; False when the queue is full."""
        try:
            self._queue.put_nowait(element)
        except queue.Full:
            return False
        return True

    async def call(self, work: Callable[[], _T]) -> _T:
        """Run ``work`` in the engine's thread and return its result."""
        future: asyncio.Future[_T] = self._loop.create_future()
        while True:
            try:
                self._queue.put_nowait(_Call(work, future))
                break
            except queue.Full:
                await asyncio.sleep(0.05)
        return await future

    def stop(self) -> None:
        """Handle what is queued, and end the thread."""
        self._stopping.set()
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        try:
            while (element := self._taken.pop() if self._taken else self._queue.get()) is not None:
                if isinstance(element, _Call):
                    self._call(element)
                else:
                    self._receive(self._with_those_behind(element))
        except Exception as error:  # noqa: BLE001 - the keeper has to hear of it
            self._loop.call_soon_threadsafe(self._failed, type(error).__name__)

    def _call(self, call: _Call) -> None:
        try:
            result = call.work()
        except Exception as error:  # noqa: BLE001 - it belongs to who asked
            self._loop.call_soon_threadsafe(_set_exception, call.future, error)
        else:
            self._loop.call_soon_threadsafe(_set_result, call.future, result)

    def _with_those_behind(self, first: Element) -> Element:
        """An element with those that wait behind it and may share its transaction: each press is
        an element, and a COMMIT for each is more than a slow disk can do."""
        every, facts = [first], len(first.facts)
        while first.shares and not self._queue.empty():
            behind = self._queue.get_nowait()
            if not isinstance(behind, Element) or not first.takes(behind, facts):
                self._taken.append(behind)
                break
            every.append(behind)
            facts += len(behind.facts)
        return first if len(every) == 1 else _one(every)

    def _receive(self, element: Element) -> None:
        """Handle an element, up to a hundred facts at a time; the cursor is committed with the
        last."""
        left = element.facts
        while True:
            part, more = left[:BATCH], left[BATCH:]
            got = self._engine.receive(part, None if more else element.cursor)
            if got.reason:
                if got.replies:
                    self._loop.call_soon_threadsafe(element.answered, got.replies)
                left = got.rest + more
                self._loop.call_soon_threadsafe(element.refused)
                self._excuse_all(element, left)
                if self._stopping.wait(_AGAIN):
                    return  # not acknowledged: the platform tells it again next time
                continue
            if self._excused:
                self._excused.clear()
                self._excuse(())
            self._before(got.replies)
            self._loop.call_soon_threadsafe(_tell, element, got.replies, not more)
            self._follow()
            left = more
            if not left:
                return

    def _excuse_all(self, first: Element, left: Sequence[Fact]) -> None:
        """Have the authors told whose facts wait: those of the first element, and those behind
        it."""
        with self._queue.mutex:
            queued = (*self._taken, *self._queue.queue)
        waiting = [one for one in queued if isinstance(one, Element)]
        fresh = [one for one in (first, *waiting) if id(one) not in self._excused]
        self._excused.update(map(id, fresh))
        facts = [fact for one in fresh for fact in (left if one is first else one.facts)]
        if facts:
            self._excuse(facts)


def _one(every: Sequence[Element]) -> Element:
    """Elements of one platform as one: the newest cursor stands for those before it."""

    def committed() -> None:
        for element in every:
            element.committed()

    first, facts = every[0], tuple(fact for element in every for fact in element.facts)
    return Element(facts, every[-1].cursor, first.answered, committed, first.refused, True)


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
