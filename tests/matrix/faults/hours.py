"""An event loop whose clock jumps to the next timer, so that minutes pass in a moment.

It jumps when nothing has happened for a moment, so that the engine's thread has had its say. What
asks ``time.monotonic`` in the bot's modules is given the loop's clock.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.delivery import courier
from bot.platforms.matrix import joining, keys, timing, turns, wire

#: So long (s) nothing happens, really, before the clock jumps.
_QUIET = 0.003

_START = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    ahead = 0.0

    def select(self, timeout: float | None = None) -> Any:
        wait = timeout if timeout is None else min(timeout, _QUIET)
        found = super().select(wait)
        if not found and timeout is not None and timeout > _QUIET:
            self.ahead += timeout - _QUIET
        return found


class Jumping(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._eyes = _Selector()
        super().__init__(self._eyes)
        self._began = super().time()

    def time(self) -> float:
        return super().time() + self._eyes.ahead

    def now(self) -> datetime:
        return _START + timedelta(seconds=self.time() - self._began)


def play(work: Coroutine[Any, Any, None], loop: Jumping, patch: pytest.MonkeyPatch) -> None:
    for module in (courier, joining, keys, timing, turns, wire):
        patch.setattr(module, "time", SimpleNamespace(monotonic=loop.time))
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(work)
