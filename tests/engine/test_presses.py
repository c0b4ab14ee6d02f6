"""A choice counts in the dialogue it was shown with, whichever dialogue is open or chosen now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from bot.delivery.answering import Asked
from bot.platforms.facts import Chose, Origin, Reacted, Said, Submitted, Tick
from bot.platforms.messages import Meaning, Message, ReplyHandle
from tests.engine.bots import RECEIPT, Bot
from tests.engine.chat import LIVE, ROOM, WHOLE, Chat, person
from tests.engine.live import Live
from tests.engine.talk import Talk

STREET, SQUARE = "het-gesprek-in-de-straat", "het-gesprek-op-het-plein"
OLD, NEW = "oud-gesprek", "nieuw-gesprek"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    """A dialogue in each of two rooms, both with an S1; anna last took part in that of the
    square."""
    made = Bot(tmp_path / "town.db")
    for room, title in (("zomerstraat", STREET), ("plein", SQUARE)):
        made.open(room=room, title=title.replace("-", " ").capitalize())
        made.say("zoe", "!meedoen", room)
        made.say("zoe", f"stelling Er moet meer groen komen: {title}.")
    made.say("anna", "!meedoen", "plein")
    yield made
    assert made.alarms == []
    made.close()


def votes(bot: Bot, dialogue: str) -> dict[object, int]:
    state = bot.session.engine.ledger.states[dialogue]
    box = state.machine(0).box(state.states[0])
    assert box is not None
    return {key: count for key, count in box.books["S1"].tally.items() if count}


def origin(bot: Bot) -> Origin:
    return bot.fact("anna", "").origin


def test_a_press_counts_in_the_dialogue_it_names(bot: Bot) -> None:
    said = bot.put(Chose(origin(bot), Meaning(STREET, "S1", "agree", 0)))
    assert (votes(bot, STREET), votes(bot, SQUARE)) == ({"agree": 1}, {})
    assert RECEIPT.search("\n".join(m.plain for m in said if m.place.name == "anna"))
    bot.put(Chose(origin(bot), Meaning(STREET, "S1", "none", 0)))
    assert votes(bot, STREET) == {}


def test_the_dialogue_that_was_chosen_stays_so(bot: Bot) -> None:
    bot.put(Chose(origin(bot), Meaning(STREET, "S1", "agree", 0)))
    bot.say("anna", "stem S1 oneens")
    assert (votes(bot, STREET), votes(bot, SQUARE)) == ({"agree": 1}, {"disagree": 1})


@pytest.mark.parametrize(
    "means",
    [
        Meaning(""),
        Meaning("", "S1", "agree"),
        Meaning("geen-gesprek", "S1", "agree", 0),
        Meaning(STREET, "", "agree", 0),
        Meaning(STREET, "S1", "agree", 1),
        Meaning(STREET, "S9", "agree", 0),
    ],
)
def test_what_names_nothing_there_is_counts_nowhere(bot: Bot, means: Meaning) -> None:
    bot.put(Chose(origin(bot), means), Chose(origin(bot), means, post="99"))
    assert (votes(bot, STREET), votes(bot, SQUARE)) == ({}, {})


def test_a_form_that_could_not_be_opened_chooses_nothing(bot: Bot) -> None:
    before = bot.lines()
    for means in (Meaning(STREET, "S1", "agree", 0), Meaning(STREET, "", "stelling", 0)):
        assert bot.put(Chose(origin(bot), means, form="because"))
    assert bot.lines() == before


def test_a_form_goes_into_the_dialogue_it_names(bot: Bot) -> None:
    words = {"text": "De bus moet vaker rijden."}
    bot.put(Submitted(origin(bot), "statement", words, Meaning(STREET, round=0)))
    bot.put(Submitted(origin(bot), "statement", words, Meaning("geen-gesprek")))
    states = bot.session.engine.ledger.states
    assert [len(states[name].items.by_number) for name in (STREET, SQUARE)] == [2, 1]


def test_a_reaction_on_a_message_of_an_earlier_dialogue_is_none(tmp_path: Path) -> None:
    """In the same room, where the next dialogue has an S1 as well."""
    talk = Talk(tmp_path / "town.db")
    for title in ("Oud gesprek", "Nieuw gesprek"):
        talk.begin(title=title, more="stemming=open")
        said = talk.say("anna", "!stelling Er moet meer groen komen.")
        if title == "Oud gesprek":
            old = said
            talk.staff("sluit ja")
            talk.clock.set(talk.clock() + timedelta(minutes=16))  # nothing older comes any more
            talk.put(Tick(talk.clock()))
    origin = talk.origin("bram")
    talk.put(Reacted(origin, "👍", old), Chose(origin, Meaning("", choice="agree"), post=old))
    for name in (OLD, NEW):
        state = talk.engine.ledger.states[name]
        box = state.machine(0).box(state.states[0])
        assert box is not None
        assert not any(box.books["S1"].tally.values())
    talk.react("bram", "👍", said)
    state = talk.engine.ledger.states[NEW]
    assert state.machine(0).box(state.states[0]).books["S1"].tally["agree"] == 1
    talk.close()


# -- where somebody waits for an answer ----------------------------------------------------------


def test_an_answer_carries_the_handle_of_what_it_answers(tmp_path: Path) -> None:
    """Of several that are answered in one message: of the last."""
    live = Live(tmp_path / "town.db")
    live.open()
    handles = [ReplyHandle(live.clock() + timedelta(minutes=15), f"token-{n}") for n in (1, 2)]
    for handle in handles:
        asked = structs.replace(live.origin("anna", person("anna")), handle=handle)
        live.put(Said(asked, "hulp"))
    live.deliver()
    (answer,) = [m for m in live.chat.messages.values() if m.place == person("anna")]
    assert isinstance(answer, Message)
    assert answer.handle == handles[1]


def test_whoever_waited_long_can_press_all_that_they_are_asked(tmp_path: Path) -> None:
    live = Live(tmp_path / "town.db", Chat(capabilities=replace(LIVE, press=True)))
    live.open()
    for number in range(8):
        live.say(f"r{number}", f"stelling Zin nummer {number} gaat over {number * 7} bomen.")
    live.say("anna", "meedoen")
    live.deliver()
    (reply,) = live.put(Said(live.origin("anna", person("anna")), "ja"))
    for patient, many in ((False, 5), (True, 8)):
        (composed,) = live.answering.composed([Asked((reply,), patient)], WHOLE)
        choices = [one for one in composed.messages[-1].choices if one.means.item]
        items = dict.fromkeys(choice.means.item for choice in choices)
        assert (len(items), len(choices)) == (many, many * 3)


def test_a_handle_lives_until_it_expires() -> None:
    at = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
    handle = ReplyHandle(at, "t")
    assert handle.lives(at - timedelta(seconds=1))
    assert not handle.lives(at)


def test_the_nearest_word_is_said_with_the_sign_of_the_platform(tmp_path: Path) -> None:
    """In facts a call begins with ``!`` everywhere; what people type is the platform's."""
    live = Live(tmp_path / "town.db", Chat(capabilities=replace(LIVE, prefix="/")))
    live.open()
    (reply,) = live.put(Said(live.origin("anna", ROOM), "!medoen"))
    (notice,) = reply.notices
    assert (notice.template, notice.data["word"]) == ("unknown_word", "/medoen")
