"""Takes turns between joins and messages, which the homeserver counts in one rate limit.

A join is asked for only when that allowance surely has room for it, and what else waits comes
after it: a join that is refused for want of room counts as a join all the same, and the next would
be later still.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.platforms.live import NotYet, Unreachable
from bot.platforms.matrix.wire import Unavailable

#: A join of a slow server's room holds up the others no longer than this, in seconds.
_HELD = 5.0

#: The longest pause between two messages that is kept in mind, in seconds.
_LONGEST = 10.0

#: Added to a server's waiting time, which it gives in whole milliseconds, in seconds.
_MARGIN = 0.1

_T = TypeVar("_T")


class Turns:
    """One request at a time; waiting after a refusal happens outside the turn."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._pause = 0.0
        self._went = 0.0
        self._free = 0.0

    async def send(self, ask: Callable[[], Awaitable[_T]]) -> _T:
        """Make a request that counts as a message."""
        async with self._lock:
            asked = time.monotonic()
            try:
                done = await ask()
            except (Unavailable, Unreachable):
                raise
            except NotYet as later:
                self._refused(min(later.seconds, _LONGEST))
                raise
            self._taken(asked)
            return done

    async def join(self, ask: Callable[[], Awaitable[_T]]) -> _T:
        """Make a request that joins a room, once the rate limit surely has room for it; other
        requests wait meanwhile."""
        request: asyncio.Task[_T] | None = None
        try:
            async with self._lock:
                await asyncio.sleep(max(self._free - time.monotonic(), 0.0))
                asked = time.monotonic()
                request = asyncio.ensure_future(ask())
                await asyncio.wait({request}, timeout=_HELD)
                if request.done() and not request.cancelled() and request.exception() is None:
                    self._taken(asked)
            return await request
        except asyncio.CancelledError:
            if request is not None:
                request.cancel()
            raise

    def _taken(self, asked: float) -> None:
        """A request was accepted: expect no room for another before the usual pause is over, which
        is at most the time between the last two accepted ones."""
        now = time.monotonic()
        self._pause = min(self._pause, now - self._went)
        self._went, self._free = asked, now + self._pause

    def _refused(self, seconds: float) -> None:
        """A request was refused, and the server said when to try again: the usual pause is at least
        the time from the last accepted request until then."""
        self._free = time.monotonic() + seconds + _MARGIN
        found = self._free - self._went if self._went else seconds
        self._pause = min(max(0.9 * self._pause, found), _LONGEST)
