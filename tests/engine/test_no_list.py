"""Answers to a list where there is none: nothing counts, and the list is sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.town.alarms import alarm_words
from tests.engine.bots import Answer, Bot
from tests.replay.playing import CHARTER

POLL = 'peiling soort=een vraag="Waar komt de bank?" opties="plein; park; hoek"'


def begun(bot: Bot, who: str = "anna") -> None:
    bot.say(who, "meedoen")
    bot.say(who, "ja")


def counted_nothing(said: Answer, *, stands: bool) -> bool:
    """Whether it begins by saying that nothing was counted, and that a list stands, or none."""
    return said.codes[0] == "nothing_counted" and said.notices[0].data["stands"] is stands


def prepared(bot: Bot, format: str, *words: str) -> None:
    bot.staff(f"gesprek nieuw {format} Ons gesprek {CHARTER} in=zomerstraat")
    for text in (*words, "gesprek start"):
        bot.staff(text)


@pytest.mark.parametrize(
    "text", ["1 eens 2 oneens", "1 eens", "eens", "?", "e o ?", "👍", "2", "1 ja 2 nee", "1=7"]
)
def test_who_gave_the_first_statement_gets_the_list(bot: Bot, text: str) -> None:
    bot.open()
    begun(bot)
    bot.say("anna", "stelling Er moeten meer bomen komen.")
    bot.say("bram", "stelling De bus rijdt te weinig.")
    said = bot.say("anna", text)
    assert counted_nothing(said, stands=False)
    first = next(n for n in ("S1", "S2") if said.find(f"({n})") < said.find("2. «"))
    assert bot.tally(first) == {}
    assert f"{first} eens" in bot.say("anna", "1 eens")


@pytest.mark.parametrize("text", ["1 eens", "eens", "?", "2"])
def test_who_has_not_begun_reads_the_explanation_first(bot: Bot, text: str) -> None:
    bot.open()
    bot.say("anna", "stelling Er moeten meer bomen komen.")
    bot.say("bram", "stelling De bus rijdt te weinig.")
    said = bot.say("anna", text)
    assert counted_nothing(said, stands=False)
    assert "begin" in said.codes
    assert "(S1)" in bot.say("anna", "ja")
    assert bot.tally("S1") == {}


@pytest.mark.parametrize(("text", "choice"), [("eens", "agree"), ("Oneens.", "disagree")])
def test_where_one_statement_is_open_a_choice_alone_counts(
    bot: Bot, text: str, choice: str
) -> None:
    bot.open()
    bot.say("bram", "stelling Er moeten meer bomen komen.")
    assert "S1" in bot.say("anna", text)
    assert bot.tally("S1") == {choice: 1}


@pytest.mark.parametrize("text", ["park", "2", "Park"])
def test_where_one_poll_is_open_an_option_alone_counts(bot: Bot, text: str) -> None:
    prepared(bot, "peiling", POLL)
    assert "P1 2 «park»" in bot.say("anna", text)


@pytest.mark.parametrize(
    "text", ["?", "ja", "nee", "Het park is mooi.", "anders een vijver", "1=7", "eens", "4"]
)
def test_what_is_no_option_of_the_one_poll_is_none(bot: Bot, text: str) -> None:
    prepared(bot, "peiling", POLL)
    assert "begin" in bot.say("anna", text).codes
    assert bot.tally("P1") == {}


def test_ja_of_somebody_who_comes_in_is_no_vote(bot: Bot) -> None:
    bot.open()
    assert bot.say("anna", "ja").codes[0] == "begin"
    bot.say("anna", "ja")
    assert counted_nothing(bot.say("anna", "ja"), stands=False)
    assert "not_understood" in bot.say("anna", "nee").codes


@pytest.mark.parametrize("text", ["ja", "1 ja 2 nee", "1=7 2=3"])
def test_what_does_not_fit_the_list_brings_it_again(bot: Bot, text: str) -> None:
    bot.open()
    bot.say("bram", "stelling Er moeten meer bomen komen.")
    begun(bot)
    said = bot.say("anna", text)
    assert counted_nothing(said, stands=True)
    assert said.endswith("Typ bijvoorbeeld: 1 eens")
    assert bot.tally("S1") == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [("1 eens", "refused_staff_no_ballot"), ("e o ?", "refused_staff_no_ballot"),
     ("?", "not_understood"), ("2", "not_understood"), ("ja", "not_understood")],
)  # fmt: skip
def test_staff_has_no_ballot_there_either(bot: Bot, text: str, code: str) -> None:
    bot.open()
    bot.say("bram", "stelling Er moeten meer bomen komen.")
    assert bot.staff(text, where=None).codes == (code,)
    assert bot.staff(text).codes == ("not_understood",)


def test_young_people_get_the_list_that_a_moderator_read(bot: Bot) -> None:
    rooms = bot.session.town.rooms
    bot.session.town.rooms = replace(rooms, youth={"zomerstraat": alarm_words([])})
    bot.open()
    begun(bot, "noor")
    bot.say("noor", "stelling Er moet een skatebaan komen.")
    waiting = bot.say("noor", "1 eens")
    assert counted_nothing(waiting, stands=False)
    assert "offer_none" in waiting.codes
    bot.staff("ok S1")
    assert "(S1)" in bot.say("noor", "1 eens")


@pytest.mark.parametrize("text", ["2", "park", "P1 park", "p1 2"])
def test_in_a_poll_a_choice_counts_also_where_an_older_list_stands(bot: Bot, text: str) -> None:
    prepared(bot, "gesprek", POLL)
    bot.say("bram", "stelling Er moeten meer bomen komen.")
    begun(bot)
    bot.say("carla", "stem S1 eens")
    bot.staff("volgende")
    for name in ("anna", "carla"):  # a list of a round that is over, and none at all
        assert "P1 2 «park»" in bot.say(name, text)
    assert "not_understood" in bot.say("anna", "A4 papier is duur.").codes


def test_a_late_vote_hears_so_and_gets_what_is_open(bot: Bot) -> None:
    prepared(bot, "gesprek", POLL)
    bot.say("bram", "stelling Er moeten meer bomen komen.")
    begun(bot)
    bot.staff("volgende")
    said = bot.say("anna", "1 eens")
    assert said.codes[0] == "refused_round_closed"
    assert "2. park" in said
    assert bot.tally("S1") == {}


def test_a_late_vote_on_a_poll_hears_so(bot: Bot) -> None:
    prepared(bot, "peiling", POLL)
    begun(bot)
    bot.staff("sluit ja")
    assert bot.say("anna", "2").codes[0] == "refused_round_closed"
    assert "not_understood" in bot.say("anna", "2 fietsen").codes
    assert bot.say("bram", "2").tells("refused_dialogue_closed", "«Ons gesprek»")


def test_in_a_round_of_questions_the_list_comes(bot: Bot) -> None:
    bot.open("vragenuur")
    bot.say("anna", "vraag Wanneer begint het werk?")
    begun(bot, "bram")
    assert counted_nothing(bot.say("bram", "eens"), stands=True)
    assert bot.say("bram", "1").tells("support_noted", item="V1")
    again = bot.say("bram", "meedoen")
    assert again.tells("offer_questions", items=[])
    assert again.notices[0].data["total"]


def all_agree(bot: Bot, *texts: str) -> None:
    """Five people agree with all of these, and the recommendations are made of them."""
    for text in texts:
        bot.say("bram", f"stelling {text}")
    for who in ("anna", "bram", "carla", "daan", "eva"):
        begun(bot, who)
        bot.say(who, " ".join(f"{place} eens" for place in range(1, len(texts) + 1)))
    bot.staff("volgende")
    bot.staff("volgende")


def test_in_the_closing_round_ja_is_a_vote(bot: Bot) -> None:
    prepared(bot, "gesprek", POLL)
    all_agree(bot, "Er moeten meer bomen komen.", "De bus moet vaker rijden.")
    assert "offer_consent_later" in bot.say("anna", "1 ja").codes
    bot.staff("volgende")
    for word in ("ja", "nee"):
        said = bot.say("fatma" if word == "ja" else "gerda", word)
        assert "begin" in said.codes
    said = bot.say("anna", "ja")
    assert counted_nothing(said, stands=False)
    assert "(A2)" in said
    assert counted_nothing(bot.say("anna", "nee"), stands=True)  # of which of the two?
    assert bot.tally("A1", 2) == {}
    said = bot.say("anna", "1 ja 2 nee")
    assert "A1 ja" in said
    assert "A2 nee" in said


def test_a_reason_is_neither_a_vote_nor_ja(bot: Bot) -> None:
    bot.open()
    for text in ("Er moeten meer bomen komen.", "De bus rijdt te laat.", "Geen auto's hier."):
        bot.say("bram", f"stelling {text}")
    for who in ("anna", "carla", "daan", "eva", "fien"):
        for item in ("S1", "S2", "S3"):
            asked = bot.say(who, f"stem {item} eens")
        assert "ask_why" in asked.codes
    assert "refused_why_text" in bot.say("anna", "ja").codes
    assert bot.say("anna", "Dan is er schaduw.").tells("reason_noted", "S3", "R1")
    assert counted_nothing(bot.say("carla", "1 oneens"), stands=False)
    assert bot.say("daan", "weet ik niet").codes[0] == "no_reason"
    assert bot.say("eva", "Nee, dank u wel.").codes[0] == "no_reason"
    assert bot.say("fien", "Nee, dankzij de bus komt iedereen er.").tells(
        "reason_noted", "S3", "R2"
    )
    assert [n for n in bot.dialogue.items.by_number if n[0] == "R"] == ["R1", "R2"]


# -- which dialogue, and then what is missing ---------------------------------------------------


def test_without_a_dialogue_nobody_is_asked_for_a_choice(bot: Bot) -> None:
    for text in ("stem S1", "stem S1 eens", "1 eens", "waarom S1", "stelling"):
        assert bot.say("anna", text).codes == ("refused_no_dialogue",)
    assert "refused_which_item" not in bot.say("anna", "hulp").codes


def test_the_dialogue_is_asked_first_and_then_the_choice(bot: Bot) -> None:
    bot.open(title="Het plein", room="plein")
    bot.open(title="De straat")
    bot.say("bram", "@het-plein stelling Er moeten meer bomen komen.")
    assert bot.say("anna", "stem S1").codes[0] == "refused_which_dialogue"
    said = bot.say("anna", "1")
    assert said.tells("refused_choice_missing", "S1", "«Er moeten meer bomen komen.»")
    assert "S1 eens" in bot.say("anna", "stem S1 eens")


def test_somebody_who_only_greets_is_asked_which_of_two(bot: Bot) -> None:
    bot.open(title="Het plein", room="plein")
    bot.open(title="De straat")
    assert bot.say("anna", "hallo").codes[0] == "refused_which_dialogue"
    assert bot.say("anna", "2").tells("begin", "«De straat»")
    assert bot.say("bram", "1 eens").codes[0] == "refused_which_dialogue"


def test_a_choice_is_only_asked_for_where_one_can_vote(bot: Bot) -> None:
    prepared(bot, "gesprek", POLL)
    bot.say("bram", "stelling Er moeten meer bomen komen.")
    bot.say("bram", "stelling De bus moet vaker rijden.")
    bot.staff("verberg S2 1")
    assert bot.say("anna", "stem S9").tells("refused_no_such_item", "S9")
    assert bot.say("anna", "stem S2").tells("refused_item_not_shown", "S2")
    assert "refused_staff_no_ballot" in bot.staff("stem S1", where=None).codes
    assert "refused_round_not_open" in bot.say("anna", "stem P1").codes
    bot.staff("volgende")
    assert "refused_round_closed" in bot.say("anna", "stem S1").codes
    said = bot.say("anna", "stem P1")
    assert said.tells("refused_choice_missing", "P1", "«Waar komt de bank?»")
    assert "refused_choice_missing" not in bot.room_codes()


def test_the_example_of_one_recommendation_names_no_second(bot: Bot) -> None:
    prepared(bot, "gesprek", POLL)
    all_agree(bot, "Er moeten meer bomen komen.")
    bot.staff("volgende")
    offered = bot.say("anna", "meedoen")
    assert "(A1)" in offered
    assert "1 ja" in offered
    assert "2 nee" not in offered
