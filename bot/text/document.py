"""One neutral document between the catalogue and the platforms, and how each of them writes it.

Plain, HTML and Discord say the same; in the latter two an invisible U+200B keeps words of people
from becoming a mention or a link. ``bot/text/markup.py`` makes documents of text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import TypeAlias


class Source(StrEnum):
    """Who chose the words: the catalogue, the town's settings, our words to type, or a person."""

    CATALOGUE = "catalogue"
    NAME = "name"
    COMMAND = "command"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that mean nothing but themselves."""

    text: str
    source: Source = Source.CATALOGUE


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
    blocks: tuple[Block, ...]


# Writing


def plain(document: Document, *, guarded: bool = False) -> str:
    """The document as lines of text, what it is about in capitals.

    ``guarded`` adds the invisible marks of the other two, for a place where programs make mentions
    and links out of plain text (the fallback body of a Matrix message).
    """

    def heading(text: str, level: int) -> str:
        return text.upper() if level == 1 else text

    return _write(document, lambda inside: _plain(inside, guarded), heading, "{}. ")


def _write(
    document: Document,
    words: Callable[[Sequence[Inline]], str],
    heading: Callable[[str, int], str],
    number: str,
) -> str:
    out: list[str] = []
    for block in document.blocks:
        if out:
            out.append("\n" if block.tight else "\n\n")
        match block:
            case Heading(inside, level):
                out.append(heading(words(inside), level))
            case Paragraph(inside):
                out.append(words(inside))
            case Items(items, start):
                lines = (
                    ("- " if start is None else number.format(start + index)) + _entry(item, words)
                    for index, item in enumerate(items)
                )
                out.append("\n".join(lines))
    return "".join(out)


def _entry(item: Sequence[Inline], words: Callable[[Sequence[Inline]], str]) -> str:
    """An entry of a list; what follows a break in it stands under its words."""
    parts: list[list[Inline]] = [[]]
    for inline in item:
        if isinstance(inline, Break):
            parts.append([])
        else:
            parts[-1].append(inline)
    return "\n  ".join(map(words, parts))


def _plain(inside: Sequence[Inline], guarded: bool) -> str:
    out = []
    for part in inside:
        match part:
            case Run():
                out.append(guard(part) if guarded else part.text)
            case Break():
                out.append("\n")
            case Code(runs):
                out.append(_plain(runs, guarded))
            case Link(label, url):
                text = _plain(label, guarded)
                out.append(text if text == url else f"{text} ({url})")
            case Strong(label) | Emphasis(label):
                out.append(_plain(label, guarded))
    return "".join(out)


def html(document: Document) -> str:
    """The document in h3, h4, p, br, strong, em, code, a, ul, ol and li; all else escaped."""
    out = []
    for block in document.blocks:
        if isinstance(block, Heading):
            out.append(f"<h{block.level + 2}>{_html(block.inside)}</h{block.level + 2}>")
            continue
        if isinstance(block, Paragraph):
            out.append(f"<p>{_html(block.inside)}</p>")
            continue
        items = "".join(f"<li>{_html(item)}</li>" for item in block.items)
        if block.start is None:
            out.append(f"<ul>{items}</ul>")
        elif block.start == 1:
            out.append(f"<ol>{items}</ol>")
        else:
            out.append(f'<ol start="{block.start}">{items}</ol>')
    return "".join(out)


def _html(inside: Sequence[Inline]) -> str:
    out = []
    for part in inside:
        match part:
            case Run():
                out.append(escape(guard(part)))
            case Break():
                out.append("<br>")
            case Code(runs):
                out.append(f"<code>{_html(runs)}</code>")
            case Link(label, url):
                out.append(f'<a href="{escape(url)}">{_html(label)}</a>')
            case Strong(label):
                out.append(f"<strong>{_html(label)}</strong>")
            case Emphasis(label):
                out.append(f"<em>{_html(label)}</em>")
    return "".join(out)


def discord(document: Document) -> str:
    """The document in Discord's Markdown; a number's dot is escaped, so that Discord keeps it."""

    def heading(text: str, level: int) -> str:
        return f"{'#' * (level + 1)} {text}"

    return _write(document, _discord, heading, "{}\\. ")


_DISCORD_MARKS = re.compile(r"(https://\S+)|^(\d+)\.|[\\*_~`|<>\[\]]|^[#+-]")


def _discord(inside: Sequence[Inline]) -> str:
    out = []
    for part in inside:
        match part:
            case Run():
                out.append(_escaped(part))
            case Break():
                out.append("\n")
            case Code(runs):
                text = "".join(map(guard, runs))
                out.append("".join(map(_escaped, runs)) if "`" in text else f"`{text}`")
            case Link(label, url):
                out.append(f"[{_discord(label)}]({url})")
            case Strong(label):
                out.append(f"**{_discord(label)}**")
            case Emphasis(label):
                out.append(f"*{_discord(label)}*")
    return "".join(out)


def _escaped(run: Run) -> str:
    return _DISCORD_MARKS.sub(_escape_mark, guard(run))


def _escape_mark(mark: re.Match[str]) -> str:
    if mark[1]:
        return mark[1]  # an address of ours stays whole
    return f"{mark[2]}\\." if mark[2] else f"\\{mark[0]}"


#: Where an invisible U+200B keeps a program from seeing an address, a mention or a room.
_GUARDED = re.compile(
    r"(?<=@)(?=[\w!&]|$)"  # @everyone, @room, @anna:server, info@server
    r"|(?<=[^\W\d_]:)(?=\S)"  # https://, mailto:, :emoji:
    r"|(?<=:)(?=//)"
    r"|(?<=[\w\]])(?=[.。．｡][^\W\d_]{2})"  # example.org
    r"|(?<=[#!+])(?=\w[^\s:]*:\w)"  # #room:server
    r"|(?<=<)(?=[@#:/a-z])"  # <@1>, <#1>, </x:1>, <id:home>
)


def guard(run: Run) -> str:
    """The words of a run, which no chat program turns into a mention or a link."""
    if run.source in (Source.CATALOGUE, Source.NAME):
        return run.text
    return _GUARDED.sub("\u200b", run.text)
