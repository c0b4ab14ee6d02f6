"""A message asks one thing: a list and the question for a reason never stand in the same one, and
a sentence that was asked for is taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.asked import HELD
from bot.platforms.facts import Chose
from bot.platforms.messages import Meaning
from bot.town.town import milliseconds
from tests.engine.bots import Bot

TEXTS = ("Er moeten meer bomen komen.", "De bus rijdt te laat.", "Geen auto's hier.",
         "Banken voor de school.", "Het plein wordt groen.", "Lampen in het park.")  # fmt: skip


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    made.open()
    yield made
    assert made.alarms == []
    made.close()


def begun(bot: Bot, statements: int) -> None:
    for number, text in enumerate(TEXTS[:statements]):
        bot.say(f"zegger{number}", f"stelling {text}")
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")


@pytest.mark.parametrize("reason", ["Dan is er schaduw.", "nee", "weet ik niet"])
@pytest.mark.parametrize(
    ("statements", "said", "then"),
    [
        (6, "1 eens 2 oneens 3 eens", "offer_rest"),
        (6, "e o e o e", "offer_statements"),
        (3, "e o e", "offer_done"),
        (5, "stem S1 eens; stem S2 eens; stem S3 eens; stem S4 eens", None),  # all in one list
    ],
)
def test_the_list_comes_after_the_answer_to_the_question(
    bot: Bot, statements: int, said: str, then: str | None, reason: str
) -> None:
    begun(bot, statements)
    for line in said.split("; "):
        codes = bot.say("anna", line).codes
        if "ask_why" in codes:
            break
    assert codes[-1] == "ask_why"
    assert not [code for code in codes if code.startswith("offer_")]
    codes = bot.say("anna", reason).codes
    assert codes[0] in ("reason_noted", "no_reason")
    assert codes[-1] == then if then else codes[-1].startswith("offer_")


def test_a_press_without_a_list_holds_nothing_back(bot: Bot) -> None:
    """Only where something comes after the answer a mark is kept for it."""
    for number, text in enumerate(TEXTS):
        bot.say(f"zegger{number}", f"stelling {text}")
    said = [
        bot.put(Chose(bot.fact("anna", "").origin, Meaning("ons-gesprek", f"S{n}", "agree", 0)))
        for n in (1, 2, 3)
    ]
    assert bot.told("anna", "ask_why")
    assert said[-1]
    at = milliseconds(bot.clock())
    held = bot.session.store.forms.form("console/personal/anna", HELD, at)
    assert held is None
    assert bot.say("anna", "Dan is er schaduw.").codes == ("reason_noted",)


def test_one_word_is_asked_about_before_the_list_comes(bot: Bot) -> None:
    begun(bot, 3)
    bot.say("anna", "e o e")
    assert bot.say("anna", "Schaduw").codes == ("reason_ask",)
    assert bot.say("anna", "ja").codes == ("reason_noted", "offer_done")


def test_who_goes_on_with_the_list_is_not_held_up(bot: Bot) -> None:
    begun(bot, 6)
    assert bot.say("anna", "1 eens 2 oneens 3 eens").codes[-1] == "ask_why"
    assert bot.say("anna", "4 eens").codes[-1] == "offer_rest"
    assert bot.say("anna", "meedoen").codes[-1].startswith("offer_")


def test_who_stops_gets_no_list(bot: Bot) -> None:
    begun(bot, 3)
    bot.say("anna", "e o e")
    assert bot.say("anna", "stop").codes == ("stopped",)


@pytest.mark.parametrize("statements", [0, 1])
def test_a_sentence_that_was_asked_for_is_taken_after_ja(bot: Bot, statements: int) -> None:
    begun(bot, statements)
    if statements:
        assert bot.say("anna", "1 eens").codes[-1] == "offer_done"
    number = f"S{statements + 1}"
    assert bot.say("anna", "Er moet een fontein komen.").codes == ("first_words",)
    assert number not in bot.dialogue.items.by_number
    assert bot.say("anna", "ja").tells("statement_noted", number)
    assert bot.say("anna", "En er moet een kiosk komen.").codes == ("first_words",)


@pytest.mark.parametrize("words", ["Meer bomen", "Bomen", "Minder auto's!", "Bus 73"])
def test_where_it_was_asked_for_one_word_is_enough(bot: Bot, words: str) -> None:
    begun(bot, 0)
    assert bot.say("anna", words).codes == ("first_words",)
    assert bot.say("anna", "ja").tells("statement_noted", "S1")
    assert bot.say("anna", "Lampen").codes == ("offer_statements",)  # not asked for now


@pytest.mark.parametrize(
    "words",
    ["stop", "hoi", "geen idee", "Liever niet", "weet niet", "later", "ok", "nee", "bedankt!",
     "\N{THUMBS UP SIGN}", "k", "https://example.org", "n.v.t.", "overslaan", "hulp", "meedoen"],
)  # fmt: skip
def test_what_is_plainly_no_answer_is_not_asked_about(bot: Bot, words: str) -> None:
    begun(bot, 0)
    assert "first_words" not in bot.say("anna", words).codes
    bot.say("anna", "ja")
    assert bot.dialogue.items.by_number == {}


def test_a_sentence_that_was_asked_for_is_left_out_after_nee(bot: Bot) -> None:
    begun(bot, 0)
    bot.say("anna", "Er moet een fontein komen.")
    assert bot.say("anna", "nee").codes == ("not_meant",)
    assert bot.dialogue.items.by_number == {}


def test_a_sentence_beside_an_open_list_is_asked_about_and_the_list_stays(bot: Bot) -> None:
    begun(bot, 2)
    assert bot.say("anna", "Er moet een fontein komen.").codes == ("first_words",)
    assert bot.say("anna", "1 eens").codes[0] == "votes_noted"
    assert bot.say("anna", "hoi").codes == ("not_understood",)


def test_a_question_that_was_asked_for_is_taken_after_ja(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "questions.db")
    bot.open("vragenuur")
    begun(bot, 0)
    assert bot.say("anna", "Wanneer komt de nieuwe bus?").codes == ("first_words",)
    assert bot.say("anna", "ja").tells("question_noted", "V1")
    bot.close()


def test_first_words_are_asked_about_alone_where_there_is_nothing_to_answer(bot: Bot) -> None:
    bot.say("anna", "Er moet een fontein komen.")
    assert bot.say("anna", "ja").codes == ("first_words",)
    assert bot.say("anna", "ja").tells("statement_noted", "S1")
