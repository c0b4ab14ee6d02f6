"""A server of young people, from the charter to the result."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.text.informal import YOUNG
from bot.town.alarms import alarm_words
from tests.discord.test_evening import House, words
from tests.discord.test_message_menus import MINE, TAKE, YES, asking
from tests.discord.world import text_of
from tests.replay.playing import LIVE_CHARTER as CHARTER
from tests.sentences import says as tells
from tests.sentences import wording

#: The formal "you", outside words to type.
FORMAL = re.compile(r"\b[Uu]w?\b")

ALARM = "Soms wil ik niet meer leven."


@pytest.fixture
def young(house: House) -> House:
    house.town = replace(
        house.town, rooms=replace(house.town.rooms, youth={"zomerstraat": alarm_words([])})
    )
    return house


def private(house: House, who: str) -> list[str]:
    """What somebody alone sees in the room."""
    every = house.world.stored(house.world.room, who).values()
    return [text_of(one) for one in every if one.is_ephemeral]


def room(house: House) -> list[str]:
    return list(map(text_of, house.shown()))


def staff(house: House) -> list[str]:
    return [text_of(one) for one in house.world.stored(house.world.staff).values()]


async def says(house: House, who: str, name: str, **options: str) -> str:
    """Use a command with a program in Dutch; the answer."""
    return words(await house.command(who, name, **options))


def test_an_evening_of_young_people(young: House) -> None:
    async def evening(house: House) -> None:
        agreed = {"format": "stellingenronde", "titel": "Ons plein", "afspraken": CHARTER}
        await house.command("vera", "gesprek nieuw", **agreed)
        await house.command("vera", "gesprek start")
        state = house.app._engine.ledger.states["ons-plein"]
        await house.until(lambda: room(house))
        for who in ("zoe", "anna", "bram"):
            await says(house, who, "taal", taal="nl")

        # read by staff before anybody sees it
        given = await says(house, "zoe", "stelling", tekst="Het plein moet een dak krijgen.")
        assert tells(given, "statement_noted", YOUNG, item="S1")
        assert not any("dak" in one for one in room(house))
        assert state.charter.review == "vooraf"
        await house.command("vera", "ok", nummers="S1")

        # what cannot wait reaches staff without its words, and its author hears whom to call
        told = await says(house, "bram", "stelling", tekst=ALARM)
        assert "112" in told
        await house.until(lambda: any("S2" in one for one in staff(house)))
        assert not any("leven" in one for one in [*staff(house), *room(house)])

        # plain talk is asked about in the channel, not in person
        before = private(house, "anna")
        said = await house.world.person("anna").send(house.world.room, "Er is nooit licht.")
        asked = await house.world.person("vera").context_menu(house.world.room, TAKE, said)
        await house.until(lambda: asked.response)
        question = await house.until(lambda: asking(house))
        assert private(house, "anna") == before
        assert tells(text_of(question), "gather_asked_here", YOUNG)
        taken = await house.press("anna", question, YES)
        assert "S3" in words(taken)
        mine = await house.world.person("bram").context_menu(house.world.room, MINE, said)
        await house.until(lambda: mine.response and mine.response.components)
        assert tells(words(mine.response), "message_not_yours", YOUNG)

        # nothing is begun in person: who did nothing has nothing
        house.world.person("daan")
        asked = await house.command("vera", "gesprek sluit")
        await house.press("vera", asked._message, "Yes")
        await house.until(lambda: any(tells(one, "round_result", YOUNG) for one in room(house)))
        assert private(house, "daan") == []
        assert not any(path.endswith("/users/@me/channels") for _, path, _ in house.world.sent)

        every = [
            *room(house),
            *(one for who in ("zoe", "anna", "bram") for one in private(house, who)),
        ]
        formal = [one for one in every if FORMAL.search(_without_code(one))]
        assert formal == []

    young.run(evening)


def _without_code(text: str) -> str:
    return re.sub(r"`[^`]*`", "", text)


def test_the_names_of_the_levels_stay(young: House) -> None:
    async def evening(house: House) -> None:
        agreed: dict[str, Any] = {"format": "stellingenronde", "titel": "Ons plein"}
        await house.command("vera", "gesprek nieuw", **agreed, afspraken=CHARTER)
        await house.command("vera", "gesprek start")
        (card,) = await house.until(lambda: room(house))
        assert wording("level_meedenken", YOUNG) in card

    young.run(evening)
