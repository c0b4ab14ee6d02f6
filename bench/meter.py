"""Measures CPU time by part of the code: a thread's time goes to the innermost part entered.

A part is entered by calling one of the functions that are wrapped here. Of a coroutine every step
counts and nothing of what happens while it waits. A part within another part takes its time away
from the outer one, so that a library called from our code is not counted as ours.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Coroutine, Generator
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")


class Meter:
    """Seconds of CPU for each part, in the one thread that runs the wrapped functions."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._inside: list[str] = []
        self._since = 0.0

    def _enter(self, part: str) -> None:
        now = time.thread_time()
        if self._inside:
            self._charge(now)
        self._inside.append(part)
        self._since = now

    def _leave(self) -> None:
        now = time.thread_time()
        self._charge(now)
        self._inside.pop()
        self._since = now

    def _charge(self, now: float) -> None:
        part = self._inside[-1]
        self.spent[part] = self.spent.get(part, 0.0) + now - self._since

    def plain(self, owner: Any, name: str, part: str) -> None:
        """Measure a function of a module or class from now on."""
        inner: Callable[..., Any] = getattr(owner, name)

        @wraps(inner)
        def measured(*given: Any, **named: Any) -> Any:
            self._enter(part)
            try:
                return inner(*given, **named)
            finally:
                self._leave()

        setattr(owner, name, measured)

    def waiting(self, owner: Any, name: str, part: str) -> None:
        """Measure a coroutine function of a module or class from now on."""
        inner: Callable[..., Coroutine[Any, Any, Any]] = getattr(owner, name)

        @wraps(inner)
        async def measured(*given: Any, **named: Any) -> Any:
            return await _Steps(self, part, inner(*given, **named))

        setattr(owner, name, measured)

    async def steps(self, work: Coroutine[Any, Any, T], part: str) -> T:
        """Run a coroutine and measure its steps."""
        return await _Steps(self, part, work)


class _Steps(Awaitable[T]):
    """A coroutine, with a part entered for each of its steps."""

    def __init__(self, meter: Meter, part: str, inner: Coroutine[Any, Any, T]) -> None:
        self._meter, self._part, self._inner = meter, part, inner

    def __await__(self) -> Generator[Any, Any, T]:
        step: Callable[[], Any] = lambda: self._inner.send(None)  # noqa: E731
        while True:
            self._meter._enter(self._part)
            try:
                asked = step()
            except StopIteration as done:
                value: T = done.value
                return value
            finally:
                self._meter._leave()
            step = yield from _answer(self._inner, asked)


def _answer(inner: Coroutine[Any, Any, Any], asked: Any) -> Generator[Any, Any, Callable[[], Any]]:
    """Hand on what the coroutine waits for; returns a function that resumes it with the result."""
    try:
        given = yield asked
    except GeneratorExit:
        inner.close()
        raise
    except BaseException as error:  # noqa: BLE001 - it belongs to the coroutine
        raised = error
        return lambda: inner.throw(raised)
    return lambda: inner.send(given)
