"""What every platform shares: places, the handful of facts it reports, and what it can do.

A platform translates its library's objects into facts and messages into its own form. It knows
neither dialogues nor storage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias


class PlaceKind(StrEnum):
    ROOM = "room"
    STAFF = "staff"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere people write: ``name`` is the room's, or the account of a personal conversation."""

    platform: str
    kind: PlaceKind
    name: str

    def __str__(self) -> str:
        return f"{self.platform}/{self.kind}/{self.name}"

    @classmethod
    def parse(cls, text: str) -> Place:
        platform, kind, name = text.split("/", 2)
        return cls(platform, PlaceKind(kind), name)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from.

    ``cause`` is the platform's id of the event, ``at`` its own time in UTC, ``order`` sorts events
    of the same moment, ``roles`` what the platform says this account is for the town.
    """

    cause: str
    at: datetime
    place: Place
    account: str
    roles: frozenset[str] = frozenset()
    order: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """``reply`` is the platform's id of the message this answers, where it answers one."""

    origin: Origin
    text: str
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Chose:
    """A choice given without words: a button in the personal conversation, or a reaction in the
    room (``reaction``) on whatever shows ``item`` there.

    A platform that knows no items leaves ``item`` empty and names the message in ``target``.
    """

    origin: Origin
    item: str
    choice: str
    reaction: bool = False
    target: str = ""


@dataclass(frozen=True, slots=True)
class Unchose:
    """A reaction was taken away, by whomever; ``target`` is the reaction's own id."""

    origin: Origin
    target: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """A whole form at once: ``form`` names it, ``values`` are its fields."""

    origin: Origin
    form: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Edited:
    origin: Origin
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Removed:
    origin: Origin
    target: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot itself came into a place."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Left:
    """The bot itself is no longer in a place."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Posted:
    """One of our own messages stands: its token, and the platform's id of it. Without an id the
    platform would not take it."""

    token: str
    message: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed: whatever was due until ``at`` happens now."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Computed:
    """A job of the workshop is done: the advice asked for at ``position``, and its manifest."""

    at: datetime
    dialogue: str
    position: int
    manifest: str


PersonalFact: TypeAlias = Said | Chose | Unchose | Submitted | Edited | Removed | Joined | Left
Fact: TypeAlias = PersonalFact | Posted | Tick | Computed


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    data: bytes = field(repr=False)
    mime: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a platform is asked to show: the same words plain and as HTML.

    ``token`` names the message in its own echo; ``edits`` is the platform's id of the message it
    replaces; ``choices`` are what can be pressed, as (label, what is typed instead); ``files``
    go before it, where a platform can; ``opens`` says that somebody asked for a personal
    conversation, which may be opened for it.
    """

    place: Place
    token: str
    plain: str
    html: str
    edits: str = ""
    slot: str = ""
    choices: tuple[tuple[str, str], ...] = field(default=())
    dialogue: str = ""
    opens: bool = False
    files: tuple[Attachment, ...] = field(default=())


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
    after the commit of a batch.
    """

    name: str

    async def start(self, cursor: str) -> None: ...

    async def read(self) -> Batch: ...

    async def acknowledge(self, batch: Batch) -> None: ...

    async def send(self, message: Message) -> str: ...

    async def upload(self, place: Place, name: str, data: bytes, mime: str, token: str) -> str: ...

    async def open_direct(self, user: str) -> None: ...

    async def react(self, place: Place, message: str, key: str, token: str) -> str: ...

    async def pin(self, place: Place, message: str) -> None: ...

    def complete_to(self, at: datetime) -> None:
        """Somebody waits to know that all said until a moment is in: ask now, do not linger."""

    async def close(self) -> None: ...
