"""The picture of who took part by round: people who voted, and contributions."""

from __future__ import annotations

import re

import msgspec
from handmade import PAGES, gone, poll, proposal, question, result, round_, said

from advice.document import Table, plain
from advice.documents import document, written
from advice.drawing.strips import turnout as svg
from advice.drawing.turnout import Turnout
from advice.model import Result


def made(**more: object) -> Result:
    """Three statements of residents (one hidden) and one of the town, voted on by 40; a poll with
    too few votes; a question hour, in which nobody votes; a vote on recommendations by 10."""
    own = msgspec.structs.replace(said("S4", "Van de gemeente.", (9, 9, 0), 40), staff=True)
    statements = [
        said("S1", "Meer bomen.", (30, 10, 0), 40),
        said("S2", "Meer lampen.", (20, 20, 0), 40),
        gone("S3", "hidden"),
        own,
    ]
    asked = poll("P1", "Wat eerst?", "one", {"Bomen": 2, "Lampen": 1}, 3, [])
    asked = msgspec.structs.replace(asked, counts=None, voters=None, suppressed=True)
    rounds = [
        round_("statements", "Stellingen", statements, 40),
        round_("poll", "Wat eerst", [asked], None, 2),
        round_("questions", "Vragen", [question("V1", "Wanneer?", 9)], 0, 3),
        round_("closing", "Wat gaat naar de raad, en wat blijft hier?", [], 10, 4),
    ]
    rounds[3] = msgspec.structs.replace(rounds[3], items=[proposal("A1", "Bomen.", 6, 4)])
    return result(rounds, kind="verslag", **more)


def course(found: Result) -> tuple[Turnout, Table]:
    blocks = [block for section in document(found, PAGES).sections for block in section.blocks]
    (picture,) = [block for block in blocks if isinstance(block, Turnout)]
    return picture, next(b for b in blocks[blocks.index(picture) :] if isinstance(b, Table))


def test_its_figures_are_those_of_the_table_under_it() -> None:
    picture, table = course(made())
    assert [[each.words for each in one.measures] for one in picture.rounds] == [
        ["Gestemd: 40", "Bijdragen: 2"],
        ["Gestemd: minder dan 5"],
        ["Bijdragen: 1"],
        ["Gestemd: 10"],
    ]
    assert [tuple(map(plain, row.cells[-2:])) for row in table.rows] == [
        ("40", "2"),
        ("minder dan 5", "–"),
        ("–", "1"),
        ("10", "–"),
    ]


def test_its_words_are_said_to_whoever_cannot_see_it() -> None:
    assert course(made())[0].description == (
        "Ronde 1: Gestemd: 40, Bijdragen: 2. Ronde 2: Gestemd: minder dan 5. "
        "Ronde 3: Bijdragen: 1. Ronde 4: Gestemd: 10."
    )


def test_the_longest_bar_is_the_largest_figure_and_few_people_have_none() -> None:
    """40 is 55 percent of the width, 2 is a twentieth of that, 1 half of it, 10 a quarter."""
    drawn = svg(course(made())[0]).split("</g>")[1]
    bars = re.findall(r'<rect class="(\w+)" x="0" y="\d+" width="([\d.]+)%"', drawn)
    assert bars == [("agree", "55"), ("pass", "2.75"), ("pass", "1.375"), ("agree", "13.75")]
    assert '<text x="0"' in drawn.split("Gestemd: minder dan 5")[0][-40:]


def test_a_title_is_cut_after_a_word_and_is_never_markup() -> None:
    evil = '"><img src=x onerror=alert(1)>'
    picture, _ = course(made())
    assert plain((picture.rounds[3].title,)) == "Wat gaat naar de raad, en wat…"
    page = written(result([round_("statements", evil, [], 9)], kind="verslag"), PAGES)
    assert b"<img" not in page["verslag.html"]


def test_a_skipped_round_has_no_figures() -> None:
    skipped = msgspec.structs.replace(
        round_("poll", "Over", [], 0, 2), state="skipped", opened_at=None, closed_at=None
    )
    first = round_("statements", "S", [said("S1", "Bomen.", (9, 1, 0), 10)], 10)
    picture, _ = course(result([first, skipped], kind="verslag"))
    assert [len(one.measures) for one in picture.rounds] == [2, 0]
    assert "Ronde 2" not in picture.description
