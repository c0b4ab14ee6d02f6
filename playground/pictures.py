"""``python -m playground.pictures``: the pictures of a dialogue on Matrix, in docs/pictures.

Vera opens a dialogue in the staff room, Anna (at a desk) and Bram (on a phone) take part by
clicking and typing in Element, their neighbours as plain clients.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from playground import browser, webclient
from playground.bot import Bot, write_config
from playground.neighbourhood import Neighbourhood, settle
from playground.pages import Pages
from tests.matrix import synapse

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"

#: No picture is heavier.
HEAVIEST = 250_000

NEW = (
    "gesprek nieuw stellingenronde De Zomerstraat opnieuw niveau=meedenken "
    'beslisser="de gemeenteraad" antwoord={answer_by} vast="de bus blijft" '
    'open="bomen, parkeren" fase=voorbereiding minimum=5'
)
START = 'start tot="over 1 uur"'

#: What the two in the browser say, and what they vote on all three.
ANNA = "stelling Er moeten meer bomen komen."
BRAM = "stelling De straat moet autovrij."
CARLA = "stelling Er komt een zebrapad bij de school."
VOTES = {
    "anna": "1 eens 2 oneens 3 eens",
    "bram": "1 eens 2 eens 3 eens",
    "carla": "1 eens 2 oneens 3 eens",
    "daan": "1 eens 2 eens 3 eens",
    "eva": "1 oneens 2 oneens 3 eens",
}


def main() -> int:
    missing = browser.missing() or webclient.missing()
    if not synapse.installed():
        missing = f"{synapse.MISSING}."
    if missing:
        print(missing, file=sys.stderr)
        return 2
    with contextlib.ExitStack() as stack:
        dist = webclient.build()
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pictures-")))
        settings = {"enable_authenticated_media": False}
        lifted = "the pictures show words, not waiting"
        server = stack.enter_context(
            synapse.Synapse(folder / "synapse", settings=settings, lifted=lifted)
        )
        hood = settle(server)
        bot = Bot(write_config(folder / "town", server, hood))
        stack.callback(bot.stop)
        if not bot.ready.wait(60):
            print("the bot is not ready after a minute", file=sys.stderr)
            return 1
        pages = stack.enter_context(Pages(dist, hood))
        play(stack.enter_context(browser.Browser()), pages, hood)
    return _weigh()


def play(window: browser.Browser, pages: Pages, hood: Neighbourhood) -> None:
    """The dialogue, with a picture wherever there is something to see."""
    vera = window.open(pages.urls["vera"])
    vera.room(hood.staff)
    answer_by = date.today() + timedelta(days=30)  # noqa: DTZ011 - the day of whoever looks
    vera.write(NEW.format(answer_by=answer_by))
    vera.wait_for("staat klaar")
    vera.write(START)
    anna = window.open(pages.urls["anna"])
    bram = window.open(pages.urls["bram"], browser.PHONE)
    for person, words in ((anna, ANNA), (bram, BRAM)):
        card = person.wait_for("Ronde 1 van 1", 60)
        person.scroll_to(card.id)
        person.press_link("Stadsgesprek")  # Element shows whose link it is
        person.message_from_profile()
        person.write(words)
        person.wait_for("Uw stelling is", 60)
    neighbours(hood, "carla", CARLA)
    for name, person in (("anna", anna), ("bram", bram)):
        person.write("meedoen")
        person.wait_for("Typ: ja", 60)
        person.write("ja")
        person.wait_for("Wat vindt u", 60)
        person.write(VOTES[name])
        person.wait_for("Uw code", 60)
    bram.picture(PICTURES / "matrix-personal.png")
    for name in ("daan", "eva"):
        neighbours(hood, name)
    anna.room(hood.room)
    anna.wait_for("Ronde 1 van 1")
    people = anna.page.get_by_test_id("base-card-close-button")  # the list at the right
    if people.count():
        people.first.click()
    card = anna.wait_for("5 mensen stemden", 90)
    anna.scroll_to(card.id)
    anna.picture(PICTURES / "matrix-card.png")
    vera.write("werk")
    vera.wait_until(lambda one: "gesprek nieuw" not in one.text, "an answer", 30)
    vera.page.wait_for_timeout(3000)
    vera.picture(PICTURES / "matrix-staff.png")
    vera.write("sluit")
    anna.wait_for("Ronde 1 is klaar", 60)
    vera.write("advies")
    anna.wait_for("Controlegetal van het document", 90)
    result = anna.wait_for("Ronde 1 is klaar")
    anna.scroll_to(result.id)
    anna.picture(PICTURES / "matrix-result.png")


def neighbours(hood: Neighbourhood, name: str, first: str = "") -> None:
    """A neighbour with another client: says something, then votes."""
    person = hood.people[name]
    place = person.direct(hood.bot.user)
    feed = person.feed()
    if first:
        person.say(place, first)
        feed.wait_text("Uw stelling is", room=place, seconds=60)
    for said, heard in (("meedoen", "Typ: ja"), ("ja", "Wat vindt u"), (VOTES[name], "Uw code")):
        person.say(place, said)
        feed.wait_text(heard, room=place, seconds=60)


def _weigh() -> int:
    code = 0
    for picture in sorted(PICTURES.glob("matrix-*.png")):
        size = picture.stat().st_size
        print(f"{picture} ({size // 1000} kB)")
        if size > HEAVIEST:
            print(f"{picture} is heavier than {HEAVIEST // 1000} kB", file=sys.stderr)
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
