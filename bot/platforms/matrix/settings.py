"""The settings of the Matrix platform, as plain values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.platforms.facts import Mark

#: The name of this platform in places.
NAME = "matrix"

#: The key in the content of our own messages.
KEY = "nl.stadsgesprek"

#: What each mark looks like here: a reaction.
SIGNS = {
    Mark.JOIN: "\N{HAPPY PERSON RAISING ONE HAND}",
    Mark.TAKE_ALONG: "\N{PUSHPIN}",
    Mark.TICK: "\N{WHITE HEAVY CHECK MARK}",
}
_MARKS = {sign: mark for mark, sign in SIGNS.items()}

#: What makes no difference: variation selectors, tones of skin, and whose hand it is.
_VARIANTS = re.compile("[\N{VARIATION SELECTOR-16}\U0001f3fb-\U0001f3ff]|\N{ZERO WIDTH JOINER}.*")


def mark_of(key: str) -> Mark | None:
    """The mark that a reaction is, if any."""
    return _MARKS.get(_VARIANTS.sub("", key))


def _none() -> str:
    return ""


def _now() -> datetime:
    return datetime.now(UTC)


#: Called with the code of what happened, never with words, names or ids.
Alarm = Callable[[str], None]


def no_alarm(_code: str) -> None:
    """The default for ``alarm``: do nothing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``password`` and ``token`` return the secret when it is needed, or "".

    ``trusted`` are the accounts whose invitations to rooms are accepted; ``rooms`` and
    ``staff_rooms`` give each name its alias or id; ``roles`` gives each role its accounts.
    ``encrypt``: personal conversations opened by the bot are encrypted; ``threads``: messages about
    a round are in the thread of its card. ``lifted``: the server's keeper lifted the bot's limits:
    it may write to many people at once; ``polls``: statements are asked as native polls too.
    ``poll`` is how long the server may wait for news, in
    seconds.
    """

    homeserver: str
    user: str
    store: Path
    password: Callable[[], str] = field(default=_none, repr=False)
    token: Callable[[], str] = field(default=_none, repr=False)
    trusted: frozenset[str] = frozenset()
    rooms: Mapping[str, str] = field(default_factory=dict)
    staff_rooms: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    clock: Callable[[], datetime] = _now
    encrypt: bool = True
    threads: bool = False
    lifted: bool = False
    polls: bool = False
    poll: float = 30.0
