"""Checks every quote, letter for letter, against what was shown; one difference stops the export.

Twice: what the builders of the page hand out must stand in the result, and what then stands in
the written files must be that, in that order, and nothing more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser

from advice.document import Document, quotes
from advice.kinds import AllPages
from advice.lettering import one_line, visible
from advice.markdown import read
from advice.model import Result

_SPAN = re.compile("«([^»]*)»")

#: The elements of the HTML file that hold a quote and nothing else.
_HOLDERS = (("q", ""), ("tspan", "said"))


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


def check_markdown(written: str, document: Document) -> None:
    """Check that the quotes in a Markdown file are those of the document, in order; raises
    ``Misquoted``."""
    expected = [one_line(q.text) for q in quotes(document, pictures=False)]
    _same([read(span) for span in _SPAN.findall(written)], expected)


def check_html(written: str, document: Document) -> None:
    """Check that the quotes in an HTML file are those of the document, in order; raises
    ``Misquoted``."""
    _same(spans(written), [visible(q.text) for q in quotes(document)])


def spans(written: str) -> list[str]:
    """The content of the elements of an HTML file that hold quotes."""
    reader = _Reader()
    reader.feed(written)
    reader.close()
    return reader.found


def _same(found: Sequence[str], expected: Sequence[str]) -> None:
    for there, meant in zip(found, expected, strict=False):
        if there != meant:
            raise Misquoted(there)
    if len(found) != len(expected):
        rest: Iterable[str] = found[len(expected) :] or expected[len(found) :]
        raise Misquoted(next(iter(rest)))


class _Reader(HTMLParser):
    """Collects the text of every element that holds a quote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside, self._depth = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("class") or ""
        if self._inside:
            self._depth += tag == self._inside  # a further line of the same quote
        elif (tag, name) in _HOLDERS:
            self._inside, self._depth = tag, 1
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._depth -= 1
            self._inside = self._inside if self._depth else ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data
