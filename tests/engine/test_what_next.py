"""``status`` says what comes next, and gives the figures that may be shown."""

from __future__ import annotations

from tests.engine.bots import Bot
from tests.replay.playing import CHARTER
from tests.sentences import says, wording


def test_before_the_start_it_says_what_to_do(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat")
    said = bot.staff("status")
    assert said.tells("status_preparing", "start", staff=True, lacking=[])
    bot.staff("gesprek nieuw stellingenronde Een plein in=plein")
    bot.staff("stop")
    found = bot.staff("@een-plein status")
    assert found.tells("status_preparing", "gesprek afspraken", staff=True)


def test_a_round_of_questions_gives_its_figures(bot: Bot) -> None:
    bot.open("vragenuur")
    bot.say("anna", "vraag Wanneer komt de bus terug?")
    assert says(bot.say("bram", "status"), "questions_card", questions="1")


def test_a_circle_says_how_many_wait(bot: Bot) -> None:
    bot.open("kring")
    before = bot.say("bram", "status")
    for who in ("anna", "carla", "daan"):
        bot.say(who, "spreken")
    after = bot.say("bram", "status")
    assert before != after
    said = [wording("circle_status", speaking=number, waiting=2) for number in (1, 2, 3)]
    said.append(wording("circle_status", speaking=0, waiting=3))
    assert not any(one.strip() in before for one in said)
    assert any(one.strip() in after for one in said)
