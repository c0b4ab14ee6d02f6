"""What Discord's refusals mean for whoever sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.platforms.live import Doubtful, Ended, Impossible, NotYet, Unreachable

#: How long to wait after no answer came, and for a channel that the bot cannot see, in seconds.
_AGAIN, _SHUT = 5.0, 60.0

#: Discord's codes: the channel is unknown, the bot may not see it, or may not write in it.
_CHANNEL = frozenset({10003, 50001})

#: Discord's code for an interaction that is over, or of which it knows nothing (any more).
OVER = frozenset({10062, 10015, 50027})

REVOKED = (
    "Discord refuses the bot's token. Make a new one in Discord's developer portal (Bot, Reset "
    "Token), write it into the file of discord.token_file, and start again."
)


@contextmanager
def translated() -> Iterator[None]:
    """Raise what the platform's seam knows instead of the library's errors."""
    try:
        yield
    except discord.RateLimited as limited:
        raise NotYet(limited.retry_after) from None
    except discord.HTTPException as refused:
        raise _meant(refused) from None
    except (aiohttp.ClientError, OSError, RuntimeError, TimeoutError):
        raise Doubtful(_AGAIN) from None  # a RuntimeError: the connection was closed meanwhile


def _meant(refused: discord.HTTPException) -> Exception:
    if refused.status == 401:
        return Ended(REVOKED)
    if refused.status == 429:
        return NotYet(_AGAIN)
    if refused.status >= 500:
        return Doubtful(_AGAIN)
    if refused.code in _CHANNEL:
        return Unreachable(_SHUT)
    return Impossible(f"{refused.status} {refused.code}")
