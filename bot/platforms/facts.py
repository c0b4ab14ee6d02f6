"""What a platform reports: who said, chose or did what, and where and when that was.

Facts are plain values. A platform makes them of its library's objects; the engine decides by them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.platforms.messages import Meaning, ReplyHandle
from bot.platforms.places import Place


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from.

    ``cause`` is the platform's id of the event, ``at`` its own time in UTC, ``order`` sorts events
    of the same moment, ``roles`` what the platform says this account is for the town. ``late``
    says that the event was there in time and could be read only now: its time stands. ``handle`` is
    what an answer can be given with, for as long as it lives.

    In a place that is, or may become, a staff room: ``moderates`` are the rooms in which this
    account is a moderator (None where the platform does not tell them apart), and ``open_to_all``
    says that anybody can come in there, or read there, without being let in.
    """

    cause: str
    at: datetime
    place: Place
    account: str
    roles: frozenset[str] = frozenset()
    order: str = ""
    late: bool = False
    moderates: frozenset[str] | None = None
    open_to_all: bool = False
    handle: ReplyHandle | None = None


class Right(StrEnum):
    """What the bot needs to be allowed in a room, in the order of weight."""

    WRITE = "write"
    PIN = "pin"
    REMOVE = "remove"


#: In a room, words meant for the bot begin so in a fact. Where people do otherwise (a slash, a
#: mention) the platform puts it there.
CALL = "!"


def calls(text: str) -> bool:
    """Whether words said in a room are meant for the bot."""
    return text[:200].lstrip().startswith(CALL)


@dataclass(frozen=True, slots=True)
class Said:
    """``reply`` is the platform's id of the message this answers, where it answers one."""

    origin: Origin
    text: str
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Chose:
    """Something was chosen that a message of ours showed: ``means`` is what it stands for.

    Where ``means`` names no dialogue, ``post`` is the platform's id of that message, which tells
    dialogue and item. What says neither, or names what there is not, changes nothing.
    """

    origin: Origin
    means: Meaning
    post: str = ""


@dataclass(frozen=True, slots=True)
class Reacted:
    """A reaction was put on a message. ``sign`` is the character people see; ``post`` is the
    platform's id of the message, or ``item`` what it shows where a platform knows items."""

    origin: Origin
    sign: str
    post: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Unreacted:
    """A reaction was taken away, by whomever; ``reaction`` is the id with which it was given."""

    origin: Origin
    reaction: str


class Mark(StrEnum):
    """What is said of a message by a mark on it, which each platform makes in its own way.

    TAKE_ALONG is a moderator's: may this go along as a contribution? TICK is the bot's where a
    message is noted or its author asked, and its author's beside that says yes.
    """

    TAKE_ALONG = "take_along"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Marked:
    """Somebody put a mark on a message, of which ``post`` is the platform's id."""

    origin: Origin
    mark: Mark
    post: str


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
    """A whole form at once: ``form`` names it, ``values`` are its fields, ``means`` what it is
    about."""

    origin: Origin
    form: str
    values: dict[str, str]
    means: Meaning


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
    conversation, ``own`` that the bot is its author. Without an account there is no such message
    (any more); without words it has none that can be taken along, as a picture."""

    at: datetime
    place: Place
    message: str
    account: str = ""
    text: str = field(default="", repr=False)
    said_at: datetime | None = None
    roles: frozenset[str] = frozenset()
    talks: bool = False
    own: bool = False


PersonalFact: TypeAlias = (
    Said | Passed | Flooded | Chose | Reacted | Unreacted | Marked | Submitted | Edited | Removed
    | Joined | Left | Rights
)  # fmt: skip
Fact: TypeAlias = PersonalFact | Posted | Tick | Trouble | Computed | NotComputed | Looked
