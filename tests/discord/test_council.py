"""To the council and back on Discord, by commands and buttons: a draft that is objected to, the
hand-over, the answers, what is done, and what each of those who are there sees of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.discord.council import RESIDENTS, STAFF, Council
from tests.discord.world import text_of
from tests.replay.playing import LIVE_CHARTER
from tests.sentences import says

CHARTER = f'{LIVE_CHARTER} concept="2 dagen" minimum=5'
TREES, BUS = "Er moeten meer bomen komen.", "De bus moet vaker rijden."
SCHOOL, REASON = "Er moeten meer bomen langs de school komen.", "Ik bedoelde bomen bij de school."
ADOPTED = {
    "item": "A1",
    "uitkomst": "overgenomen",
    "tekst": "Wij planten tien bomen.",
    "van": "college",
    "bron": "besluit van vandaag",
    "klaar": "over 90 dagen",
}
NOT_ADOPTED = {
    "item": "A2",
    "uitkomst": "niet",
    "tekst": "De provincie gaat over de bus.",
    "van": "raad",
    "bron": "besluit van de raad",
}
BENCH = {"tekst": "Er komt een bank.", "voor": "over 30 dagen", "bij": "A1"}


async def closed(house: Council, *, youth: bool) -> None:
    """Six people vote on three statements and on what is asked, and the dialogue closes."""
    for who in (*RESIDENTS, *STAFF):
        await house.says(who, "nederlands")
    agreed = {"format": "gesprek", "titel": "De Zomerstraat", "afspraken": CHARTER}
    await house.says("vera", "gesprek nieuw", **agreed)
    await house.says("vera", "gesprek start")
    given = {"anna": TREES, "bram": BUS, "carla": "De straat moet autovrij."}
    for who, text in given.items():
        await house.says(who, "stelling", tekst=text)
    if youth:
        await house.says("vera", "ok", nummers="S1 S2 S3")
    for who in RESIDENTS:
        for item, against in (("S1", ()), ("S2", ("femke",)), ("S3", ("anna", "carla", "eva"))):
            choice = "oneens" if who in against else "eens"
            await house.says(who, "stem", item=item, keuze=choice)
    for _ in range(2):
        await house.says("vera", "gesprek volgende")
    for who in RESIDENTS:
        await house.says(who, "stem", item="A1", keuze="ja")
        await house.says(who, "stem", item="A2", keuze="nee" if who == "femke" else "ja")
    await house.says("vera", "gesprek sluit")


#: What young people read in words of their own, by a part that all read.
OF_ALL = {
    "advice_received": "De griffie heeft «De Zomerstraat» ontvangen",
    "draft_posted": "Dit gaat straks naar de raad.",
    "objection_noted": "over A1 is nummer O1.",
}


def has(text: str, code: str, **known: object) -> bool:
    """Whether a message says this."""
    return OF_ALL[code] in text if code in OF_ALL else says(text, code, **known)


def one(messages: list[str], code: str, **known: object) -> str:
    """The one message that says this."""
    (found,) = [text for text in messages if has(text, code, **known)]
    return found


async def told(house: Council, code: str, who: str = "", **known: object) -> str:
    """What the room hears, or the staff channel of somebody, once it is there."""
    await house.until(lambda: any(has(text, code, **known) for text in house.reads(who)))
    return one(house.reads(who), code, **known)


def card(house: Council) -> str:
    """What the newest card says of what was asked."""
    (shown,) = [text for text in house.reads() if "Ronde 3 van 3" in text]
    return shown.partition(" beslist. ")[2].partition(" Meer weten?")[0]


async def card_says(house: Council, text: str) -> None:
    await house.until(lambda: card(house) == text)


@pytest.fixture(params=["", "youth"])
def council(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    made = Council(tmp_path, youth=bool(request.param))
    yield made, bool(request.param)
    made.world.close()
    assert made.log == []
    assert made.world.alarms == []


def test_words_go_to_the_council_and_back(council: tuple[Council, bool]) -> None:
    house, youth = council

    async def walk(house: Council) -> None:
        await closed(house, youth=youth)
        await objected(house, youth=youth)
        await issued(house)
        await answered(house)
        await done(house)

    house.run(walk)


async def objected(house: Council, *, youth: bool) -> None:
    draft = await told(house, "draft_posted")
    assert f"A1: «{TREES}» 6 ja, 0 nee." in draft
    assert "`/kloptniet A1`" in draft
    of_staff = await told(house, "draft_posted_staff", "vera")
    assert "Typ `/evaluatie` in de groep: alleen u ziet dan het antwoord." in of_staff
    begins = "Er is nog geen antwoord. Antwoord op A1 en A2 is beloofd vóór "
    await house.until(lambda: card(house).startswith(begins))
    by_staff = await house.command("omar", "kloptniet", item="A1", reden="Dit kan helemaal niet.")
    assert says(text_of(by_staff._message), "refused_word_not_here")
    made = await house.command("anna", "kloptniet", item="A1", reden=REASON)
    assert made.ephemeral
    assert has(text_of(made._message), "objection_noted")
    if youth:
        await house.says("vera", "ok", nummers="O1")
    await house.advances(minutes=11)
    if not youth:
        waits = await told(house, "objections_wait", "vera")
        assert "O1, over A1" in waits
        assert "`/werk`" not in waits  # a button below it does that
        assert "`/oordeel O1`" in await house.says("vera", "ok", nummers="O1")
    ruled = {"item": "O1", "oordeel": "aangepast", "reden": "Zo stond het er niet bij."}
    assert says(await house.says("vera", "oordeel", **ruled, wordt=SCHOOL), "ruled")
    changed = await told(house, "objection_adjusted")
    assert f"Was: «{TREES}»" in changed
    assert f"Nu: «{SCHOOL}»" in changed
    links = [row for row in house.world.stored(house.world.room).values() if "/A1" in str(row)]
    assert links == []  # an item's number is no message that a button leads to
    await house.says("anna", "uitslag", ronde="3")
    reworded = f"Was: «{TREES}» Nu: «{SCHOOL}»"
    await house.until(lambda: any(reworded in text for text in house.reads("anna")))
    assert one(house.reads("anna"), "your_objection_ruled")  # with it, where it waited for her
    assert not any(reworded in text for text in house.reads("bram"))
    mine = f"O1 bij A1: «{REASON}» (te zien) Besluit: aangepast."
    assert mine in await house.says("anna", "mijn")


async def issued(house: Council) -> None:
    await house.advances(days=4, hours=1)
    await house.until(lambda: any("Controlegetal" in text for text in house.reads()))
    page = next(text for text in house.reads() if "Controlegetal" in text)
    assert f"Na O1 aangepast: «{SCHOOL}»" in page
    assert REASON not in "".join(house.reads())  # adjusted: what was put otherwise says it
    await told(house, "advice_staff", "gerda", version=1)
    assert attached(house, house.world.staff) == attached(house, house.world.room)
    noted = await house.command("gerda", "ontvangen", zaak="2026-1234")
    assert not noted.ephemeral  # colleagues see it
    assert says(text_of(noted._message), "received_noted")
    assert "zaak 2026-1234" in await told(house, "advice_received")
    assert "ontvangen" not in house.world.person("anna").available_commands(house.world.room)
    asked = await house.command("anna", "evaluatie")
    assert asked.ephemeral
    assert says(await house.presses("anna", asked, "Ja"), "evaluation_ask", number=2)
    there = await house.says("omar", "evaluatie")
    assert "Wel in de groep: alleen u ziet dan het antwoord." in there


def attached(house: Council, channel: Any) -> list[tuple[str, int]]:
    """The files of a document that stand in a channel, with their sizes."""
    every = (file for one in house.world.stored(channel).values() for file in one.attachments)
    found = sorted((file["filename"], file["size"]) for file in every)
    document = [file for file in found if file[0] != "uitslag.png"]  # that of a youth room
    assert [name for name, _size in document] == ["advies.html", "bundel.zip"]
    return document


async def answered(house: Council) -> None:
    sure = await house.command("omar", "reactie", **ADOPTED)
    assert says(text_of(sure._message), "response_sure")
    assert says(await house.presses("omar", sure, "Ja"), "response_noted")
    assert not any(says(text, "answers_given") for text in house.reads())
    await house.advances(minutes=11)
    assert "Nog geen besluit is er op A2." in await told(house, "answers_given")
    days = f"{(house.dialogue.charter.answer_by - house.world.env.now().date()).days}"
    assert "Daarbij hoort A1: overgenomen." in await house.says("anna", "mijn")
    await house.advances(days=int(days) + 1)
    assert "A2" in await told(house, "answers_missing")
    assert "`/reactie A2 overgenomen`" in await told(house, "answers_wanted", "gerda")
    await house.until(lambda: "Te laat: A2." in card(house))
    later = {"item": "A2", "dag": "over 60 dagen", "want": "De raad praat er later over."}
    assert says(await house.says("omar", "uitstel", **later), "refused_word_not_yours")
    assert says(await house.says("gerda", "uitstel", **later), "postponed")
    await told(house, "answer_postponed")
    await house.until(lambda: "Uitgesteld: A2." in card(house))
    of_the_council = await house.says("omar", "reactie", **NOT_ADOPTED)
    assert says(of_the_council, "refused_council_clerk_alone")
    sure = await house.command("gerda", "reactie", **NOT_ADOPTED)
    assert says(await house.presses("gerda", sure, "Nee"), "response_not")
    sure = await house.command("gerda", "reactie", **NOT_ADOPTED)
    assert says(await house.presses("gerda", sure, "Ja"), "response_noted")
    every = "Er is antwoord op alles. Overgenomen: A1. Niet overgenomen: A2."
    await card_says(house, every)


async def done(house: Council) -> None:
    every = "Er is antwoord op alles. Overgenomen: A1. Niet overgenomen: A2."
    busy = {"item": "A1", "stand": "bezig", "tekst": "De eerste zes staan er."}
    assert says(await house.says("omar", "voortgang", **busy), "progress_noted")
    await card_says(house, f"{every} Hier wordt aan gewerkt: A1.")
    by_name = await house.says("omar", "toezegging", **BENCH, wie="anna")
    assert says(by_name, "refused_who_is_person")
    noted = await house.says("omar", "toezegging", **BENCH, wie="wijkbeheer")
    assert says(noted, "commitment_noted")
    assert "«Er komt een bank.»" in await told(house, "commitment_made")
    listed = await house.command("carla", "register")
    assert listed.ephemeral
    assert "T2, afspraak: «Er komt een bank.»" in text_of(listed._message)
    ready = {"item": "A1", "stand": "klaar", "tekst": "De tien bomen staan er.", "bron": "brief"}
    await house.says("omar", "voortgang", **ready)
    await card_says(house, f"{every} Klaar: A1.")
    assert "Nu: klaar. «De tien bomen staan er.»" in await house.says("anna", "mijn")
    seen = "".join([*house.reads(), *house.reads("vera")])
    named = set(re.findall(r"\w+", seen.replace("«anna»", "").casefold()))
    assert named.isdisjoint(RESIDENTS)
    names = [house.world.account(who) for who in RESIDENTS]
    assert [name for name in names if name in seen] == []
