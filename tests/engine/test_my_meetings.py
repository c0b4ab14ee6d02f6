"""``mijn`` shows what somebody signed up for: the number, the hours, and what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.engine.bots import Bot
from tests.engine.test_meetings import BEGINS, NEW, go_to


def rows(bot: Bot, who: str = "anna") -> list[Mapping[str, Any]]:
    answer = bot.say(who, "mijn")
    found: list[Mapping[str, Any]] = [
        row for one in answer.notices if one.template == "mine_meetings" for row in one.data["rows"]
    ]
    return found


def test_without_a_dialogue_and_without_a_meeting_it_is_as_before(bot: Bot) -> None:
    assert bot.say("anna", "mijn").codes == ("refused_no_dialogue",)
    bot.staff(NEW)
    assert bot.say("anna", "mijn").codes == ("mine_no_meetings",)
    bot.open(room="plein")
    assert bot.say("anna", "mijn").codes == ("mine",)


def test_it_has_number_hours_and_the_way_off(bot: Bot) -> None:
    bot.staff(f"{NEW} plaatsen=1")
    bot.say("bram", "aanmelden M1")
    bot.say("anna", "aanmelden M1")
    (row,) = rows(bot)
    assert (row["meeting"], row["number"], row["stand"]) == ("M1", 2, "waits")
    assert (row["begins_at"], row["was"]) == (BEGINS, None)
    bot.say("bram", "afmelden M1")
    bot.tick(timedelta(seconds=1))
    answer = bot.say("anna", "mijn")
    assert [one.choice for one in answer.notices[-1].choices] == ["aanmelden", "afmelden"]
    assert rows(bot, "bram") == []


def test_it_says_what_changed_since(bot: Bot) -> None:
    bot.staff(NEW)
    bot.staff('moment verzet M1 wanneer="zaterdag 20:00" want="De zaal is dicht."')
    bot.say("anna", "aanmelden M1")
    assert rows(bot)[0]["was"] is None  # she knew that
    bot.staff('moment verzet M1 wanneer="zondag 20:00" want="De wethouder is ziek."')
    bot.staff('moment verzet M1 wanneer="maandag 20:00" want="Er is ijzel."')
    (row,) = rows(bot)
    assert (row["was"], row["want"]) == (BEGINS + timedelta(days=1), "Er is ijzel.")
    bot.staff("moment afzeggen M1 Er is nog meer ijzel.")
    (row,) = rows(bot)
    assert (row["phase"], row["reason"]) == ("called_off", "Er is nog meer ijzel.")
    bot.tick(timedelta(days=8))
    assert rows(bot) == []  # nobody knows any more


def test_it_comes_behind_what_was_given_in_a_dialogue(bot: Bot) -> None:
    bot.open(room="plein")
    bot.staff(NEW)
    bot.say("anna", "aanmelden M1")
    assert bot.say("anna", "mijn").codes == ("mine", "mine_meetings")
    assert "M1" in bot.say("anna", "!mijn", "plein")


def test_an_own_proposal_is_there_with_what_became_of_it(bot: Bot) -> None:
    bot.say("anna", 'moment voorstel Schoon plein waarom="Er ligt afval." in=plein')
    assert [(row["mine"], row["phase"]) for row in rows(bot)] == [(True, "proposed")]
    bot.staff("moment weiger M1 Dit doet de provincie.")
    assert rows(bot)[0]["reason"] == "Dit doet de provincie."
    bot.say("anna", "vergeetmij")
    bot.say("anna", "ja, vergeet mij")
    assert rows(bot) == []


def test_all_staff_does_not_read_what_one_of_them_signed_up_for(bot: Bot) -> None:
    bot.staff(NEW)
    go_to(bot, BEGINS - timedelta(days=2))
    bot.say("raf", "aanmelden M1")
    assert "mine_meetings" not in bot.say("raf", "mijn", "staf").codes
