"""The pages for tables go along with the message to staff that lists the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.platforms.messages import Message
from bot.platforms.places import PlaceKind
from tests.engine.bots import Bot

NEW = 'moment nieuw Ons plein wanneer="vrijdag 20:00" in=plein'


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    bot = Bot(tmp_path / "town.db")
    bot.staff(NEW)
    for number in range(6):
        bot.say(f"buur{number}", "aanmelden M1")
    yield bot
    bot.close()


def enclosing(bot: Bot) -> list[Message]:
    return [message for message in bot.heard if message.files]


def draw(bot: Bot) -> None:
    bot.staff("tafels M1 2")
    bot.tick(timedelta(minutes=2))


def test_staff_gets_them_with_the_numbers_and_nobody_else_does(bot: Bot) -> None:
    draw(bot)
    (message,) = enclosing(bot)
    assert message.place.kind is PlaceKind.STAFF
    (file,) = message.files
    assert (file.name, file.mime) == ("tafels-M1.html", "text/html")
    assert file.data.count(b"<article") == 2
    assert b"buur" not in file.data


def test_a_second_draw_has_pages_of_its_own(bot: Bot) -> None:
    for times in (1, 2, 3):
        draw(bot)
        drawn = bot.session.engine.ledger.meetings.by_id["meeting/1"].draw
        assert drawn is not None
        assert len(enclosing(bot)) == times
        page = enclosing(bot)[-1].files[0].data.decode()
        sits = [person.name for there in drawn.drawn for person in there]
        assert re.findall("<li>([0-9-]+)</li>", page) == sits


def test_with_a_link_to_the_room_they_have_a_code(bot: Bot) -> None:
    services = bot.session.engine.services
    services.town = replace(services.town, links={"plein": "https://example.org/plein"})
    draw(bot)
    (message,) = enclosing(bot)
    assert b"<svg" in message.files[0].data
    assert b"https://example.org/plein" in message.files[0].data
