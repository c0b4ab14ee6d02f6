"""The PDF: what a screen reader meets, the same bytes, and that people's words stay words."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import page as checker
import pytest
from handmade import PAGES
from handmade_odd import large, nasty
from handmade_rounds import polls
from handmade_street import interim, street, too_few
from tagged import Tag, Tagged, bare, loose, same, tagged
from test_theme import DOT, SVG

from advice.document import (
    Drawn,
    Table,
    bars_of,
    plain,
    quotes,
)
from advice.documents import document
from advice.model import Result
from advice.words import utc
from advice.writing.lettering import one_line, visible
from advice.writing.letters import printable
from advice.writing.logo import Logo
from advice.writing.pdf import pdf
from advice.writing.theme import NEUTRAL
from tests.docs.pages import ROOT

AT = datetime(2026, 12, 3, 19, 30, tzinfo=UTC)
RESULTS = {
    "street": street,
    "polls": polls,
    "nasty": nasty,
    "interim": interim,
    "too_few": too_few,
}
LACKS = ("Sommige letters ontbreken.",)


def made(result: Result) -> bytes:
    return pdf(document(result, PAGES), utc(result.journal.at), LACKS)


@cache
def read(name: str) -> tuple[bytes, Tagged]:
    data = made(RESULTS[name]())
    return data, tagged(data)


@pytest.mark.parametrize("name", RESULTS)
def test_a_checker_finds_nothing(name: str) -> None:
    found = checker.validate_pdf_bytes(read(name)[0], profile=checker.ValidationProfile.PDF_UA_1)
    assert [(failure.rule_id, failure.message) for failure in found.failures] == []
    assert found.is_compliant


@pytest.mark.parametrize("name", RESULTS)
def test_it_says_its_title_and_language(name: str) -> None:
    found, result = read(name)[1], RESULTS[name]()
    assert found.title == one_line(document(result, PAGES).page.title.text)
    assert found.shows_title
    assert found.marked
    assert found.language == result.dialogue.language


@pytest.mark.parametrize("name", RESULTS)
def test_headings_are_those_of_the_document_in_order(name: str) -> None:
    whole, found = document(RESULTS[name](), PAGES), read(name)[1]
    headings = [tag for tag in found.tree.every() if re.fullmatch("H[1-6]", tag.role)]
    meant = [("H1", (whole.page.title,))]
    meant += [("H2", section.title) for section in whole.page.sections]
    meant += [("H2", (whole.appendix,))]
    meant += [("H3", section.title) for section in whole.sections]
    told = [(tag.role, bare(tag.text)) for tag in headings]
    assert told == [(level, bare(plain(title))) for level, title in meant]
    assert [bare(entry) for entry in found.outline] == [title for _, title in told]


@pytest.mark.parametrize("name", RESULTS)
def test_quotes_are_read_in_the_order_of_the_document(name: str) -> None:
    """But a picture is read after the list that it stands beside."""
    whole, found = document(RESULTS[name](), PAGES), read(name)[1]
    text, place = bare(found.tree.text), 0
    for quote in quotes(whole, pictures=False):
        said = printable(visible(plain((quote,))))
        if loose(said):
            continue
        where = text.find(bare(said), place)
        assert where >= 0, quote
        place = where


@pytest.mark.parametrize("name", RESULTS)
def test_every_figure_says_what_it_shows(name: str) -> None:
    whole, found = document(RESULTS[name](), PAGES), read(name)[1]
    sections = whole.page.sections + whole.sections
    blocks = [*whole.page.drawn, *(block for section in sections for block in section.blocks)]
    pictures = [block for block in blocks if isinstance(block, Drawn)]
    figures = [*found.tree.every("Figure")]
    assert len(figures) >= len(pictures)
    assert all(figure.alt for figure in figures)
    for picture in pictures:
        alone = [f for f in figures if f.alt == f"{picture.title}. {picture.description}"]
        parts = [f for f in figures if f.alt.startswith(f"{picture.title}. ")]
        assert alone or len(parts) > 1
        for bar in bars_of(picture):
            assert any(f"{bar.number}: " in figure.alt for figure in alone or parts)


@pytest.mark.parametrize("name", RESULTS)
def test_every_table_has_its_column_headers(name: str) -> None:
    whole, found = document(RESULTS[name](), PAGES), read(name)[1]
    sections = whole.page.sections + whole.sections
    tables = [b for s in sections for b in s.blocks if isinstance(b, Table) and b.columns]
    assert len(tables) == len([*found.tree.every("Table")])
    for table, tag in zip(tables, found.tree.every("Table"), strict=True):
        head, *rows = tag.every("TR")
        assert [cell.role for cell in head.children] == ["TH"] * len(table.columns)
        assert [cell.scope for cell in head.children] == ["Column"] * len(table.columns)
        assert [cell.text for cell in head.children] == [c.title for c in table.columns]
        assert len(rows) == len(table.rows)
        for row, meant in zip(rows, table.rows, strict=True):
            for cell, words in zip(row.children, meant.cells, strict=True):
                assert same(cell.text, plain(words))


def test_the_typesetter_cannot_mark_the_header_of_a_row_yet() -> None:
    """Where this fails it can: use it for the first cell of a row, and mend docs/documents.md."""
    typst = pytest.importorskip("typst")
    with pytest.raises(typst.TypstError, match="does not contain `header-cell`"):
        typst.compile(b'#table(columns: 2, pdf.header-cell(scope: "row")[S1], [19])')
    assert "features" not in typst.compile.__text_signature__


def test_the_page_is_one_sheet_whatever_is_on_it() -> None:
    """The appendix begins on the second."""
    for name, make in RESULTS.items():
        whole = replace(document(make(), PAGES), sections=())
        assert tagged(pdf(whole, AT, LACKS)).pages == 1, name


def test_a_picture_of_many_is_parted() -> None:
    found = tagged(made(large(40)))
    figures = [*found.tree.every("Figure")]
    assert len(figures) >= 5
    assert all(figure.alt for figure in figures)


def test_the_same_result_gives_the_same_bytes() -> None:
    assert made(street()) == read("street")[0]
    assert made(polls()) != read("street")[0]


def test_and_so_in_another_process_folder_and_zone(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]\n"
        "from test_pdf import made, street\n"
        "sys.stdout.buffer.write(made(street()))"
    )
    surroundings = {"TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1", "LANG": "tr_TR.UTF-8"}
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        check=True,
    )
    assert run.stdout == read("street")[0]


# The town's own


def figures_of(tree: Tag) -> Iterator[str]:
    return (figure.alt for figure in tree.every("Figure"))


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_logo_has_its_words(kind: str) -> None:
    data = DOT if kind == "png" else SVG.format('<rect width="9" height="9"/>').encode()
    theme = replace(NEUTRAL, logo=Logo(data, kind, 'Wapen van "Haarlem"'))  # type: ignore[arg-type]
    found = pdf(document(street(), PAGES), AT, LACKS, theme)
    assert next(figures_of(tagged(found).tree)) == 'Wapen van "Haarlem"'
    checked = checker.validate_pdf_bytes(found, profile=checker.ValidationProfile.PDF_UA_1)
    assert checked.is_compliant


def test_the_colours_are_those_of_paper() -> None:
    other = replace(NEUTRAL, print=replace(NEUTRAL.print, accent="#004699"))
    dark = replace(NEUTRAL, dark=replace(NEUTRAL.dark, accent="#ffffff"))
    whole = document(street(), PAGES)
    assert pdf(whole, AT, LACKS, other) != pdf(whole, AT, LACKS)
    assert pdf(whole, AT, LACKS, dark) == pdf(whole, AT, LACKS)
