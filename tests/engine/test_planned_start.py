"""``start om=``: a dialogue that opens by itself, and what happens where it cannot."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dialogues.dialogue import Status
from tests.engine.bots import Bot
from tests.engine.test_outage import away, later
from tests.replay.playing import CHARTER

OPENS = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)  # an hour after the bot's first message


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    made = Bot(tmp_path / "town.db")
    made.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat")
    return made


def until(bot: Bot, at: datetime) -> None:
    bot.tick(at - bot.clock())


def missed(bot: Bot) -> bool:
    return "StartMissed" in bot.events()


def test_it_opens_at_its_hour(bot: Bot) -> None:
    bot.staff('start om="vandaag 20:00" tot="vandaag 21:00"')
    until(bot, OPENS - timedelta(seconds=1))
    assert bot.dialogue.status is Status.PREPARING
    until(bot, OPENS)
    frame = bot.dialogue.open_frame
    assert frame is not None
    assert (frame.opened_at, frame.closes_at) == (OPENS, OPENS + timedelta(hours=1))
    assert frame.chosen
    assert later(bot) == 0
    bot.close()


@pytest.mark.parametrize(
    "typed",
    [
        'start om="vandaag 20:00"',
        "start om=vandaag 20:00",
        "gesprek start tot=vrijdag 20:00 om=vandaag 20:00",
        'start at="today 20:00" until="Friday 20:00"',
    ],
)
def test_forms(bot: Bot, typed: str) -> None:
    bot.staff(typed)
    assert bot.dialogue.planned is not None
    assert bot.dialogue.planned.opens_at == OPENS
    bot.close()


@pytest.mark.parametrize(
    "typed",
    [
        'start om="vandaag 18:00"',
        'start om="gauw"',
        'start om="vandaag 20:00" tot="vandaag 19:30"',
        'start om="dinsdag 15 december 20:00"',  # the day of the answer
        'start om="vandaag 20:00" om="vandaag 21:00"',
        'start op="vandaag 20:00"',
        'volgende om="vandaag 20:00"',
    ],
)
def test_what_is_refused(bot: Bot, typed: str) -> None:
    position = bot.dialogue.position
    bot.staff(typed)
    assert bot.dialogue.position == position
    bot.close()


def test_a_start_now_takes_the_place_of_the_planned_one(bot: Bot) -> None:
    bot.staff('start om="vandaag 20:00"')
    bot.staff("start")
    assert bot.dialogue.planned is None
    opened = bot.dialogue.started_at
    until(bot, OPENS)
    assert bot.dialogue.started_at == opened
    bot.close()


@pytest.mark.parametrize(("minutes", "opens"), [(5, True), (59, True), (61, False), (3000, False)])
def test_after_an_outage(bot: Bot, minutes: int, opens: bool) -> None:
    """Up to an hour late it happens and says so; later it is called missed, once."""
    bot.staff('start om="vandaag 20:00" tot="vandaag 21:00"')
    bot = away(bot, OPENS + timedelta(minutes=minutes) - bot.clock())
    assert (bot.dialogue.status is Status.OPEN) is opens
    assert later(bot) == opens
    assert missed(bot) is not opens
    if opens:
        frame = bot.dialogue.open_frame
        assert frame is not None
        assert frame.closes_at >= OPENS + timedelta(hours=1, minutes=minutes)
    until(bot, OPENS + timedelta(days=3))
    assert bot.events().count("StartMissed") == (not opens)
    bot.close()


def test_a_room_that_is_taken(bot: Bot) -> None:
    bot.staff('@ons-gesprek start om="vandaag 20:00"')
    bot.staff(f"gesprek nieuw gesprek Ander gesprek {CHARTER} in=zomerstraat")
    position = bot.dialogue.position
    bot.staff('@ander-gesprek start om="vandaag 20:30"')  # refused: the room is taken then
    assert bot.dialogue.position == position
    bot.staff("@ander-gesprek start")
    until(bot, OPENS)
    assert bot.events().count("StartMissed") == 1
    assert "RoundOpened" not in bot.events()
    bot.staff("@ander-gesprek sluit ja")
    bot.staff("@ons-gesprek start")
    assert "RoundOpened" in bot.events()
    bot.close()


def test_a_dialogue_that_closes_then_makes_room(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw stellingenronde Ander gesprek {CHARTER} in=zomerstraat")
    bot.staff('@ander-gesprek start tot="vandaag 20:00"')
    bot.staff('@ons-gesprek start om="vandaag 20:00"')
    until(bot, OPENS)
    bot.tick(timedelta(seconds=1))
    assert "RoundOpened" in bot.events()
    bot.close()


def test_the_charter_fits_the_planned_start(bot: Bot) -> None:
    bot.staff('start om="vandaag 20:00" tot="vrijdag 20:00"')
    position = bot.dialogue.position
    bot.staff("gesprek afspraken antwoord=2026-12-04")
    bot.staff("gesprek afspraken niveau=meebeslissen")
    assert bot.dialogue.position == position
    bot.staff("gesprek afspraken antwoord=2026-12-05")
    assert bot.dialogue.position == position + 1
    bot.close()
