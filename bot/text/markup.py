"""The small subset of Markdown that catalogue texts are written in.

``**strong**``, ``*emphasis*``, `` `code` ``, ``[text](https://…)`` (or a token for the whole
address), lines that begin with ``- `` or ``1. ``; a line break is a line break, a blank line begins
a paragraph, a backslash takes the meaning from the next mark. Nothing spans a line; a list goes on
over blank lines. A full stop after words that end in a sign of their own is left out, and so is a
colon (not behind quotes, which hold that sign).

What people wrote is never part of the text that is parsed: a token stands there, and the words join
the document as a Run afterwards. So they cannot become markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.platforms.document import (
    Block,
    Break,
    Code,
    Document,
    Emphasis,
    Inline,
    Items,
    Link,
    Paragraph,
    Run,
    Source,
    Strong,
)
from dialogues.joining import ends

#: A token stands for the words kept under its number; both marks are dropped from any other text.
OPEN, CLOSE = "\x02", "\x03"
TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")

_LINE = re.compile(r"(?:(?P<dash>-)|(?P<number>\d{1,4})\.) +(?P<rest>.+)")
_QUOTED = re.compile(f"{TOKEN.pattern}(?:»?\\.(?!\\.)|(?P<marks>\\**)(?P<colon>:)(?= ))")
_MARK = re.compile(
    r"\\(?P<plain>[\\*`\[\].-])"
    r"|\*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*"
    r"|\*(?=[^\s*])(?P<emphasis>.+?)(?<=[^\s*])\*"
    r"|`(?P<code>[^`]+)`"
    rf"|\[(?P<label>[^\[\]]+)\]\((?P<url>(?:https://|{OPEN})[^\s()<>]+)\)"
)


def parse(source: str, kept: Sequence[tuple[Run, ...]] = ()) -> Document:
    """Read the subset; ``kept`` holds what the tokens stand for."""
    blocks: list[Block] = []
    blank = True
    for raw in _QUOTED.sub(lambda quoted: _one_stop(quoted, kept), source).split("\n"):
        line = re.sub(r" {2,}", " ", raw).strip(" ")
        if line:
            _add(blocks, line, kept, blank)
        blank = not line
    return Document(tuple(blocks))


def _one_stop(quoted: re.Match[str], kept: Sequence[tuple[Run, ...]]) -> str:
    words = "".join(run.text for run in kept[int(quoted[1])])
    return quoted[0][:-1] if ends(words) else quoted[0]


def _add(blocks: list[Block], line: str, kept: Sequence[tuple[Run, ...]], blank: bool) -> None:
    last = blocks[-1] if blocks else None
    item = _LINE.fullmatch(line)
    if item is None:
        words = _inline(line, kept)
        if not words:
            return
        if isinstance(last, Paragraph) and not blank:
            blocks[-1] = Paragraph((*last.inside, Break(), *words), last.tight)
        else:
            blocks.append(Paragraph(words, tight=not blank))
        return
    words = _inline(item["rest"], kept)
    start = int(item["number"]) if item["number"] else None
    if isinstance(last, Items) and _follows(last, start):
        blocks[-1] = Items((*last.items, words), last.start, last.tight)
    else:
        blocks.append(Items((words,), start, tight=not blank))


def _follows(block: Items, number: int | None) -> bool:
    return number == (None if block.start is None else block.start + len(block.items))


def _inline(text: str, kept: Sequence[tuple[Run, ...]]) -> tuple[Inline, ...]:
    found: list[Inline] = []
    position = 0
    for mark in _MARK.finditer(text):
        found += _set_apart(_runs(text[position : mark.start()], kept))
        position = mark.end()
        if mark["plain"]:
            found.append(Run(mark["plain"]))
        elif mark["url"]:
            found += _link(mark["label"], mark["url"], kept)
        elif mark["code"]:
            runs = tuple(_runs(mark["code"], kept))
            found += [Code(runs)] if runs else []
        else:
            wrap, inner = (
                (Strong, mark["strong"]) if mark["strong"] else (Emphasis, mark["emphasis"])
            )
            inside = _inline(inner, kept)
            found += [wrap(inside)] if inside else []
    return (*found, *_set_apart(_runs(text[position:], kept)))


def _set_apart(runs: Sequence[Run]) -> list[Inline]:
    """The runs, with the words that people can type as code, so that they are seen as such."""
    return [Code((run,)) if run.source is Source.COMMAND else run for run in runs]


def _link(label: str, url: str, kept: Sequence[tuple[Run, ...]]) -> list[Inline]:
    """A link when the catalogue, the town's settings and the platform alone made its address."""
    target = _runs(url, kept)
    address = "".join(run.text for run in target)
    inside = _inline(label, kept) or (Run(address, Source.PERSON),)
    ours = all(run.source in (Source.CATALOGUE, Source.NAME) for run in target)
    if ours and re.fullmatch(r"https://[^\s<>\"']+", address):
        return [Link(inside, address)]
    return [*inside, Run(" ("), Run(address, Source.PERSON), Run(")")]


def _runs(text: str, kept: Sequence[tuple[Run, ...]]) -> list[Run]:
    runs: list[Run] = []
    for index, part in enumerate(TOKEN.split(text)):
        if index % 2:
            runs += kept[int(part)]
        elif part:
            runs.append(Run(part))
    return [run for run in runs if run.text]
