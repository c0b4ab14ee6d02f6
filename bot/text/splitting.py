"""Documents in pieces, where a platform takes only so much in one message.

A document is cut between its paragraphs and between the entries of its lists, never inside one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.platforms.document import Block, Document, Items
from bot.platforms.messages import Limit


def packed(documents: Iterable[Document], limit: Limit) -> list[Document]:
    """The documents in as few as they fit into, in their order."""
    groups: list[list[Document]] = [[]]
    used = 0
    for document in documents:
        for piece in _pieces(document, limit):
            more = limit.size(piece)
            if groups[-1] and used + more > limit.most:
                groups.append([])
                used = 0
            groups[-1].append(piece)
            used += more
    return [Document.of(group) for group in groups]


def _pieces(document: Document, limit: Limit) -> Iterator[Document]:
    if limit.takes(document):
        yield document
        return
    kept: list[Block] = []
    used = 0
    for block in (small for whole in document.blocks for small in _blocks(whole, limit)):
        more = limit.size(Document((block,)))
        if kept and used + more > limit.most:
            yield Document(tuple(kept))
            kept, used = [], 0
        kept.append(block)
        used += more
    if kept:
        yield Document(tuple(kept))


def _blocks(block: Block, limit: Limit) -> Iterator[Block]:
    """A list that is too long as several, numbered on."""
    if not isinstance(block, Items) or limit.takes(Document((block,))):
        yield block
        return
    for index, item in enumerate(block.items):
        start = None if block.start is None else block.start + index
        yield replace(block, items=(item,), start=start, tight=block.tight or index > 0)
