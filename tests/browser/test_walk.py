"""What somebody typed in Element comes back to her there: the answer in the room, and in her own
list what became of it. The way between is walked in ``tests/matrix/dialogue/test_a_walk.py``."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.browser import PHONE
from playground.neighbourhood import Neighbourhood
from tests.browser.conftest import Camera, Street
from tests.browser.test_dialogue import (
    ANSWER_BY,
    CHARTER,
    SLOW,
    TREES,
    closes,
    gives_a_statement,
    nothing_went_wrong,
    opens,
    takes_part,
)

pytestmark = pytest.mark.timeout(900)

WE_PLANT, DONE = "Wij planten tien bomen.", "De tien bomen staan er."
OTHERS = ("bram", "carla", "daan", "eva")


def test_a_statement_on_a_phone_comes_back_as_what_was_done(
    clerk_street: Street, camera: Camera
) -> None:
    street = clerk_street
    vera = street.open("vera", PHONE)
    opens(vera, f"gesprek De Zomerstraat {CHARTER}", "Ronde 1 van 3")
    anna = street.open("anna", PHONE)
    takes_part(anna, "Er zijn nog geen stellingen.", "Ronde 1 van 3")
    gives_a_statement(anna, TREES)
    votes(street.hood, "stem S1 eens")
    anna.write("stem S1 eens")
    anna.answer("Uw stem is binnen.", SLOW)
    vera.write("volgende ja")
    vera.answer("A1 (van S1)", SLOW)
    vera.write("volgende ja")
    vera.answer("Ronde 3 van 3 is open", SLOW)
    votes(street.hood, "stem A1 ja")
    closes(vera)
    anna.go_to("Zomerstraat")
    anna.wait_for("Controlegetal van het document", SLOW)
    vera.write("ontvangen 2026-1234")
    vera.answer("zaak 2026-1234", SLOW)
    ready = ANSWER_BY + timedelta(days=90)
    vera.write(f'reactie A1 overgenomen {WE_PLANT} van=college bron="besluit 12" klaar="{ready}"')
    vera.answer("Klopt dat?", SLOW)
    vera.write("ja")
    vera.answer("De groep leest het nu.", SLOW)
    answered = anna.wait_for("Er is antwoord op", SLOW)
    assert f"«{TREES}»: overgenomen. «{WE_PLANT}»" in answered.text
    anna.scroll_to(answered.id)
    camera(anna, "answer-phone")
    vera.write(f"voortgang A1 klaar {DONE}")
    vera.answer("A1 staat nu op: klaar.", SLOW)
    anna.wait_for(DONE, SLOW)
    anna.go_to("Stadsgesprek")
    anna.write("mijn")
    mine = anna.answer("Daarbij hoort A1: overgenomen", SLOW)
    assert TREES in mine.text
    assert WE_PLANT in mine.text
    assert DONE in mine.text
    camera(anna, "became-phone")
    nothing_went_wrong(vera, anna)


def votes(hood: Neighbourhood, words: str) -> None:
    """The others vote, each in a conversation of their own."""
    feeds = {name: hood.people[name].feed() for name in OTHERS}
    places = {name: hood.people[name].direct(hood.bot.user) for name in OTHERS}
    for name, place in places.items():
        hood.people[name].say(place, words)
    for name, place in places.items():
        feeds[name].wait_text("Uw code", room=place, by=hood.bot.user, seconds=SLOW)
