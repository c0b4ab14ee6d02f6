"""``agenda`` in person comes with a file for one's own calendar."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import vobject

from bot.platforms.live import Doubtful
from bot.town.alarms import alarm_words
from tests.engine.chat import ROOM, person
from tests.engine.live import Live

ANNA = person("anna")


@pytest.fixture
def live(tmp_path: Path) -> Live:
    made = Live(tmp_path / "town.db")
    made.command('moment nieuw Ons plein wanneer="vrijdag 20:00" waar="Buurthuis" in=straat')
    made.command('moment nieuw Later wanneer="2026-12-11 20:00" waar="Buurthuis" in=straat')
    made.deliver()
    return made


def files(live: Live) -> list[list[str]]:
    """The titles in each file that was sent."""
    live.deliver()
    found = []
    for name, mime, data in live.chat.uploads:
        assert (name, mime.partition(";")[0]) == ("agenda.ics", "text/calendar")
        events = vobject.readOne(data.decode()).contents["vevent"]
        found.append([event.summary.value for event in events])
    return found


def test_what_is_ahead_comes_as_a_file_before_the_answer(live: Live) -> None:
    live.say("anna", "agenda")
    assert files(live) == [["Ons plein", "Later"]]
    live.say("anna", "agenda M2")
    assert files(live)[1:] == [["Later"]]
    live.later(days=8)
    live.say("anna", "agenda")
    assert files(live)[2:] == [["Later"]]


def test_who_asks_in_a_room_or_for_something_else_gets_none(live: Live) -> None:
    live.say("anna", "!agenda", ROOM)
    live.command("agenda")
    live.say("anna", "hulp")
    live.later(days=30)
    live.say("anna", "agenda")
    assert files(live) == []


def test_what_young_people_plan_is_not_in_it(live: Live) -> None:
    rooms = live.engine.services.town.rooms
    live.engine.services.town.rooms = replace(rooms, youth={"straat": alarm_words([])})
    live.say("anna", "agenda")
    live.say("anna", "agenda M1", ROOM)
    assert files(live) == []


def test_an_answer_that_is_sent_again_has_its_file_once(live: Live) -> None:
    """The file has a token of its own, by which a platform knows it again."""
    faults: list[BaseException] = [Doubtful(0.0)]
    live.chat.fault = lambda what, place, _id: (
        faults.pop() if faults and what == "send" and place == ANNA else None
    )
    live.say("anna", "agenda")
    for _ in range(3):
        live.later(minutes=1)
        live.deliver()
    tokens = [token for what, token in live.chat.calls if what == "upload"]
    assert faults == []
    assert len(live.told(ANNA)) == 1
    assert len(set(tokens)) == 1
