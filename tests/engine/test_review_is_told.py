"""With review beforehand staff hears of the first thing that waits, of others every ten minutes,
and ten minutes before the closing; what waits can be approved until the round closes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogues.items import ItemState
from tests.engine.bots import Bot

TEXTS = ("Er moeten meer bomen komen.", "De bus moet vaker rijden.", "Een bankje bij de school.")


@pytest.fixture
def reviewed(bot: Bot) -> Bot:
    bot.open(more="toetsing=vooraf")
    bot.staff('tot "over 60 minuten"')
    return bot


def told(bot: Bot) -> list[list[str]]:
    """The items of each message to staff of what waits, since the last time it was asked for."""
    new = [bot.reads(m) for m in bot.heard if m.place.name == "staf"]
    bot.heard.clear()
    return [one.data("review_waits")["items"] for one in new if "review_waits" in one.codes]


def give(bot: Bot, number: int) -> None:
    bot.say("bram", f"stelling {TEXTS[number]}")
    bot.tick(timedelta(seconds=1))


def test_of_the_first_at_once_of_the_next_after_ten_minutes(reviewed: Bot) -> None:
    bot = reviewed
    bot.heard.clear()
    give(bot, 0)
    assert told(bot) == [["S1"]]
    give(bot, 1)
    give(bot, 2)
    assert told(bot) == []
    bot.tick(timedelta(minutes=10))
    assert told(bot) == [["S1", "S2", "S3"]]
    bot.tick(timedelta(minutes=20))
    assert told(bot) == []  # nothing new came


def test_nothing_is_told_of_what_was_approved(reviewed: Bot) -> None:
    bot = reviewed
    give(bot, 0)
    give(bot, 1)
    bot.staff("ok S1 S2")
    bot.heard.clear()
    bot.tick(timedelta(minutes=30))
    assert told(bot) == []


def test_ten_minutes_before_closing(bot: Bot) -> None:
    bot.open(more="toetsing=vooraf")
    bot.staff('tot "over 60 minuten"')
    give(bot, 0)
    bot.staff("ok S1")
    bot.say("anna", "stem S1 oneens")
    bot.say("anna", "waarom S1 Dan is er minder licht.")
    bot.tick(timedelta(minutes=11))
    told(bot)
    bot.tick(timedelta(minutes=37))
    assert told(bot) == []
    bot.tick(timedelta(minutes=3))
    assert told(bot) == [["R1"]]


def waits(bot: Bot) -> list[tuple[str, object, object]]:
    """The messages to staff of what waits or was not reviewed, with their items."""
    return [
        (notice.template, notice.data["items"], notice.data["waiting"])
        for place, notice in bot.spoken
        if place == "staf" and notice.template in ("review_waits", "not_reviewed")
    ]


def test_where_collecting_ends_ten_minutes_before_closing_staff_gets_one_message(
    reviewed: Bot,
) -> None:
    bot = reviewed
    give(bot, 0)
    bot.staff("ok S1")
    give(bot, 1)
    bot.say("anna", "stem S1 oneens")
    bot.say("anna", "waarom S1 Dan is er minder licht.")
    bot.tick(timedelta(minutes=20))
    before = len(waits(bot))
    bot.tick(timedelta(minutes=30))
    assert waits(bot)[before:] == [("not_reviewed", ["S2"], ["R1"])]
    bot.tick(timedelta(minutes=9))
    assert len(waits(bot)) == before + 1


def test_what_came_just_before_is_in_that_message_and_told_no_second_time(reviewed: Bot) -> None:
    bot = reviewed
    give(bot, 0)
    bot.staff("ok S1")
    bot.tick(timedelta(minutes=45))
    for who in ("anna", "carla"):
        bot.say(who, "stem S1 oneens")
        bot.say(who, "waarom S1 Dan is er minder licht.")
        bot.tick(timedelta(minutes=1))
    before = len(waits(bot))
    bot.tick(timedelta(minutes=3))
    assert waits(bot)[before:] == [("review_waits", ["R1", "R2"], 2)]
    bot.tick(timedelta(minutes=9))
    assert len(waits(bot)) == before + 1


def test_where_only_a_reason_waits_then_it_is_one_message_too(reviewed: Bot) -> None:
    bot = reviewed
    give(bot, 0)
    bot.staff("ok S1")
    bot.say("anna", "stem S1 oneens")
    bot.say("anna", "waarom S1 Dan is er minder licht.")
    bot.tick(timedelta(minutes=20))
    before = len(waits(bot))
    bot.tick(timedelta(minutes=30))
    assert waits(bot)[before:] == [("review_waits", ["R1"], 1)]


def test_ok_works_until_the_round_closes(reviewed: Bot) -> None:
    bot = reviewed
    give(bot, 0)
    bot.staff("verzamelen stop")
    bot.tick(timedelta(minutes=1))
    item = bot.dialogue.items.by_number["S1"]
    assert item.state is ItemState.UNREVIEWED
    assert bot.dialogue.unreviewed == 1
    assert "S1" in bot.staff("werk")
    bot.staff("ok 1")
    assert item.state is ItemState.SHOWN
    assert bot.dialogue.unreviewed == 0
    bot.say("anna", "stem S1 eens")
    assert bot.tally("S1") == {"agree": 1}


def test_after_the_closing_it_does_not(reviewed: Bot) -> None:
    bot = reviewed
    give(bot, 0)
    bot.tick(timedelta(minutes=61))
    bot.staff("@ons-gesprek ok S1")
    assert bot.dialogue.items.by_number["S1"].state is ItemState.UNREVIEWED
