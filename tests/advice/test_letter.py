"""The letter for the door: what it says, that it is no decision, and that it fits on one sheet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from bundles import put, sentences
from handmade import PAGES, bundled
from handmade_street import street
from shapes_of_papers import shape

from advice.model import Journal
from advice.papers import registry
from advice.papers.again import verify_papers
from advice.papers.letter import SCHEMA, Answer, Asked, Letter
from advice.papers.letter_page import LIMIT, document
from advice.writing.lettering import words_in
from advice.writing.markdown import page_as_markdown
from tests.corpus.reading import Surface, tried

LINK = "https://matrix.to/#/#zomerstraat:haarlem.example"
AT = "2027-01-20T09:00:00Z"


def answered(outcome: str, text: str | None = "De bomen staan in de weg.", **more: Any) -> Answer:
    """An answer of the council, with its decision."""
    values: dict[str, Any] = {
        "outcome": outcome,
        "body": "council",
        "text": text,
        "source": "raadsbesluit 12 van 19 januari 2027",
        "at": AT,
        "due": "",
        "due_unknown": False,
    }
    return Answer(**{**values, **more})


ASKED = [
    Asked(
        "A1",
        "Bij de school moet een zebrapad komen.",
        answered("adopted", "De school is druk.", due="2027-06-01"),
        "underway",
        "2027-01-15",
    ),
    Asked("A2", "De bus moet vaker rijden.", answered("not"), "", "2027-01-15"),
    Asked(
        "A3",
        "Er moeten meer bomen komen.",
        answered("partly", source="", body="college", text="Er is weinig geld."),
        "",
        "2027-01-15",
    ),
    Asked("A4", "Maak de stoep breder.", None, "", "2027-03-01"),
    Asked("A5", "Een bank bij de bakker.", answered("adopted"), "done", "2027-01-15"),
]


def made(*asked: Asked, **changes: Any) -> Letter:
    """The letter about the street."""
    found = Letter(
        schema=SCHEMA,
        dialogue="de-zomerstraat-opnieuw",
        title="De Zomerstraat opnieuw",
        town="Haarlem",
        room="zomerstraat",
        zone="Europe/Amsterdam",
        language="nl",
        simulated=False,
        version=1,
        advice_at="2026-12-03T19:31:07Z",
        asked=list(asked or ASKED),
        address=LINK,
        journal=Journal("de-zomerstraat-opnieuw", 500, "ab" * 32, "2027-02-01T10:00:00Z"),
    )
    return msgspec.structs.replace(found, **changes)


def written(model: Letter) -> dict[str, bytes]:
    return registry.written("antwoordbrief", model, PAGES)


EXPECTED = """\
# De Zomerstraat opnieuw

Brief aan bewoners · Haarlem

Dit is het antwoord op wat bewoners vroegen. Hun advies is van donderdag 3 december 2026.

**Deze brief is geen besluit. De besluiten staan bij de antwoorden.**

## Wat bewoners vroegen, en het antwoord

- **A1** «Bij de school moet een zebrapad komen.»  
  Antwoord van de gemeenteraad: overgenomen.  
  De reden: «De school is druk.»  
  Besluit: raadsbesluit 12 van 19 januari 2027. Antwoord van woensdag 20 januari 2027.  
  Klaar op dinsdag 1 juni 2027.
- **A2** «De bus moet vaker rijden.»  
  Antwoord van de gemeenteraad: niet overgenomen.  
  De reden: «De bomen staan in de weg.»  
  Besluit: raadsbesluit 12 van 19 januari 2027. Antwoord van woensdag 20 januari 2027.
- **A3** «Er moeten meer bomen komen.»  
  Reactie van een ambtenaar van woensdag 20 januari 2027: voor een deel overgenomen. Dit is nog geen besluit.  
  De reden: «Er is weinig geld.»
- **A4** «Maak de stoep breder.»  
  Hierop is nog geen antwoord. Het komt vóór maandag 1 maart 2027.
- **A5** «Een bank bij de bakker.»  
  Antwoord van de gemeenteraad: overgenomen.  
  De reden: «De bomen staan in de weg.»  
  Besluit: raadsbesluit 12 van 19 januari 2027. Antwoord van woensdag 20 januari 2027.  
  Dit is klaar.

## Wat nog open is

Nog geen besluit: A3, A4.

Nog niet klaar: A1.

## Vragen?

Stel uw vraag in de chat, in zomerstraat. Daar leest u ook hoe het verder gaat.

`https://matrix.to/#/#zomerstraat:haarlem.example`
"""  # noqa: E501, W291 - as it is written


def test_each_answer_stands_with_its_words_reason_decision_and_what_is_open() -> None:
    assert written(made())["antwoordbrief.md"].decode() == EXPECTED


def test_it_says_that_it_is_no_decision_in_each_language() -> None:
    for language, said in (("nl", "Deze brief is geen besluit."), ("en", "This letter is no dec")):
        page = written(made(language=language))["antwoordbrief.html"].decode()
        assert f'<p class="notice" role="note">{said}' in page


def test_young_people_are_said_je() -> None:
    """And nothing else differs from the letter for other people."""
    young = written(made(young=True))["antwoordbrief.md"].decode()
    assert young == EXPECTED.replace("Stel uw vraag", "Stel je vraag").replace(
        "Daar leest u ook", "Daar lees je ook"
    )
    assert not re.search(r"\b([Uu]|[Uu]w)\b", young)


def test_a_code_stands_there_only_where_the_town_has_an_address() -> None:
    assert "<svg" in written(made())["antwoordbrief.html"].decode()
    without = written(made(address=""))["antwoordbrief.html"].decode()
    assert "<svg" not in without
    assert "Stel uw vraag in de chat" in without


def test_an_address_too_long_for_a_code_stands_there_in_words() -> None:
    long = "https://example.org/" + "x" * 4000
    page = written(made(address=long))["antwoordbrief.html"].decode()
    assert "<svg" not in page
    assert long in page


@pytest.mark.parametrize("many", [1, 3, 6, 10])
def test_however_long_the_words_are_it_has_as_many_as_a_sheet_takes(many: int) -> None:
    long = "Er moet een breed en veilig pad komen voor iedereen die hier loopt. " * 6
    source = "raadsbesluit van de gemeente over het plan voor de straat " * 4
    answer = answered("adopted", long * 3, source=source, due="2027-06-01")
    asked = [Asked(f"A{n}", long, answer, "", "") for n in range(1, many + 1)]
    found = document(made(*asked), PAGES.words("nl"))
    assert words_in(page_as_markdown(found.page)) <= LIMIT


def test_erased_words_are_said_to_be_gone() -> None:
    page = written(made(Asked("A1", None, answered("adopted", None), "", "")))
    said = page["antwoordbrief.md"].decode()
    assert "De tekst is er niet meer." in said
    assert "De reden" not in said


def test_words_of_people_are_words_alone() -> None:
    calm = shape(written(full("rustig")))
    for payload in filter(None, tried(Surface.PAGE)):
        text = payload.encode("utf-8", "replace").decode()[:60]  # as whatever is typed is kept
        assert shape(written(full(text))) == calm, payload


def full(text: str) -> Letter:
    """The letter with this text wherever somebody typed one."""
    asked = Asked("A1", text, answered("not", text, source=text), "", "2027-01-15")
    return made(asked, title=text, town=text, room=text)


def test_verify_finds_other_words_than_those_that_were_voted_on(tmp_path: Path) -> None:
    result = street()
    words = {each.number: each.text for each in result.recommendations}
    asked = [Asked(number, text, answered("not"), "", "") for number, text in words.items()]
    files = {**bundled(result), **written(made(*asked, advice_at=result.journal.at))}
    assert verify_papers(put(files, tmp_path / "whole"), PAGES).ok
    first = msgspec.structs.replace(asked[0], text="Wij vragen niets.")
    files |= written(made(first, *asked[1:], advice_at=result.journal.at))
    verdict = verify_papers(put(files, tmp_path / "changed"), PAGES)
    assert "says something else than uitslag.json" in sentences(verdict)
