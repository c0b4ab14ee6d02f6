"""What a platform can be asked: one out in the world while it runs, or one in this process.

Out in the world everything runs in one event loop; no call may block it. Where reading stands (a
cursor), the ids of messages and what is acknowledged have the platform's own form, which nobody
else reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Fact, Looked, Mark
from bot.platforms.messages import Limit, Message
from bot.platforms.places import Place


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


@dataclass(frozen=True, slots=True)
class Batch:
    """The facts of one response of a live platform, in order, and where reading stands after it.

    ``cursor`` is committed with the last fact. Everything said before ``read_back_at`` is in by
    then, in all places but those of ``places``, which each have a moment of their own. ``handled``
    is the platform's own note of what to acknowledge after the commit.
    """

    facts: tuple[Fact, ...]
    cursor: str
    read_back_at: datetime
    handled: tuple[tuple[str, str], ...] = ()
    places: Mapping[Place, datetime] = field(default_factory=dict)


class Source(Protocol):
    """Where facts come from. ``read`` waits for the next response and survives what the network
    does (back-off inside); it raises ``Ended`` when only a person can help."""

    async def start(self, cursor: str) -> None:
        """Be ready to read on from where reading stood, or from now on when that is empty."""

    async def read(self) -> Batch: ...

    async def acknowledge(self, batch: Batch) -> None:
        """The batch is committed."""

    def complete_to(self, at: datetime) -> None:
        """Somebody waits to know that all said until a moment is in: ask now, do not linger."""

    async def close(self) -> None: ...


class Sender(Protocol):
    """Where messages go. Each call raises ``NotYet`` or ``Impossible``; the same token twice gives
    one message. ``limit`` is how much goes into one."""

    limit: Limit

    async def send(self, message: Message) -> str:
        """Send a message; gives its id, of an edit the id of what it edits."""
        ...

    async def find(self, place: Place, token: str) -> str:
        """The id of our own message with a token where it stands already, else nothing."""
        ...

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str: ...


class Directs(Protocol):
    """Personal conversations."""

    async def open_direct(self, user: str) -> None:
        """Begin one with somebody who has none."""

    async def leave(self, place: Place) -> None:
        """Leave a personal conversation, and keep nothing of whose it was."""


class Marks(Protocol):
    """What can be done to messages that stand. Each raises ``NotYet``, or ``Impossible`` where the
    bot may not."""

    async def mark(self, place: Place, message: str, mark: Mark, token: str) -> str: ...

    async def pin(self, place: Place, message: str) -> None: ...

    async def unpin(self, place: Place, message: str) -> None: ...

    async def remove(self, place: Place, message: str) -> None:
        """Take a message away, ours or another's."""

    async def look(self, place: Place, message: str) -> Looked:
        """A message as it is now."""
        ...


class LivePlatform(Source, Sender, Directs, Marks, Protocol):
    """All of it, under a name."""

    name: str

    @property
    def capabilities(self) -> Capabilities: ...


class Platform(Protocol):
    """One in this very process: a plain call, after which the message stands."""

    name: str
    capabilities: Capabilities

    def send(self, message: Message) -> str:
        """Show a message; gives its id."""
        ...
