"""The participatieparagraaf: what it says and holds back, and that verify finds every change."""

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

from advice.model import Participants, Result
from advice.papers import registry
from advice.papers.again import verify_papers
from advice.papers.paragraph import Gathering, Means, Paragraph, paragraph
from dialogues.dialogue import Dialogue
from rounds.registry import kinds
from tests.corpus.reading import Surface, tried

PLANNED = Means("Terugkijken", "statements", "waiting", "2026-12-20T18:30:00Z", None)
MEETING = Gathering(
    "M3", "Avond in het wijkhuis", "planned", "2026-12-11T18:30:00Z", "Wijkhuis", ["residents"]
)


def made(result: Result | None = None, **changes: Any) -> Paragraph:
    """The paragraph of the street, with a round that is planned and a meeting."""
    found = paragraph(result or street(), Dialogue("de-zomerstraat-opnieuw", kinds()), [])
    more: dict[str, Any] = {"means": [*found.means, PLANNED], "meetings": [MEETING]}
    return msgspec.structs.replace(found, **{**more, **changes})


def written(model: Paragraph) -> dict[str, bytes]:
    return registry.written("participatieparagraaf", model, PAGES)


def page(model: Paragraph) -> str:
    return written(model)["participatieparagraaf.md"].decode()


def test_it_says_level_frames_groups_means_planning_and_turnout() -> None:
    assert page(made()) == EXPECTED


EXPECTED = """\
# De Zomerstraat opnieuw

Participatieparagraaf · Haarlem

Van donderdag 3 december 2026.

## Niveau

Niveau van participatie: meedenken, bewoners geven advies.

Wie beslist: de gemeenteraad.

Fase van het beleid: voorbereiding.

## Kaders

Dit staat vast: de bus blijft en er is geen extra geld.

Dit is nog open: bomen, parkeren, oversteken.

## Groepen

Voor wie: bewoners van de Zomerstraat.

Adressen: ongeveer 310.

Uitnodiging: brief.

## Middelen en planning

**Een gesprek in de chat: zomerstraat. Stemming: vertrouwelijk.**

| Middel | Wanneer |
| --- | --- |
| Wat vindt u van de straat? (stellingen) | dinsdag 1 december 2026, van 19.30 tot 20.30 uur |
| Welke bomen? (peiling) | dinsdag 1 december 2026, van 20.30 tot 21.00 uur |
| Slotstemming | van woensdag 2 december 2026, 20.00 uur tot donderdag 3 december 2026, 20.00 uur |
| Terugkijken (stellingen) | vanaf zondag 20 december 2026, 19.30 uur |
| Bijeenkomst M3: Avond in het wijkhuis, Wijkhuis | vrijdag 11 december 2026, 19.30 uur |

## Antwoord aan bewoners

Bewoners krijgen antwoord vóór dinsdag 15 december 2026.

Agenda: commissie Beheer, 10 december, punt 7.

## Wie meededen

Aantal mensen dat meedeed: 23.

Gestemd: 23. Zelf iets geschreven: 14.

Wie niet meededen, weten wij niet.
"""


def test_in_english_nothing_stands_in_dutch() -> None:
    charter = {"ballot": "open", "level": "meedenken", "phase": "uitvoering"}
    said = page(made(language="en", charter=charter, means=[], meetings=[]))
    assert "Level of participation" in said
    assert not re.search(r"(het|een|van|niet)", said)


def test_before_it_begins_it_says_what_is_planned_and_how_many_an_advice_asks() -> None:
    nobody = Participants(0, 0, 0)
    said = page(made(begun=False, interim=True, means=[PLANNED], participants=nobody))
    assert "Het gesprek is nog niet begonnen." in said
    assert "vanaf zondag 20 december 2026, 19.30 uur" in said
    assert "Vooraf is afgesproken: een advies vraagt minstens 10 mensen." in said
    assert "Niemand deed mee" not in said


def test_a_number_of_one_to_four_is_held_back() -> None:
    few = Participants(None, None, None)
    said = page(made(participants=few, untold=False))
    assert "Aantal mensen dat meedeed: minder dan 5." in said


@pytest.mark.parametrize("flip", ["json", "md", "html"])
def test_verify_names_a_file_in_which_something_was_changed(tmp_path: Path, flip: str) -> None:
    files = {**bundled(street()), **written(made())}
    assert verify_papers(put(files, tmp_path / "whole"), PAGES).ok
    name = f"participatieparagraaf.{flip}"
    files[name] = files[name].replace(b"Wijkhuis", b"Stadhuis", 1)
    verdict = verify_papers(put(files, tmp_path / "changed"), PAGES)
    assert not verdict.ok
    assert "participatieparagraaf." in sentences(verdict)


def test_verify_finds_another_turnout_than_that_of_the_result(tmp_path: Path) -> None:
    found = made()
    more = msgspec.structs.replace(found.participants, total=300)
    files = {**bundled(street()), **written(made(participants=more))}
    verdict = verify_papers(put(files, tmp_path / "more"), PAGES)
    assert "says something else than uitslag.json" in sentences(verdict)


def test_verify_finds_a_form_that_is_missing(tmp_path: Path) -> None:
    files = written(made())
    del files["participatieparagraaf.html"]
    assert "is missing" in sentences(verify_papers(put(files, tmp_path / "less"), PAGES))


def test_words_of_people_are_words_alone() -> None:
    calm = shape(written(full("rustig")))
    for payload in filter(None, tried(Surface.PAGE)):
        assert shape(written(full(payload))) == calm, payload


def full(text: str) -> Paragraph:
    """The paragraph with this text wherever somebody typed one."""
    text = text.encode("utf-8", "replace").decode()  # as whatever is typed is kept
    typed = ("decider", "fixed", "open", "voor", "agenda", "uitnodiging", "adressen", "besluit")
    charter = {**made().charter, **dict.fromkeys(typed, text)}
    meeting = msgspec.structs.replace(MEETING, title=text, where=text)
    means = [msgspec.structs.replace(PLANNED, title=text)]
    return made(title=text, town=text, room=text, charter=charter, means=means, meetings=[meeting])
