"""The tables: no cell is a formula, columns are as documented, open votes link to nobody."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from handmade import PAGES, open_votes, receipts, round_, said
from handmade import result as made_of
from handmade_odd import ALL, NASTY, nasty
from handmade_rounds import open_ballot, polls
from handmade_street import street
from hypothesis import example, given
from hypothesis import strategies as st

from advice.writing import cells, polis, tables
from advice.writing.polis import OpenVote, OpenVotes
from advice.writing.tables import Cast


def rows(data: bytes, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet could run the cell; written independently of the code that guards
    against it."""
    if cell[:1] in "\t\r" and cell:
        return True
    stripped = cell.lstrip()
    while stripped and (unicodedata.category(stripped[0])[0] == "C" or stripped[0].isspace()):
        stripped = stripped[1:]
    return unicodedata.normalize("NFKC", stripped[:1])[:1] in tuple("=+-@")


@example("\t1")
@example("\r1")
@example("\x00\r=1")
@given(
    st.text(max_size=20)
    | st.builds(
        "{}{}{}".format,
        st.text(alphabet=" \t\r\n\x00\x0b\u00a0\u200b\ufeff\u2068", max_size=3),
        st.sampled_from("=+-@＝＋－＠﹦﹢﹣﹫⁺⁻⁼"),
        st.text(max_size=10),
    )
)
def test_no_cell_is_a_formula_and_no_word_is_lost(text: str) -> None:
    cell = cells.guarded(text)
    assert not is_formula(cell)
    assert cell in (text, "'" + text)
    (_, (found,)) = rows(tables.written(("text",), [(text,)])) if text else ([], [""])
    assert found == cell


def test_what_is_no_formula_is_left_alone() -> None:
    for text in ("Meer bomen.", "a=b", "'t Is goed zo", ""):
        assert cells.guarded(text) == text


@pytest.mark.parametrize(
    "text",
    "1-2 05 5E3 5e-3 1/2 3:30 1.000 3,5 1.5 12% €5 5 € 1e5 0x 2026-12-01 1-12-2026 1 december|1 mei"
    "|mei 2026|maart|MARCH1|sept-2|dec 1|TRUE|waar|1 300|007|00|1 1/2|20.30 uur|8 pm|(5)|１２-３"
    "|1234567890123456|123E45678901| 05|05 |1,5 EUR".replace(" ", "|", 17).split("|"),
)
def test_what_a_spreadsheet_would_change_is_text(text: str) -> None:
    if text in ("0x", "5", "€"):
        return
    assert cells.guarded(text) == "'" + text
    assert cells.unguarded("'" + text) == text


@pytest.mark.parametrize(
    "text",
    ["5", "0", "2026", "1 3 2", "1=7 3=3", "S1", "P1.", "12 bomen", "Meer bomen.", "'s", "niet 5"],
)
def test_what_stays_as_it_is_is_left_alone(text: str) -> None:
    assert cells.guarded(text) == text
    assert cells.unguarded(text) == text


@given(st.text(max_size=12) | st.text(alphabet="0123456789-/.:, eEapm'", max_size=8))
def test_every_cell_reads_back(text: str) -> None:
    """A plain reader loses nothing: what it reads is the words, or the words behind one sign."""
    assert cells.unguarded(cells.guarded(text)) == text


def test_a_code_of_figures_stays_a_code() -> None:
    """A receipt code may consist of figures: it is guarded, and read back by verify."""
    codes = ["000000000012", "1234E5678901", "ABCDEFGHJKMN"]
    found = rows(tables.receipts({1: codes}))
    assert found[1:] == [["1", "'000000000012"], ["1", "'1234E5678901"], ["1", "ABCDEFGHJKMN"]]


@pytest.mark.parametrize("name", ALL)
def test_tables_have_a_mark_and_semicolons(name: str) -> None:
    made = ALL[name]()
    for data in (
        tables.results(made, PAGES),
        tables.texts(made, PAGES),
        tables.receipts(receipts(made)),
    ):
        assert data.startswith(b"\xef\xbb\xbf")
        assert all(not is_formula(cell) for row in rows(data) for cell in row)
        assert len({len(row) for row in rows(data)}) == 1


def test_columns_are_those_of_the_contract() -> None:
    made = street()
    assert rows(tables.results(made, PAGES))[0] == list(tables.RESULTS)
    assert rows(tables.texts(made, PAGES))[0] == ["item", "kind", "state", "text"]
    assert rows(tables.receipts({}))[0] == ["round", "code"]


def test_every_published_count_is_there() -> None:
    found = rows(tables.results(street(), PAGES))
    assert ["1", "S7", "agree", "19", "", ""] in found
    assert ["1", "S7", "pass", "0", "", ""] in found
    assert ["2", "P1", "Linden", "11", "1", "Linden"] in found
    assert ["3", "A3", "no", "7", "", ""] in found
    assert not any(row[1] in ("S3", "S9") for row in found)
    ranked = rows(tables.results(polls(), PAGES))
    assert ["3", "P3", "Groen [1]", "6", "1", "Groen"] in ranked
    assert ["4", "P4", "Groen [10]", "2", "1", "Groen"] in ranked


def test_every_text_has_its_kind_and_state() -> None:
    found = rows(tables.texts(street(), PAGES))
    assert ["S3", "statement", "hidden", ""] in found
    assert ["S9", "statement", "shown", "Een bord met de naam van de straat."] in found
    assert ["P1", "option", "shown", "Linden"] in found
    assert ["S2", "reason", "shown", "De bus loopt dan vertraging op."] in found
    assert ["A1", "recommendation", "shown", "Bij de school moet een zebrapad komen."] in found


def test_receipts_are_sorted() -> None:
    found = rows(tables.receipts({2: ["B", "A"], 1: ["Z"]}))[1:]
    assert found == [["1", "Z"], ["2", "A"], ["2", "B"]]


def test_the_clerks_ballots_are_guarded_too() -> None:
    casts = [Cast(2, "b1", "P1", "=1+1", "1-2"), Cast(1, "b2", "S1", "agree")]
    assert rows(tables.ballots(casts)) == [
        ["round", "ballot", "item", "choice", "text"],
        ["1", "b2", "S1", "agree", ""],
        ["2", "b1", "P1", "'=1+1", "'1-2"],
    ]


def test_polis_files_are_as_polis_tools_read_them() -> None:
    made = open_ballot()
    votes = polis.votes_file(made, PAGES, open_votes(made))
    comments = polis.comments_file(made, PAGES)
    assert not votes.startswith(b"\xef\xbb\xbf")
    header, *body = rows(votes, ",")
    assert header == ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
    assert {row[0] for row in body} == {"1796153400000"}
    assert {row[1] for row in body} == {"Tue Dec 01 19:30:00 UTC 2026"}
    assert {row[4] for row in body} == {"1", "-1", "0"}
    assert not any(row[2] == "3" for row in body)  # under five voters
    header, *body = rows(comments, ",")
    assert header == list(polis.COMMENTS)
    assert body[0][2:] == ["1", "-1", "5", "1", "1", "Er moeten meer bomen komen."]
    assert body[2][2:] == ["3", "-1", "", "", "1", "Meer licht."]


def test_a_voters_number_says_nothing_about_another_round() -> None:
    items = [[said(f"S{n}", "x", (5, 5, 0), 10)] for n in (1, 2)]
    made = made_of([round_("statements", "S", i, 10, n) for n, i in enumerate(items, 1)])
    given_votes = [
        OpenVote(r, f"ballot-{n}", f"S{r}", 1 if n % 2 else -1) for r in (1, 2) for n in range(10)
    ]
    votes = rows(polis.votes_file(made, PAGES, OpenVotes(given_votes)), ",")[1:]
    first = [row[4] for row in votes if row[2] == "1"]
    second = [row[4] for row in votes if row[2] == "2"]
    assert first != second  # the same ballots come in another order
    numbers = [{row[3] for row in votes if row[2] == item} for item in ("1", "2")]
    assert not numbers[0] & numbers[1]
    reordered = polis.votes_file(made, PAGES, OpenVotes(given_votes[::-1]))
    assert rows(reordered, ",")[1:] == votes  # the order of voting cannot be read


def test_nasty_options_and_texts_stay_text() -> None:
    for data in (tables.results(nasty(), PAGES), tables.texts(nasty(), PAGES)):
        cells = [cell for row in rows(data) for cell in row]
        assert any(cell == "'" + NASTY[0] for cell in cells)
        assert not any(is_formula(cell) for cell in cells)
