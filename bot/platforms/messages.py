"""What a platform is asked to show: a message with its choices, forms and files.

All of it is plain values. What a choice stands for (``Meaning``) goes out with a message and comes
back unchanged with the fact that it was chosen; a platform only carries it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.platforms.document import Code, Document, Items, Run, Source
from bot.platforms.places import Place
from bot.platforms.writing import plain


@dataclass(frozen=True, slots=True)
class ReplyHandle:
    """Lets the platform answer somebody privately until ``expires_at`` (UTC); only the platform
    understands ``value``."""

    expires_at: datetime
    value: str = field(repr=False)

    def lives(self, now: datetime) -> bool:
        return now < self.expires_at


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a choice or a form is about: a dialogue, an item of it, and one of the choices there.

    ``item`` is empty where it is about no item. ``round`` is the round's index, None where it is
    about no round. ``wording`` says which words of the item were shown, ``question`` which open
    question it answers; both are the engine's own marks.
    """

    dialogue: str
    item: str = ""
    choice: str = ""
    round: int | None = None
    wording: str = ""
    question: str = ""


def together(meanings: Sequence[Meaning]) -> Meaning:
    """What several choices on one item mean that were taken at once; there is at least one."""
    return replace(meanings[0], choice=" ".join(means.choice for means in meanings))


class Style(StrEnum):
    """How a choice looks, on platforms that distinguish looks."""

    PLAIN = "plain"
    MAIN = "main"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice under a message, with a text of at most 80 characters.

    ``typed`` are the words that mean the same, for a platform without buttons; "" where the message
    itself says them. ``form`` names the form to be filled in first, since some platforms must know
    that before somebody presses; what it asks is asked for when it is opened (``menu.FormOf``).
    ``together``: so many of the choices on this item may be taken at once (``together()``).
    ``listed``: it is one of a list rather than a button of its own, where the platform has lists.
    ``again``: what its reader filled in was refused; the form opens with it, where the platform has
    it still.
    """

    label: str
    means: Meaning
    style: Style = Style.PLAIN
    typed: str = ""
    form: str = ""
    together: int = 0
    listed: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: from ``least`` to ``most`` characters (least 0: it may be empty).
    ``long``: several lines; ``value`` is filled in beforehand; ``example`` is shown while it is
    empty. With ``options``, each a value and how it reads, one of these is chosen. ``help`` says
    what it is about, "" where the label does."""

    name: str
    label: str
    most: int
    least: int = 0
    long: bool = False
    value: str = ""
    example: str = ""
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form with some fields; ``name`` comes back with what was filled in."""

    name: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message; ``alt`` says in words what a picture shows."""

    name: str
    data: bytes = field(repr=False)
    mime: str
    alt: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens at an hour, for a platform's list of events, where it has one.
    ``mark`` is a short name that tells it from all others there; moments are in UTC."""

    mark: str
    title: str
    begins_at: datetime
    ends_at: datetime
    where: str
    about: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message for a platform to show; the platform writes the document in its own form.

    ``token`` identifies the message in its own echo; ``edits`` is the platform's id of the message
    it replaces. ``choices`` are shown under it; ``files`` are sent before it, where a platform
    can. ``opens``: somebody asked for a personal conversation,
    which may be opened for this message. ``thread`` is the platform's id of the card that the
    message belongs to, ``opening`` that of the first card of its dialogue, and ``subject`` what the
    dialogue is called; ``stays``: it has to be found later, so it stands in the room itself where
    threads fall asleep. ``handle`` is for an answer: while it lives the answer is given with it,
    afterwards as any other message. ``language`` is that of its words, "" for the town's.
    ``over`` are the handles of presses that ended the question they were made under: its choices
    are taken away where others see them too.
    ``about`` is the platform's id of a message that people can go to, in that place or in the one
    of ``where``; ``direct``: its reader asked to be written to, also where nobody is else;
    ``picture`` is shown in the message, where the platform shows pictures. ``happening``: it is no
    message, but stands in the platform's list of events.
    """

    place: Place
    token: str
    document: Document
    edits: str = ""
    slot: str = ""
    choices: tuple[Choice, ...] = ()
    dialogue: str = ""
    opens: bool = False
    files: tuple[Attachment, ...] = ()
    thread: str = ""
    opening: str = ""
    subject: str = ""
    stays: bool = False
    handle: ReplyHandle | None = None
    language: str = ""
    about: str = ""
    where: Place | None = None
    direct: bool = False
    picture: Attachment | None = None
    over: tuple[ReplyHandle, ...] = ()
    happening: Happening | None = None

    @property
    def plain(self) -> str:
        """The words as lines of text."""
        return plain(self.document)


def in_words(message: Message) -> Document:
    """The document with the choices written out below it, each with what to type, for a platform
    without buttons. Choices that the message itself explains are left out."""
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
    """How much fits in one message: at most ``most``, as ``size`` measures a document."""

    most: int
    size: Callable[[Document], int]

    def takes(self, *documents: Document) -> bool:
        """Whether these documents fit in one message together."""
        one = documents[0] if len(documents) == 1 else Document.of(documents)
        return self.size(one) <= self.most
