"""What the library counts of Discord's limits, without sitting out what is left of one.

Discord takes so many requests of a sort in so many seconds, and says with each answer how many are
left. The library keeps to that by waiting in the request, the one that was answered included: the
fifth message in a channel came back after five seconds, and whoever sends one thing after the other
waited with it. Here a request of the bot's own says for how long its place takes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from discord.http import HTTPClient, Ratelimit

from bot.platforms.live import Crowded

#: So long the library may sit out, in seconds.
MOMENT = 1.0

#: Whether a request is the bot's own, and not one with which the library connects.
_OURS: ContextVar[bool] = ContextVar("ours", default=False)


@contextmanager
def ours() -> Iterator[None]:
    """Within it requests are the bot's own."""
    before = _OURS.set(True)
    try:
        yield
    finally:
        _OURS.reset(before)


def is_ours() -> bool:
    """Whether what is asked now is the bot's own."""
    return _OURS.get()


class _Count(Ratelimit):
    """One limit. Used up, it raises ``Crowded`` for as long as that lasts."""

    async def acquire(self) -> None:
        if self.remaining <= 0 and self.expires is not None and is_ours():
            left = self.expires - asyncio.get_running_loop().time()
            if left > MOMENT:
                raise Crowded(left)
        await super().acquire()

    async def __aexit__(self, *what: Any) -> None:
        left = self.reset_after if self.expires is not None else 0.0
        used_up = self.remaining < self.outgoing  # this one is over, and is not counted
        if left <= MOMENT or not used_up or not is_ours() or self._sleeping.locked():
            await super().__aexit__(*what)
            return
        self.outgoing -= 1
        for waiting in self._pending_requests:
            if not waiting.done():
                waiting.set_exception(Crowded(left))
        self._pending_requests.clear()


def counted(http: HTTPClient) -> None:
    """Have a client of the library count in this way."""
    buckets = http._buckets  # noqa: SLF001 - it has no other way in

    def found(key: str) -> Ratelimit:
        known = buckets.get(key)
        if known is None:
            known = buckets[key] = _Count(http.max_ratelimit_timeout)
            http._try_clear_expired_ratelimits()  # noqa: SLF001
        return known

    http.get_ratelimit = found  # type: ignore[method-assign]
