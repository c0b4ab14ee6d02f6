"""The meetings that are offered while somebody fills in a word are those that fit it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.searching import search
from bot.platforms.facts import Tick
from bot.platforms.menu import Searched
from bot.platforms.places import Place
from bot.runtime.surface import Surface
from bot.town.alarms import AlarmWords
from commands.meetings.words import MEETING_WORDS
from meetings.meeting import Phase
from rounds import registry
from tests.engine.networks import STAFF_THERE, THERE, Networks

NEW = 'moment nieuw Ons plein wanneer="over {} dagen"'


@pytest.fixture
def both(tmp_path: Path) -> Networks:
    """M1 to M3 are planned; anna signed up for M2, M3 has begun; M4 and M5 are proposed, and the
    room sees M4."""
    both = Networks(tmp_path / "town.db")
    for days in (3, 2, 1):
        both.commanded(NEW.format(days))
    both.heard("anna", "aanmelden M2", "discord")
    both.heard("anna", "moment voorstel Schoon plein", "discord")
    both.heard("bram", "moment voorstel Stille straat", "discord")
    both.commanded("ok M4")
    both.later(days=1)
    both.put(Tick(both.clock()))
    return both


def offered(
    both: Networks, word: str, place: Place = THERE, who: str = "anna", typed: str = ""
) -> list[str]:
    surface = Surface(both.engine.town, registry.vocabulary())
    (command,) = (one for one in surface.menu() if one.typed == word)
    suggests = next(one.suggests for one in command.options if "meetings:" in one.suggests)
    roles = frozenset({"moderator"} if place is STAFF_THERE else ())
    found = search(both.engine.services, Searched(who, roles, place, suggests, typed))
    return [one.value for one in found if one.value.startswith("M")]


@pytest.mark.parametrize(
    ("word", "fits"),
    [
        ("aanmelden", ["M2", "M1"]),
        ("afmelden", ["M2"]),
        ("herinner", ["M2"]),
        ("agenda", ["M3", "M2", "M1", "M4"]),
        ("steun", ["M4"]),
        ("intrekken", ["M4"]),
    ],
)
def test_to_residents(word: str, fits: list[str], both: Networks) -> None:
    assert offered(both, word) == fits


@pytest.mark.parametrize(
    ("word", "fits"),
    [
        ("aanwezig", ["M3"]),
        ("afgesproken", ["M3"]),
        ("moment afzeggen", ["M3", "M2", "M1"]),
        ("moment verzet", ["M3", "M2", "M1"]),
        ("moment neem", ["M4", "M5"]),
        ("moment weiger", ["M4", "M5"]),
        ("ok", ["M4", "M5"]),
    ],
)
def test_to_staff(word: str, fits: list[str], both: Networks) -> None:
    assert both.engine.ledger.meetings.by_id["meeting/3"].phase is Phase.PLANNED
    assert offered(both, word, STAFF_THERE, "vera") == fits


def test_they_are_found_by_title_and_by_number(both: Networks) -> None:
    assert offered(both, "aanmelden", typed="plein") == ["M2", "M1"]
    assert offered(both, "aanmelden", typed="m1") == ["M1"]
    assert offered(both, "aanmelden", typed="park") == []
    assert offered(both, "intrekken", who="bram") == ["M5"]  # its author sees it before review


def test_those_of_young_people_are_offered_in_their_room_alone(both: Networks) -> None:
    services = both.engine.services
    services.town.rooms = replace(services.town.rooms, youth={"straat": AlarmWords()})
    elsewhere = Place("discord", THERE.kind, "elders")
    assert offered(both, "aanmelden", elsewhere) == ["M2"]  # she is in it
    assert offered(both, "aanmelden", elsewhere, "zoe") == []
    assert offered(both, "aanmelden") == ["M2", "M1"]


def test_each_word_that_takes_a_meeting_offers_them_and_reads_in_english(both: Networks) -> None:
    menu = {one.typed: one for one in Surface(both.engine.town, registry.vocabulary()).menu()}
    for word in MEETING_WORDS:
        takes = any(one.name == "bijeenkomst" for one in word.parameters)
        offers = any("meetings:" in one.suggests for one in menu[word.dutch].options)
        assert offers or not takes, word.dutch
        for option in menu[word.dutch].options:
            assert option.name.english, option
            assert option.help.english != option.help.dutch, option
    assert menu["aanmelden"].name.english == "signup"
    assert [one.name.english for one in menu["herinner"].options] == ["meeting", "when"]
    values = next(one.values for one in menu["herinner"].options if one.values)
    assert [told.english for _, told in values] == ["day", "hour", "no"]
