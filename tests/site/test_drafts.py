"""A draft on the site: what is to go to the council, what to type and until when, until it went."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from advice.schema import site_schema
from tests.replay.playing import jsonl
from tests.site.town import Town, contested_town

PAGE = "gesprekken/de-zomerstraat-opnieuw/index.html"


def published(folder: Path, until: str) -> Town:
    town = contested_town(folder, until)
    jsonschema.Draft202012Validator(site_schema()).validate(json.loads(town.text("site.json")))
    return town


def seen(page: str) -> str:
    """The words of a page, without marks and signs of direction."""
    return re.sub(r"\s+", " ", re.sub("<[^>]*>|[\u2066-\u2069]", "", page))


def test_while_it_is_heard_the_page_says_what_to_type_and_until_when(tmp_path: Path) -> None:
    town = published(tmp_path, "2026-12-01T20:05")
    page, index = seen(town.text(PAGE)), seen(town.text("index.html"))
    told = page[page.index("Dit gaat straks naar de raad") :]
    for words in (
        "Het document komt vanzelf, op zaterdag 5 december 2026, 20.00 uur.",
        "A1 «Er moeten meer bomen komen.»",
        "A2 «De bus moet vaker rijden.»",
        "Verdeeld blijft S3 «De straat moet autovrij.»",
        "Zeg het dan in de chat, in zomerstraat.",
        "Dat kan tot donderdag 3 december 2026, 20.00 uur.",
        "Typ bijvoorbeeld kloptniet A1 en uw reden.",
    ):
        assert words in told
    until = "Wie meedeed, kan tot donderdag 3 december 2026, 20.00 uur zeggen wat niet klopt."
    assert until in page
    assert until in index


def test_nothing_that_somebody_objected_and_no_figure_stands_there(tmp_path: Path) -> None:
    """Two objected by then: their words are for the document."""
    town = published(tmp_path, "2026-12-01T20:05")
    everything = b"".join(town.files().values())
    for words in (b"Er rijdt al een bus", b"ze staan er al lang", b"6 ja", b"O1", b"O2"):
        assert words not in everything


def test_a_recommendation_that_was_adjusted_says_how_it_is_put_now(tmp_path: Path) -> None:
    town = published(tmp_path, "2026-12-02T08:00")
    page = seen(town.text(PAGE))
    now = "Na O1 aangepast: «De bus moet op zondag vaker rijden.» Hierover is niet gestemd."
    assert f"A2 «De bus moet vaker rijden.» {now}" in page


def test_what_was_hidden_since_is_not_shown_again(tmp_path: Path) -> None:
    """S3 stayed divided; afterwards a moderator hid it."""
    hidden = jsonl(
        [
            {
                "id": "h1",
                "at": "2026-12-01T20:06:00+01:00",
                "user": "vera",
                "in": "staf",
                "roles": ["moderator"],
                "text": "verberg S3 naam",
            }
        ]
    )
    town = contested_town(tmp_path, "2026-12-01T20:05", hidden)
    page = seen(town.text(PAGE))
    assert "A1 «Er moeten meer bomen komen.»" in page
    assert "autovrij" not in page
    assert "Verdeeld blijft" not in page


def test_it_is_gone_once_the_document_is_there(tmp_path: Path) -> None:
    town = published(tmp_path, "2027")
    page = seen(town.text(PAGE))
    assert "straks naar de raad" not in page
    assert "kloptniet" not in page
    (one,) = json.loads(town.text("site.json"))["dialogues"]
    assert one["draft"] is None
    assert len(one["versions"]) == 1


@pytest.mark.parametrize("until", ["2026-12-01T20:05", "2027"])
def test_in_a_room_of_young_people_it_is_nowhere(tmp_path: Path, until: str) -> None:
    town = published(tmp_path, until)
    config = town.config.read_text("utf-8").replace('"zomerstraat"', '"zomerstraat"\nyouth = true')
    town.config.write_text(config, "utf-8")
    assert town.publish() == 0
    assert not (town.site / PAGE).exists()
    assert b"autovrij" not in b"".join(town.files().values())
