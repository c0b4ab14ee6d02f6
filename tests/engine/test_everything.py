"""``mijn alles``: all that is kept of somebody, to that person alone; a file where files can go."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.bots import Bot
from tests.engine.chat import ROOM
from tests.engine.live import Live
from tests.replay.playing import CHARTER


def evening(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat")
    bot.staff("gesprek start")
    bot.say("anna", "stelling Er moeten meer bomen komen.")
    bot.say("bram", "stelling De bus moet vaker komen.")
    for who in ("anna", "bram"):
        bot.say(who, "stem S1 eens")
    bot.staff('moment nieuw Ons plein wanneer="over 3 dagen" in=zomerstraat')
    bot.say("anna", "aanmelden M1")


@pytest.fixture(name="bot")
def _bot(tmp_path: Path) -> Bot:
    made = Bot(tmp_path / "town.db")
    evening(made)
    return made


@pytest.mark.parametrize(
    "typed", ["mijn alles", "mijn gegevens", "wat weet je van mij?", "wat bewaart u over mij"]
)
def test_it_holds_accounts_words_votes_and_meetings(bot: Bot, typed: str) -> None:
    told = bot.say("anna", typed)
    assert told.codes == ("everything_file",)
    for part in ("console: anna", "Er moeten meer bomen komen.", "S1 eens", "M1", "Ons plein"):
        assert part in told
    assert "De bus moet vaker komen." not in told
    assert "bram" not in told


def test_of_somebody_new_only_the_account_is_known(bot: Bot) -> None:
    told = bot.say("zoe", "mijn alles")
    assert "console: zoe" in told
    assert "Verder bewaar ik niets van u." in told


def test_votes_are_not_in_it_once_the_links_are_gone(bot: Bot) -> None:
    bot.staff("sluit ja")
    bot.tick(timedelta(days=15))
    assert "S1 eens" not in bot.say("bram", "mijn alles")


def test_what_was_forgotten_is_not_in_it(bot: Bot) -> None:
    bot.say("anna", "vergeetmij")
    bot.say("anna", "ja, vergeet mij")
    assert "bomen" not in bot.say("anna", "mijn alles")


def test_the_room_hears_nothing_of_it(bot: Bot) -> None:
    before = len(bot.room_codes())
    bot.say("anna", "!mijn alles", "zomerstraat")
    assert len(bot.room_codes()) == before


def test_where_files_can_go_it_is_a_file_for_that_person_alone(tmp_path: Path) -> None:
    live = Live(tmp_path / "town.db")
    live.say("anna", "mijn alles")
    live.say("anna", "!mijn alles", ROOM)  # the answer to it goes to her conversation
    live.deliver()
    names = {(name, mime.partition(";")[0]) for name, mime, _ in live.chat.uploads}
    assert names == {("mijn-gegevens.txt", "text/plain")}
    for _, _, data in live.chat.uploads:
        assert data.decode().startswith("Wat ik van u bewaar")
        assert "anna" in data.decode()
    assert not any("Wat ik van u bewaar" in text for text in live.chat.at(ROOM))


def test_privacy_names_who_is_responsible_and_where_a_complaint_goes(bot: Bot) -> None:
    assert "Verantwoordelijk is Haarlem." in bot.say("anna", "privacy")
    bot.session.town.responsible = "het college van Haarlem"
    bot.session.town.complaints = "fg@haarlem.example"
    told = bot.say("anna", "privacy")
    assert "Verantwoordelijk is het college van Haarlem." in told
    assert "bij fg@haarlem.example en bij de Autoriteit Persoonsgegevens" in told


def test_who_takes_part_reads_once_that_it_is_no_formal_letter(bot: Bot) -> None:
    formal = "Dit is geen officiële klacht of brief."
    assert formal in bot.say("carla", "meedoen")
    bot.say("carla", "ja")
    assert formal not in bot.say("carla", "meedoen")
