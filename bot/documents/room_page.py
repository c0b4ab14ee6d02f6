"""The page of an advice as a message in the room: its words, without tables and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advice import document as pages
from bot.platforms.document import (
    Block,
    Break,
    Code,
    Document,
    Heading,
    Inline,
    Items,
    Paragraph,
    Run,
    Source,
    Strong,
)


def room_page(page: pages.Page) -> Document:
    """The page as a chat document."""
    blocks: list[Block] = [Heading(_line((page.title,)), level=1), Paragraph(_line(page.kicker))]
    blocks += [Paragraph(_line(page.facts))] if page.facts else []
    blocks += [Paragraph((Strong(_line(notice)),)) for notice in page.notices]
    for section in page.sections:
        blocks.append(Heading(_line(section.title)))
        for block in section.blocks:
            if isinstance(block, pages.Paragraph):
                blocks.append(Paragraph(_line(block.line)))
            elif isinstance(block, pages.Entries):
                blocks.append(Items(tuple(map(_entry, block.entries))))
    return Document(tuple(blocks))


def _entry(entry: pages.Entry) -> tuple[Inline, ...]:
    label = (Strong((Run(entry.label),)), Run(" ")) if entry.label else ()
    notes = (part for note in entry.notes for part in (Break(), *_line(note)))
    return (*label, *_line(entry.line), *notes)


def _line(line: Iterable[pages.Inline]) -> tuple[Inline, ...]:
    return tuple(part for piece in line for part in _inline(piece))


def _inline(piece: pages.Inline) -> Iterator[Inline]:
    match piece:
        case str(text) | pages.Ref(text):
            yield Run(text)
        case pages.Quote(text, cut):
            yield from (Run("«"), Run(text, Source.PERSON), Run("»…" if cut else "»"))
        case pages.Typed(text, cut):
            yield from (Run(text, Source.PERSON), Run("…" if cut else ""))
        case pages.Code(text):
            yield Code((Run(text, Source.COMMAND),))
