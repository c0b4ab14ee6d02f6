"""What became of each recommendation, as a row of shapes with letters and words."""

from __future__ import annotations

import re

import msgspec
import page as checker
import pytest
from handmade import PAGES
from tagged import tagged
from test_followup_page import made as whole_page
from test_followup_page import written

from advice.document import Table, plain
from advice.drawing.states import States
from advice.drawing.strips import states as svg
from advice.followup.model import FollowUp, Noted, Recommendation, Response
from advice.followup.page import document
from advice.words import utc
from advice.writing.pdf import pdf

AT = "2026-12-14T09:01:00Z"


def given(outcome: str, source: str | None) -> Response:
    return Response(outcome, "Wij doen het.", source, AT, None)


def asked(number: str, response: Response | None, *progress: str) -> Recommendation:
    noted = [Noted(state, "Zo ver.", None, AT) for state in progress]
    return Recommendation(number, f"Voorstel {number}.", response, [], noted)


#: Of 18 December; an answer was promised before the 15th, on A5 before 1 February.
RECOMMENDATIONS = [
    asked("A1", given("adopted", "besluit"), "underway", "done"),
    asked("A2", given("partly", "besluit"), "underway"),
    asked("A3", given("not", "besluit")),
    asked("A4", given("adopted", None)),  # a reaction, no decision
    asked("A5", None),
    asked("A6", given("partly", "besluit"), "stopped"),
]


def followed(language: str = "nl", **charter: object) -> FollowUp:
    whole = whole_page(language)
    own = {"answer_days": {"A5": "2027-02-01"}} | charter
    about = msgspec.structs.replace(whole.dialogue, charter=whole.dialogue.charter | own)
    return msgspec.structs.replace(whole, dialogue=about, recommendations=RECOMMENDATIONS)


def shown(found: FollowUp) -> tuple[States, Table]:
    blocks = [
        block
        for section in document(found, PAGES.words(found.dialogue.language)).page.sections
        for block in section.blocks
    ]
    (picture,) = [block for block in blocks if isinstance(block, States)]
    return picture, next(block for block in blocks if isinstance(block, Table))


TOLD = [
    ("A1", "overgenomen", "klaar"),
    ("A2", "deels overgenomen", "bezig"),
    ("A3", "niet overgenomen", ""),
    ("A4", "antwoord te laat", ""),
    ("A5", "nog geen besluit", ""),
    ("A6", "deels overgenomen", "gestopt"),
]


def test_each_has_its_state_and_the_last_that_was_noted() -> None:
    picture, table = shown(followed())
    assert [(tile.number, tile.words, tile.progress) for tile in picture.tiles] == TOLD
    assert [tuple(map(plain, row.cells)) for row in table.rows] == TOLD
    assert picture.description == (
        "A1: overgenomen, klaar. A2: deels overgenomen, bezig. A3: niet overgenomen. "
        "A4: antwoord te laat. A5: nog geen besluit. A6: deels overgenomen, gestopt."
    )


@pytest.mark.parametrize(
    ("day", "at", "words"),
    [
        ("2026-12-18", "2026-12-18T16:00:00Z", "antwoord te laat"),  # 17.00 uur in de stad
        ("2026-12-18", "2026-12-18T15:59:59Z", "nog geen besluit"),
        ("2026-12-19", "2026-12-18T22:00:00Z", "nog geen besluit"),
        (None, "2026-12-18T22:00:00Z", "nog geen besluit"),
    ],
)
def test_one_is_late_from_the_hour_at_which_the_room_hears_so(
    day: str | None, at: str, words: str
) -> None:
    found = followed(answer_by=day)
    found = msgspec.structs.replace(found, journal=msgspec.structs.replace(found.journal, at=at))
    tiles = shown(found)[0].tiles
    assert tiles[3].words == words
    assert tiles[4].words == "nog geen besluit"  # its own day is later


def test_no_two_are_told_apart_by_colour_alone() -> None:
    """Each look has a shape and a letter of its own."""
    drawn = svg(shown(followed())[0])
    tiles = re.findall(
        r'<svg class="tile (\w+)" aria-hidden="true".*?<g .*?>(.*?)<text class="letter".*?>(.)<',
        drawn,
    )
    shapes = {look: (shape, letter) for look, shape, letter in tiles}
    assert set(shapes) == {"adopted", "partly", "not", "late", "waiting"}
    assert len({re.sub(r'class="[^"]*"', "", shape) for shape, _ in shapes.values()}) == 4
    assert {letter for _, letter in shapes.values()} == {"O", "D", "N", "!", "…"}
    assert "dashed" in shapes["waiting"][0]  # the one that has the outline of another


def test_it_stands_above_the_answers_in_both_forms() -> None:
    pages = written(followed())
    page = pages["opvolging.html"].decode()
    assert 'class="picture states" role="img" aria-labelledby="antwoorden-t antwoorden-d"' in page
    assert '<desc id="antwoorden-d">A1: overgenomen, klaar.' in page
    assert (
        page.index('class="picture states"') < page.index("<caption>") < page.index("Voorstel A1")
    )
    assert "| A2 | deels overgenomen | bezig |" in pages["opvolging.md"].decode()


def test_paper_says_the_same() -> None:
    found = followed()
    whole = document(found, PAGES.words("nl"))
    made = pdf(whole, utc(found.journal.at), ("Sommige letters ontbreken.",))
    read = tagged(made)
    (figure,) = read.tree.every("Figure")
    assert figure.alt == f"Het antwoord op elk voorstel. {shown(found)[0].description}"
    checked = checker.validate_pdf_bytes(made, profile=checker.ValidationProfile.PDF_UA_1)
    assert checked.is_compliant
