"""Writes a document as lines of text and as HTML, the forms that most platforms read.

Both say the same; in HTML an invisible U+200B keeps words of people from becoming a mention or a
link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from bot.platforms.document import (
    Block,
    Break,
    Code,
    Document,
    Emphasis,
    Heading,
    Inline,
    Items,
    Link,
    Paragraph,
    Run,
    Source,
    Strong,
)


def plain(document: Document, *, guarded: bool = False, secret: str = "") -> str:
    """The document as lines of text, headings in capitals.

    ``guarded`` adds invisible marks, for a place where programs turn plain text into mentions and
    links. ``secret`` takes the place of secret words.
    """

    def heading(text: str, level: int) -> str:
        return text.upper() if level == 1 else text

    return written(document, lambda inside: _plain(inside, guarded, secret), heading, "{}. ")


def written(
    document: Document,
    words: Callable[[Sequence[Inline]], str],
    heading: Callable[[str, int], str],
    number: str,
) -> str:
    """The document line by line. ``words`` writes a block's content, ``heading`` a heading,
    ``number`` is what stands before a numbered entry."""
    return below(document, lambda block: lines(block, words, heading, number))


def below(document: Document, lines: Callable[[Block], str]) -> str:
    """The blocks of a document, each as ``lines`` writes it, one below the other."""
    out: list[str] = []
    for block in document.blocks:
        if out:
            out.append("\n" if block.tight else "\n\n")
        out.append(lines(block))
    return "".join(out)


def lines(
    block: Block,
    words: Callable[[Sequence[Inline]], str],
    heading: Callable[[str, int], str],
    number: str,
) -> str:
    """One block; for the rest see ``written``."""
    match block:
        case Heading(inside, level):
            return heading(words(inside), level)
        case Paragraph(inside):
            return words(inside)
        case Items(items, start):
            return "\n".join(
                ("- " if start is None else number.format(start + index)) + _entry(item, words)
                for index, item in enumerate(items)
            )


def _entry(item: Sequence[Inline], words: Callable[[Sequence[Inline]], str]) -> str:
    """An entry of a list; what follows a break in it stands under its words."""
    parts: list[list[Inline]] = [[]]
    for inline in item:
        if isinstance(inline, Break):
            parts.append([])
        else:
            parts[-1].append(inline)
    return "\n  ".join(map(words, parts))


def secret_at(document: Document) -> int | None:
    """How many characters stand before the first secret words of the plain text; None: no such
    words."""
    at = plain(document, secret=_SECRET).find(_SECRET)
    return None if at < 0 else at


#: Stands for secret words where they are looked for; no text has it.
_SECRET = "\x00"


def _plain(inside: Sequence[Inline], guarded: bool, secret: str) -> str:
    out = []
    for part in inside:
        match part:
            case Run() if secret and part.secret:
                out.append(secret)
            case Run():
                out.append(guard(part) if guarded else part.text)
            case Break():
                out.append("\n")
            case Code(runs):
                out.append(_plain(runs, guarded, secret))
            case Link(label, url):
                text = _plain(label, guarded, secret)
                out.append(text if text == url else f"{text} ({url})")
            case Strong(label) | Emphasis(label):
                out.append(_plain(label, guarded, secret))
    return "".join(out)


def html(document: Document) -> str:
    """The document as HTML with h3, h4, p, br, strong, em, code, a, ul, ol and li; all else is
    escaped."""
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
                out.append("" if part.aside else escape(guard(part)))
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
    """The words of a run, marked so that no chat program turns them into a mention or a link."""
    if run.source in (Source.CATALOGUE, Source.NAME):
        return run.text
    return _GUARDED.sub("\u200b", run.text)


#: What opens and closes a part whose direction is its own.
_ISOLATE, _END = "\u2068", "\u2069"


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, with "…" where it was cut; no direction stays open."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    while len(kept) + _left_open(kept) >= most:
        kept = kept[:-1]
    return f"{kept}…{_END * _left_open(kept)}"


def _left_open(text: str) -> int:
    return text.count(_ISOLATE) - text.count(_END)
