"""What people type who know little Dutch or are in a hurry: each gets a sentence that helps."""

from __future__ import annotations

import pytest

from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

POLL = 'peiling soort=een vraag="Waar komt de bank?" opties="plein; park; hoek"'


@pytest.fixture
def open_round(bot: Bot) -> Bot:
    bot.open()
    bot.say("bram", "stelling Er moeten meer bomen komen.")
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")
    return bot


@pytest.mark.parametrize("text", ["mee eens", "1 mee eens", "Mee  eens.", "stem S1 mee eens"])
def test_mee_eens_is_eens(open_round: Bot, text: str) -> None:
    assert "S1 eens" in open_round.say("anna", text)


@pytest.mark.parametrize("text", ["niet mee eens", "1 niet eens", "S1 niet mee eens"])
def test_niet_mee_eens_is_oneens(open_round: Bot, text: str) -> None:
    assert "S1 oneens" in open_round.say("anna", text)


@pytest.mark.parametrize("text", ["S1", "ja S1", "s1 is een goed plan", "wat is S1?"])
def test_who_names_a_statement_is_asked_for_the_choice(open_round: Bot, text: str) -> None:
    said = open_round.say("anna", text)
    assert said.tells("refused_choice_missing", "S1", "«Er moeten meer bomen komen.»")
    assert open_round.tally("S1") == {}


def test_ja_to_a_statement_is_no_choice(open_round: Bot) -> None:
    assert "refused_unknown_choice" in open_round.say("anna", "S1 ja").codes
    assert open_round.tally("S1") == {}


def test_a_sentence_without_its_word_is_asked_about_each_time(open_round: Bot) -> None:
    for number, words in ((2, "ik wil meer bankjes"), (3, "honden mogen los in het park")):
        assert open_round.say("anna", words).codes == ("first_words",)
        said = open_round.say("anna", "ja")
        assert said.tells("statement_noted", item=f"S{number}")
    assert open_round.say("anna", "dank u").codes == ("not_understood",)
    assert open_round.say("anna", "mag ik nog van mening veranderen?").codes == ("not_understood",)
    assert "first_words" not in open_round.staff("ik wil meer bankjes", where=None).codes
    open_round.staff("verzamelen stop")
    assert open_round.say("anna", "ik wil meer bankjes").codes == ("not_understood",)


def test_what_does_not_fit_the_round_hears_what_does(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat")
    bot.staff(POLL)
    bot.staff("gesprek start")
    said = bot.say("anna", "vraag Wanneer begint het werk?")
    assert said.tells("refused_not_in_this_round", given="question", instead="statements")
    bot.staff("volgende")
    said = bot.say("anna", "stelling Er moeten meer bomen komen.")
    assert said.tells("refused_not_in_this_round", given="statement", instead="")


def test_what_is_missing_comes_with_an_example(open_round: Bot) -> None:
    said = open_round.say("anna", "stem")
    assert said.tells("refused_missing", "S7")
    said = open_round.staff("verberg")
    assert said.tells("refused_missing", "S3")


def test_nee_to_being_forgotten_lets_it_be(open_round: Bot) -> None:
    open_round.say("bram", "vergeetmij")
    assert "refused_forget_choose" in open_round.say("bram", "hoezo").codes
    assert open_round.say("bram", "Nee.").codes == ("forget_not",)
    again = open_round.say("bram", "ja, vergeet mij").codes
    assert again == open_round.say("bram", "vergeetmij").codes  # it is asked anew
    assert open_round.dialogue.items.by_number["S1"].text


def test_a_moderator_without_a_dialogue_hears_how_to_open_one(bot: Bot) -> None:
    said = bot.staff("start")
    assert said.tells("refused_no_dialogue", moderator=True)
    assert bot.say("anna", "status").tells("refused_no_dialogue", moderator=False)
    assert "in=zomerstraat" in bot.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER}")


def test_gesprek_alone_names_each_word_once(bot: Bot) -> None:
    said = bot.staff("gesprek")
    words = said.notices[0].data["options"]
    assert isinstance(words, tuple)
    assert {"gesprek afspraken", "gesprek nieuw", "gesprek sluit"} <= set(words)
    assert len(set(words)) == len(words)
    english = bot.staff("dialogue")
    assert english.notices[0].data["options"] != words
    assert str(english) == str(said)  # its language is that of the town, whatever was typed


def test_kies_takes_a_title_too(bot: Bot) -> None:
    bot.open(title="Het plein", room="plein")
    bot.open(title="De straat")
    assert "refused_which_dialogue" in bot.staff("status").codes
    assert bot.staff("kies Het plein").tells("chosen", "«Het plein»")
    assert bot.staff("status").tells("status", "Het plein: ")
    assert bot.staff("kies Het park").tells("refused_no_such_dialogue", "«het park»")


def test_a_room_named_means_what_is_open_there(bot: Bot) -> None:
    bot.open(title="De straat")
    bot.staff(f"gesprek nieuw peiling Later {CHARTER} in=zomerstraat")
    assert bot.staff("@zomerstraat status").tells("status", "De straat: ")
    assert "status_preparing" in bot.staff("@later status").codes


def test_staff_is_not_asked_to_take_part(open_round: Bot) -> None:
    assert open_round.staff("status").tells("status", staff=True)
    assert open_round.say("anna", "status").tells("status", staff=False)


def test_in_a_poll_words_that_are_no_option_hear_how_to_choose(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw peiling Ons gesprek {CHARTER} in=zomerstraat")
    bot.staff(f"{POLL} anders=ja")
    bot.staff("gesprek start")
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")
    assert bot.say("anna", "het water").tells("not_understood", perhaps="poll_perhaps")
    assert bot.say("anna", "anders").codes == ("refused_other_missing",)
    assert "option_suggested" in bot.say("anna", "anders een vijver").codes
    assert "P1 2 «park»" in bot.say("anna", "park")
