"""The interface of a platform: ``LivePlatform`` on a network, ``Platform`` in this process.

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
    """The platform accepts nothing now; try again after ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not for {seconds:.1f} s")
        self.seconds = seconds


class Doubtful(NotYet):
    """No answer came: the message may have been posted or not. Sending the same token again is
    safe."""


class Unreachable(NotYet):
    """This place alone accepts nothing now, because the bot is not in it (yet)."""


class Crowded(NotYet):
    """This place alone accepts nothing now, because much was sent there lately."""


class Impossible(Exception):  # noqa: N818 - what the platform says
    """The platform will never accept this; ``why`` holds no words of people."""


class Ended(Exception):  # noqa: N818 - what happened
    """The platform cannot go on until its keeper acts (a revoked token, a wrong password): one
    sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The facts of one response of a live platform, in order, and the position after it.

    ``cursor`` is that position, committed with the last fact. Everything said before
    ``read_back_at`` has been received by then, except in ``places``, each of which has a moment of
    its own. ``handled`` is the platform's own note of what to acknowledge after the commit.
    """

    facts: tuple[Fact, ...]
    cursor: str
    read_back_at: datetime
    handled: tuple[tuple[str, str], ...] = ()
    places: Mapping[Place, datetime] = field(default_factory=dict)


class Source(Protocol):
    """The reading side of a platform. ``read`` waits for the next response, and retries after
    network errors; it raises ``Ended`` when only a person can help."""

    async def start(self, cursor: str) -> None:
        """Be ready to read from the position ``cursor``, or from now on when that is ""."""

    async def read(self) -> Batch: ...

    async def acknowledge(self, batch: Batch) -> None:
        """Acknowledge a batch, which has been committed."""

    def complete_to(self, at: datetime) -> None:
        """Find out soon whether everything said before ``at`` has been received: a closing waits
        for it."""

    async def close(self) -> None: ...


class Sender(Protocol):
    """The sending side of a platform. Each call raises ``NotYet`` or ``Impossible``; the same token
    twice gives one message. ``limit`` is how much fits in one message."""

    limit: Limit

    async def send(self, message: Message) -> str:
        """Send a message; returns its id. For an edit that is the id of the message it edits."""
        ...

    async def find(self, place: Place, token: str) -> str:
        """The id of the bot's message with this token, if it was posted; else ""."""
        ...

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str: ...


class Directs(Protocol):
    """Personal conversations."""

    async def open_direct(self, user: str) -> None:
        """Open a personal conversation with somebody who has none."""

    async def leave(self, place: Place) -> None:
        """Leave a personal conversation, and forget whose it was."""


class Marks(Protocol):
    """Work on messages that were posted. Each call raises ``NotYet``, or ``Impossible`` where the
    bot lacks the right."""

    async def mark(self, place: Place, message: str, mark: Mark, token: str) -> str: ...

    async def unmark(self, place: Place, message: str, mark: Mark) -> None:
        """Take the bot's own mark away from a message; nothing where it has none there."""

    async def pin(self, place: Place, message: str) -> None: ...

    async def unpin(self, place: Place, message: str) -> None: ...

    async def remove(self, place: Place, message: str) -> None:
        """Remove a message, the bot's or somebody else's."""

    async def look(self, place: Place, message: str) -> Looked:
        """The message as it is now."""
        ...


class LivePlatform(Source, Sender, Directs, Marks, Protocol):
    """A platform on a network: all of the above, under a name."""

    name: str

    @property
    def capabilities(self) -> Capabilities: ...


class Platform(Protocol):
    """A platform in this process: after the call the message is posted."""

    name: str
    capabilities: Capabilities

    def send(self, message: Message) -> str:
        """Show a message; returns its id."""
        ...
