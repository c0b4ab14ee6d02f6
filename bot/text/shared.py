"""Texts that many people read in the same words, kept as they were made.

What is each reader's own in them are the values of ``OWN`` alone. A text shows them, and asks
nothing of them but whether they are there: it is made with blanks, and each reader gets it with
what is theirs.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeAlias

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
    Source,
)
from dialogues.core import Text, Value


class Blank(str):
    """The value in the place of what is each reader's own. No cleaned words have its character."""

    __slots__ = ()


#: The values that are each reader's own: the receipt of their ballot, and on how much they voted.
OWN: Mapping[str, Blank] = {"receipt": Blank("\x00"), "done": Blank("\x01")}

#: Numbers from here on are written otherwise in each language.
_LONG = 10_000

#: What stands in blanks, by their character.
_Own: TypeAlias = Mapping[str, Run]

#: So many texts are kept, the newest.
MOST = 1_000

#: What stands for words that were erased; no words of people are equal to it.
_ERASED = msgpack.Ext(1, b"")


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
        blank: dict[str, Value] = dict(data)
        own: dict[str, Run] = {}
        for name, sign in OWN.items():
            run = _own(data.get(name))
            if run is not None:
                blank[name], own[sign] = sign, run
        try:
            key = (*same, self._encoded(blank))
        except (TypeError, ValueError):  # an odd value, or half of a surrogate pair
            return make(data)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _with_blanks(make(blank))
            if len(self._made) > MOST:
                self._made.popitem(last=False)
        return _filled(made, own) if made.blanks else made.document

    def _plain(self, value: object) -> Any:
        """A value that is not plain, as it is told from others."""
        if isinstance(value, Text):
            words = self._words(value.ref) if value.ref else value.words
            return _ERASED if words is None else words
        if isinstance(value, Blank):
            return msgpack.Ext(2, value.encode())
        raise TypeError


def _own(value: Value) -> Run | None:
    """A value that is somebody's own as it stands in a text; None where there is none, or it is not
    written in the same way for everybody."""
    if isinstance(value, str) and value:
        return Run(value, Source.PERSON)
    if type(value) is int and 0 < value < _LONG:
        return Run(str(value))
    return None


#: Something in every blank, to find them.
_SOMETHING: _Own = {sign: Run("-") for sign in OWN.values()}


def _with_blanks(document: Document) -> _Made:
    found = enumerate(document.blocks)
    blanks = (number for number, block in found if _in_block(_SOMETHING, block) is not block)
    return _Made(document, tuple(blanks))


def _filled(made: _Made, own: _Own) -> Document:
    blocks = list(made.document.blocks)
    for number in made.blanks:
        blocks[number] = _in_block(own, blocks[number])
    return Document(tuple(blocks))


def _in_block(own: _Own, block: Block) -> Block:
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


def _in_words(own: _Own, inside: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(_in_part(own, part) for part in inside)


def _in_part(own: _Own, part: Inline) -> Inline:
    if isinstance(part, Run):
        run = own.get(part.text)
        return part if run is None else Run(run.text, run.source, part.secret)
    if isinstance(part, Break | Code):  # in code stand words to type
        return part
    if isinstance(part, Link):
        return Link(_in_words(own, part.inside), part.url)
    return type(part)(_in_words(own, part.inside))
