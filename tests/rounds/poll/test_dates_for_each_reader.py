"""The days of a poll about a date are written by us, so each reader has them in their own language;
what staff typed in another poll stays as it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

DATES = 'peiling soort=datum vraag="Wanneer?" opties="vrijdag 20:00; zaterdag 9:30"'
TYPED = 'peiling soort=een vraag="Wanneer?" opties="vrijdag 4 december 2026 om 20.00 uur; laat"'
FRIDAY, SATURDAY = "Friday 4 December 2026 at 20:00", "Saturday 5 December 2026 at 09:30"
VRIJDAG = "vrijdag 4 december 2026 om 20.00 uur"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    bot = Bot(tmp_path / "town.db")
    yield bot
    bot.close()


def begun(bot: Bot, poll: str) -> str:
    """What somebody who reads English is asked."""
    bot.staff(f"gesprek nieuw peiling Welke dag {CHARTER} in=plein")
    bot.staff(poll)
    bot.staff("gesprek start")
    bot.say("anna", "taal en")
    bot.say("anna", "meedoen")
    return bot.say("anna", "yes")


def test_who_reads_english_reads_the_days_in_english(bot: Bot) -> None:
    offered = begun(bot, DATES)
    assert f"1. {FRIDAY}\n" in offered
    assert f"2. {SATURDAY}\n" in offered
    noted = bot.say("anna", "P1 1")
    assert FRIDAY in noted
    assert "december" not in f"{offered}{noted}"
    assert FRIDAY in bot.say("anna", "mine")


def test_they_can_be_said_as_they_are_read_in_either_language(bot: Bot) -> None:
    begun(bot, DATES)
    for said in (FRIDAY, VRIJDAG):
        assert FRIDAY in bot.say("anna", f"vote P1 {said}")


def test_the_room_and_who_reads_dutch_read_them_in_dutch(bot: Bot) -> None:
    begun(bot, DATES)
    bot.say("bram", "meedoen")
    assert f"1. {VRIJDAG}" in bot.say("bram", "ja")
    assert any(f"1. {VRIJDAG}" in m.plain for m in bot.heard if m.place.name == "plein")


def test_what_staff_typed_stays_as_it_was_typed(bot: Bot) -> None:
    assert f"1. {VRIJDAG}" in begun(bot, TYPED)


def test_the_result_is_read_in_the_readers_language(bot: Bot) -> None:
    begun(bot, DATES)
    for number in range(5):
        bot.say(f"buur{number}", "stem P1 2")
    bot.staff("sluit ja")
    assert f"{SATURDAY}: 5 votes" in bot.say("anna", "result")
    assert any("9.30 uur: 5 stemmen" in m.plain for m in bot.heard if m.place.name == "plein")
