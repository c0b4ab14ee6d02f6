"""The page of an advice as a message in a room."""

from __future__ import annotations

from handmade import PAGES
from handmade_odd import NASTY
from handmade_rounds import questions
from handmade_street import street

from advice.documents import document
from advice.model import Result
from bot.documents.room_page import room_page
from bot.platforms.discord.writing import markdown as discord
from bot.platforms.writing import html, plain


def said(made: Result) -> tuple[str, str, str]:
    page = room_page(document(made, PAGES).page)
    return plain(page), html(page), discord(page)


def test_the_page_has_headings_entries_and_notes() -> None:
    words, marks, discords = said(street())
    assert words.startswith("DE ZOMERSTRAAT OPNIEUW\n\nAdvies na een gesprek")
    assert "\n\nWat deze bewoners vragen\n\n- A1 «Bij de school moet een zebrapad komen.»" in words
    assert "\n  Eens: 20 van de 21 (S1). Slotstemming: 18 ja, 1 nee.\n- A2 " in words
    assert marks.startswith("<h3>De Zomerstraat opnieuw</h3><p>Advies")
    assert "<h4>Wat deze bewoners vragen</h4><ul><li><strong>A1</strong> «Bij de school" in marks
    assert "zebrapad komen.»<br>Eens: 20 van de 21 (S1)." in marks
    assert "\n\n### Wat deze bewoners vragen\n\n- **A1** «Bij de school" in discords
    assert discords.startswith("## De Zomerstraat opnieuw\n")


def test_a_notice_is_strong() -> None:
    words, marks, _ = said(questions(simulated=True))
    assert "\n\nGesimuleerd: " in words
    assert "<p><strong>Gesimuleerd: " in marks


def test_what_people_wrote_is_neither_markup_nor_a_mention() -> None:
    _, marks, discords = said(street(title=NASTY[5], charter={"agenda": NASTY[18]}))
    assert "<script" not in marks
    assert "&lt;\u200bscript&gt;" in marks
    for text in (marks, discords):
        assert "@everyone" not in text
        assert "@\u200beveryone" in text
