"""One neutral document, from which Markdown and HTML are both written: a page and an appendix.

It is another thing than a message in the chat (``bot/platforms/document.py``), which has neither
tables nor pictures and is parsed from catalogue texts; its quotes are checked against what was
shown, and its files are written the same way ever after.

What people wrote travels in objects of its own (``Quote``, ``Typed``) until the very last step,
so that a writer can never take it for markup of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a contribution, verbatim and in guillemets; ``cut``: more words followed."""

    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """Typed words that are no contribution: a title, a value of the charter."""

    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """The number of an item, as a link to the table that has everything about it."""

    number: str


@dataclass(frozen=True, slots=True)
class Code:
    """Text to type or compare literally: a command, a hash, a file name."""

    text: str


Inline: TypeAlias = "str | Quote | Typed | Ref | Code"
Line: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with a number: its words, and notes below it."""

    label: str
    line: Line
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """``look``: asks (the recommendations, set large), items or plain."""

    entries: tuple[Entry, ...]
    look: Literal["asks", "items", "plain"] = "items"


@dataclass(frozen=True, slots=True)
class Column:
    """``kind``: label (names the row), words, number or short."""

    title: str
    kind: Literal["label", "words", "number", "short"]


@dataclass(frozen=True, slots=True)
class Row:
    """``anchor`` is the item's number, in the table that a ``Ref`` links to."""

    cells: tuple[Line, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    caption: Line
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One item in a picture; ``note``: it had too few votes to be ranked."""

    number: str
    quote: Quote
    note: str
    agree: int
    passed: int
    disagree: int

    @property
    def total(self) -> int:
        return self.agree + self.passed + self.disagree


@dataclass(frozen=True, slots=True)
class Drawn:
    """What every picture has: ``description`` says in words what it shows, and a table has the same
    figures."""

    anchor: str
    title: str
    description: str
    caption: Line


@dataclass(frozen=True, slots=True)
class Picture(Drawn):
    """Agreements and divisions; the table that follows it says the same in figures."""

    agree: str
    passed: str
    disagree: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Bars under one heading."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Overview(Drawn):
    """Agreement and division of everything that people agreed or disagreed with, at the top of the
    page; ``dense``: there are too many bars for words beside each."""

    agree: str
    passed: str
    disagree: str
    bands: tuple[Band, ...]
    dense: bool


@dataclass(frozen=True, slots=True)
class Link:
    """An address of the town's own, drawn as a QR code where that can be; ``says`` is what the code
    is, in words."""

    address: str
    says: str


Block: TypeAlias = "Paragraph | Entries | Table | Drawn | Link"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its blocks; one without blocks is left out by the builder."""

    title: Line
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The one page for the councillor.

    ``facts`` stand under the title: of which day it is, and how far residents' say goes.
    ``notices`` stand before everything else: simulated, interim, a later version. ``drawn`` are the
    pictures between these and the sections. ``step`` is how far the order of sacrifice had to be
    followed (``advice/page.py``), 0 where all words fitted.
    """

    kicker: Line
    title: Typed
    notices: tuple[Line, ...]
    sections: tuple[Section, ...]
    step: int = 0
    facts: Line = ()
    drawn: tuple[Drawn, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The page and the appendix; ``appendix`` is the heading between them. A paper of one page has
    no ``sections`` after it, and no heading."""

    language: str
    kind: str
    page: Page
    appendix: str
    sections: tuple[Section, ...] = field(default=())


def lines(sections: tuple[Section, ...], pictures: bool = True) -> Iterator[Line]:
    """Every line of these sections, headings and captions included."""
    for section in sections:
        yield section.title
        for block in section.blocks:
            if pictures or not isinstance(block, Drawn):
                yield from _lines_of(block)


def _lines_of(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph(line):
            yield line
        case Entries(entries):
            for entry in entries:
                yield entry.line
                yield from entry.notes
        case Table(caption, _, rows):
            yield caption
            for row in rows:
                yield from row.cells
        case Link(address):
            yield (Code(address),)
        case Drawn():
            yield from ((bar.quote,) for bar in bars_of(block))
            yield block.caption


def bars_of(drawn: Drawn) -> Iterator[Bar]:
    """The bars of a picture that have words beside them, in their order."""
    match drawn:
        case Picture(bars=bars):
            yield from bars
        case Overview(bands=bands, dense=False):
            for band in bands:
                yield from band.bars


def quotes(document: Document, pictures: bool = True) -> tuple[Quote, ...]:
    """Every quote of the document, in the order in which it is printed."""
    top = (Section((), document.page.drawn),)
    sections = top + document.page.sections + document.sections
    return tuple(
        piece for line in lines(sections, pictures) for piece in line if isinstance(piece, Quote)
    )


def plain(line: Line) -> str:
    """The line as bare words, without isolation or escaping, for alt texts and tests."""
    return "".join(_plain(piece) for piece in line)


def _plain(piece: Inline) -> str:
    match piece:
        case str():
            return piece
        case Quote(text, cut):
            return f"«{text}»" + ("…" if cut else "")
        case Typed(text, cut):
            return text + ("…" if cut else "")
        case Ref(number):
            return number
        case Code(text):
            return text
