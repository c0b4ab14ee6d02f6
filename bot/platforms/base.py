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
        return "/".join((self.platform, self.kind, self.name))

    @classmethod
    def parse(cls, text: str) -> Place:
        platform, kind, name = text.split("/", 2)
        return cls(platform, PlaceKind(kind), name)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from.

    ``cause`` is the platform's id of the event, ``at`` its own time in UTC, ``order`` sorts events
    of the same moment, ``roles`` what the platform says this account is for the town. ``late``
    says that the event was there in time and could be read only now: its time stands.

    In a place that is, or may become, a staff room: ``leads`` are the rooms in which this account
    is a moderator (None where the platform does not tell them apart), and ``uninvited`` says that
    people can come in there without an invitation.
    """

    cause: str
    at: datetime
    place: Place
    account: str
    roles: frozenset[str] = frozenset()
    order: str = ""
    late: bool = False
    leads: frozenset[str] | None = None
    uninvited: bool = False


class Right(StrEnum):
    """What the bot needs to be allowed in a room, in the order of weight."""

    WRITE = "write"
    PIN = "pin"
    REMOVE = "remove"


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
class Passed:
    """A message without words for us stands in a place: a picture, a file."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Flooded:
    """One more of somebody, or of a room, than is handled: it is known and changes nothing."""

    origin: Origin


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
    """The bot itself came into a place; ``lacks`` is what it may not do there. ``moved``: the
    place goes on here, and what was posted before stands elsewhere."""

    origin: Origin
    lacks: tuple[Right, ...] = ()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Rights:
    """What the bot may do in a place changed: what it lacks now, and what it lacked before."""

    origin: Origin
    lacks: tuple[Right, ...]
    before: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """The bot itself is no longer in a place."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Posted:
    """One of our own messages stands: its token, and the platform's id of it. Without an id the
    platform would not take it. ``at`` is the message's own time, where it is known."""

    token: str
    message: str
    at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed: whatever was due until ``at`` happens now."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something happened to the platform that staff has to know; ``code`` names the sentence."""

    at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A job of the workshop is done: the advice asked for at ``position``, and its manifest."""

    at: datetime
    dialogue: str
    position: int
    manifest: str


@dataclass(frozen=True, slots=True)
class NotComputed:
    """A job of the workshop broke off: there is no advice of that position."""

    at: datetime
    dialogue: str
    position: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What a platform says, asked at ``at``, of a message in a place: who wrote it, with what
    roles, when, and its words as they are now; ``talks`` says that its author has a personal
    conversation. Without an account there is no such message (any more); without words it has
    none that can be taken along, as a picture."""

    at: datetime
    place: Place
    message: str
    account: str = ""
    text: str = field(default="", repr=False)
    said_at: datetime | None = None
    roles: frozenset[str] = frozenset()
    talks: bool = False


PersonalFact: TypeAlias = (
    Said | Passed | Flooded | Chose | Unchose | Submitted | Edited | Removed
    | Joined | Left | Rights
)  # fmt: skip
Fact: TypeAlias = PersonalFact | Posted | Tick | Trouble | Computed | NotComputed | Looked


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
    conversation, which may be opened for it. ``thread`` is the platform's id of the card that the
    message belongs to, for a platform that puts it there.
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
    thread: str = ""


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
