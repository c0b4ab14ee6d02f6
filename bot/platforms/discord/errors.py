"""What Discord's refusals mean for whoever sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import aiohttp
import discord

from bot.platforms.live import Crowded, Doubtful, Ended, Impossible, NotYet, Unreachable

#: How long to wait after no answer came, and for a channel that the bot cannot see, in seconds.
_AGAIN, _SHUT = 5.0, 60.0

#: Discord's codes: the channel is unknown, the bot may not see it, or may not write in it.
_CHANNEL = frozenset({10003, 50001})

#: Discord's code for an interaction that was acknowledged already, and for one whose token is over;
#: the latter comes with the status of a bot's token that is not valid.
_AGAIN_SAID, _OVER = 40060, 50027

REVOKED = (
    "Discord refuses the bot's token. Make a new one in Discord's developer portal (Bot, Reset "
    "Token), write it into the file of discord.token_file, and start again."
)


#: Discord's codes for a thread that sleeps, one that is locked, and where the bot lacks a right.
_SHUT_THREAD = frozenset({50083, 160005, 50013})


class Shut(Impossible):
    """A thread takes nothing as it is now, or the bot lacks the right."""


class Acknowledged(Impossible):
    """An interaction was acknowledged already: an earlier try arrived."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise what the platform's seam knows instead of the library's errors."""
    try:
        yield
    except discord.RateLimited as limited:
        raise Crowded(limited.retry_after) from None
    except discord.HTTPException as refused:
        raise _meant(refused) from None
    except (aiohttp.ClientError, OSError, RuntimeError, TimeoutError, ValueError):
        # a RuntimeError: the connection was closed meanwhile; a ValueError: a broken body
        raise Doubtful(_AGAIN) from None


def expected(kind: type, answer: Any) -> Any:
    """An answer of this kind; another one is none, such as the page of something in between."""
    if not isinstance(answer, kind):
        raise Doubtful(_AGAIN)
    return answer


def _meant(refused: discord.HTTPException) -> Exception:
    if refused.status == 401 and refused.code != _OVER:
        return Ended(REVOKED)
    if refused.code == _AGAIN_SAID:
        return Acknowledged(f"{refused.status} {refused.code}")
    if refused.status == 429:
        return told_to_wait(refused.response.headers)
    if refused.status >= 500:
        return Doubtful(_AGAIN)
    if refused.code in _CHANNEL:
        return Unreachable(_SHUT)
    kind = Shut if refused.code in _SHUT_THREAD else Impossible
    return kind(f"{refused.status} {refused.code}")


def told_to_wait(headers: Mapping[str, str]) -> NotYet:
    """What an answer means that asks to wait: as long as it says, where it says so. Discord counts
    by place, unless it says that it means everything; so does what stands before Discord, which
    names itself in no such answer."""
    try:
        seconds = max(float(headers["Retry-After"]), 1.0)
    except (KeyError, ValueError):
        seconds = _AGAIN
    everything = "Via" not in headers or headers.get("X-RateLimit-Global", "").lower() == "true"
    return NotYet(seconds) if everything else Crowded(seconds)
