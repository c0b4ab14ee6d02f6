"""Limits on the messages of one person and one room, by the events' own times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.facts import Flooded, Origin, Posted, Said
from bot.platforms.flood import PERSON, ROOM, Flood
from bot.platforms.places import Place, PlaceKind

NOW = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
ROOM_PLACE = Place("matrix", PlaceKind.ROOM, "zomerstraat")
HOUR = timedelta(hours=1)


def said(user: str, at: datetime = NOW, place: Place | None = None, *roles: str) -> Said:
    where = place or Place("matrix", PlaceKind.PERSONAL, user)
    return Said(Origin(f"${user}", at, where, user, frozenset(roles)), "stem S1 eens")


def passed(flood: Flood, *facts: Said, now: datetime = NOW) -> int:
    return sum(not isinstance(fact, Flooded) for fact in flood.kept(facts, now))


def test_one_person_has_an_allowance_and_others_their_own() -> None:
    flood = Flood()
    assert passed(flood, *[said("anna")] * 1000) == PERSON.at_once
    assert passed(flood, said("anna", NOW + timedelta(seconds=10)), now=NOW + HOUR) == 1
    assert passed(flood, *[said(f"nieuw-{n}") for n in range(500)]) == 500


def test_what_was_said_over_hours_is_no_flood() -> None:
    """A thousand messages that are read at once after an absence."""
    spread = [said("anna", NOW - HOUR + timedelta(seconds=3.6 * n)) for n in range(1000)]
    assert passed(Flood(), *spread) == 1000


def test_an_event_from_the_future_fills_nothing() -> None:
    flood = Flood()
    assert passed(flood, *[said("anna")] * 500) == PERSON.at_once
    assert passed(flood, said("anna", NOW + HOUR), said("anna", NOW - HOUR)) == 0


def test_a_room_has_one_too_and_staff_has_none() -> None:
    flood = Flood()
    crowd = [said(f"u{n}", NOW, ROOM_PLACE) for n in range(int(ROOM.at_once) + 50)]
    assert passed(flood, *crowd) == ROOM.at_once
    assert passed(flood, said("anna")) == 1
    assert passed(flood, *[said("vera", NOW, ROOM_PLACE, "moderator")] * 1000) == 1000


def test_what_is_over_stays_known() -> None:
    flood = Flood()
    facts = flood.kept([*[said("anna")] * int(PERSON.at_once + 1), Posted("t", "$1")], NOW)
    assert facts[-2] == Flooded(said("anna").origin)
    assert facts[-1] == Posted("t", "$1")


def test_it_remembers_no_more_than_it_needs() -> None:
    flood = Flood()
    for number in range(50_000):
        at = NOW + timedelta(seconds=number)
        flood.kept([said(f"u{number}", at)], at)
    assert len(flood.people) <= 20_001
