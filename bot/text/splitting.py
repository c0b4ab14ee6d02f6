"""Splits documents into pieces that fit a platform's messages.

A document is cut between its paragraphs and between the entries of its lists, never inside one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.platforms.document import Block, Document, Items, Paragraph
from bot.platforms.messages import Limit

_NOTHING = Document((Paragraph(()),))


def packed(documents: Iterable[Document], limit: Limit) -> list[Document]:
    """The documents, in order, in as few as fit within the limit."""
    pieces = (piece for document in documents for piece in _pieces(document, limit))
    return [Document.of(group) for group in _groups(pieces, limit)]


def _groups(pieces: Iterable[Document], limit: Limit) -> Iterator[list[Document]]:
    """Pieces put together as long as they are sure to fit."""
    between = limit.size(Document.of((_NOTHING, _NOTHING))) - 2 * limit.size(_NOTHING)
    group: list[Document] = []
    used = 0
    for piece in pieces:
        more = limit.size(piece)
        if group and used + between + more > limit.most:
            yield group
            group, used = [], 0
        used += more + (between if group else 0)
        group.append(piece)
    if group:
        yield group


def _pieces(document: Document, limit: Limit) -> Iterator[Document]:
    """The document itself, or its blocks where it is too long."""
    if limit.takes(document):
        yield document
        return
    for block in document.blocks:
        for small in _blocks(block, limit):
            yield Document((small,))


def _blocks(block: Block, limit: Limit) -> Iterator[Block]:
    """The block itself, or a list that is too long as several lists, numbered on."""
    if not isinstance(block, Items) or limit.takes(Document((block,))):
        yield block
        return
    for index, item in enumerate(block.items):
        start = None if block.start is None else block.start + index
        yield replace(block, items=(item,), start=start, tight=block.tight or index > 0)
