"""What a town's site and the files beside an advice tell while somebody's words walk on: of a
recommendation that was adjusted, of an answer that is late, postponed, and there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.replay.playing import TRANSCRIPTS, played
from tests.site.town import Town

ADJUSTED = (
    "Na O1 aangepast: «Er moeten meer bomen langs de school komen.» Hierover is niet gestemd."
)
FOLDER = "gesprekken/de-zomerstraat"


def _until(day: str) -> Iterator[bytes]:
    """The lines of the transcript before a moment in local time."""
    for line in (TRANSCRIPTS / "van-zin-tot-antwoord.jsonl").read_bytes().splitlines(keepends=True):
        if json.loads(line).get("at", "") >= day:
            return
        yield line


def published(folder: Path, day: str) -> Town:
    town = Town(folder)
    played(b"".join(_until(day)), town.db, simulated=False)
    assert town.publish() == 0
    return town


def test_a_missing_answer_is_late_at_the_top_and_where_it_belongs(tmp_path: Path) -> None:
    """A1 was answered; A2 should have been by 15 December, five o'clock."""
    town = published(tmp_path, "2026-12-15T17:01")
    page, followed = town.text(f"{FOLDER}/index.html"), town.text(f"{FOLDER}/opvolging.md")
    lead = page[page.index('class="lead"') : page.index("<section>")]
    assert "Op 1 van de 2 voorstellen is antwoord." in lead
    assert "Antwoord zou er zijn vóór dinsdag 15 december 2026. Dat is te laat." in lead
    late = "Dat is te laat: het zou er zijn vóór dinsdag 15 december 2026."
    assert page.count(late) == 1
    assert followed.count(late) == 1
    assert ADJUSTED in re.sub("<[^>]*>|[\u2066-\u2069]", "", page)
    assert followed.count(ADJUSTED) == 1


def test_an_answer_that_was_postponed_alone_has_a_day_of_its_own(tmp_path: Path) -> None:
    town = published(tmp_path, "2027-01-14T09:00")
    page, followed = town.text(f"{FOLDER}/index.html"), town.text(f"{FOLDER}/opvolging.md")
    assert page.count("vóór vrijdag 15 januari 2027.") == 2  # at the top, and with A2
    assert "Dat is beloofd vóór vrijdag 15 januari 2027." in followed
    assert "te laat" not in page
    assert "te laat" not in followed


def test_a_year_later_everything_stands_there_and_nothing_waits(tmp_path: Path) -> None:
    town = published(tmp_path, "2028")
    page, register = town.text(f"{FOLDER}/index.html"), town.text("register.html")
    assert "Op elk voorstel is antwoord." in page
    for text in ("Wij planten tien bomen langs de school.", "De tien bomen staan er."):
        assert text in page
        assert text in register
    assert "De provincie gaat over de bus." in page
    for text in ("Antwoord komt", "te laat", "Te laat"):
        assert text not in page
        assert text not in register
