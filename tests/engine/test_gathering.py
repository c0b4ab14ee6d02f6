"""Plain talk becomes a contribution only if its author says yes; nothing of it is kept before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.platforms.facts import Mark, Marked, Posted, Removed, Said
from bot.platforms.places import Place, PlaceKind
from tests.engine.talk import Talk

WORDS = "Er moeten kastanjes langs de Zomerstraat."
OTHER = "De lantaarns gaan te laat uit."


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    """Anna has a personal conversation with the bot, the others have none."""
    found = Talk(tmp_path / "t.db", ["anna"])
    yield found
    found.close()


# -- asked in person -------------------------------------------------------------------------


def test_a_pin_asks_and_yes_takes_it_along(talk: Talk) -> None:
    talk.begin()
    said = talk.say("anna", WORDS)
    assert talk.react("vera", "📌", said) == []
    assert talk.asked("anna") == 1
    assert talk.items() == {}
    assert talk.tell("anna", "ja") == ["statement_noted"]
    assert talk.items() == {"S1": WORDS}
    assert talk.told_staff() == []


def test_a_question_in_a_question_hour(talk: Talk) -> None:
    talk.begin("vragenuur")
    talk.react("vera", "📌", talk.say("anna", "Wanneer begint het werk?"))
    assert talk.tell("anna", "Ja.") == ["question_noted"]
    assert talk.items() == {"V1": "Wanneer begint het werk?"}


def test_the_word_of_somebody_who_left_out_the_mark_is_no_part_of_it(talk: Talk) -> None:
    talk.begin()
    talk.react("vera", "📌", talk.say("anna", f"stelling {WORDS}"))
    talk.tell("anna", "ja")
    assert talk.items() == {"S1": WORDS}


def test_no_words_are_kept_before_yes(talk: Talk) -> None:
    """Looked for in every byte of the database, at each step."""
    talk.begin()
    said = talk.say("anna", WORDS)
    talk.react("vera", "📌", said, settle=False)
    assert b"kastanjes" not in talk.kept()
    talk.posting = False
    talk.settle()
    assert b"kastanjes" not in talk.kept()
    talk.posting = True
    talk.settle()
    assert talk.asked("anna") == 1
    talk.store.upkeep.checkpoint()
    assert b"kastanjes" not in talk.kept()
    talk.tell("anna", "ja")
    assert b"kastanjes" in talk.kept()


def test_no_keeps_nothing_and_it_is_not_asked_again(talk: Talk) -> None:
    talk.begin()
    said = talk.say("anna", WORDS)
    talk.react("vera", "📌", said)
    assert talk.tell("anna", "nee") == ["gather_no"]
    assert talk.tell("anna", "ja") != ["statement_noted"]
    talk.react("wim", "📌", said)
    assert talk.asked("anna") == 1
    assert talk.ticked == []
    assert talk.items() == {}
    assert b"kastanjes" not in talk.kept()


def test_without_an_answer_it_lapses_after_a_day(talk: Talk) -> None:
    talk.begin()
    talk.react("vera", "📌", talk.say("anna", WORDS))
    talk.clock.set(talk.clock() + timedelta(hours=24, minutes=1))
    assert "statement_noted" not in talk.tell("anna", "ja")
    assert talk.items() == {}


def test_what_was_edited_goes_along_as_it_is_now(talk: Talk) -> None:
    talk.begin()
    said = talk.say("anna", WORDS)
    talk.react("vera", "📌", said)
    talk.edit(said, OTHER)
    talk.tell("anna", "ja")
    assert talk.items() == {"S1": OTHER}


def test_what_was_removed_does_not(talk: Talk) -> None:
    talk.begin()
    said = talk.say("anna", WORDS)
    talk.react("vera", "📌", said)
    talk.remove(said)
    talk.tell("anna", "ja")
    assert talk.heard[-1] == (Place("matrix", PlaceKind.PERSONAL, "anna"), "gather_gone")
    assert talk.items() == {}


def test_a_round_that_takes_nothing_any_more(talk: Talk) -> None:
    talk.begin()
    talk.react("vera", "📌", talk.say("anna", WORDS))
    talk.staff("verzamelen stop")
    talk.tell("anna", "ja")
    assert talk.heard[-1][1] == "gather_late"
    assert talk.items() == {}


@pytest.mark.parametrize("at", ["pinned", "found", "asked", "answered"])
def test_a_restart_in_between(talk: Talk, at: str) -> None:
    talk.begin()
    said = talk.say("anna", WORDS)
    talk.posting = False
    talk.react("vera", "📌", said, settle=at != "pinned")
    if at in ("pinned", "found"):
        talk.restart()
    talk.posting = True
    talk.settle()
    if at == "asked":
        talk.restart()
    if at == "answered":
        ja = Said(talk.origin("anna", Place("matrix", PlaceKind.PERSONAL, "anna")), "ja")
        talk.put(ja, settle=False)
        talk.restart()
        assert talk.items() == {}
        (reply,) = talk.settle()
        assert [notice.template for notice in reply.notices] == ["statement_noted"]
    else:
        assert talk.tell("anna", "ja") == ["statement_noted"]
    assert talk.items() == {"S1": WORDS}
    assert talk.asked("anna") == 1


def test_deliveries_twice_and_two_moderators_ask_once(talk: Talk) -> None:
    talk.begin()
    said = talk.say("anna", WORDS)
    pin = Marked(talk.origin("vera"), Mark.TAKE_ALONG, said)
    talk.put(pin, pin)
    talk.put(pin)
    talk.react("wim", "📌", said)
    assert talk.asked("anna") == 1
    talk.react("wim", "📌", said, settle=False)
    ja = Said(talk.origin("anna", Place("matrix", PlaceKind.PERSONAL, "anna")), "ja")
    talk.put(ja, ja)
    talk.put(ja)
    assert talk.items() == {"S1": WORDS}
    talk.react("wim", "📌", said)
    assert talk.asked("anna") == 1


def test_yes_before_the_question_stood_is_no_yes(talk: Talk) -> None:
    talk.begin()
    talk.posting = False
    talk.react("vera", "📌", talk.say("anna", WORDS))
    assert talk.tell("anna", "ja") != []
    said_too_early = talk.origin("anna", Place("matrix", PlaceKind.PERSONAL, "anna"))
    talk.origin("anna")  # a second goes by
    talk.posting = True
    talk.settle()
    assert talk.asked("anna") == 1
    talk.put(Said(said_too_early, "ja"))
    assert talk.items() == {}
    assert talk.tell("anna", "ja") == ["statement_noted"]


def test_the_echo_says_when_the_question_stood(talk: Talk) -> None:
    """After a broken connection it comes late, with its own time before the answer's."""
    talk.begin()
    talk.posting = False
    talk.react("vera", "📌", talk.say("anna", WORDS))
    (row,) = [r for r in talk.store.queue.waiting() if r.token.startswith("gather-")]
    stood = talk.origin("anna").at
    answered = talk.origin("anna", Place("matrix", PlaceKind.PERSONAL, "anna"))
    talk.clock.set(talk.clock() + timedelta(minutes=5))
    talk.put(Posted(row.token, "$q", stood), Said(answered, "ja"))
    assert talk.items() == {"S1": WORDS}


def test_yes_answers_what_was_asked_last(talk: Talk) -> None:
    talk.begin()
    talk.react("vera", "📌", talk.say("anna", WORDS))
    assert talk.tell("anna", "meedoen") == ["begin"]
    assert "statement_noted" not in talk.tell("anna", "ja")
    assert talk.items() == {}
    assert talk.tell("anna", "ja") == ["statement_noted"]


def test_the_question_interrupts_nothing(talk: Talk) -> None:
    """What was open in the conversation stays open; other words are never a yes."""
    talk.begin()
    talk.tell("anna", f"stelling {OTHER}")
    assert talk.tell("anna", f"stelling {OTHER}") == ["looks_like"]
    talk.react("vera", "📌", talk.say("anna", WORDS))
    assert talk.tell("anna", "misschien") == ["refused_same_choose"]
    assert talk.tell("anna", "nee") == ["gather_no"]
    assert talk.tell("anna", "2") == ["statement_noted"]


def test_a_newer_question_takes_the_place_of_the_older(talk: Talk) -> None:
    talk.begin()
    talk.react("vera", "📌", talk.say("anna", WORDS))
    talk.react("vera", "📌", talk.say("anna", OTHER))
    assert talk.asked("anna") == 2
    talk.tell("anna", "ja")
    assert talk.items() == {"S1": OTHER}
    assert "statement_noted" not in talk.tell("anna", "ja")


def test_it_passes_as_if_it_was_typed(talk: Talk) -> None:
    """The near-duplicate question, the length, how many a person: what anybody meets."""
    talk.begin()
    talk.tell("bram", f"stelling {WORDS}")
    talk.react("vera", "📌", talk.say("anna", WORDS))
    assert talk.tell("anna", "ja") == ["looks_like"]
    talk.tell("anna", "1")
    talk.react("vera", "📌", talk.say("anna", "lang " * 100))
    assert talk.tell("anna", "ja") == ["refused_text_too_long"]
    for number in range(3):
        talk.tell("anna", f"stelling Zin nummer {number} over heel iets anders.")
    talk.react("vera", "📌", talk.say("anna", OTHER))
    assert talk.tell("anna", "ja") == ["refused_enough_statements"]


def test_review_beforehand_holds(talk: Talk) -> None:
    talk.begin(more="toetsing=vooraf")
    talk.react("vera", "📌", talk.say("anna", WORDS))
    talk.tell("anna", "ja")
    assert talk.dialogue.items.by_number["S1"].state == "pending"


def test_removing_the_message_afterwards_withdraws(talk: Talk) -> None:
    talk.begin()
    said = talk.say("anna", WORDS)
    talk.react("vera", "📌", said)
    talk.tell("anna", "ja")
    assert talk.put(Removed(talk.origin("anna"), said)) == ["withdrawn"]
    assert talk.dialogue.items.by_number["S1"].state == "withdrawn"


def test_forgotten_with_the_person(talk: Talk) -> None:
    talk.begin()
    talk.tell("anna", "status")
    talk.react("vera", "📌", talk.say("anna", WORDS))
    said = talk.say("bram", OTHER)
    talk.tell("bram", "status")
    talk.talking.discard("bram")
    talk.react("vera", "📌", said)
    for who in ("anna", "bram"):
        talk.tell(who, "vergeetmij")
        talk.tell(who, "ja, vergeet mij")
    assert talk.store.forms.of_kind("gather", 0) == []
    assert "statement_noted" not in talk.tell("anna", "ja")
    talk.react("bram", "✅", said)
    assert talk.items() == {}
