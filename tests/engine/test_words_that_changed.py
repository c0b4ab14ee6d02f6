"""An answer counts on the words that were read, whatever the question was; and words that wait for
an answer go with the message that gave them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.bots import Bot
from tests.engine.talk import Talk
from tests.replay.playing import CHARTER

FIRST = "Er moeten meer bomen komen in de straat."
ALIKE = "Er moeten meer bomen komen in onze straat."
OTHER = "Alle honden moeten voortaan aan de lijn."
ASKED = "Wanneer komt de bus terug in de straat?"
ASKED_TOO = "Wanneer komt de bus terug in onze straat?"
ASKED_OTHER = "Wie betaalt straks het nieuwe plein?"


def alike(bot: Bot, id: str = "m") -> None:
    """Bram's statement, which says nearly the same as Anna's, waits for his answer."""
    bot.open("gesprek")
    bot.say("anna", f"stelling {FIRST}")
    assert bot.say("bram", f"stelling {ALIKE}", id=id).codes == ("looks_like",)


def words(bot: Bot, *numbers: str) -> list[str | None]:
    items = bot.dialogue.items.by_number
    return [bot.session.reader.words(items[number].text.ref) for number in numbers]


def test_agreeing_with_words_that_changed_is_no_vote(bot: Bot) -> None:
    alike(bot)
    bot.say("anna", f"wijzig S1 {OTHER}")
    assert bot.say("bram", "1").codes[:2] == ("words_changed", "statement_noted")
    assert bot.tally("S1") == {}
    assert words(bot, "S1", "S2") == [OTHER, ALIKE]


def test_words_that_changed_and_are_alike_still_are_asked_about_again(bot: Bot) -> None:
    alike(bot)
    bot.say("anna", "wijzig S1 Er moeten meer bomen staan in de straat.")
    assert bot.say("bram", "1").codes == ("words_changed", "looks_like")
    assert bot.tally("S1") == {}
    bot.say("bram", "1")
    assert bot.tally("S1") == {"agree": 1}


def test_agreeing_with_what_is_hidden_since_keeps_the_own_words(bot: Bot) -> None:
    alike(bot)
    bot.staff("verberg S1 1")
    assert bot.say("bram", "1").codes[1:] == ("statement_noted",)


def test_a_choice_on_words_that_changed_is_asked_again(bot: Bot) -> None:
    bot.open("gesprek")
    bot.say("anna", f"stelling {FIRST}")
    bot.say("bram", "stem S1")
    bot.say("anna", f"wijzig S1 {OTHER}")
    assert bot.say("bram", "eens").codes == ("words_changed", "refused_choice_missing")
    assert bot.tally("S1") == {}
    assert bot.say("bram", "oneens").codes[0] == "votes_noted"
    assert bot.tally("S1") == {"disagree": 1}


@pytest.mark.parametrize("said", ["1", "steun V1"])
def test_support_goes_to_the_words_that_were_read(bot: Bot, said: str) -> None:
    bot.open("vragenuur")
    bot.say("anna", f"vraag {ASKED}")
    bot.say("bram", "meedoen")
    bot.say("bram", "ja")
    bot.say("anna", f"wijzig V1 {ASKED_OTHER}")
    assert bot.say("bram", said).codes == ("words_changed", "offer_questions")
    assert not bot.dialogue.items.by_number["V1"].supported
    bot.say("bram", said)
    assert bot.dialogue.items.by_number["V1"].supported


def test_the_same_question_is_the_one_that_was_read(bot: Bot) -> None:
    bot.open("vragenuur")
    bot.say("anna", f"vraag {ASKED}")
    assert bot.say("bram", f"vraag {ASKED_TOO}").codes == ("looks_like_question",)
    bot.say("anna", f"wijzig V1 {ASKED_OTHER}")
    assert bot.say("bram", "1").codes[0] == "words_changed"
    assert not bot.dialogue.items.by_number["V1"].supported


def test_removing_the_message_takes_back_what_waits(bot: Bot) -> None:
    alike(bot)
    bot.put(bot.removal("bram", "m"))
    bot.say("bram", "2")
    assert "S2" not in bot.dialogue.items.by_number


def test_editing_the_message_changes_what_waits(bot: Bot) -> None:
    alike(bot)
    bot.put(bot.edit("bram", "m", f"stelling {OTHER}"))
    assert words(bot, "S2") == [OTHER]
    bot.put(bot.edit("bram", "m", "stelling Alle katten moeten voortaan aan de lijn."))
    assert words(bot, "S2") == ["Alle katten moeten voortaan aan de lijn."]


def test_nobody_else_changes_what_waits(bot: Bot) -> None:
    alike(bot)
    bot.put(bot.removal("carla", "m"))
    bot.put(bot.edit("carla", "m", f"stelling {OTHER}"))
    bot.say("bram", "2")
    assert words(bot, "S2") == [ALIKE]


def test_a_sign_on_a_message_with_other_words_is_no_vote(tmp_path: Path) -> None:
    """In an open ballot the author's own message shows a statement; changed in person, a message of
    the bot does, and that one is voted on."""
    talk = Talk(tmp_path / "t.db", ["anna"])
    talk.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} stemming=open")
    talk.staff("start")
    said = talk.say("anna", f"!stelling {FIRST}")
    talk.tell("anna", f"wijzig S1 {OTHER}")
    box = talk.dialogue.machine(0).box(talk.dialogue.states[0])
    assert box is not None
    talk.react("bram", "👍", said)
    assert not box.books["S1"].votes
    talk.react("bram", "👎", talk.shown("item-S1"))
    assert box.books["S1"].tally == {"disagree": 1}
    talk.close()


def test_words_approved_again_stand_in_a_message_of_the_bot(tmp_path: Path) -> None:
    """Reviewed beforehand: the author's message has the old words after a change in person, and is
    what shows the statement no more, also once the new words are approved."""
    talk = Talk(tmp_path / "t.db", ["anna"])
    talk.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} stemming=open toetsing=vooraf")
    talk.staff("start")
    said = talk.say("anna", f"!stelling {FIRST}")
    talk.staff("ok S1")
    talk.tell("anna", f"wijzig S1 {OTHER}")
    talk.staff("ok S1")
    box = talk.dialogue.machine(0).box(talk.dialogue.states[0])
    assert box is not None
    talk.react("bram", "👍", said)
    assert not box.books["S1"].votes
    talk.react("bram", "👎", talk.shown("item-S1"))
    assert box.books["S1"].tally == {"disagree": 1}
    talk.close()
