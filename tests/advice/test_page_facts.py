"""What the page says at the top, what it notices, and what it says of a list that is cut."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from handmade import PAGES, poll, question, result, round_, said
from handmade_rounds import questions
from handmade_street import street
from hypothesis import example, given
from hypothesis import strategies as st

from advice.document import Bar, Picture, Quote
from advice.documents import document, written
from advice.drawing.picture import LETTERS, LINES, fitting, folded
from advice.model import Reason, Result
from advice.quotes import spans
from advice.words import day_in
from rounds.questions.pages import Promise
from tests.generated import examples
from tests.sentences import printed

MONTHS = PAGES.words("nl").lists["format.months"]


def front(made: Result) -> str:
    name = "advies.md" if made.kind == "advies" else "verslag.md"
    return written(made, PAGES)[name].decode().split("## Bijlage")[0]


def test_the_top_has_day_subject_and_level() -> None:
    top = front(street()).split("##")[0]
    assert (
        top.index("De Zomerstraat opnieuw") < top.index("3 december 2026") < top.index("meedenken")
    )


def test_a_title_in_the_picture_is_cut_only_where_there_is_no_room() -> None:
    words = "Er moet een veilig zebrapad met lichten komen bij de school op de hoek van de straat."
    long = " ".join(["woorden"] * 40)
    items = [said("S1", words, (9, 1, 0), 10), said("S2", long, (5, 5, 0), 10)]
    made = result([round_("statements", "S", items, 10)], kind="verslag")
    pictures = [
        block
        for section in document(made, PAGES).sections
        for block in section.blocks
        if isinstance(block, Picture)
    ]
    whole, cut = pictures[0].bars
    assert (whole.quote.text, whole.quote.cut) == (words, False)
    assert cut.quote.cut
    assert len(folded(whole)) == 2
    assert len(folded(cut)) == LINES
    assert all(len(line.rstrip()) <= LETTERS for bar in (whole, cut) for line in folded(bar))
    assert words in spans(written(made, PAGES)["verslag.html"].decode())


@examples(100)
@example(["en/of/niet"] * 14)
@example(["a", "x" * 60])
@given(st.lists(st.sampled_from(["a", "de", "en/of/niet", "x" * 60, " "]), max_size=80))
def test_words_in_the_picture_are_cut_at_the_last_word_that_has_room(words: list[str]) -> None:
    text = " ".join(words).strip()
    found = fitting(text)
    assert text.startswith(found.text)
    assert len(_lines_of(found.text)) <= LINES
    assert all(line.strip() for line in _lines_of(found.text)) or not text.strip()
    if found.cut:
        following = text[len(found.text) :]
        more = text[: len(text) - len(following.lstrip()) + len(following.split()[0])]
        assert len(_lines_of(more)) > LINES
    else:
        assert found.text == text


def _lines_of(text: str) -> list[str]:
    return folded(Bar("S1", Quote(text), "", 6, 4, 0))


def test_where_nothing_is_clear_the_figures_are_said_in_words_too() -> None:
    items = [said("S1", "Er moeten meer bomen komen.", (1, 1, 8), 10)]
    text = front(result([round_("statements", "S", items, 10)], kind="verslag"))
    assert "8 weet ik niet" in text


def test_a_list_that_is_cut_says_how_many_more_there_are() -> None:
    items = [said(f"S{n}", f"Plan {n}.", (5, 5, 0), 10) for n in range(1, 8)]
    items += [said(f"S{n}", f"Wens {n}.", (10, 0, 0), 10) for n in range(8, 16)]
    text = front(result([round_("statements", "S", items, 10)], kind="verslag"))
    assert "en 3 andere, zie bijlage" in text  # of eight clear ones
    divided = text.split("## Wat verdeeld blijft")[1].split("##")[0]
    assert divided.count("- **S") == 4
    assert "en 3 andere, zie bijlage" in divided


def test_questions_and_ties_that_are_cut_say_so() -> None:
    asked = [question(f"V{n}", f"Vraag {n}?", 20 - n) for n in range(1, 10)]
    tie = poll("P1", "Wat?", "one", {f"keus {n}": 2 for n in range(5)}, 10, [])
    rounds = [round_("poll", "P", [tie], 10), round_("questions", "V", asked, 0, 2)]
    text = front(result(rounds, kind="verslag"))
    assert "en 4 andere, zie bijlage" in text
    assert "en 2 andere, zie bijlage" in text


@pytest.mark.parametrize(
    ("agenda", "answer_by", "noticed"),
    [
        ("commissie Beheer, 10 december, punt 7", "2026-12-09", True),
        ("commissie Beheer, 10 december, punt 7", "2026-12-10", False),
        ("raad 2027-01-14", "2026-12-15", True),
        ("raad 14-1-2027 om 19.30 uur", "2027-01-15", False),
        ("raad van 14 januari", "2026-12-15", True),
        ("raad, agendapunt 12", "2026-12-15", False),
    ],
)
def test_an_answer_before_the_meeting_is_noticed(
    agenda: str, answer_by: str, noticed: bool
) -> None:
    made = street(charter={"agenda": agenda, "answer_by": answer_by})
    assert ("vóór de vergadering" in front(made)) is noticed


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10 december", date(2026, 12, 10)),
        ("1 dec", date(2027, 12, 1)),
        ("10-12-2026", date(2026, 12, 10)),
        ("2027-02-03", date(2027, 2, 3)),
        ("donderdag 3 februari 2028", date(2028, 2, 3)),
        ("punt 7", None),
        ("31 februari", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert day_in(text, MONTHS, date(2026, 12, 3)) == day


@pytest.mark.parametrize(
    ("until", "late"), [("2026-12-03T10:00:00Z", True), ("2026-12-04T10:00:00Z", False)]
)
def test_a_promise_whose_moment_has_gone_is_late(until: str, late: bool) -> None:
    asked = [question("V1", "Wanneer?", 9, promise=Promise(None, until))]
    made = result([round_("questions", "V", asked, 0)], kind="verslag")
    text = written(made, PAGES)["verslag.md"].decode()
    assert (text.count("Te laat: ") == 2) is late  # on the page and in the appendix
    assert ("waarvan 1 te laat" in text) is late
    assert "te laat" not in written(questions(), PAGES)["verslag.md"].decode().lower()


@pytest.mark.parametrize("state", ["hidden", "unreviewed"])
@pytest.mark.parametrize("reasons", [[], [Reason("agree", "Het is er warm.")]])
def test_nobody_is_said_to_have_given_no_reason_where_one_is_left_out(
    state: str, reasons: list[Reason]
) -> None:
    item = msgspec.structs.replace(
        said("S1", "Meer bomen.", (5, 5, 0), 10, reasons=reasons), left_out=[state]
    )
    text = front(result([round_("statements", "S", [item], 10)], kind="verslag"))
    assert "geen reden gegeven" not in text
    assert {"hidden": "verborgen", "unreviewed": "niet beoordeeld"}[state] in text


@pytest.mark.parametrize("place", ["from", "number"])
def test_nor_in_the_minority_line(place: str) -> None:
    made = street()
    index, number = {"from": (1, "P1"), "number": (2, "A4")}[place]
    items: list[Any] = [
        msgspec.structs.replace(i, left_out=["unreviewed"]) if i.number == number else i
        for i in made.rounds[index].items
    ]
    rounds = list(made.rounds)
    rounds[index] = msgspec.structs.replace(rounds[index], items=items)
    told = front(msgspec.structs.replace(made, rounds=rounds))
    assert printed("ask.against_no_reason", opposed=6) in front(made)
    assert "Tegen: 6. Een reden is niet beoordeeld." in told
