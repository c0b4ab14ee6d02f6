"""Answers to people: they say so when nothing happened, and no question is asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.bots import RECEIPT, Bot
from tests.sentences import wording


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    made.open("gesprek", "minimum=5")
    for text in ("Er moeten meer bomen komen.", "De bus moet vaker rijden.", "Weg met de auto."):
        made.say("zoe", f"stelling {text}")
    yield made
    assert made.alarms == []
    made.close()


def test_a_reason_is_asked_on_every_third_statement_once(bot: Bot) -> None:
    assert "ask_why" not in bot.say("anna", "stem S1 eens").codes
    assert "ask_why" not in bot.say("anna", "stem S2 oneens").codes
    assert "ask_why" in bot.say("anna", "stem S3 eens").codes
    bot.say("anna", "nee")
    for word in ("oneens", "eens", "oneens"):
        assert "ask_why" not in bot.say("anna", f"stem S3 {word}").codes
        assert "ask_why" not in bot.say("anna", f"stem S1 {word}").codes


def test_no_reason_is_asked_where_one_was_given(bot: Bot) -> None:
    bot.say("anna", "stem S1 ?")
    bot.say("anna", "stem S2 ?")
    bot.say("anna", "waarom S3 Het is te druk.")
    assert "ask_why" not in bot.say("anna", "stem S3 eens").codes


def test_a_vote_with_a_reason_that_is_too_long_says_whether_it_counts(bot: Bot) -> None:
    for who in ("a", "b", "c", "d", "e"):
        bot.say(who, "stem S1 eens")
    bot.staff("volgende")
    bot.staff("volgende")
    said = bot.say("anna", "stem A1 nee " + "x" * 300)
    assert said.tells("refused_text_too_long", length=300, most=280)
    counted = bot.dialogue.machine(2).box(bot.dialogue.states[2]).voters == 1
    assert counted is (RECEIPT.search(said) is not None)


def test_who_does_not_want_to_be_forgotten_goes_on(bot: Bot) -> None:
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")
    bot.say("anna", "vergeetmij")
    assert bot.say("anna", "hm").codes == ("refused_forget_choose",)
    assert "S1 eens" in bot.say("anna", "1 eens 2 eens 3 eens")  # in whatever order they stand
    assert bot.tally("S1") == {"agree": 1}
    bot.say("anna", "ja, vergeet mij")  # the question is over: asked again first
    assert bot.tally("S1") == {"agree": 1}


@pytest.mark.parametrize(("sign", "item"), [("🎉", "S99"), ("❤️", "S1"), ("👍", "S99")])
def test_a_reaction_that_means_nothing_is_not_talked_about(sign: str, item: str, bot: Bot) -> None:
    bot.put(bot.reaction("anna", sign, item))
    assert "room_votes_do_not_count" not in bot.room_codes()


def test_the_author_of_an_option_or_reason_hears_what_becomes_of_it(bot: Bot) -> None:
    bot.say("gijs", "waarom S1 Het is te druk.")
    bot.staff("verberg R1 2")
    (told,) = [n for place, n in bot.spoken if place == "gijs" and "hidden" in n.template]
    assert told.data["item"] == "R1"
    assert told.data["seen"]


def test_an_option_of_a_resident_can_be_hidden(bot: Bot) -> None:
    bot.staff('peiling soort=een anders=ja vraag="Waar?" opties="noord; zuid"')
    bot.staff("volgende")
    bot.say("anna", "stem P1 anders, bij het station")
    assert "X1" in bot.staff("werk")
    assert bot.staff("ok X1").tells("approved", items=["X1"])
    bot.say("anna", "stem P1 3")
    assert bot.staff("verberg X1 2").tells("hidden", "X1")
    assert bot.tally("P1", 1) == {}
    assert "shown" in bot.staff("toon X1").codes
    assert bot.tally("P1", 1) == {3: 1}


def test_staff_with_two_dialogues_is_asked_which(bot: Bot) -> None:
    """A dialogue made last is not the one that is meant."""
    bot.open("stellingenronde", room="plein", title="Het plein")
    before = bot.lines()
    for text in ("sluit ja", "status", "tot over 1 uur", "werk"):
        assert "refused_which_dialogue" in bot.staff(text).codes, text
    assert bot.lines() == before
    bot.staff("gesprek kies het-plein")
    assert bot.staff("status").startswith("Het plein")
    assert bot.staff("@zomerstraat status").startswith("Ons gesprek")


def test_a_refused_charter_leaves_no_dialogue(bot: Bot) -> None:
    from tests.replay.playing import CHARTER

    few = CHARTER.replace("meedenken", "meeweten")
    assert (
        "refused_level_only_questions"
        in bot.staff(f"gesprek nieuw gesprek Nog een {few} in=plein").codes
    )
    assert "nog-een" not in bot.session.engine.ledger.states
    assert "prepared" in bot.staff(f"gesprek nieuw gesprek Nog een {CHARTER} in=plein").codes
    assert "nog-een" in bot.session.engine.ledger.states


def test_enough_for_now_is_understood(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.open()
    bot.say("anna", "stelling Er moeten meer bomen komen.")
    assert "stopped" in bot.say("anna", "Stop!").codes
    assert "S1" in bot.say("anna", "mijn")
    bot.close()


def test_a_start_waits_for_the_last_question(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.staff("gesprek nieuw stellingenronde Ons gesprek in=zomerstraat")
    for answer in ("2", "de raad", "15 december", "de bus", "bomen", "1"):
        said = bot.staff(answer)
    assert said.codes == ("form_more",)
    assert "typ terug" in bot.staff("hulp").lower()
    assert "refused_form_open" in bot.staff("gesprek start").codes
    bot.staff("klaar")
    bot.staff("ja")
    assert "open" in bot.staff("gesprek start")
    bot.close()


@pytest.mark.parametrize(
    ("words", "said", "has_code"),
    [
        (("stem S1 niets",), wording("choice_never_given"), False),
        (("stem S1 eens", "stem S1 niets"), wording("choice_taken_back"), False),
        (("stem S1 eens", "stem S2 eens", "stem S1 niets"), wording("choice_taken_back"), True),
        (("stem S1 niets", "stem S1 niets"), wording("choice_never_given"), False),
        (("stem S1 eens", "stem S1 niets", "stem S1 niets"), wording("choice_never_given"), False),
        (("stem S1 eens",), "S1 eens", True),
    ],
)
def test_a_receipt_is_shown_for_a_ballot_that_is_in(
    words: tuple[str, ...], said: str, has_code: bool, tmp_path: Path
) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.open()
    bot.say("anna", "stelling Er moeten meer bomen komen.")
    bot.say("anna", "stelling De bus moet vaker rijden.")
    for text in words:
        answer = bot.say("gijs", text)
    assert said in answer
    assert bool(RECEIPT.search(answer)) is has_code
    assert bool(RECEIPT.search(bot.say("gijs", "mijn"))) is has_code
    bot.close()
