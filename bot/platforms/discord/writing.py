"""Writes a document in Discord's Markdown; words of people become no mention and no link."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.platforms.document import Break, Code, Document, Emphasis, Inline, Link, Run, Strong
from bot.platforms.writing import guard, written


def markdown(document: Document) -> str:
    """The document in Discord's Markdown; a number's dot is escaped, so that Discord keeps it."""

    def heading(text: str, level: int) -> str:
        return f"{'#' * (level + 1)} {text}"

    return written(document, _markdown, heading, "{}\\. ")


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


def _escaped(run: Run) -> str:
    return _MARKS.sub(_escape_mark, guard(run))


def _escape_mark(mark: re.Match[str]) -> str:
    if mark[1]:
        return mark[1]  # an address of ours stays whole
    return f"{mark[2]}\\." if mark[2] else f"\\{mark[0]}"
