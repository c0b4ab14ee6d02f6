"""Who taps the sign under a card takes part: the first list comes without a typed word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.tapping import unanswered
from bot.platforms.facts import Mark, Removed
from bot.town.alarms import AlarmWords
from tests.engine.chat import ROOM
from tests.engine.street import WORDS, Street


@pytest.fixture
def street(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Street:
    made = Street(tmp_path / "town.db", monkeypatch)
    made.open()
    made.say("otto", f"stelling {WORDS}")
    made.settle()
    return made


def test_the_bot_puts_the_sign_under_each_card(street: Street) -> None:
    (first,) = street.chat.cards()
    assert street.chat.ticks == {first: Mark.JOIN}
    street.later(minutes=40)
    street.chatter(60)
    street.settle()
    (again,) = street.chat.cards()
    assert again != first
    assert street.chat.ticks[again] is Mark.JOIN


def test_a_tap_brings_the_first_list_and_the_sign_goes(street: Street) -> None:
    street.chat.calls.clear()
    sign = street.tap("anna")
    (said,) = street.heard("anna")
    assert f"1. «{WORDS}» (S1)" in said
    calls = [what for what, of in street.chat.calls if what in ("open", "remove")]
    assert calls == ["open", "remove"]
    assert street.chat.removed == [sign]
    assert street.chat.calls.index(("remove", sign)) == len(street.chat.calls) - 1
    street.say("anna", "1 eens")
    street.settle()
    assert street.store.people.known("matrix", "anna")
    (dialogue,) = street.engine.ledger.states.values()
    assert len(dialogue.machine(0).box(dialogue.states[0]).roll.stood()) == 1


def test_who_has_a_conversation_finds_the_list_there(street: Street) -> None:
    street.tap("anna")
    street.chat.calls.clear()
    sign = street.tap("anna")
    assert len(street.heard("anna")) == 2
    assert WORDS in street.heard("anna")[-1]
    assert ("open", "anna") not in street.chat.calls
    assert sign in street.chat.removed


def test_while_the_server_opens_no_more_the_sign_stands(street: Street) -> None:
    """And everybody gets a conversation when it does, however many they are."""
    street.full = 62.0
    people = [f"p{number}" for number in range(12)]
    signs = [street.tap(who) for who in people]
    assert street.chat.removed == []
    opens = [of for what, of in street.chat.calls if what == "open"]
    assert len(opens) < len(people)  # it waits as long as the server says
    street.full = 0.0
    street.settle(200)
    assert all(WORDS in street.heard(who)[-1] for who in people)
    assert sorted(street.chat.removed) == sorted(signs)


def test_a_list_that_waits_for_its_invitation_survives_a_restart(street: Street) -> None:
    street.full = 62.0
    signs = [street.tap(who) for who in ("anna", "bram")]
    assert street.heard("anna") == []
    street.restart()
    street.later(minutes=1)
    street.full = 0.0
    street.put(*unanswered(street.store, street.clock()))
    street.settle(100)
    assert all(WORDS in street.heard(who)[-1] for who in ("anna", "bram"))
    assert sorted(street.chat.removed) == sorted(signs)
    assert unanswered(street.store, street.clock()) == ()
    street.say("anna", "1 eens")
    street.settle()
    (dialogue,) = street.engine.ledger.states.values()
    assert len(dialogue.machine(0).box(dialogue.states[0]).roll.stood()) == 1


def test_where_it_may_remove_nothing_the_rest_is_the_same(street: Street) -> None:
    street.refusing = "remove"
    street.tap("anna")
    assert WORDS in street.heard("anna")[-1]
    assert street.store.outbox.counts() == {}


def test_whoever_cannot_be_invited_is_asked_once(street: Street) -> None:
    street.refusing = "open"
    street.talking.clear()
    street.tap("anna")
    street.settle(200)
    assert [of for what, of in street.chat.calls if what == "open"] == ["anna"]


@pytest.mark.parametrize(("words", "opened"), [("!meedoen", []), ("", ["anna"])])
def test_young_people_begin_themselves(street: Street, words: str, opened: list[str]) -> None:
    rooms = street.engine.services.town.rooms
    street.engine.services.town.rooms = replace(rooms, youth={"straat": AlarmWords()})
    if words:
        street.say("anna", words, ROOM)
        street.settle()
    else:
        street.tap("anna")
    assert street.chat.opened == opened


def test_staff_get_no_ballot(street: Street) -> None:
    street.tap("otto", ("official",))
    assert WORDS not in street.heard("otto")[-1]


def test_elsewhere_the_sign_means_nothing(street: Street) -> None:
    """Nothing is stored of somebody who puts it on a message of somebody else, or takes it away
    again."""
    street.tap("anna", card="$e1")
    assert street.store.people.known("matrix", "anna") is None
    street.put(Removed(street.origin("bram", ROOM), "$e2"))
    assert street.store.people.known("matrix", "bram") is None
    assert street.chat.opened == []
