"""The settings of the Discord platform, as plain values."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.platforms.menu import Command, OfMessage

#: The name of this platform in places.
NAME = "discord"

#: So many seconds pass between two batches of what people did. Where little is done each is told at
#: once; where much is, a batch holds more: what costs is the batch with its COMMIT, not each in it.
BREATH = 0.2

#: Called with the code of what happened, never with words, names or ids.
Alarm = Callable[[str], None]

#: A short text of our own by its code and a language ("" for the town's), such as a button's label.
Words = Callable[[str, str], str]


def no_alarm(_code: str) -> None:
    """The default for ``alarm``: do nothing."""


def _code(code: str, _language: str) -> str:
    return code


def _now() -> datetime:
    return datetime.now(UTC)


async def connected(client: Any, token: str) -> None:
    """Log in and read events until the connection ends for good; raises what ended it."""
    await client.start(token)


@dataclass(frozen=True, slots=True)
class Settings:
    """``token`` returns the bot's token when it is needed; ``guild`` is the server's id.

    ``rooms`` and ``staff_rooms`` give each name its channel; ``threads`` are the rooms in which
    what is said of a dialogue stands in a thread under its first card, ``forums`` those in which it
    stands in a post of a forum channel; ``roles`` gives each role the server
    roles that stand for it, by name or id. ``key`` is the town's: with a key made of it buttons are
    sealed. ``words`` gives texts of our own, ``menu`` are the words people can use,
    ``of_message`` the menu of people's messages. ``connect`` runs one connection; ``pause`` is how
    long it waits before the next after a failure, in seconds; ``breath``: see ``BREATH``.
    """

    token: Callable[[], str] = field(repr=False)
    guild: int
    key: bytes = field(repr=False)
    rooms: Mapping[str, int] = field(default_factory=dict)
    staff_rooms: Mapping[str, int] = field(default_factory=dict)
    threads: frozenset[str] = frozenset()
    forums: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: Words = _code
    menu: tuple[Command, ...] = ()
    of_message: tuple[OfMessage, ...] = ()
    clock: Callable[[], datetime] = _now
    connect: Callable[[Any, str], Awaitable[None]] = connected
    pause: float = 90.0
    breath: float = BREATH
