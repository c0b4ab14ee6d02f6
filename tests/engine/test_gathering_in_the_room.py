"""Which plain talk can become a contribution: marked 📌 or in reply to the card, asked with ✅."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.gathering.asking import MOST
from bot.platforms.facts import Mark, Marked, Passed, Posted, Said
from bot.platforms.places import Place, PlaceKind
from tests.engine.talk import ME, MODERATOR, ROOM, STAFF, Talk
from tests.replay.playing import CHARTER

WORDS = "Er moeten kastanjes langs de Zomerstraat."
OTHER = "De lantaarns gaan te laat uit."


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    """Anna has a personal conversation with the bot, the others have none."""
    found = Talk(tmp_path / "t.db", ["anna"])
    yield found
    found.close()


# -- who may, and what it works on ------------------------------------------------------------


def test_a_pin_of_a_resident_is_a_reaction(talk: Talk) -> None:
    talk.begin()
    said = talk.say("anna", WORDS)
    for who in ("bram", "anna", "otto"):
        talk.react(who, "📌", said)
    assert talk.asked("anna") == 0
    assert talk.told_staff() == []


def test_a_pin_in_a_place_that_is_no_room(talk: Talk) -> None:
    talk.begin()
    said = talk.say("anna", WORDS)
    for place in (STAFF, Place("matrix", PlaceKind.PERSONAL, "vera")):
        talk.put(Marked(talk.origin("vera", place), Mark.TAKE_ALONG, said))
    assert talk.asked("anna") == 0


@pytest.mark.parametrize("by", [ME, "vera", "otto"])
def test_not_on_the_bots_own_nor_on_staffs_messages(talk: Talk, by: str) -> None:
    talk.begin()
    talk.talking.add(by)
    talk.react("vera", "📌", talk.say(by, WORDS))
    assert talk.told_staff() == ["gather_residents_only"]
    assert talk.asked(by) == 0
    assert talk.ticked == []


def test_what_cannot_be_read(talk: Talk) -> None:
    talk.begin()
    talk.react("vera", "📌", "$never")
    assert talk.told_staff() == ["gather_unreadable"]


@pytest.mark.parametrize("when", ["before", "poll", "stopped"])
def test_where_nothing_takes_it_staff_is_told(talk: Talk, when: str) -> None:
    if when == "poll":
        talk.staff(f"gesprek nieuw peiling Ons gesprek {CHARTER}")
        talk.staff('peiling soort=een vraag="Waar begint het?" opties="noord; zuid"')
        talk.staff("gesprek start")
    elif when == "stopped":
        talk.begin()
        talk.staff("verzamelen stop")
    talk.heard.clear()
    talk.react("vera", "📌", talk.say("anna", WORDS))
    assert talk.told_staff() == ["gather_not_now"]
    assert talk.asked("anna") == 0


def test_what_was_given_already_is_left_alone(talk: Talk) -> None:
    talk.begin()
    said = talk.say("anna", f"!stelling {WORDS}")
    talk.react("vera", "📌", said)
    talk.edit(said, WORDS)  # without its word it still gave S1
    talk.react("vera", "📌", said)
    assert talk.asked("anna") == 0
    assert talk.told_staff() == []
    assert talk.items() == {"S1": WORDS}


# -- asked on the message --------------------------------------------------------------------


def test_without_a_conversation_the_bots_tick_asks(talk: Talk) -> None:
    talk.begin()
    said = talk.say("bram", WORDS)
    talk.react("vera", "📌", said)
    assert talk.ticked == [said]
    assert talk.heard == [(ROOM, "gather_explained")]
    assert not talk.knows("bram")
    talk.react("carla", "✅", said)
    talk.react("vera", "✅", said)
    assert talk.items() == {}
    assert b"kastanjes" not in talk.kept()
    assert talk.react("bram", "✅", said) == ["statement_noted"]
    assert talk.items() == {"S1": WORDS}
    talk.react("bram", "✅", said)
    assert talk.items() == {"S1": WORDS}


def test_a_tick_before_the_bots_is_none(talk: Talk) -> None:
    talk.begin()
    said = talk.say("bram", WORDS)
    talk.react("bram", "✅", said)
    talk.posting = False
    talk.react("vera", "📌", said)
    talk.react("bram", "✅", said)
    assert talk.items() == {}


def test_the_room_is_told_once_a_round(talk: Talk) -> None:
    talk.begin()
    for who in ("bram", "carla", "daan"):
        talk.react("vera", "📌", talk.say(who, f"{WORDS} zegt {who}"))
    assert len(talk.ticked) == 3
    assert talk.heard == [(ROOM, "gather_explained")]


def test_too_many_at_once_let_go_of_the_oldest(talk: Talk) -> None:
    talk.begin()
    said = [talk.say("bram", f"Zin nummer {n} gaat over {n} dingen.") for n in range(MOST + 1)]
    for one in said:
        talk.react("vera", "📌", one)
    talk.react("bram", "✅", said[0])
    assert talk.items() == {}
    talk.react("bram", "✅", said[1])
    assert len(talk.items()) == 1


def test_what_the_platform_does_not_take_is_not_asked(talk: Talk) -> None:
    talk.begin()
    talk.posting = False
    talk.react("vera", "📌", talk.say("bram", WORDS))
    (row,) = [r for r in talk.store.queue.waiting() if r.token.startswith("gather-") and r.target]
    talk.put(Posted(row.token, ""))
    assert talk.store.forms.of_kind("gather", 0) == []


def test_in_an_open_ballot_the_message_shows_it(talk: Talk) -> None:
    talk.begin(more="stemming=open")
    said = talk.say("bram", WORDS)
    talk.react("vera", "📌", said)
    talk.react("bram", "✅", said)
    assert (ROOM, "statements_shown") not in talk.heard
    talk.react("carla", "👍", said)
    box = talk.dialogue.machine(0).box(talk.dialogue.states[0])
    assert box is not None
    assert {k: v for k, v in box.books["S1"].tally.items() if v} == {"agree": 1}


def test_young_people_are_asked_on_their_message_alone(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "t.db", ["anna"], youth=True)
    talk.begin()
    said = talk.say("anna", WORDS)
    talk.react("vera", "📌", said)
    assert talk.asked("anna") == 0
    assert talk.ticked == [said]
    talk.close()


# -- in reply to the card --------------------------------------------------------------------


def test_a_reply_that_cannot_be_read_gets_what_to_do_now_and_then(talk: Talk) -> None:
    talk.begin()
    talk.heard.clear()
    for who, reply in (("anna", "$other"), ("otto", talk.card), ("anna", talk.card)):
        talk.put(Passed(talk.origin(who), reply))
    talk.put(Passed(talk.origin("bram"), talk.card))
    assert talk.heard == [(ROOM, "reply_not_read")]
    assert not talk.knows("anna")


def test_a_reply_to_the_card_is_asked_about(talk: Talk) -> None:
    talk.begin()
    talk.say("anna", WORDS, reply=talk.card)
    assert talk.asked("anna") == 1
    assert not talk.knows("anna")
    assert b"kastanjes" not in talk.kept()
    assert talk.tell("anna", "ja") == ["statement_noted"]
    assert talk.items() == {"S1": WORDS}


def test_a_reply_without_a_conversation(talk: Talk) -> None:
    talk.begin()
    said = talk.say("bram", WORDS, reply=talk.card)
    assert talk.ticked == [said]
    assert not talk.knows("bram")
    assert talk.react("bram", "✅", said) == ["statement_noted"]


def test_which_replies_are_none(talk: Talk) -> None:
    talk.begin()
    other = talk.say("bram", "Wie komt er vanavond?")
    talk.say("anna", WORDS, reply=other)
    talk.say("vera", WORDS, reply=talk.card)
    talk.say("otto", WORDS, reply=talk.card)
    talk.say("anna", "!status", reply=talk.card)
    assert talk.asked("anna") == 0
    assert talk.ticked == []
    talk.say("anna", f"!stelling {OTHER}", reply=talk.card)
    assert talk.items() == {"S1": OTHER}
    talk.staff("verzamelen stop")
    talk.say("anna", WORDS, reply=talk.card)
    assert talk.asked("anna") == 0


def test_a_reply_to_another_message_of_the_bots_is_talk(talk: Talk) -> None:
    talk.begin(more="stemming=open")
    talk.tell("anna", f"stelling {OTHER}")
    talk.say("anna", WORDS, reply=talk.shown("item-S1"))
    assert talk.asked("anna") == 0
    assert talk.store.forms.of_kind("gather", 0) == []


def test_who_goes_on_replying_is_talking(talk: Talk) -> None:
    talk.begin()
    for number in range(20):
        talk.say("anna", f"{WORDS} {number}", reply=talk.card)
    assert talk.asked("anna") == 1
    talk.clock.set(talk.clock() + timedelta(minutes=2))
    talk.say("anna", OTHER, reply=talk.card)
    assert talk.asked("anna") == 2


def test_a_reply_that_is_pinned_too_is_asked_about_once(talk: Talk) -> None:
    talk.begin()
    said = talk.say("anna", WORDS, reply=talk.card)
    talk.react("vera", "📌", said)
    assert talk.asked("anna") == 1


def test_who_becomes_staff_before_the_words_come(talk: Talk) -> None:
    """Somebody who works for the town by now: what they said stays talk."""
    talk.begin()
    said = talk.say("anna", WORDS)
    talk.react("vera", "📌", said)
    ja = Said(talk.origin("anna", Place("matrix", PlaceKind.PERSONAL, "anna")), "ja")
    talk.put(ja, settle=False)
    (look,) = talk.engine.handling.looks()
    talk.put(replace(talk.look(look), roles=MODERATOR))
    assert talk.items() == {}
