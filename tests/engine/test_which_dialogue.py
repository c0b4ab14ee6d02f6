"""Which dialogue is meant: the chosen one stays chosen, an offered word and an item say it too."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.ledger.offered_words import OFFERED
from bot.runtime.builtin import catalogues
from dialogues.dialogue import Dialogue, Status
from rounds.registry import vocabulary
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

OFFICIAL = ("official",)


def prepare(bot: Bot, title: str, room: str = "zomerstraat", format: str = "vragenuur") -> None:
    bot.staff(f"gesprek nieuw {format} {title} {CHARTER} in={room}")


def state(bot: Bot, name: str) -> Dialogue:
    return bot.session.engine.ledger.states[name]


@pytest.fixture
def closed(bot: Bot) -> Bot:
    """A closed dialogue that waits for its document, beside one that is being prepared."""
    prepare(bot, "Eerste")
    bot.staff("start")
    bot.say("anna", "vraag Wanneer begint het werk aan de straat?")
    prepare(bot, "Tweede")
    bot.staff("@eerste sluit ja")
    assert state(bot, "eerste").status is Status.CLOSED
    return bot


def test_the_offered_word_is_about_what_it_was_offered_for(closed: Bot) -> None:
    closed.staff("advies")
    assert state(closed, "eerste").advice is not None
    prepare(closed, "Derde", room="plein")
    assert closed.staff("start").codes == ("refused_which_dialogue",)  # two wait for it


def test_it_is_also_while_another_is_chosen(closed: Bot) -> None:
    prepare(closed, "Derde", room="plein")
    closed.staff("kies derde")
    closed.staff("@tweede start")
    closed.say("anna", "vraag Komt er een bankje bij de school?")
    closed.staff("@tweede sluit ja")
    closed.staff("advies")
    assert state(closed, "tweede").advice is not None
    assert state(closed, "derde").status is Status.PREPARING


def test_what_is_chosen_stays_chosen_closed_or_not(closed: Bot) -> None:
    closed.staff("kies eerste")
    assert closed.staff("status").startswith("Eerste")
    closed.staff("@tweede start")
    assert closed.staff("status").startswith("Eerste")
    closed.staff("kies tweede")
    assert closed.staff("status").startswith("Tweede")
    closed.staff("sluit ja")
    assert state(closed, "tweede").status is Status.CLOSED
    assert closed.staff("status").startswith("Tweede")


def test_kies_goes_before_what_was_offered_earlier(closed: Bot) -> None:
    closed.staff("kies tweede")
    closed.staff("advies")
    assert state(closed, "eerste").advice is None


def test_a_closed_one_that_waits_is_one_of_those_asked_about(closed: Bot) -> None:
    asked = closed.staff("status")
    assert "1. «Eerste» (eerste, zomerstraat)" in asked
    assert "2. «Tweede» (tweede, zomerstraat)" in asked


def test_a_word_of_a_part_of_its_life_finds_the_one_in_that_part(closed: Bot) -> None:
    closed.tick(timedelta(days=1, seconds=1))  # nothing is "just offered" any more
    closed.staff("start")
    assert state(closed, "tweede").status is Status.OPEN
    closed.staff("tot morgen 20:00")
    assert state(closed, "tweede").frames[0].closes_at is not None


@pytest.mark.parametrize("answer", ["1", "eerste", "Eerste", "«Eerste»", "kies 1"])
def test_the_answer_is_a_number_an_id_or_a_title(closed: Bot, answer: str) -> None:
    closed.staff("status")
    assert "Eerste: " in closed.staff(answer)
    again = closed.staff("status")
    assert ("refused_which_dialogue" in again.codes) is (answer != "kies 1")
    assert again.startswith("Eerste") is (answer == "kies 1")


def test_kies_alone_and_with_a_number_asks(closed: Bot) -> None:
    for typed in ("kies", "kies 7"):
        assert "2. «Tweede»" in closed.staff(typed)
        assert "«Tweede»" in closed.staff("2")
        assert closed.staff("status").startswith("Tweede")
        closed.staff("kies eerste")


def test_two_of_one_title_are_told_apart(bot: Bot) -> None:
    prepare(bot, "Het plein")
    prepare(bot, "Het plein")
    asked = bot.staff("kies Het plein")
    assert "(het-plein, zomerstraat)" in asked
    assert "(het-plein-2, zomerstraat)" in asked
    bot.staff("2")
    bot.staff("start")
    assert state(bot, "het-plein-2").status is Status.OPEN
    assert state(bot, "het-plein").status is Status.PREPARING


def test_the_question_is_over_after_a_list(closed: Bot) -> None:
    closed.staff("start")
    closed.say("anna", "vraag Komt er een bankje bij de school?")
    closed.staff("status")  # asks
    closed.say("vera", "@tweede werk", "staf", roles=("moderator",))
    before = closed.lines()
    closed.staff("2")
    assert closed.lines() == before


def official(bot: Bot, text: str, where: str | None = None) -> str:
    return bot.say("otto", text, where, roles=OFFICIAL)


def answered(bot: Bot, name: str) -> bool:
    return "V1" in state(bot, name).states[0].answers


def test_an_official_answers_where_the_item_is(closed: Bot) -> None:
    """In person the one dialogue that has the number; in a room the one of that room."""
    official(closed, "antwoord V1 Het werk begint in maart.")
    assert answered(closed, "eerste")


def test_in_the_room_the_closed_one_that_has_the_item(closed: Bot) -> None:
    closed.staff("@tweede start")
    official(closed, "!antwoord V1 Het werk begint in maart.", "zomerstraat")
    assert answered(closed, "eerste")


def test_of_two_that_have_the_item_the_official_is_asked(closed: Bot) -> None:
    closed.staff("@tweede start")
    closed.say("anna", "vraag Komt er een bankje bij de school?")
    asked = official(closed, "antwoord V1 Het werk begint in maart.")
    assert asked.codes == ("refused_which_dialogue",)
    official(closed, "tweede")
    assert answered(closed, "tweede")
    assert not answered(closed, "eerste")


def test_every_word_that_a_text_for_staff_offers_is_known() -> None:
    """A text of ``OFFERED`` offers these words; the others offer none about one dialogue."""
    word = re.compile(r"cmd\(['\"]([a-z ]+?)(?: [A-Z0-9=].*?)?['\"]")
    texts = {code: str(text) for code, text in catalogues()["nl"].texts.items()}
    known = vocabulary()
    for code, words in OFFERED.items():
        assert all(w in known.by_dutch for w in words), code
        found = {known.by_form[tuple(w.split())].dutch for w in word.findall(texts[code])}
        assert found - {"start", "uitleg"} <= set(words), code


def test_a_word_that_cannot_be_about_the_closed_one_that_was_chosen(closed: Bot) -> None:
    """Whoever had once chosen a dialogue could begin no other after it had closed."""
    closed.staff("kies eerste")
    closed.staff("start")
    assert state(closed, "tweede").status is Status.OPEN
    assert closed.staff("status").startswith("Eerste")
