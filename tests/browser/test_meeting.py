"""A meeting in Element: a moderator plans it, a resident taps to come, a councillor plans another
that the clerk agrees with."""

from __future__ import annotations

import pytest

from playground.browser import DESKTOP, PHONE, Element
from tests.browser.conftest import Camera, Street
from tests.browser.test_dialogue import SLOW, invites, nothing_went_wrong
from tests.sentences import part

pytestmark = pytest.mark.timeout(900)

PLAN = 'moment nieuw Ons plein wanneer="over 3 dagen" waar="Buurthuis" plaatsen=1'
MOVE = 'moment verzet M1 wanneer="over 4 dagen" want="De zaal is dicht."'


def test_a_meeting_on_a_phone(council_street: Street, camera: Camera) -> None:
    """Its moderator sits at a desk."""
    street = council_street
    vera = street.open("vera", DESKTOP)
    vera.go_to("Staf")
    vera.write(PLAN)
    vera.answer("M1 staat op de agenda", SLOW)

    anna = street.open("anna", PHONE)
    card = anna.wait_until(invites("Bijeenkomst M1"), "🙋", SLOW)
    camera(anna, "meeting-card-phone")
    anna.react(card.id, "🙋")
    anna.accept_invitation("Stadsgesprek", SLOW)
    anna.wait_for(part("meeting_signed_up"), SLOW)
    anna.write("herinner M1")
    anna.answer("een dag en een uur voor M1", SLOW)

    bram = street.open("bram", DESKTOP)
    full = bram.wait_for("Alle plaatsen zijn bezet", SLOW)
    bram.wait_until(invites("Bijeenkomst M1"), "no 🙋 of who comes", SLOW)
    bram.react(full.id, "🙋")
    bram.accept_invitation("Stadsgesprek", SLOW)
    bram.wait_for("wachtlijst met nummer 2", SLOW)

    vera.write(MOVE)
    vera.answer("M1 staat op de agenda", SLOW)
    anna.wait_for("U bent aangemeld voor M1", SLOW)
    anna.write("mijn")
    anna.answer("Dit is verzet.", SLOW)
    camera(anna, "meeting-mine-phone")
    anna.write("afmelden M1")
    anna.answer(part("meeting_signed_off"), SLOW)
    bram.wait_for("Er is een plaats vrij voor M1", SLOW)
    bram.write("aanmelden M1")
    bram.answer("Uw nummer is 2", SLOW)
    vera.write("agenda M1")
    vera.answer("Wie komen", SLOW)
    bram.go_to("Zomerstraat")
    bram.wait_for("is verzet", SLOW)
    _council(street, camera)
    nothing_went_wrong(vera, anna, bram)


def _council(street: Street, camera: Camera) -> None:
    """What a councillor plans stands in the room once the clerk agrees."""
    daan = street.open("daan", PHONE)
    _begins(daan)
    daan.write('moment nieuw Spreekuur van de raad wanneer="over 5 dagen" door=raad')
    daan.answer("wacht op de griffie", SLOW)
    eva = street.open("eva", DESKTOP)
    _begins(eva)
    eva.write("ok M2")
    eva.answer("M2 staat op de agenda", SLOW)
    daan.write("agenda")
    daan.answer("Dit staat er op de agenda", SLOW)
    camera(daan, "meeting-council-phone")
    daan.go_to("Zomerstraat")
    daan.wait_for("Bijeenkomst M2", SLOW)
    nothing_went_wrong(daan, eva)


def _begins(person: Element) -> None:
    """Open a conversation with the bot by the link in what it says of itself."""
    person.wait_for("Bijeenkomst M1", SLOW)
    person.press_link("Stadsgesprek")
    person.message_from_profile()
