"""A closing waits for what may still arrive, and for nothing that cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.engine.reception import Cursor
from bot.platforms.capabilities import Capabilities, ReadBack
from bot.platforms.facts import Tick
from bot.platforms.places import Place, PlaceKind
from dialogues.machine import Stage
from tests.engine.bots import START
from tests.engine.chat import LIVE
from tests.engine.test_deliveries import Far, far

ROOM = Place("far", PlaceKind.ROOM, "room")
ELSEWHERE = Place("far", PlaceKind.ROOM, "elsewhere")
PERSONAL = Place("far", PlaceKind.PERSONAL, "bram")


def second(at: int) -> datetime:
    return START + timedelta(seconds=at)


def closing(file: Path, can: Capabilities = LIVE) -> Far:
    """A round to be closed at 30 s, when everything before 20 s has been received."""
    bot = far(file, can)
    bot.clock.set(second(60))
    bot.receive(bot.vote(10, "eens"))
    read(bot, 20)
    bot.receive(bot.staff(30, "sluit ja"))
    return bot


def read(bot: Far, at: int, **places: datetime) -> None:
    named = {ROOM.name: ROOM, ELSEWHERE.name: ELSEWHERE, PERSONAL.name: PERSONAL}
    cursor = Cursor("far", "", second(at), {named[name]: when for name, when in places.items()})
    bot.engine.receive([Tick(bot.clock())], cursor)
    bot.engine.receive([Tick(bot.clock())])


def closed(bot: Far) -> bool:
    return bot.dialogue.frames[0].stage is Stage.CLOSED


@pytest.mark.parametrize(
    ("places", "waits"),
    [
        ({}, False),
        ({"room": second(25)}, True),
        ({"room": second(30)}, False),
        ({"elsewhere": second(25)}, False),
    ],
)
def test_it_waits_for_its_own_room(
    places: dict[str, datetime], waits: bool, tmp_path: Path
) -> None:
    bot = closing(tmp_path / "t.db")
    assert not closed(bot)
    read(bot, 40, **places)
    assert closed(bot) is not waits
    read(bot, 41)  # from now on this place is no other than the rest
    assert closed(bot)
    bot.close()


def test_it_waits_for_personal_conversations_however_far_its_room_is(tmp_path: Path) -> None:
    bot = closing(tmp_path / "t.db")
    read(bot, 25, room=second(50))
    assert not closed(bot)
    bot.close()


def test_what_is_behind_is_what_a_restart_goes_by(tmp_path: Path) -> None:
    bot = closing(tmp_path / "t.db")
    read(bot, 40, room=second(25))
    bot.store.close()
    bot = Far(bot.file)
    bot.clock.set(second(60))
    bot.engine.receive([Tick(bot.clock())])
    assert not closed(bot)
    bot.close()


def test_a_time_before_what_a_place_read_back_cannot_be_true(tmp_path: Path) -> None:
    """Elsewhere it can."""
    for place, expected in ((PERSONAL, 35), (Place("far", PlaceKind.PERSONAL, "anna"), 21)):
        bot = closing(tmp_path / f"{expected}.db")
        read(bot, 20, bram=second(35))
        fact = bot.said(21, place.name, "stem S1 oneens", PlaceKind.PERSONAL)
        at = bot.engine.handling._reception.clamped(fact.origin, bot.clock())
        assert at == second(expected)
        bot.close()


def test_it_does_not_wait_for_what_cannot_be_read_back(tmp_path: Path) -> None:
    bot = closing(tmp_path / "t.db", replace(LIVE, read_back=ReadBack.NEVER))
    assert closed(bot)
    bot.close()
