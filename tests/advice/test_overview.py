"""The picture at the top of the page: every statement, from agreed to rejected."""

from __future__ import annotations

import re

import msgspec
import pytest
from handmade import PAGES, result, round_, said
from handmade_street import street, suppressed

from advice.document import Overview, Quote, plain
from advice.documents import document, written
from advice.drawing.overview import LETTERS, ROWS, beginning
from advice.drawing.overview_rows import svg
from advice.model import Item, Result
from advice.page import LIMIT, length
from advice.quotes import spans
from tests.sentences import printed

#: 20 voted in this round, so that 10 votes are enough.
ITEMS = (
    said("S1", "De bus moet vaker rijden.", (9, 9, 2), 20),  # divided
    said("S2", "De straat moet autovrij.", (2, 17, 1), 20),  # rejected
    said("S3", "Er moeten meer bomen komen.", (19, 1, 0), 20),  # agreed
    said("S4", "Een kast met boeken.", (3, 1, 1), 20),  # too few votes
    said("S5", "Meer lampen op de hoek van de lange straat.", (12, 4, 4), 20),  # agreed, less
)


def made(*items: Item, more: tuple[Item, ...] = ()) -> Result:
    rounds = [round_("statements", "S", list(items), 20)]
    if more:
        rounds.append(round_("statements", "Nog eens", list(more), 20))
    return result(rounds, kind="verslag")


def drawn(found: Result) -> Overview:
    (picture,) = document(found, PAGES).page.drawn
    assert isinstance(picture, Overview)
    return picture


def test_every_statement_stands_in_it_by_what_it_is() -> None:
    bands = {band.title: [bar.number for bar in band.bars] for band in drawn(made(*ITEMS)).bands}
    assert bands == {
        "Eens: 2": ["S3", "S5"],
        "Verdeeld: 1": ["S1"],
        "Oneens: 1": ["S2"],
        "Te weinig stemmen: 1": ["S4"],
    }
    assert list(bands) == ["Eens: 2", "Verdeeld: 1", "Oneens: 1", "Te weinig stemmen: 1"]


def test_those_of_every_round_stand_in_one_picture() -> None:
    found = drawn(made(*ITEMS[:2], more=ITEMS[2:]))
    assert [bar.number for band in found.bands for bar in band.bars] == [
        *("S3", "S5", "S1", "S2", "S4"),
    ]


def test_its_words_are_said_to_whoever_cannot_see_it() -> None:
    assert drawn(made(*ITEMS)).description == (
        "Van meest eens naar meest oneens. "
        "Eens: S3: 19 eens, 0 weet ik niet, 1 oneens. S5: 12 eens, 4 weet ik niet, 4 oneens. "
        "Verdeeld: S1: 9 eens, 2 weet ik niet, 9 oneens. "
        "Oneens: S2: 2 eens, 1 weet ik niet, 17 oneens. "
        "Te weinig stemmen: S4: 3 eens, 1 weet ik niet, 1 oneens."
    )


def test_it_stands_before_everything_that_is_counted_as_the_page() -> None:
    page = written(street(), PAGES)["advies.html"].decode()
    first = page.index('class="picture every" role="img" aria-labelledby="beeld-t beeld-d"')
    assert page.index("</header>") < first < page.index("<h2>")
    assert '<desc id="beeld-d">Van meest eens' in page
    whole = document(street(), PAGES).page
    assert length(whole) <= LIMIT


def test_a_screen_reader_hears_it_once_by_its_name() -> None:
    """What is drawn is hidden from it: its name and words are those of the whole."""
    outer, key, rows = svg(drawn(made(*ITEMS))).split("<", 3)[1:]
    assert outer.startswith('div class="picture every" role="img"')
    assert 'aria-hidden="true"' in key
    assert '<div aria-hidden="true">' in rows.split('<div class="row">')[0]


def test_its_table_is_one_link_away() -> None:
    page = written(made(*ITEMS), PAGES)["verslag.html"].decode()
    caption = page[page.index("<figcaption>") : page.index("</figcaption>")]
    assert 'vanaf <a href="#S1">S1</a>' in caption
    assert '<tr role="row" id="S1">' in page
    assert plain(drawn(made(*ITEMS)).caption) == printed("overview.caption_rows", n=5, first="S1")


def test_a_part_is_told_by_more_than_its_colour() -> None:
    """Of S5: solid 12 of 20, blank 4, hatched 4, in this order, with their numbers."""
    row = svg(drawn(made(ITEMS[4]))).split('<div class="row">')[1]
    rects = re.findall(
        r'<rect class="(\w+)" x="([\d.]+)%" width="([\d.]+)%"[^>]*?( fill=[^/]+)?/>', row
    )
    assert rects == [
        ("agree", "0", "60", ""),
        ("pass", "60", "20", ""),
        ("disagree", "80", "20", ' fill="url(#beeld-p)"'),
    ]
    numbers = re.findall(r'<text class="in-(\w+)" x="([\d.]+)%"[^>]*>(\d+)<', row)
    assert numbers == [("agree", "30", "12"), ("pass", "70", "4"), ("disagree", "90", "4")]


def test_a_number_without_room_is_left_to_the_table() -> None:
    """One of 20 is 5 percent: less than a digit needs."""
    row = svg(drawn(made(ITEMS[2]))).split('<div class="row">')[1]
    assert ">19<" in row
    assert ">1<" not in row
    assert 'class="disagree" x="95%" width="5%"' in row


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Er moeten meer bomen komen.", Quote("Er moeten meer bomen komen.")),
        ("x" * 34, Quote("x" * 34)),
        ("x" * 35, Quote("x" * 34, True)),
        (
            "Meer lampen op de hoek van de lange straat.",
            Quote("Meer lampen op de hoek van de", True),
        ),
        ("Meer lampen op de hoeken van de st", Quote("Meer lampen op de hoeken van de st")),
        (
            "Meer lampen op de hoeken van de st en",
            Quote("Meer lampen op de hoeken van de st", True),
        ),
        ("Meer lampen op de hoeken van de str.", Quote("Meer lampen op de hoeken van de", True)),
        ("a" + "e\u0301" * 18, Quote("a" + "e\u0301" * 16, True)),  # no letter loses its mark
    ],
)
def test_a_text_is_cut_after_the_last_word_that_has_room(text: str, shown: Quote) -> None:
    assert LETTERS == 34
    assert beginning(text) == shown


def test_words_in_the_picture_are_the_beginning_of_what_was_said() -> None:
    page = written(made(*ITEMS), PAGES)["verslag.html"].decode()
    assert spans(page)[:5] == [
        "Er moeten meer bomen komen.",
        "Meer lampen op de hoek van de",
        "De bus moet vaker rijden.",
        "De straat moet autovrij.",
        "Een kast met boeken.",
    ]


def many(n: int) -> Result:
    return made(*(said(f"S{i}", f"Plan {i}.", (20 - i % 21, i % 21, 0), 20) for i in range(n)))


def test_of_many_each_is_a_line_and_the_words_stand_in_the_table() -> None:
    assert not drawn(many(ROWS)).dense
    found = drawn(many(ROWS + 1))
    assert found.dense
    assert sum(len(band.bars) for band in found.bands) == ROWS + 1
    assert "S5" not in svg(found)
    # Against are 0 to 20 of 20, then 0 to 9: up to 8 is agreed (9 + 9), 9 to 11 divided (3 + 1).
    assert found.description == (
        "Van meest eens naar meest oneens. Eens: 18. Verdeeld: 4. Oneens: 9. "
        "De cijfers van elke stelling staan in de bijlage."
    )


def test_lines_are_as_wide_as_their_shares() -> None:
    """Of 31, two with 20 of 20 for, two with 19, and so on: the shape goes in by 5 percent."""
    shapes = re.findall(r'<path class="agree" d="([^"]+)"', svg(drawn(many(31))))
    assert shapes[0].startswith("M0 0H100v1H100v1H95v1H95v1H90v1")
    assert shapes[0].endswith("H60v1H0Z")
    assert len(shapes) == 3


def test_nothing_is_drawn_of_what_is_held_back_or_hidden() -> None:
    assert document(suppressed(), PAGES).page.drawn == ()
    hidden = msgspec.structs.replace(ITEMS[0], state="hidden")
    assert [bar.number for bar in drawn(made(hidden, ITEMS[1])).bands[0].bars] == ["S2"]


def test_a_report_of_nothing_clear_has_its_figures_in_words() -> None:
    page = written(made(ITEMS[0]), PAGES)["verslag.md"].decode()
    assert "S1: 9 eens, 2 weet ik niet, 9 oneens." in page.split("## Bijlage")[0]
