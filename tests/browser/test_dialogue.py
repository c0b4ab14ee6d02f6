"""A moderator and two residents hold a dialogue in Element: they read, click and type.

Vera and Anna sit at a desk, Bram has a phone; in ``test_walk.py`` Vera and Anna have one, and in
``test_meeting.py`` the clerk comes to the bot at a desk. In a long run, and for the pictures, the
dialogue is held once more the other way round. What is waited for is what stands on their screens.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from playground.browser import DESKTOP, PHONE, Element, Line
from tests.browser import neighbours
from tests.browser.conftest import Camera, Street
from tests.generated import LONG
from tests.sentences import part

pytestmark = pytest.mark.timeout(900)  # the first one may have to build the page

ANSWER_BY = date.today() + timedelta(days=30)  # noqa: DTZ011 - the day of whoever looks
CHARTER = (
    f'niveau=meedenken beslisser="de gemeenteraad" antwoord={ANSWER_BY} vast="de bus blijft" '
    'open="bomen, parkeren" fase=voorbereiding minimum=5'
)
TREES, CARS = "Er moeten meer bomen komen.", "De straat wordt autovrij."
Size = tuple[int, int]
SLOW = 120  # seconds; the server makes the bot wait when many came at once


@pytest.fixture
def the_other_way_round(request: pytest.FixtureRequest) -> None:
    if not LONG and request.config.getoption("--pictures", default=None) is None:
        pytest.skip("who sits where makes a minute of work more: make test-long does it")


def test_a_dialogue_at_a_desk(street: Street, camera: Camera) -> None:
    """With Synapse's own limits, five times as quick. Bram has a phone."""
    dialogue(street, camera, DESKTOP, PHONE)


@pytest.mark.usefixtures("the_other_way_round")
def test_a_dialogue_on_a_phone(quick_street: Street, camera: Camera) -> None:
    """Lifted for the bot, so that it does not take minutes twice. Bram sits at a desk."""
    dialogue(quick_street, camera, PHONE, DESKTOP, "-phone")


def dialogue(street: Street, camera: Camera, most: Size, other: Size, end: str = "") -> None:
    """A whole dialogue, from its opening to the document."""
    vera = street.open("vera", most)
    opens(vera, f"stellingenronde De Zomerstraat opnieuw {CHARTER}")

    anna = street.open("anna", most)
    bram = street.open("bram", other)
    anna.wait_for("Ik ben Stadsgesprek")
    takes_part_by_the_link(bram, "Er zijn nog geen stellingen.")
    gives_a_statement(bram, TREES)
    takes_part(anna, f"«{TREES}»")
    camera(anna, f"first-list{end}")
    gives_a_statement(anna, CARS)
    for person, trees, cars in ((anna, "eens", "oneens"), (bram, "eens", "eens")):
        votes(person, trees, cars)
    neighbours.vote(street.hood)
    camera(anna, f"personal{end}")

    for person in (anna, bram):
        person.go_to("Zomerstraat")
        card = person.wait_for("\n5 mensen stemden", SLOW)  # it says "Minder dan 5" before
        person.wait_until(invites("Ronde 1 van 1"), "no 🙋 of who takes part", SLOW)
        assert "2 stellingen tot nu toe" in card.text
        assert part("card", "confidential") in card.text
        said = "\n".join(line.text for line in person.timeline())
        assert "S1" not in said  # nothing of what anybody gave
    anna.close_panel()
    anna.scroll_to(card.id)
    camera(anna, f"card{end}")

    vera.write("werk")
    vera.answer("Er wacht niets", SLOW)
    camera(vera, f"staff{end}")
    closes(vera)
    for person in (anna, bram):
        result = person.wait_for("Ronde 1 is klaar.", SLOW)
        assert "5 mensen stemden." in result.text
        assert f"S1 (4 van 5): «{TREES}»" in result.text
        has_the_document(person, "De Zomerstraat opnieuw")
    anna.scroll_to(result.id)
    camera(anna, f"result{end}")
    nothing_went_wrong(vera, anna, bram)


def test_an_open_ballot_by_clicking_reactions(quick_street: Street, camera: Camera) -> None:
    """Lifted for the bot: what counts is the same at any limit."""
    street = quick_street
    vera = street.open("vera", DESKTOP)
    opens(vera, f"gesprek Het plein {CHARTER} stemming=open", "Ronde 1 van 3")
    anna = street.open("anna", DESKTOP)
    bram = street.open("bram", PHONE)

    anna.wait_for("Stemmen is hier openbaar", SLOW)
    anna.write(f"!stelling {TREES}")
    anna.wait_until(lambda one: TREES in one.text and "✅" in one.reactions, "✅", SLOW)
    statement = bram.wait_for(f"!stelling {TREES}")
    bram.react(statement.id, "👍")
    anna.wait_until(lambda one: one.id == statement.id and one.reactions.get("👍") == 1, "👍")
    anna.react(statement.id, "👍")  # the one that stands there
    neighbours.react(street.hood, statement.id, "👍")
    anna.wait_for("S1: 5 eens, 0 oneens", SLOW)

    vera.write('peiling soort=een vraag="Waar komt de bank?" opties="bij de school; op het plein"')
    vera.answer("P1", SLOW)
    vera.write("volgende ja")
    card = bram.wait_for("Ronde 2 van 3", SLOW)
    assert "bij de school\nop het plein" in card.text
    assert "1️⃣" in card.text
    bram.react(card.id, "1️⃣")
    anna.wait_until(lambda one: one.id == card.id and one.reactions.get("1⃣") == 1, "1️⃣")
    anna.react(card.id, "1️⃣")
    neighbours.react(street.hood, card.id, "2️⃣")
    anna.wait_until(counts("bij de school: 2 stemmen", "op het plein: 3 stemmen"), "2 and 3", SLOW)
    anna.react(card.id, "1️⃣")  # takes it back
    anna.react(card.id, "2️⃣")
    bram.wait_until(counts("bij de school: 1 stem", "op het plein: 4 stemmen"), "1 and 4", SLOW)
    camera(bram, "reactions-phone")

    vera.write("volgende ja")
    result = bram.wait_for("Ronde 2 is klaar.", SLOW)
    assert "bij de school: 1" in result.text
    assert "op het plein: 4" in result.text
    nothing_went_wrong(vera, anna, bram)


def test_voting_by_tap(tapping_street: Street, camera: Camera) -> None:
    """In an encrypted conversation; and the next round's list comes by itself."""
    street = tapping_street
    vera = street.open("vera", DESKTOP)
    opens(vera, f"gesprek Het plein {CHARTER}", "Ronde 1 van 3")
    neighbours.give(street.hood, TREES, CARS)
    anna = street.open("anna", PHONE)
    takes_part(anna, f"«{TREES}»", "Ronde 1 van 3")
    first = anna.poll("1. «", SLOW)
    camera(anna, "poll-phone")
    anna.vote(first, "Eens")
    second = anna.poll("2. «", SLOW)
    anna.vote(second, "Weet ik niet")
    anna.wait_for("Uw code: ", SLOW)
    anna.vote(first, "Oneens")  # the newest counts
    anna.write("mijn")
    mine = anna.answer("Ronde 1. Code: ", SLOW)
    assert "oneens" in mine.text
    assert "weet ik niet" in mine.text
    vera.write('peiling soort=een vraag="Waar komt de bank?" opties="bij de school; op het plein"')
    vera.answer("P1", SLOW)
    vera.write("volgende ja")
    anna.wait_for("Ronde 2 van 3 is begonnen", SLOW)
    anna.wait_for("Waar komt de bank?", SLOW)
    nothing_went_wrong(vera, anna)


def counts(*figures: str) -> Callable[[Line], bool]:
    return lambda one: all(f"{figure}\n" in one.text for figure in figures)


def opens(vera: Element, format_and_charter: str, shown: str = "Ronde 1 van 1") -> None:
    """The moderator, in the staff room."""
    vera.go_to("Staf")
    vera.write(f"gesprek nieuw {format_and_charter}")
    vera.answer(part("prepared", "not missing"), SLOW)
    vera.write('start tot="over 1 uur"')
    vera.answer(f"{shown} is open", SLOW)


def takes_part(person: Element, then: str, shown: str = "Ronde 1 van 1") -> None:
    """From the card in the room to the first list: three taps, and nothing typed."""
    card = person.wait_until(invites(shown), "🙋", SLOW)
    person.react(card.id, "🙋")
    person.accept_invitation("Stadsgesprek", SLOW)
    explained = person.wait_for(part("begin"), SLOW)
    assert "Niemand in de groep ziet wat u hier stemt." in explained.text
    assert then in explained.text


def invites(part: str) -> Callable[[Line], bool]:
    """The card, with the bot's own sign alone under it."""
    return lambda one: part in one.text and one.reactions.get("🙋") == 1


def takes_part_by_the_link(person: Element, then: str) -> None:
    """The second way: by the link on the card, with words."""
    person.wait_for("Ronde 1 van 1", SLOW)
    person.press_link("Stadsgesprek")  # Element shows whose link it is
    person.message_from_profile()
    person.write("Ik wil meedoen")
    explained = person.answer("Typ: ja", SLOW)
    assert "Niemand in de groep ziet wat u hier stemt." in explained.text
    person.write("ja")
    person.answer(then, SLOW)


def gives_a_statement(person: Element, words: str) -> None:
    person.write(f"stelling {words}")
    receipt = person.answer("Uw stelling is S", SLOW)
    assert f"«{words}»" in receipt.text


def votes(person: Element, trees: str, cars: str) -> None:
    """Answer the list by its places, whose order is drawn."""
    person.write("meedoen")
    offer = person.answer(part("offer_statements"), SLOW)
    assert f"«{CARS}»" in offer.text
    trees_first = offer.text.index(f"«{TREES}»") < offer.text.index(f"«{CARS}»")
    first, second = (trees, cars) if trees_first else (cars, trees)
    person.write(f"1 {first} 2 {second}")
    receipt = person.answer("Uw stem is binnen.", SLOW)
    assert f"S1 {trees}" in receipt.text
    assert "Uw code: " in receipt.text
    assert person.fits()


def closes(vera: Element) -> None:
    vera.write("sluit ja")
    vera.answer(part("dialogue_closed_staff"), SLOW)
    vera.write("advies")
    vera.answer(part("advice_requested"), SLOW)


def has_the_document(person: Element, title: str) -> None:
    """The page in words with its hash, and two files that can be downloaded."""
    person.wait_for("Controlegetal van het document", SLOW)
    page = person.wait_for("verslag.html")
    name, content = person.download(page.id)
    assert name == "verslag.html"
    assert f"{title}</bdi></h1>" in content.decode()
    bundle = person.wait_for("bundel.zip")
    name, content = person.download(bundle.id)
    assert name == "bundel.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        assert {"SHA256SUMS", "uitslag.json", "verslag.html"} <= set(files.namelist())


def nothing_went_wrong(*people: Element) -> None:
    for person in people:
        assert person.errors == []
        assert person.outside == []
        assert person.fits()
