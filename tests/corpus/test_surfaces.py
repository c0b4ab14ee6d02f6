"""Promises 14 to 16: wherever words of people come out or go in, a test tries the corpus there.

Which places there are is asked of the code; which test tries each of them stands here, by hand. A
new place has no test, and fails until it has one.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from advice import bundle
from advice.archive import decisions, packing
from advice.papers.registry import MADE
from tests.corpus.reading import FITTING, Surface, families, family, texts
from tests.site.made import site

ROOT = Path(__file__).parents[2]

#: Where tests of the corpus stand, by a short name.
HOSTILE = "tests/advice/test_hostile_words.py"
LINES = "tests/locales/test_payloads.py"
SITE = "tests/site/test_payloads.py"
IN = "tests/corpus/test_ways_in.py"

#: Why a place has no test of its own.
FIGURES = "no words of people: sums, codes, votes, what is the same in every town"
WITHIN = "the files that have tests of their own, as they are"

DOCUMENT = f"{HOSTILE}::test_a_document_has_the_same_elements_whatever_was_said"
FOLLOW_UP = "tests/advice/test_followup_page.py::test_whatever_people_wrote_is_words_on_it"
JOURNAL = f"{HOSTILE}::test_every_text_of_a_journal_is_a_line_of_its_own"
PDF = "tests/advice/test_pdf_words.py::test_every_payload_stays_what_was_said"
REGISTER = f"{HOSTILE}::test_the_register_says_what_was_typed_and_no_more"
TABLE = f"{HOSTILE}::test_every_word_in_a_table_is_text_and_as_it_was"
WORKBOOK = "tests/advice/test_workbook.py::test_every_payload_is_a_cell_of_text"

#: The files of bundles and archives, by name.
FILES = {
    "advies.html": DOCUMENT,
    "advies.md": DOCUMENT,
    "advies.pdf": PDF,
    "advies.xlsx": WORKBOOK,
    "agenda.ics": f"{HOSTILE}::test_no_word_leaves_its_line_in_a_calendar",
    "agenda.json": f"{HOSTILE}::test_the_list_of_meetings_has_the_words_as_they_are",
    "besluitenlijst.csv": TABLE,
    "bijeenkomsten-teksten.jsonl": JOURNAL,
    "bijeenkomsten.jsonl": JOURNAL,
    "bundel.zip": WITHIN,
    "comments.csv": TABLE,
    "gemeente.jsonl": JOURNAL,
    "journal.jsonl": JOURNAL,
    "momenten.json": f"{HOSTILE}::test_the_list_of_meetings_has_the_words_as_they_are",
    "ontvangstcodes.csv": FIGURES,
    "opvolging-teksten.jsonl": JOURNAL,
    "opvolging.html": FOLLOW_UP,
    "opvolging.json": FOLLOW_UP,
    "opvolging.jsonl": JOURNAL,
    "opvolging.md": FOLLOW_UP,
    "opvolging.pdf": PDF,
    "register.html": REGISTER,
    "register.json": REGISTER,
    "register.md": REGISTER,
    "stemmen.csv": TABLE,
    "teksten.csv": TABLE,
    "texts.jsonl": JOURNAL,
    "toezeggingen.jsonl": JOURNAL,
    "uitslag.csv": TABLE,
    "uitslag.json": f"{HOSTILE}::test_the_data_of_a_result_has_the_words_as_they_are",
    "verslag.html": DOCUMENT,
    "verslag.md": DOCUMENT,
    "verslag.pdf": PDF,
    "verslag.xlsx": WORKBOOK,
    "votes.csv": FIGURES,
    "x.bestand.mdto.xml": f"{HOSTILE}::test_the_metadata_of_an_archive_is_well_formed",
    "x.mdto.xml": f"{HOSTILE}::test_the_metadata_of_an_archive_is_well_formed",
}

#: The papers, by the name in their registry.
PAPERS = {
    "antwoordbrief": "tests/advice/test_letter.py::test_words_of_people_are_words_alone",
    "evaluatie": f"{HOSTILE}::test_an_evaluation_has_a_title_and_no_other_words",
    "nieuwsbrief": "tests/advice/test_newsletter.py::test_words_of_people_are_words_alone",
    "participatieparagraaf": "tests/advice/test_paragraph.py::test_words_of_people_are_words_alone",
}

#: The files of a site.
PAGES = {
    "agenda.html": f"{SITE}::test_a_page_has_the_same_elements_whatever_was_typed",
    "atom.xml": f"{SITE}::test_the_feed_is_read_whatever_was_typed",
    "gesprekken/de-bocht/index.html": f"{SITE}::test_a_page_has_the_same_elements",
    "gesprekken/de-straat/index.html": f"{SITE}::test_a_page_shows_what_was_typed",
    "index.html": f"{SITE}::test_a_page_has_the_same_elements_whatever_was_typed",
    "over.html": FIGURES,
    "register.html": f"{SITE}::test_a_page_has_the_same_elements_whatever_was_typed",
    "site.json": f"{SITE}::test_the_data_has_the_words_as_they_are",
    "site.schema.json": FIGURES,
    "tellen.html": FIGURES,
}

#: The templates of pages, each of which has a page.
TEMPLATES = {
    "advies.html.j2": DOCUMENT,
    "advies.typ": PDF,
    "agenda.html.j2": PAGES["agenda.html"],
    "base.html.j2": PAGES["index.html"],
    "gesprek.html.j2": PAGES["gesprekken/de-straat/index.html"],
    "index.html.j2": PAGES["index.html"],
    "over.html.j2": FIGURES,
    "parts.html.j2": PAGES["gesprekken/de-straat/index.html"],
    "register.html.j2": PAGES["register.html"],
    "tafels.html.j2": f"{HOSTILE}::test_pages_for_tables_have_words_alone",
    "tellen.html.j2": FIGURES,
}

#: The platforms, by the file or folder of each: how a message is written there.
PLATFORMS = {
    "console": f"{LINES}::test_plain_shows_the_text_on_its_line",
    "discord": "tests/discord/test_payloads.py::test_payloads_through_the_whole_bot",
    "matrix": "tests/matrix/faults/test_payloads.py::test_every_payload_in_every_place",
}

#: The modules that write a form of documents: what they give is tried where it comes out.
WRITERS = {
    "cells": TABLE,
    "forms": PDF,
    "html": DOCUMENT,
    "lettering": DOCUMENT,
    "letters": PDF,
    "logo": FIGURES,
    "markdown": DOCUMENT,
    "pdf": PDF,
    "polis": TABLE,
    "sheets": WORKBOOK,
    "tables": TABLE,
    "theme": FIGURES,
    "workbook": WORKBOOK,
}

#: By surface, a test that uses just its texts.
BY_SURFACE = {
    Surface.CHAT: f"{LINES}::test_html_has_the_catalogues_tags_and_the_same_text",
    Surface.FEED: f"{HOSTILE}::test_no_word_leaves_its_line_in_a_calendar",
    Surface.JSON: f"{IN}::test_a_line_of_a_transcript_is_one_line_whatever_stands_in_it",
    Surface.LOG: f"{IN}::test_a_line_of_output_is_one_line_whatever_was_named",
    Surface.NAME: f"{IN}::test_a_title_makes_a_name_that_is_no_path",
    Surface.PAGE: DOCUMENT,
    Surface.PDF: PDF,
    Surface.TABLE: TABLE,
    Surface.WORDS: f"{IN}::test_what_looks_like_a_word_of_staff_is_none_from_a_resident",
}

TABLES = (FILES, PAPERS, PAGES, TEMPLATES, PLATFORMS, WRITERS, BY_SURFACE)


def platforms() -> set[str]:
    """The folder of each platform, and the one that is a file."""
    folder = ROOT / "bot/platforms"
    return {path.parent.name for path in folder.glob("*/__init__.py")} | {"console"}


def templates() -> set[str]:
    found = [path for end in ("*.j2", "*.typ") for path in (ROOT / "advice").rglob(end)]
    return {path.name for path in found}


def archived() -> set[str]:
    """The files that an archive has besides those of bundles."""
    return {decisions.NAME, "x.mdto.xml", "x.bestand.mdto.xml"}


@pytest.mark.parametrize(
    ("tried", "there"),
    [
        (FILES, {name for name in bundle.NAMES if not name.startswith("SHA256SUMS")} | archived()),
        (PAPERS, set(MADE)),
        (PAGES, set(site())),
        (TEMPLATES, templates()),
        (PLATFORMS, platforms()),
        (WRITERS, {path.stem for path in (ROOT / "advice/writing").glob("[!_]*.py")}),
        (BY_SURFACE, set(Surface)),
    ],
    ids=["files", "papers", "pages", "templates", "platforms", "writers", "surfaces"],
)
def test_every_place_that_shows_words_has_a_test(
    tried: dict[object, str], there: set[object]
) -> None:
    assert set(tried) == there


def test_an_archive_has_no_form_of_file_that_nothing_tries() -> None:
    forms = {name[name.rindex(".") :] for name in FILES}
    assert set(packing._MEDIA) <= forms


@cache
def functions(file: str) -> dict[str, str]:
    """The functions of a test file, with their source."""
    source = (ROOT / file).read_text("utf-8")
    return {
        node.name: ast.get_source_segment(source, node) or ""
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }


@pytest.mark.parametrize(
    "named", sorted({t for table in TABLES for t in table.values() if "::" in t})
)
def test_the_tests_that_are_named_use_the_corpus(named: str) -> None:
    file, _, name = named.partition("::")
    assert "tests.corpus" in (ROOT / file).read_text("utf-8")
    (source,) = [text for each, text in functions(file).items() if each.startswith(name)]
    used = ("texts(", "tried(", "family(", "ALL", "TRIED", "GIVEN")
    assert any(word in source for word in used), named


@pytest.mark.parametrize("surface", Surface)
def test_a_surface_has_enough_texts(surface: Surface) -> None:
    assert len(set(texts(surface))) >= 300


def test_every_family_fits_some_surface_and_says_nothing_twice() -> None:
    used = {name for fitting in FITTING.values() for name in (*fitting.placed, *fitting.alone)}
    assert used == families()
    for name in used:
        assert len(set(family(name))) == len(family(name)), name
