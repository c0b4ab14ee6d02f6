"""Plain words in a staff room get an answer, and a title may begin like a format."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.engine.bots import MODERATOR, Bot
from tests.replay.playing import CHARTER


def test_plain_words_get_a_hint_once_in_ten_minutes_a_person(bot: Bot) -> None:
    bot.open()
    assert bot.staff("hoe gaat dit nu verder")
    assert bot.staff("ik weet het ook niet") == ""
    assert bot.say("wim", "hoe gaat dit nu verder", "staf", roles=MODERATOR)
    bot.tick(timedelta(minutes=11))
    assert bot.staff("hoe gaat dit nu verder")


def test_a_number_or_a_yes_is_always_answered(bot: Bot) -> None:
    bot.open()
    lines = bot.lines()
    for text in ("2", "ja", "nee", "1 3"):
        assert bot.staff(text)
    assert bot.lines() == lines


def state(bot: Bot, name: str) -> str:
    return bot.session.engine.ledger.states[name].format.id


def test_without_a_format_it_is_an_ordinary_dialogue(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw Het Spaarneplein {CHARTER} in=plein")
    assert state(bot, "het-spaarneplein") == "gesprek"
    assert bot.session.engine.ledger.states["het-spaarneplein"].title == "Het Spaarneplein"


def test_a_title_of_one_word_needs_no_format(bot: Bot) -> None:
    said = bot.staff("gesprek nieuw Speeltuin in=plein")
    assert said.codes[0] == "dialogue_new"
    assert state(bot, "speeltuin") == "gesprek"
    assert bot.session.engine.ledger.states["speeltuin"].title == "Speeltuin"
    assert bot.staff("gesprek nieuw vragenuur in=plein").codes == ("refused_missing",)


def test_a_title_that_begins_near_a_format_is_asked_about(bot: Bot) -> None:
    for answer, name, plan in (
        ("1", "over-parkeren", "vragenuur"),
        ("2", "vragenuurtje-over-parkeren", "gesprek"),
    ):
        bot.staff(f"gesprek nieuw Vragenuurtje over parkeren {CHARTER} in=plein")
        assert name not in bot.session.engine.ledger.states
        bot.staff(answer)
        assert state(bot, name) == plan


def test_help_with_two_that_are_prepared_says_how_to_choose(bot: Bot) -> None:
    for title in ("Eerste", "Tweede"):
        bot.staff(f"gesprek nieuw peiling {title} {CHARTER} in=plein")
    said = bot.staff("hulp")
    assert "gesprek kies" in said
    assert "gesprek nieuw" not in said


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("verleng met 10 minuten", 10),
        ("verleng 10 minuten", 10),
        ("Verleng met een half uur.", 30),
        ("verlengen met 2 uur", 120),
        ("verleng nog een kwartier", 15),
        ("extend by 10 minutes", 10),
        ("extend 20 minutes", 20),
        ("@ons-gesprek verleng met 10 minuten", 10),
    ],
)
def test_longer_by_so_much_shows_the_hour_that_it_becomes(
    said: str, minutes: int, bot: Bot
) -> None:
    """Nothing is done before the yes; a no leaves the hour."""
    bot.open()
    bot.staff("tot vandaag 22:00")
    closes = bot.dialogue.frames[0].closes_at
    later = closes + timedelta(minutes=minutes)
    asked = bot.staff(said)
    assert asked.tells("longer_asked", round=1, closes_at=closes, at=later), asked.codes
    assert bot.dialogue.frames[0].closes_at == closes
    assert bot.staff("nee").codes == ("not_meant",)
    bot.staff(said)
    bot.staff("ja")
    assert bot.dialogue.frames[0].closes_at == later


def test_longer_without_a_length_or_an_open_round_is_asked_about_as_before(bot: Bot) -> None:
    assert bot.staff("verleng met 10 minuten").codes[0] == "unknown_word"
    bot.open()
    assert bot.staff("verleng").tells("unknown_word", nearest="tot")
    assert bot.staff("verleng met de bomen").tells("unknown_word", nearest="tot")
