"""What a platform can be asked: the console by a plain call, one out in the world while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.platforms.facts import Fact, Looked
from bot.platforms.messages import Message
from bot.platforms.places import Place


class Platform(Protocol):
    """One chat platform. ``send`` returns the platform's id of the message."""

    name: str

    def send(self, message: Message) -> str: ...


@dataclass(frozen=True, slots=True)
class Batch:
    """The facts of one response of a live platform, in order, and where reading stands after it.

    ``cursor`` is committed with the last fact; everything before ``read_back_at`` is in by then.
    ``handled`` is the platform's own note of what to acknowledge after the commit.
    """

    facts: tuple[Fact, ...]
    cursor: str
    read_back_at: datetime
    handled: tuple[tuple[str, str], ...] = ()


class NotYet(Exception):  # noqa: N818 - what the platform says
    """The platform takes nothing now; try again after ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not for {seconds:.1f} s")
        self.seconds = seconds


class Doubtful(NotYet):
    """No answer came: what was sent may stand, or not. The same token again is safe."""


class Unreachable(NotYet):
    """Only this place takes nothing now: the bot is not in it (yet). Others may."""


class Impossible(Exception):  # noqa: N818 - what the platform says
    """The platform will never take this; ``why`` holds no words of people."""


class Ended(Exception):  # noqa: N818 - what happened
    """The platform cannot go on without its keeper (a revoked token, a wrong password): one
    sentence that says what to do."""


class LivePlatform(Protocol):
    """A platform out in the world. Everything runs in one event loop; no call may block it.

    ``read`` waits for the next response and survives what the network does (back-off inside); it
    raises ``Ended`` when only a person can help. ``send`` returns the id of the message, or raises
    ``NotYet`` or ``Impossible``; the same token twice gives one message. ``acknowledge`` is called
    after the commit of a batch. ``most`` is how many bytes of words, plain and formatted together,
    go into one message.
    """

    name: str
    most: int

    async def start(self, cursor: str) -> None: ...

    async def read(self) -> Batch: ...

    async def acknowledge(self, batch: Batch) -> None: ...

    async def send(self, message: Message) -> str: ...

    async def find(self, place: Place, token: str) -> str:
        """The id of our own message with a token where it stands already, else nothing."""

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str: ...

    async def open_direct(self, user: str) -> None: ...

    async def leave(self, place: Place) -> None:
        """Leave a personal conversation, and keep nothing of whose it was."""

    async def react(self, place: Place, message: str, key: str, token: str) -> str: ...

    async def pin(self, place: Place, message: str) -> None: ...

    async def unpin(self, place: Place, message: str) -> None: ...

    async def remove(self, place: Place, message: str) -> None:
        """Take a message away, ours or another's; raises ``Impossible`` where the bot may not."""

    async def look(self, place: Place, message: str) -> Looked:
        """A message as it is now; raises ``NotYet`` when the platform cannot say."""
        ...

    def complete_to(self, at: datetime) -> None:
        """Somebody waits to know that all said until a moment is in: ask now, do not linger."""

    async def close(self) -> None: ...
