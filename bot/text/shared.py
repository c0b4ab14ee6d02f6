"""Texts that many people read in the same words, kept as they were made.

What is each reader's own in them is the code of ``OWN`` alone. A text shows it, and asks nothing of
it but whether it is there: the text is made with a blank, and each reader gets it with their code.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from msgspec import msgpack

from bot.platforms.document import (
    Block,
    Break,
    Code,
    Document,
    Heading,
    Inline,
    Items,
    Link,
    Paragraph,
    Run,
)
from dialogues.core import Text, Value

#: The value that is each reader's own: the receipt of their ballot.
OWN = "receipt"

#: So many texts are kept, the newest.
MOST = 1_000

#: What stands for words that were erased; no words of people are equal to it.
_ERASED = msgpack.Ext(1, b"")


class Blank(str):
    """The value in the place of what is each reader's own. No cleaned words have its character."""

    __slots__ = ()


_BLANK = Blank("\x00")


class _Made(NamedTuple):
    """A text, and which of its blocks have a blank."""

    document: Document
    blanks: tuple[int, ...]


class Shared:
    """The texts. ``words`` gives the words of a Text by its reference, None when they were erased:
    words that were erased since are not in what is asked for, and so are not found."""

    def __init__(self, words: Callable[[str], str | None]) -> None:
        self._words = words
        self._made: OrderedDict[tuple[object, ...], _Made] = OrderedDict()
        self._encoded = msgpack.Encoder(enc_hook=self._plain).encode

    def __len__(self) -> int:
        return len(self._made)

    def document(
        self,
        same: tuple[object, ...],
        data: Mapping[str, Value],
        make: Callable[[Mapping[str, Value]], Document],
    ) -> Document:
        """The text of these values, made by ``make`` where it is not kept. ``same``: all else that
        it depends on."""
        own = data.get(OWN)
        if own:
            data = {**data, OWN: _BLANK}
        try:
            key = (*same, self._encoded(dict(data)))
        except (TypeError, ValueError):  # an odd value, or half of a surrogate pair
            return make({**data, OWN: own} if own else data)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _with_blanks(make(data))
            if len(self._made) > MOST:
                self._made.popitem(last=False)
        return _filled(made, str(own)) if made.blanks else made.document

    def _plain(self, value: object) -> Any:
        """A value that is not plain, as it is told from others."""
        if isinstance(value, Text):
            words = self._words(value.ref) if value.ref else value.words
            return _ERASED if words is None else words
        if isinstance(value, Blank):
            return msgpack.Ext(2, b"")
        raise TypeError


def _with_blanks(document: Document) -> _Made:
    blanks = (n for n, block in enumerate(document.blocks) if _in_block("-", block) is not block)
    return _Made(document, tuple(blanks))


def _filled(made: _Made, own: str) -> Document:
    blocks = list(made.document.blocks)
    for number in made.blanks:
        blocks[number] = _in_block(own, blocks[number])
    return Document(tuple(blocks))


def _in_block(own: str, block: Block) -> Block:
    """The block with ``own`` in its blanks; itself where it has none."""
    fill = partial(_in_words, own)
    if isinstance(block, Items):
        items = tuple(map(fill, block.items))
        return block if items == block.items else replace(block, items=items)
    inside = fill(block.inside)
    if inside == block.inside:
        return block
    return (
        Heading(inside, block.level, block.tight)
        if isinstance(block, Heading)
        else Paragraph(inside, block.tight)
    )


def _in_words(own: str, inside: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(_in_part(own, part) for part in inside)


def _in_part(own: str, part: Inline) -> Inline:
    if isinstance(part, Run):
        return Run(own, part.source, part.secret) if part.text == _BLANK else part
    if isinstance(part, Break | Code):  # in code stand words to type
        return part
    if isinstance(part, Link):
        return Link(_in_words(own, part.inside), part.url)
    return type(part)(_in_words(own, part.inside))
