"""What the bot says of what somebody gave is true: after its links are gone, late, never shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.bots import Bot
from tests.sentences import says, wording

STATEMENT = "stelling Er moeten meer bomen komen."


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    yield made
    assert made.alarms == []
    made.close()


def test_mine_after_the_links_are_gone_does_not_say_that_nothing_was_given(bot: Bot) -> None:
    bot.open()
    bot.say("anna", STATEMENT)
    bot.say("anna", "stem S1 eens")
    bot.staff("sluit ja")
    mine = bot.say("anna", "mijn").notices[0]
    (given,) = mine.data["rounds"]
    assert [(vote["item"], vote["word"]) for vote in given["votes"]] == [("S1", "choice_agree")]
    bot.tick(timedelta(days=30))
    assert bot.dialogue.links_destroyed
    for who in ("anna", "nobody"):
        told = bot.say(who, "mijn").notices[0]
        assert (told.template, told.data["days"]) == ("mine", 14)


@pytest.mark.parametrize(("wait", "told"), [(0, "net daarna"), (3600, "2026 om 20.15 uur")])
def test_a_late_vote_is_told_with_dates_and_no_hour_that_contradicts(
    wait: int, told: str, bot: Bot
) -> None:
    bot.open()
    bot.say("anna", STATEMENT)
    bot.staff('tot "vandaag 19:15"')
    bot.tick(timedelta(seconds=(bot.dialogue.frames[0].closes_at - bot.clock()).seconds + wait))
    said = bot.say("anna", "stem S1 eens")
    assert says(said, "refused_round_closed", round=1, at="dinsdag 1 december 2026 om 19.15 uur")
    assert told in said


@pytest.mark.parametrize(("review", "again"), [("vooraf", False), ("achteraf", True)])
def test_what_was_never_shown_is_not_said_to_be_shown_no_more(
    review: str, again: bool, bot: Bot
) -> None:
    bot.open(more=f"toetsing={review}")
    bot.say("anna", STATEMENT)
    bot.say("bram", "stelling De bus moet vaker rijden.")
    bot.staff("verberg S1 2")
    (told,) = [n for place, n in bot.spoken if place == "anna" and n.template == "your_item_hidden"]
    assert told.data["seen"] is again
    assert bot.say("bram", "intrekken S2").tells("withdrawn", "S2", seen=again)


def test_taking_back_nothing_says_so_in_a_sentence(bot: Bot) -> None:
    bot.open()
    bot.say("anna", STATEMENT)
    (told,) = bot.say("bram", "stem S1 niets").notices
    assert (told.template, told.data["given"], told.data["changed"]) == (
        "votes_noted",
        False,
        False,
    )
    bot.say("bram", "stem S1 eens")
    (told,) = bot.say("bram", "stem S1 niets").notices
    assert (told.data["given"], told.data["changed"]) == (False, True)


def test_that_few_voted_is_said_once_in_a_message(bot: Bot) -> None:
    bot.open()
    for text in ("Er moeten meer bomen komen.", "De bus moet vaker rijden.", "Weg met de auto."):
        bot.say("anna", f"stelling {text}")
    for item in ("S1", "S2", "S3"):
        bot.say("bram", f"stem {item} eens")
    bot.staff("sluit ja")
    said = bot.say("anna", "uitslag")
    assert said.casefold().count(wording("fewer_than_5")) == 1
    assert "S3" in said


@pytest.mark.parametrize("voters", [0, 4, 5])
def test_figures_are_offered_where_there_are_any(bot: Bot, voters: int) -> None:
    bot.open()
    bot.say("anna", STATEMENT)
    for number in range(voters):
        bot.say(f"bewoner{number}", "stem S1 eens")
    bot.staff("sluit ja")
    (result,) = (said for said in bot.in_room() if "logboek" in said)
    assert ("!uitslag 1" in result) is (voters >= 5)
