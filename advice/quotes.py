"""Checks every quote, letter for letter, against what was shown; one difference stops the export.

Twice: what the builders of the page hand out must stand in the result, and what then stands in
the written files must be that, in that order, and nothing more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from advice.document import Document, quotes
from advice.kinds import AllPages
from advice.model import Result
from advice.writing.lettering import one_line, visible
from advice.writing.markdown import read

_SPAN = re.compile("«([^»]*)»")

#: The elements of the HTML file that hold a quote and nothing else.
_HOLDERS = (("q", ""), ("tspan", "said"))

#: The tags of such elements, and of any.
_TAG = re.compile(
    r'<(?P<ends>/?)(?P<name>q|tspan)\b(?:[^>]*?\sclass="(?P<kind>[^"]*)")?[^>]*>', re.IGNORECASE
)
_ANY_TAG = re.compile("<[^>]*>")


class Misquoted(Exception):  # noqa: N818 - says what happened
    """A quote that differs from what was shown; ``found`` is the quote."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


def shown(result: Result, pages: AllPages) -> Iterator[str]:
    """Every text that was shown: of items, with what their kind shows besides, reasons,
    recommendations."""
    for round_ in result.rounds:
        own = pages.by_kind[round_.kind].texts
        for item in round_.items:
            if item.state == "shown" and item.text:
                yield item.text
            yield from (told.text for told in own(item) if told.text)
            yield from (reason.text for reason in item.reasons)
    for recommendation in result.recommendations:
        if recommendation.text:
            yield recommendation.text
    yield from (dropped.text for dropped in result.dropped if dropped.text)
    for objection in result.objections:
        if objection.text:
            yield objection.text
        if objection.ruling is not None and objection.ruling.text:
            yield objection.ruling.text


def check(document: Document, result: Result, pages: AllPages) -> None:
    """Check that every quote is a shown text, or if cut the beginning of one; raises
    ``Misquoted``."""
    texts = sorted(set(shown(result, pages)))
    for quote in quotes(document):
        place = bisect_left(texts, quote.text)
        found = texts[place] if place < len(texts) else ""
        if found == quote.text and not quote.cut:
            continue
        following = texts[place + 1] if found == quote.text and place + 1 < len(texts) else found
        if not (quote.cut and following != quote.text and following.startswith(quote.text)):
            raise Misquoted(quote.text)


def checked_markdown(pieces: Iterable[str], document: Document) -> Iterator[str]:
    """The same pieces of a Markdown file, each once its quotes were found to be those of the
    document, in order; raises ``Misquoted``."""
    expected = (one_line(quote.text) for quote in quotes(document, pictures=False))
    return _checked(pieces, _said, expected)


def checked_html(pieces: Iterable[str], document: Document) -> Iterator[str]:
    """The same for an HTML file."""
    return _checked(pieces, spans, (visible(quote.text) for quote in quotes(document)))


def _checked(
    pieces: Iterable[str], said: Callable[[str], list[str]], expected: Iterator[str]
) -> Iterator[str]:
    for piece in pieces:
        for span in said(piece):
            if span != next(expected, None):
                raise Misquoted(span)
        yield piece
    for missing in expected:
        raise Misquoted(missing)


def _said(written: str) -> list[str]:
    return [read(span) for span in _SPAN.findall(written)]


def spans(written: str) -> list[str]:
    """The content of the elements of a piece of HTML that hold quotes, each of which ends in it.
    Whatever people wrote is
    escaped there, so that each tag is one of ours."""
    found: list[str] = []
    inside, depth, begin = "", 0, 0
    for tag in _TAG.finditer(written):
        name = tag["name"].lower()
        if inside:
            if name == inside:
                depth += -1 if tag["ends"] else 1  # a further line of the same quote
            if not depth:
                found.append(_words(written[begin : tag.start()]))
                inside = ""
        elif not tag["ends"] and (name, tag["kind"] or "") in _HOLDERS:
            inside, depth, begin = name, 1, tag.end()
    return [*found, _words(written[begin:])] if inside else found


def _words(written: str) -> str:
    return unescape(_ANY_TAG.sub("", written))
