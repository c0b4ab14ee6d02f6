"""Documents in pieces, where a platform takes only so much in one message.

A document is cut between its paragraphs and between the entries of its lists, never inside one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.text.document import Block, Document, Items, html, plain


def bytes_of(plain: str, html: str) -> int:
    """The bytes of words, plain and formatted together."""
    return len(plain.encode(errors="replace")) + len(html.encode(errors="replace"))


def size(document: Document) -> int:
    """The bytes of a document's words, plain and formatted together."""
    return bytes_of(plain(document), html(document))


def packed(documents: Iterable[Document], most: int) -> list[list[Document]]:
    """The documents in groups of at most ``most`` bytes each (0: one group), in their order."""
    groups: list[list[Document]] = [[]]
    used = 0
    for document in documents:
        for piece in _pieces(document, most) if most else (document,):
            more = size(piece) if most else 0
            if groups[-1] and used + more > most > 0:
                groups.append([])
                used = 0
            groups[-1].append(piece)
            used += more
    return groups


def _pieces(document: Document, most: int) -> Iterator[Document]:
    if size(document) <= most:
        yield document
        return
    kept: list[Block] = []
    used = 0
    for block in (small for whole in document.blocks for small in _blocks(whole, most)):
        more = size(Document((block,)))
        if kept and used + more > most:
            yield Document(tuple(kept))
            kept, used = [], 0
        kept.append(block)
        used += more
    if kept:
        yield Document(tuple(kept))


def _blocks(block: Block, most: int) -> Iterator[Block]:
    """A list that is too long as several, numbered on."""
    if not isinstance(block, Items) or size(Document((block,))) <= most:
        yield block
        return
    for index, item in enumerate(block.items):
        start = None if block.start is None else block.start + index
        yield replace(block, items=(item,), start=start, tight=block.tight or index > 0)
