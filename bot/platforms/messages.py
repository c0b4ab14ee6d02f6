"""What a platform is asked to show: a message with its choices, forms and files.

All of it is plain values. What a choice stands for (``Meaning``) goes out with a message and comes
back unchanged with the fact that it was chosen; a platform only carries it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.platforms.document import Code, Document, Items, Run, Source
from bot.platforms.places import Place
from bot.platforms.writing import plain


@dataclass(frozen=True, slots=True)
class ReplyHandle:
    """What an answer can be given with until ``expires_at`` (UTC), on a platform where somebody
    waits for it; ``value`` says something to that platform alone."""

    expires_at: datetime
    value: str = field(repr=False)

    def lives(self, now: datetime) -> bool:
        return now < self.expires_at


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a choice or a form is about: a dialogue, an item of it, and one of the choices there.

    ``item`` is empty where it is about no item. ``round`` is the round's index, None where it is
    about no round.
    """

    dialogue: str
    item: str = ""
    choice: str = ""
    round: int | None = None


class Style(StrEnum):
    """How a choice looks where platforms have looks."""

    PLAIN = "plain"
    MAIN = "main"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen under a message, in words of at most 80 characters.

    ``typed`` is what says the same in words, for a platform where nothing can be pressed; it is
    empty where the message itself tells that. ``form`` names the form of the message that is to be
    filled in first: a platform has to know before somebody chooses.
    """

    label: str
    means: Meaning
    style: Style = Style.PLAIN
    typed: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: at least ``least`` and at most ``most`` characters (least 0: it may be
    left empty). ``long`` may have several lines; ``value`` stands in it already; ``example`` shows
    what could."""

    name: str
    label: str
    most: int
    least: int = 0
    long: bool = False
    value: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Some fields that are filled in together; ``name`` comes back with what was filled in."""

    name: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    data: bytes = field(repr=False)
    mime: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a platform is asked to show, as a document that it writes in its own form.

    ``token`` names the message in its own echo; ``edits`` is the platform's id of the message it
    replaces. ``choices`` are what can be chosen under it, ``forms`` what they ask to fill in;
    ``files`` go before it, where a platform can. ``opens`` says that somebody asked for a personal
    conversation, which may be opened for it. ``thread`` is the platform's id of the card that the
    message belongs to, for a platform that puts it there. ``handle`` is for an answer: while it
    lives the answer is given with it, and afterwards as any other message.
    """

    place: Place
    token: str
    document: Document
    edits: str = ""
    slot: str = ""
    choices: tuple[Choice, ...] = ()
    forms: tuple[Form, ...] = ()
    dialogue: str = ""
    opens: bool = False
    files: tuple[Attachment, ...] = ()
    thread: str = ""
    handle: ReplyHandle | None = None

    @property
    def plain(self) -> str:
        """Its words as lines of text."""
        return plain(self.document)


def in_words(message: Message) -> Document:
    """What the message says, and below that its choices, each with what is typed to choose it; for
    a platform where nothing can be pressed. Choices that the message tells of itself add nothing.
    """
    lines = tuple(
        (Code((Run(choice.typed, Source.COMMAND),)),)
        if choice.typed == choice.label
        else (Run(f"{choice.label}: "), Code((Run(choice.typed, Source.COMMAND),)))
        for choice in message.choices
        if choice.typed
    )
    if not lines:
        return message.document
    return Document((*message.document.blocks, Items(lines)))


@dataclass(frozen=True, slots=True)
class Limit:
    """How much goes into one message: ``most`` of what ``size`` counts in a document."""

    most: int
    size: Callable[[Document], int]

    def takes(self, *documents: Document) -> bool:
        """Whether these go into one message together."""
        return self.size(Document.of(documents)) <= self.most
