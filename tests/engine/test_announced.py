"""The hours of rounds as a calendar has them: each change counts, and what is off says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.engine.bots import Bot
from tests.engine.test_outage import away
from tests.engine.test_schedule import END, FIRST, HOUR, MINUTE, SCHEDULE, SECOND, THIRD, until
from tests.replay.playing import CHARTER


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """A dialogue of three rounds that has not begun."""
    made = Bot(tmp_path / "town.db")
    made.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat")
    made.staff('peiling soort=een vraag="Wat eerst?" opties="Bomen; Bankjes"')
    return made


def hours(bot: Bot) -> list[tuple[datetime, datetime | None]]:
    found = bot.dialogue.announced
    return [(found[index].begins_at, found[index].ends_at) for index in sorted(found)]


def counts(bot: Bot) -> list[int]:
    return [one.sequence for _index, one in sorted(bot.dialogue.announced.items())]


def off(bot: Bot) -> list[bool]:
    return [one.off for _index, one in sorted(bot.dialogue.announced.items())]


PLANNED = [(FIRST, SECOND), (SECOND, THIRD), (THIRD, END)]


def test_a_schedule_that_is_kept_changes_nothing(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    planned = bot.clock()
    assert hours(bot) == PLANNED
    assert {one.title.partition(":")[0] for one in bot.dialogue.announced.values()} == {
        "Ons gesprek"
    }
    until(bot, FIRST + 5 * MINUTE)
    bot.say("zoe", "!stelling Er moeten meer bomen komen.", "zomerstraat")
    for name in "abcdef":
        bot.say(name, "stem S1 eens")
    until(bot, END + HOUR)
    assert hours(bot) == PLANNED
    assert counts(bot) == [0, 0, 0]
    assert off(bot) == [False] * 3
    assert {one.changed_at for one in bot.dialogue.announced.values()} <= {planned}
    bot.close()


def test_an_hour_that_moves_counts_for_the_rounds_that_it_moves(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    bot.tick(MINUTE)
    bot.staff('gesprek rooster 2="20:50"')
    moved = SECOND + 10 * MINUTE
    assert hours(bot) == [(FIRST, moved), (moved, THIRD), (THIRD, END)]
    assert counts(bot) == [1, 1, 0]
    bot.close()


def test_a_title_that_changes_counts(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    bot.staff("gesprek titel Wat nu?")
    assert counts(bot) == [1, 1, 1]
    assert bot.dialogue.announced[0].title.startswith("Wat nu? ")
    bot.close()


def test_a_start_at_an_hour_stands_in_it_alone(bot: Bot) -> None:
    bot.staff('start om="vrijdag 20:00" tot="vrijdag 21:00"')
    assert hours(bot) == [(FIRST, FIRST + HOUR)]
    until(bot, FIRST + MINUTE)
    bot.staff('tot "vrijdag 21:30"')
    assert hours(bot) == [(FIRST, FIRST + HOUR + 30 * MINUTE)]
    assert counts(bot) == [1]
    bot.close()


def test_what_nobody_planned_does_not_come_into_it(bot: Bot) -> None:
    bot.staff("start")
    bot.staff("volgende ja")
    assert hours(bot) == []
    bot.close()


def test_a_start_that_was_missed_is_off_until_it_is_made_up_for(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    bot = away(bot, FIRST + 3 * HOUR - bot.clock())
    assert off(bot) == [True] * 3
    assert counts(bot) == [1] * 3
    bot.staff("start")
    late = bot.clock() - FIRST
    assert off(bot) == [False] * 3
    assert counts(bot) == [2] * 3
    assert hours(bot)[0][0] == bot.dialogue.frames[0].opened_at
    assert timedelta() <= hours(bot)[1][0] - SECOND - late < MINUTE
    bot.close()


def test_what_opens_late_moves_and_what_is_closed_early_is_off(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    bot = away(bot, FIRST + 20 * MINUTE - bot.clock())
    assert hours(bot) == [(a + 20 * MINUTE, b + 20 * MINUTE) for a, b in PLANNED]
    bot.staff("sluit ja")
    assert off(bot) == [False, True, True]
    assert hours(bot)[0][1] == bot.clock()
    bot.close()


def test_it_comes_from_the_journal(bot: Bot) -> None:
    bot.staff(SCHEDULE)
    until(bot, FIRST + MINUTE)
    bot.staff('gesprek rooster 3="21:10" want="Er is meer te zeggen"')
    known = dict(bot.dialogue.announced)
    again = away(bot, timedelta())
    assert again.dialogue.announced == known
    again.close()
