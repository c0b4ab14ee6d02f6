"""An official who types an item and what to say of it is asked which word is meant."""

from __future__ import annotations

import pytest

from tests.engine.bots import Bot

OFFICIAL = ("official",)


@pytest.mark.parametrize("where", ["staf", None])
def test_an_item_alone_is_asked_about_and_nothing_is_done(bot: Bot, where: str | None) -> None:
    bot.open("vragenuur")
    bot.say("anna", "vraag Wanneer komt de bus terug?")
    lines = bot.lines()
    said = bot.say("otto", "V1 in maart", where, roles=OFFICIAL)
    assert said.tells("which_word", item="V1", words=["antwoord", "zoekuit"])
    assert bot.lines() == lines
    bot.say("otto", "1", where, roles=OFFICIAL)
    assert "QuestionAnswered V1" in bot.events()


def test_others_are_not_asked(bot: Bot) -> None:
    bot.open("vragenuur")
    bot.say("anna", "vraag Wanneer komt de bus terug?")
    for said in (bot.say("bram", "V1 in maart"), bot.staff("V1 in maart")):
        assert "which_word" not in said.codes
