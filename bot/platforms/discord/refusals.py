"""How often Discord refused lately, counted where the library sends, its own repetitions included;
and what asks to wait for long ends there.

The library sits out half a minute in a request, and whoever asked waits with it. So a request of
the bot's own that is told to wait for longer than a moment ends, and says for how long.

Discord shuts an address out after 10,000 refused requests (401, 403, 429) in ten minutes. Long
before that the bot asks nothing more until some of them are ten minutes ago.
"""

from __future__ import annotations

import asyncio
from collections import deque
from types import SimpleNamespace

import aiohttp

from bot.platforms.discord.counts import MOMENT, is_ours
from bot.platforms.discord.errors import told_to_wait
from bot.platforms.live import NotYet

#: What Discord counts, in how many seconds, and how many of them the bot lets happen. What is under
#: way then comes besides, with the library's five tries of each.
_COUNTED, _WINDOW, _MOST = frozenset({401, 403, 429}), 600.0, 600

#: How long to wait at most before it is looked at again, in seconds.
_LOOK = 30.0

#: The status that asks to wait.
_WAIT = 429


class Refusals:
    """The refused requests of the last ten minutes, of whatever connection."""

    def __init__(self) -> None:
        self._at: deque[float] = deque(maxlen=_MOST)

    def trace(self) -> aiohttp.TraceConfig:
        """What the library's session tells of each answer."""
        made = aiohttp.TraceConfig()
        made.on_request_end.append(self._answered)
        return made

    async def _answered(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        answer = ended.response
        if answer.status in _COUNTED:
            self._at.append(asyncio.get_running_loop().time())
        if answer.status == _WAIT and is_ours():
            later = told_to_wait(answer.headers)
            if later.seconds > MOMENT:
                raise later

    def held(self) -> None:
        """Raise ``NotYet`` while there were too many."""
        if len(self._at) == _MOST:
            left = self._at[0] + _WINDOW - asyncio.get_running_loop().time()
            if left > 0:
                raise NotYet(min(left, _LOOK))
