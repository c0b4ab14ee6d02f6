"""The document of a chat message: its words and structure, independent of any platform.

Every platform writes it in its own form (``writing.py`` has two of them).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Source(StrEnum):
    """Where words come from: the catalogue, the town's settings, words to type, or a person."""

    CATALOGUE = "catalogue"
    NAME = "name"
    COMMAND = "command"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Run:
    """Plain words without markup.

    ``secret``: a choice, a reason or a code, which is never among the first words of a message to a
    person. ``aside``: for plain text alone, where formatted text says it otherwise. ``at``: the
    words are this moment, which a platform may also show in the reader's own time.
    """

    text: str
    source: Source = Source.CATALOGUE
    secret: bool = False
    aside: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Strong:
    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Link:
    inside: tuple[Inline, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Break:
    pass


Inline: TypeAlias = Run | Strong | Emphasis | Code | Link | Break


@dataclass(frozen=True, slots=True)
class Heading:
    """``level``: 1 for what the message is about, 2 for a part of it."""

    inside: tuple[Inline, ...]
    level: int = 2
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``tight``: no blank line stands before it."""

    inside: tuple[Inline, ...]
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list: numbered from ``start`` on, or with dashes when that is None."""

    items: tuple[tuple[Inline, ...], ...]
    start: int | None = None
    tight: bool = False


Block: TypeAlias = Heading | Paragraph | Items


@dataclass(frozen=True, slots=True)
class Document:
    blocks: tuple[Block, ...] = ()

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Document:
        """Several documents as one, one below the other."""
        return cls(tuple(block for document in documents for block in document.blocks))
