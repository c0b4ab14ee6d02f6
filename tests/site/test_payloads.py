"""Promises 14 and 16: what people wrote is shown on the site as they wrote it, and does nothing."""

from __future__ import annotations

import json
import re
from functools import cache
from xml.etree.ElementTree import Element

import html5lib
import pytest
from defusedxml import ElementTree

from advice.writing.lettering import one_line
from tests.corpus.reading import FITTING, Surface, family, texts, tried, whole
from tests.locales.readers import seen
from tests.site.made import site

#: Half a letter can be no text that is stored; what nobody sees leaves its place out.
ALL = sorted({text for text in texts(Surface.PAGE) if seen(text) and whole(text)})
TRIED = [text for text in tried(Surface.PAGE) if text in set(ALL)]
#: Of those: the texts that stand alone, and neither in a sentence nor on a line of their own.
ALONE = {text for names in FITTING[Surface.PAGE] for name in names for text in family(name)}
HARMLESS = "gewone woorden"
#: The page on which words of every sort stand: it is tried with a text in every place.
FULLEST = "gesprekken/de-straat/index.html"
PAGES = (
    "agenda.html",
    "gesprekken/de-bocht/index.html",
    FULLEST,
    "index.html",
    "register.html",
)


@cache
def files(text: str) -> dict[str, bytes]:
    return site(text)


def parsed(data: bytes) -> Element:
    """The page as a browser builds it; it has to mend nothing but letters that are none."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    found: Element = parser.parse(data.decode())
    assert {code for _, code, _ in parser.errors} <= {"invalid-codepoint"}
    return found


def shape(root: Element) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every element with its attributes, in order."""
    return [(str(each.tag), sorted(each.attrib.items())) for each in root.iter()]


def looks(text: str) -> str:
    return seen(one_line(text)).replace("«", "‹").replace("»", "›")


def test_there_are_enough() -> None:
    assert len(ALL) >= 300


@cache
def expected(page: str) -> list[tuple[str, list[tuple[str, str]]]]:
    return shape(parsed(files(HARMLESS)[page]))


@cache
def read(text: str, page: str) -> tuple[bool, str]:
    """Whether a page has the elements that it has with harmless words, and its heading; a page is
    parsed once for both, which takes longer than to make it."""
    root = parsed(files(text)[page])
    (heading,) = ["".join(each.itertext()) for each in root.iter("h1")]
    return shape(root) == expected(page), heading


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_same_elements_whatever_was_typed(page: str) -> None:
    for text in TRIED:
        if page == FULLEST or text in ALONE:
            same, _ = read(text, page)
            assert same, text


def test_no_page_has_anything_that_runs_or_is_fetched() -> None:
    """One script, ours, on the page with the search; nothing that names another address."""
    for name, data in files("<script>alert(1)</script>").items():
        if not name.endswith(".html"):
            continue
        root = parsed(data)
        scripts = ["".join(each.itertext()) for each in root.iter("script")]
        assert len(scripts) == (name == "index.html")
        for each in root.iter():
            assert not [key for key in each.attrib if key.startswith("on") or key == "style"]
            for key in ("href", "src", "action"):
                assert re.match(r"(?!\w+:|//)|data:", each.get(key, "")), (name, each.attrib)


def test_a_page_shows_what_was_typed() -> None:
    for text in TRIED:
        _, heading = read(text, FULLEST)
        assert looks(heading) == looks(text), text


def test_the_feed_is_read_whatever_was_typed() -> None:
    space = "{http://www.w3.org/2005/Atom}"
    for text in TRIED:
        root = ElementTree.fromstring(files(text)["atom.xml"])
        assert {str(each.tag).removeprefix(space) for each in root.iter()} == {
            *("feed", "title", "id", "updated", "link", "author", "name", "entry", "summary")
        }
        titles = [each.findtext(f"{space}title") or "" for each in root.iter(f"{space}entry")]
        assert len(titles) == 7
        begins = ("Advies", "Antwoord", "Begonnen", "Nieuwsbrief november 2026")
        assert all(seen(title).startswith(begins) for title in titles)


def test_the_data_has_the_words_as_they_are() -> None:
    for text in TRIED:
        for one in json.loads(files(text)["site.json"])["dialogues"]:
            assert one["dialogue"]["title"] == text
