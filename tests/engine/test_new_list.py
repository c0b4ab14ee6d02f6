"""A new round's list: in the conversation by itself where the bot may, else at the first words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.platforms.facts import Posted, Tick
from bot.platforms.live import NotYet, Unreachable
from bot.platforms.messages import Message
from bot.town.alarms import AlarmWords
from dialogues.dialogue import Dialogue
from storage.rows import LIST
from tests.engine.street import TAPS, WORDS, Street

POLL = 'soort=een vraag="Waar komt de bank?" opties="bij de school; op het plein"'
QUESTION = "Waar komt de bank?"


@pytest.fixture
def street(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Street:
    return begun(Street(tmp_path / "town.db", monkeypatch))


def begun(street: Street) -> Street:
    """Anna answered the list of the first round, Bram saw it, Carla only asked for help, and Daan
    voted without a list."""
    street.open("gesprek", poll=POLL)
    street.say("otto", f"stelling {WORDS}")
    street.settle()
    street.tap("anna")
    street.say("anna", "1 eens")
    street.tap("bram")
    street.talking |= {"carla", "daan"}
    street.say("carla", "hulp")
    street.say("daan", "stem S1 eens")
    street.settle()
    return street


def goes_on(street: Street) -> None:
    """A moderator closes the round, and everything said in it has come in."""
    street.command("volgende")
    street.later(seconds=1)
    street.read_back()
    street.put(Tick(street.clock()))


def onward(street: Street) -> Dialogue:
    """The next round begins."""
    goes_on(street)
    street.settle()
    (dialogue,) = street.engine.ledger.states.values()
    return dialogue


def test_who_takes_part_gets_the_list_of_the_next_round(street: Street) -> None:
    onward(street)
    for who in ("anna", "bram", "daan"):
        assert QUESTION in street.heard(who)[-1]
    assert QUESTION not in "".join(street.heard("carla") + street.heard("otto"))
    street.say("anna", "2")
    street.settle()
    (dialogue,) = street.engine.ledger.states.values()
    assert len(dialogue.machine(1).box(dialogue.states[1]).roll.stood()) == 1


def test_an_answer_counts_on_the_list_that_had_come(street: Street) -> None:
    """By the moment at which the list stood, which its echo tells."""
    goes_on(street)
    street.deliver()
    token = next(m.token for m in street.chat.messages.values() if m.slot.startswith(LIST))
    street.put(Posted(token, "$list", street.clock()))
    offered = street.store.offers.newest("matrix/personal/anna", "offer")
    assert offered is not None
    assert offered.items == ("P1",)
    assert offered.stood_at <= street.clock().timestamp() * 1000


@pytest.mark.parametrize("said", ["stil", "quiet"])
def test_who_typed_stil_gets_nothing_unasked(street: Street, said: str) -> None:
    street.say("anna", said)
    street.settle()
    before = street.heard("anna")
    onward(street)
    assert street.heard("anna") == before
    assert QUESTION in street.heard("bram")[-1]
    street.say("anna", "hallo daar buiten")  # the first words in the new round
    street.settle()
    assert QUESTION in street.heard("anna")[-1]


def test_stil_is_taken_back(street: Street) -> None:
    street.say("anna", "stil")
    street.say("anna", "stil nee")
    street.settle()
    onward(street)
    assert QUESTION in street.heard("anna")[-1]


def test_stil_holds_for_what_happens_to_ones_words_too(street: Street) -> None:
    street.say("bram", "stil")
    street.say("bram", "stelling De straat wordt autovrij.")
    street.settle()
    before = street.heard("bram")
    street.command("verberg S2 1")
    street.settle()
    assert street.heard("bram") == before


def test_where_the_bot_may_not_the_first_words_bring_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    street = Street(tmp_path / "limited.db", monkeypatch, replace(TAPS, unasked=False))
    begun(street)
    before = street.heard("anna")
    onward(street)
    assert street.heard("anna") == before
    street.say("anna", "en nu dan verder?")
    street.settle()
    assert QUESTION in street.heard("anna")[-1]
    street.say("anna", "wat een mooie dag is het")
    street.settle()
    assert QUESTION not in street.heard("anna")[-1]


def test_young_people_get_no_list_that_they_did_not_ask_for(street: Street) -> None:
    rooms = street.engine.services.town.rooms
    street.engine.services.town.rooms = replace(rooms, youth={"straat": AlarmWords()})
    before = street.heard("anna")
    onward(street)
    assert street.heard("anna") == before
    street.tap("anna")
    assert QUESTION in street.heard("anna")[-1]


def test_a_list_that_is_not_needed_any_more_is_not_sent(street: Street) -> None:
    """Who tapped before it came has it; and after a kill no list comes twice."""
    goes_on(street)
    street.tap("anna")
    heard = [text for text in street.heard("anna") if QUESTION in text]
    assert len(heard) == 1
    street.restart()
    street.settle()
    assert [text for text in street.heard("anna") if QUESTION in text] == heard
    assert street.store.outbox.counts() == {}


def test_the_vote_on_recommendations_comes_when_it_opens(street: Street) -> None:
    for number in range(5):
        street.talking.add(f"p{number}")
        street.say(f"p{number}", "stem S1 eens")
    street.settle()
    onward(street)
    dialogue = onward(street)
    assert dialogue.current == 2
    before = street.heard("anna")
    dialogue = onward(street)
    assert street.heard("anna")[len(before) :] != []
    assert "(A1)" in street.heard("anna")[-1]


def test_a_list_that_the_platform_refused_was_seen_by_nobody(street: Street) -> None:
    """Nothing counts on it, and it comes once the platform takes it."""
    goes_on(street)
    street.refusing = "send"
    street.settle(2)
    street.refusing = ""
    assert QUESTION not in "".join(street.heard("anna"))
    offered = street.store.offers.newest("matrix/personal/anna", "offer")
    assert offered is not None
    assert offered.items == ("S1",)
    street.settle(20)
    assert QUESTION in street.heard("anna")[-1]


def test_a_list_that_could_not_be_sent_at_once_is_sent_later(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And whoever speaks before it comes gets it then, once."""
    limited = dict.fromkeys(("matrix/personal/anna", "matrix/personal/bram"), 2)
    send = street.chat.send

    async def slowly(message: Message) -> str:
        if message.slot.startswith(LIST) and limited.get(str(message.place), 0):
            limited[str(message.place)] -= 1
            raise (NotYet if message.place.name == "anna" else Unreachable)(3.0)
        return await send(message)

    monkeypatch.setattr(street.chat, "send", slowly)
    onward(street)
    for who in ("anna", "bram"):
        assert len([text for text in street.heard(who) if QUESTION in text]) == 1
    assert street.store.outbox.counts() == {}
