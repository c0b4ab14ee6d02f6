"""The facts that platforms report to the engine: somebody said, chose or did something.

Facts are plain values. A platform makes them of its library's objects; the engine decides by them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from bot.platforms.messages import Meaning, ReplyHandle
from bot.platforms.places import Place


class Origin(Struct, frozen=True, gc=False):
    """The source of a fact.

    ``cause`` is the platform's id of the event, ``at`` its own time in UTC, ``order`` sorts events
    of the same moment, ``roles`` are those that the platform gives this account. ``late``: the
    event arrived in time but could be read only now, so its own time counts. ``handle`` lets the
    platform answer privately for as long as the handle lives.

    ``moderates`` are the rooms in which this account is a moderator; None: in the whole town, or
    where the platform does not tell them apart. In a place that is, or may become, a staff room,
    ``open_to_all`` says that anybody can join or read there without being let in.

    ``near`` is the room from which somebody said something in person, where a platform has private
    words in a room. ``language`` is that of their program ("nl", "en"), "" where it is unknown.
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
    near: Place | None = None
    language: str = ""


class Right(StrEnum):
    """A right that the bot needs in a room, the most important first."""

    WRITE = "write"
    PIN = "pin"
    REMOVE = "remove"


#: In a fact, words meant for the bot in a room begin with this. Where people type another (/, a
#: mention) the platform replaces it.
CALL = "!"


def calls(text: str) -> bool:
    """Whether words said in a room are meant for the bot."""
    return text[:200].lstrip().startswith(CALL)


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody wrote a message. ``reply`` is the platform's id of the message it replies to, if
    any."""

    origin: Origin
    text: str
    reply: str = ""


class Chose(Struct, frozen=True, gc=False):
    """Somebody pressed a choice under a message of the bot; ``means`` is what the choice stands
    for.

    ``post`` is the platform's id of that message, where it is known. Where ``means`` names no
    dialogue, dialogue and item are found by it. A choice with neither, or with unknown ones,
    changes nothing, and who pressed it is told so. ``form``: it was to open this form, which is not
    there (any more); nothing is chosen then, and who pressed it reads why.
    """

    origin: Origin
    means: Meaning
    post: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody put a reaction on a message. ``sign`` is the character people see; ``post`` is the
    platform's id of the message, or ``item`` its item on a platform that knows items."""

    origin: Origin
    sign: str
    post: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Unreacted:
    """A reaction was removed, by anybody; ``reaction`` is the id with which it was given."""

    origin: Origin
    reaction: str


class Mark(StrEnum):
    """A mark on a message; each platform shows it in its own way.

    TAKE_ALONG, put by a moderator, asks whether the message may become a contribution. TICK, put by
    the bot, says that a message was noted or asks its author; put by the author beside it, it means
    yes. JOIN, put by the bot under a card, invites; who puts it there too asks to take part.
    """

    JOIN = "join"
    TAKE_ALONG = "take_along"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Marked:
    """Somebody put a mark on a message; ``post`` is the platform's id of it."""

    origin: Origin
    mark: Mark
    post: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody posted a message without words that can be read, such as a picture; ``reply`` is the
    platform's id of the message it replies to, if any."""

    origin: Origin
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Flooded:
    """A message beyond the allowance of a person or a room: counted, otherwise ignored."""

    origin: Origin


class Void(StrEnum):
    """Why something means nothing: it is not the bot's (any more), the message it was done to is
    somebody else's, or has no words. The code of the text that says so."""

    STALE = "stale_choice"
    NOT_YOURS = "message_not_yours"
    NO_WORDS = "message_no_words"


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody pressed, filled in or chose what means nothing: they are told so, and nothing else
    happens."""

    origin: Origin
    why: Void = Void.STALE


@dataclass(frozen=True, slots=True)
class Submitted:
    """Somebody filled in a form. ``form`` is its name, ``values`` are its fields, ``means`` what it
    is about."""

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
    """The bot joined a place; ``lacks`` are the rights it needs and does not have there. ``moved``:
    this is the successor of a room, and earlier messages are in the old one."""

    origin: Origin
    lacks: tuple[Right, ...] = ()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Rights:
    """The bot's rights in a place changed: those it lacks now, and those it lacked before."""

    origin: Origin
    lacks: tuple[Right, ...]
    before: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """The bot is no longer in a place."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of the bot was posted: its token, and the platform's id of it, or "" when the
    platform refused it. ``at`` is the message's own time, where that is known."""

    token: str
    message: str
    at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed: everything due at or before ``at`` happens now."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault of the platform that staff has to hear of; ``code`` names the catalogue's text."""

    at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A job is done: the advice requested at the line ``position``, and its manifest's hash."""

    at: datetime
    dialogue: str
    position: int
    manifest: str


@dataclass(frozen=True, slots=True)
class NotComputed:
    """A job failed: there is no advice of that position."""

    at: datetime
    dialogue: str
    position: int


@dataclass(frozen=True, slots=True)
class Erased:
    """The advice requested at this line was not sent in time: words in it were erased, or there is
    a newer one."""

    at: datetime
    dialogue: str
    position: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What a platform says of a message, asked at ``at``: its author with roles, when it was
    written, and its words as they are now. ``talks``: its author has a personal conversation with
    the bot; ``own``: the bot is its author. Without an account the message does not exist (any
    more); without words it has none that can be used, such as a picture. ``roles`` are those that
    its author has at this place."""

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
    | Joined | Left | Rights | Stale
)  # fmt: skip
Fact: TypeAlias = PersonalFact | Posted | Tick | Trouble | Computed | NotComputed | Erased | Looked
