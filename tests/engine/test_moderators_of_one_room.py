"""Who is a moderator by the rights in one room is one for its dialogues alone, in person too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from bot.platforms.facts import Said
from dialogues.machine import Stage
from tests.engine.bots import MODERATOR, RECEIPT, Bot


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """A dialogue in each of two rooms; Mo has the power in the square alone."""
    made = Bot(tmp_path / "town.db")
    made.open()
    made.open(room="plein", title="Het plein")
    for name, room in (("zoe", "zomerstraat"), ("yara", "plein")):
        made.say(name, "!stelling Er moeten meer bomen komen.", room)
    return made


def by_mo(bot: Bot, text: str, where: str | None = None, rooms: Iterable[str] = ("plein",)) -> str:
    fact = bot.fact("mo", text, where, MODERATOR)
    said = bot.put(Said(structs.replace(fact.origin, moderates=frozenset(rooms)), fact.text))
    return "\n".join(message.plain for message in said if message.place.name == "mo")


def stage(bot: Bot, dialogue: str) -> Stage:
    return bot.session.engine.ledger.states[dialogue].frames[0].stage


def votes(bot: Bot, dialogue: str) -> int:
    state = bot.session.engine.ledger.states[dialogue]
    return state.machine(0).box(state.states[0]).voters


@pytest.mark.parametrize(
    "text",
    [
        "sluit ja",
        "volgende",
        'tot "over 20 minuten"',
        "verberg S1 2",
        "verzamelen stop",
        'gesprek afspraken vast="alles" want="zomaar"',
        "werk",
        "ok S1",
    ],
)
def test_in_person_and_in_the_other_room(bot: Bot, text: str) -> None:
    before = bot.events()
    by_mo(bot, f"@ons-gesprek {text}")
    codes = bot.room_codes("mo")
    assert codes != []
    assert all(code.startswith("refused_") for code in codes), codes
    by_mo(bot, f"!{text}", "zomerstraat")
    assert bot.events() == before
    assert bot.alarms == []
    bot.close()


def test_of_the_own_room(bot: Bot) -> None:
    by_mo(bot, "@het-plein sluit ja")
    assert stage(bot, "het-plein") is Stage.CLOSED
    assert stage(bot, "ons-gesprek") is Stage.OPEN
    bot.close()


def test_no_new_dialogue_in_another_room(bot: Bot) -> None:
    by_mo(bot, "gesprek nieuw stellingenronde Nog een in=zomerstraat")
    assert "nog-een" not in bot.session.engine.ledger.states
    by_mo(bot, "gesprek nieuw stellingenronde Nog een in=plein")
    assert bot.session.engine.ledger.states["nog-een"].room == "plein"
    bot.close()


def test_words_without_their_word(bot: Bot) -> None:
    by_mo(bot, "@ons-gesprek meedoen")
    by_mo(bot, "ja")
    assert RECEIPT.search(by_mo(bot, "1 eens"))
    assert RECEIPT.search(by_mo(bot, "S1 oneens"))
    assert bot.alarms == []
    bot.close()


def test_elsewhere_they_are_a_resident_and_vote(bot: Bot) -> None:
    assert RECEIPT.search(by_mo(bot, "@ons-gesprek stem S1 eens"))
    assert not RECEIPT.search(by_mo(bot, "@het-plein stem S1 eens"))
    assert votes(bot, "ons-gesprek") == 1
    bot.close()


def test_who_becomes_one_loses_the_votes_there_alone(bot: Bot) -> None:
    bot.say("mo", "@ons-gesprek stem S1 eens")
    bot.say("mo", "@het-plein stem S1 eens")
    by_mo(bot, "hulp")
    assert (votes(bot, "ons-gesprek"), votes(bot, "het-plein")) == (1, 0)
    by_mo(bot, "hulp", rooms=("plein", "zomerstraat"))  # and later in the other room too
    assert (votes(bot, "ons-gesprek"), votes(bot, "het-plein")) == (0, 0)
    bot.close()


def test_a_moderator_of_the_town(bot: Bot) -> None:
    bot.say("vera", "@ons-gesprek sluit ja", roles=MODERATOR)
    assert stage(bot, "ons-gesprek") is Stage.CLOSED
    bot.close()


MEETINGS = (
    "aanmelden M1 namens=raad aantal=12",
    "aanwezig M2 41",
    'afgesproken M2 "Er komt een bank."',
    "moment afzeggen M1 De zaal is dicht.",
    'moment verzet M1 wanneer="zaterdag 20:00" want="De zaal."',
    "tafels M1 1",
    "moment neem M3",
    "moment weiger M3 Dit kan niet.",
    "ok M3",
    "gesprek reeks stop M4 Genoeg.",
)


@pytest.mark.parametrize("text", MEETINGS)
def test_of_a_meeting_in_another_room(bot: Bot, text: str) -> None:
    """What a moderator of the street may do with its meetings, one of the square may not."""
    bot.staff('moment nieuw Ons plein wanneer="vrijdag 20:00" in=zomerstraat')
    bot.staff('moment nieuw Vandaag wanneer="vandaag 19:10" in=zomerstraat')
    bot.say("zoe", 'moment voorstel Feest wanneer="vrijdag 20:00" in=zomerstraat')
    bot.staff('moment nieuw Spreekuur elke="woensdag 19:30" keer=2 in=zomerstraat')
    bot.say("zoe", "aanmelden M1")
    bot.tick(timedelta(minutes=15))
    before = bot.lines()
    by_mo(bot, text)
    assert bot.room_codes("mo")[0] in ("refused_word_not_yours", "refused_no_such_meeting")
    assert bot.lines() == before
    bot.staff(text)
    assert bot.lines() > before
    bot.close()
