"""The workbook: words stay words, figures are numbers, and a spreadsheet shows it so."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from defusedxml import ElementTree
from handmade import PAGES
from handmade_odd import nasty
from handmade_rounds import polls
from handmade_street import street, suppressed

from advice.documents import document
from advice.model import Result
from advice.writing.sheets import Sheet, sheets
from advice.writing.workbook import LONGEST, workbook
from tests.corpus.reading import Surface, texts

AT = datetime(2026, 12, 3, 19, 30, tzinfo=UTC)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def made(result: Result) -> tuple[Sheet, ...]:
    return sheets(result, PAGES, document(result, PAGES))


def written(result: Result) -> bytes:
    return workbook(made(result), "Titel", AT)


def rows(sheet: Sheet) -> list[tuple[object, ...]]:
    return [*sheet.rows]


def named(found: tuple[Sheet, ...], name: str) -> Sheet:
    (sheet,) = [sheet for sheet in found if sheet.name == name]
    return sheet


def test_figures_are_those_that_were_counted() -> None:
    found = named(made(street()), "Uitslag")
    assert found.columns == ("Ronde", "Tabel", "Nr.", "Tekst", "Wat is geteld", "Aantal", "Uitslag")
    table, text = "Alle stellingen van ronde 1", "«Bij de school moet een zebrapad komen.»"
    assert rows(found)[:3] == [
        (1, table, "S1", text, "Eens", 20, "eens"),
        (1, table, "S1", text, "Oneens", 1, "eens"),
        (1, table, "S1", text, "Weet ik niet", 0, "eens"),
    ]
    assert (2, "«Linden»", "Gekozen", 11) in [(r[0], r[3], r[4], r[5]) for r in found.rows]


def test_the_other_sheets_of_a_street() -> None:
    found = made(street())
    assert [sheet.name for sheet in found] == [
        "Overzicht",
        "Aanbevelingen",
        "Uitslag",
        "Teksten",
        "Deelnemers",
        "Rondes",
        "Afspraken",
        "Niet getoond",
        "Wijzigingen",
    ]
    assert rows(named(found, "Aanbevelingen"))[0][:6] == (
        "A1",
        "Bij de school moet een zebrapad komen.",
        "S1",
        18,
        1,
        "",
    )
    assert rows(named(found, "Deelnemers"))[0] == ("Deden mee", 23)
    asked = [text for part, text in named(found, "Overzicht").rows if part.startswith("Wat deze")]
    assert asked[0] == "A1 «Bij de school moet een zebrapad komen.»"


def test_what_is_held_back_is_no_number() -> None:
    figures = named(made(suppressed()), "Uitslag").rows
    held = [row for row in figures if row[6] == "minder dan 5 stemmers, geen uitslag"]
    assert held
    assert {row[5] for row in held} == {"–"}


def test_no_figure_about_one_to_four_people() -> None:
    few = street()
    people = few.participants
    result = type(few)(
        **{name: getattr(few, name) for name in few.__struct_fields__}
        | {"participants": type(people)(None, 20, None, people.attested, False, None, None)}
    )
    told = rows(named(made(result), "Deelnemers"))
    unknown = "een aantal dat we niet noemen"
    assert told[:3] == [("Deden mee", unknown), ("Stemden", 20), ("Schreven iets", unknown)]


def test_english_headings() -> None:
    dutch = street()
    dialogue = dutch.dialogue
    english = type(dialogue)(
        **{n: getattr(dialogue, n) for n in dialogue.__struct_fields__} | {"language": "en"}
    )
    result = type(dutch)(
        **{n: getattr(dutch, n) for n in dutch.__struct_fields__} | {"dialogue": english}
    )
    names = [sheet.name for sheet in made(result)]
    assert names[:5] == ["Overview", "Recommendations", "Results", "Texts", "Participants"]


@pytest.mark.parametrize("make", [street, polls, nasty])
def test_the_same_result_gives_the_same_bytes(make: object) -> None:
    result = make()  # type: ignore[operator]
    first = written(result)
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-12-03T19:30:00Z" in parts.read("docProps/core.xml")
    assert written(result) == first


# What a spreadsheet reads


def pages(data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in sorted(parts.namelist()):
            if name.endswith((".xml", ".rels")):
                yield name, parts.read(name).decode()


def cells(data: bytes) -> list[list[str | float]]:
    """The first sheet as it is stored; text only where the cell is one of text."""
    every = dict(pages(data))
    shared = [
        _unescaped("".join(each.text or "" for each in entry.iter(f"{MAIN}t")))
        for entry in ElementTree.fromstring(every["xl/sharedStrings.xml"])
    ]
    sheet = ElementTree.fromstring(every["xl/worksheets/sheet1.xml"])
    found: list[list[str | float]] = []
    for row in sheet.iter(f"{MAIN}row"):
        line: list[str | float] = []
        for cell in row:
            value = cell.findtext(f"{MAIN}v")
            assert [child.tag for child in cell] in ([f"{MAIN}v"], [])
            if cell.get("t") == "s":
                line.append(shared[int(value or 0)])
            else:
                line.append(float(value) if value is not None else "")
        found.append(line)
    return found


def _unescaped(text: str) -> str:
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


#: The last is longer than a cell may be.
ALL = (*texts(Surface.TABLE), "x" * (LONGEST + 10))


def all_said() -> bytes:
    lines = tuple((n, text) for n, text in enumerate(ALL))
    return workbook((Sheet("Blad", ("Nr.", "Tekst"), lines, frozenset({1})),), ALL[0], AT)


def test_every_payload_is_a_cell_of_text() -> None:
    assert len(set(ALL)) >= 300
    data = all_said()
    head, *told = cells(data)
    assert head == ["Nr.", "Tekst"]
    for (number, *said), text in zip(told, ALL, strict=True):
        assert isinstance(number, float)
        meant = re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
        meant = meant if len(meant) <= LONGEST else meant[: LONGEST - 1] + "…"
        assert said == [meant.replace("\r\n", "\n")] or said == [meant], text
    for name, source in pages(data):
        assert "<f>" not in source, name
        assert "hyperlink" not in source, name
        assert 'TargetMode="External"' not in source, name


def test_the_first_row_stays_and_columns_are_as_wide_as_what_is_in_them() -> None:
    every = dict(pages(written(street())))
    for number in range(1, 10):
        sheet = ElementTree.fromstring(every[f"xl/worksheets/sheet{number}.xml"])
        (pane,) = sheet.iter(f"{MAIN}pane")
        assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
        widths = [float(column.get("width", "0")) for column in sheet.iter(f"{MAIN}col")]
        assert widths
        assert all(8 <= width <= 72 for width in widths)


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here (soffice)")
def test_libreoffice_shows_every_word_and_computes_nothing(tmp_path: Path) -> None:
    """Opened headless and written as csv, every sheet as it is shown."""
    book = tmp_path / "boek.xlsx"
    book.write_bytes(all_said())
    form = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = [OFFICE, home, "--headless", "--convert-to", form, "--outdir", tmp_path, book]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    text = (tmp_path / "boek-Blad.csv").read_text("utf-8")
    head, *told = csv.reader(io.StringIO(text), delimiter=";")
    assert head == ["Nr.", "Tekst"]
    assert [row[0] for row in told] == [str(n) for n in range(len(ALL))]
    for row, text in zip(told, ALL, strict=True):
        if text.isprintable() and len(text) < 1000:
            assert row[1] == text
