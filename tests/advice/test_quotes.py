"""Quotes: when one letter differs, nothing is exported."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from handmade import PAGES
from handmade_odd import ALL
from handmade_street import street
from hypothesis import given
from hypothesis import strategies as st

from advice import documents, quotes
from advice.document import Document, Entries, Entry, Page, Quote, Section
from advice.writing.html import html, pieces
from advice.writing.markdown import markdown

MADE = street()
WHOLE = documents.document(MADE, PAGES)


def quoting(*found: Quote) -> Document:
    """A document with nothing but these quotes."""
    entries = tuple(Entry("S7", (quote,)) for quote in found)
    sections = (Section(("Vragen",), (Entries(entries),)),)
    page = Page(("k",), WHOLE.page.title, (), sections)
    return replace(WHOLE, page=page, sections=())


@pytest.mark.parametrize("name", ALL)
def test_every_document_passes(name: str) -> None:
    documents.written(ALL[name](), PAGES)


@given(st.data())
def test_one_letter_different_is_found(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(sorted(set(quotes.shown(MADE, PAGES)))))
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(codec="utf-8").filter(lambda c: c != text[place]))
    with pytest.raises(quotes.Misquoted):
        quotes.check(quoting(Quote(text[:place] + letter + text[place + 1 :])), MADE, PAGES)
    quotes.check(quoting(Quote(text)), MADE, PAGES)


@given(st.data())
def test_a_cut_quote_is_the_beginning_of_a_text_and_says_so(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(sorted(set(quotes.shown(MADE, PAGES)))))
    end = data.draw(st.integers(1, len(text) - 1))
    quotes.check(quoting(Quote(text[:end], cut=True)), MADE, PAGES)
    if text[:end] not in quotes.shown(MADE, PAGES):
        with pytest.raises(quotes.Misquoted):
            quotes.check(quoting(Quote(text[:end])), MADE, PAGES)
    longer = [
        other for other in quotes.shown(MADE, PAGES) if other != text and other.startswith(text)
    ]
    if not longer:
        with pytest.raises(quotes.Misquoted):
            quotes.check(quoting(Quote(text, cut=True)), MADE, PAGES)


def test_what_is_hidden_cannot_be_quoted() -> None:
    hidden = [
        msgspec.structs.replace(item, state="hidden") if item.number == "S8" else item
        for item in MADE.rounds[0].items
    ]
    rounds = [msgspec.structs.replace(MADE.rounds[0], items=hidden), *MADE.rounds[1:]]
    made = msgspec.structs.replace(MADE, rounds=rounds)
    with pytest.raises(quotes.Misquoted):
        quotes.check(quoting(Quote("De gemeente kan hier laadpalen plaatsen.")), made, PAGES)


@pytest.mark.parametrize("name", ALL)
def test_a_written_file_that_says_something_else_is_found(name: str) -> None:
    whole = documents.document(ALL[name](), PAGES)
    as_markdown, as_html = markdown(whole), html(whole)
    list(quotes.checked_markdown([as_markdown], whole))
    assert "".join(quotes.checked_html(pieces(whole), whole)) == as_html
    for broken in (
        as_markdown.replace("«", "«x", 1),
        as_markdown + "«Dit zei niemand.»",
        as_markdown.replace("«", "", 1),
    ):
        with pytest.raises(quotes.Misquoted):
            list(quotes.checked_markdown([broken], whole))
    for broken in (
        as_html.replace('<q dir="auto">', '<q dir="auto">x', 1),
        as_html.replace("</body>", "<q>Dit zei niemand.</q></body>"),
        as_html.replace("</q>", "x</q>", 1),
    ):
        with pytest.raises(quotes.Misquoted):
            list(quotes.checked_html([broken], whole))


def test_a_misquote_stops_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advice.phrases.quote", lambda text, limit=None: Quote(text + "!"))
    with pytest.raises(quotes.Misquoted):
        documents.written(MADE, PAGES)
