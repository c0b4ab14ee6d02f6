"""Writes a document in Discord's Markdown; words of people become no mention and no link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.platforms.document import (
    Block,
    Break,
    Code,
    Document,
    Emphasis,
    Inline,
    Link,
    Run,
    Strong,
)
from bot.platforms.writing import below, guard, lines

#: So many blocks and runs that were written are at hand: many people read the same.
_AT_HAND = 2_000

#: The blocks that were written last, by what they are: with their words they would be looked
#: through each time.
_BLOCKS: dict[int, tuple[Block, str]] = {}


def markdown(document: Document) -> str:
    """The document in Discord's Markdown; a number's dot is escaped, so that Discord keeps it."""
    return below(document, _block)


def _block(block: Block) -> str:
    known = _BLOCKS.get(id(block))
    if known is not None:
        return known[1]
    text = lines(block, _markdown, _heading, "{}\\. ")
    if len(_BLOCKS) >= _AT_HAND:
        _BLOCKS.clear()
    _BLOCKS[id(block)] = block, text  # it is kept too, so nothing else becomes this one's name
    return text


def _heading(text: str, level: int) -> str:
    return f"{'#' * (level + 1)} {text}"


_MARKS = re.compile(r"(https://\S+)|^(\d+)\.|[\\*_~`|<>\[\]]|^[#+-]")


def _markdown(inside: Sequence[Inline]) -> str:
    out = []
    for part in inside:
        match part:
            case Run():
                out.append("" if part.aside else f"{_escaped(part)}{_beside(part)}")
            case Break():
                out.append("\n")
            case Code(runs):
                text = "".join(map(guard, runs))
                out.append("".join(map(_escaped, runs)) if "`" in text else f"`{text}`")
            case Link(label, url):
                out.append(f"[{_markdown(label)}]({url})")
            case Strong(label):
                out.append(f"**{_markdown(label)}**")
            case Emphasis(label):
                out.append(f"*{_markdown(label)}*")
    return "".join(out)


def _beside(run: Run) -> str:
    """How long it takes until a moment, which Discord counts in everybody's own time and language;
    it stands beside the date that is written out."""
    return f" (<t:{int(run.at.timestamp())}:R>)" if run.at is not None else ""


@lru_cache(maxsize=_AT_HAND)
def _escaped(run: Run) -> str:
    return _MARKS.sub(_escape_mark, guard(run))


def _escape_mark(mark: re.Match[str]) -> str:
    if mark[1]:
        return mark[1]  # an address of ours stays whole
    return f"{mark[2]}\\." if mark[2] else f"\\{mark[0]}"
