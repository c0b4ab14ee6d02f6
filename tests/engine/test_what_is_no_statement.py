"""What is said in passing is no contribution, a misspelt vote is none either, and a sentence that
somebody begins with is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.reasons import says_nothing
from rounds.statements.words import offer_answers
from tests.engine.bots import Bot


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    made.open()
    yield made
    made.close()


def given_texts(bot: Bot) -> list[str]:
    return [event for event in bot.events() if event.startswith("StatementGiven")]


@pytest.mark.parametrize(
    "text",
    [
        "👍", "🌳🌳", "k", "ja", "ok", "hoi", "Goedemorgen allemaal!", "dank u wel", "bedankt",
        "https://example.org/plan", "www.example.org", "example.nl/kaart", "...", "!?", "1 2 3",
        "hoi 👋 bedankt", "geen idee", "?", "a b c", "Ik wil meedoen",
    ],
)  # fmt: skip
def test_such_words_are_no_statement(text: str, bot: Bot) -> None:
    assert says_nothing(text)
    bot.say("anna", f"stelling {text}")
    assert given_texts(bot) == []
    bot.say("anna", "stelling Er moeten meer bomen komen.")
    bot.say("anna", f"wijzig S1 {text}")
    assert "ItemChanged S1" not in bot.events()


@pytest.mark.parametrize(
    "text",
    [
        "Meer bomen", "Bomen!", "Zie https://example.org voor het plan", "种树", "Bus 73",
        "Geen auto's in de straat", "Hoi, er moet een bank komen",
    ],
)  # fmt: skip
def test_other_words_are(text: str, bot: Bot) -> None:
    bot.say("anna", f"stelling {text}")
    assert given_texts(bot) == ["StatementGiven S1"]


@given(st.text(max_size=60))
def test_whatever_is_typed_it_is_one_or_the_other(text: str) -> None:
    assert says_nothing(f"{text}") or any(map(str.isalpha, text))
    assert not says_nothing(f"{text} De bus moet vaker rijden")


@pytest.mark.parametrize("between", [" en ", ", ", ", en ", " and ", " & ", "; "])
def test_answers_may_be_joined_as_people_do(between: str) -> None:
    text = f"1 eens, 2 eens{between}3 oneens"
    assert offer_answers(text, 3) == offer_answers("1 eens 2 eens 3 oneens", 3)


MISSPELT = [
    "1 eens en 2 onees",
    "1 oneen 2 eens",
    "1 eens 2 misschien",
    "2 eens maar niet 's avonds",
]


@pytest.mark.parametrize("text", MISSPELT)
def test_a_misspelt_vote_gets_how_to_vote(text: str, bot: Bot) -> None:
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    bot.say("yes", "stelling De bus moet vaker rijden.")
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")
    said = bot.say("anna", text)
    assert said.codes[0] in ("nothing_counted", "refused_choice_unclear"), said.codes
    assert "first_words" not in said.codes
    assert bot.tally("S1") == bot.tally("S2") == {}
    assert given_texts(bot) == ["StatementGiven S1", "StatementGiven S2"]


def test_a_misspelt_vote_is_no_reason(bot: Bot) -> None:
    for subject in ("bomen", "banken", "lampen", "honden"):
        bot.say(subject, f"stelling Er moeten meer {subject} komen.")
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")
    bot.say("anna", "1 eens 2 eens 3 oneens")  # now a reason is asked for
    bot.say("anna", "4 onees")
    assert not [event for event in bot.events() if event.startswith("ReasonGiven")]
    bot.say("anna", "Het is te druk daar.")
    assert [event for event in bot.events() if event.startswith("ReasonGiven")]


FIRST = "Er moet een oversteek komen bij de school, want het is er druk en onveilig."


@pytest.mark.parametrize(("answer", "count"), [("ja", 1), ("nee", 0)])
def test_a_sentence_that_somebody_begins_with_is_offered(answer: str, count: int, bot: Bot) -> None:
    bot.say("zoe", "stelling De bus moet vaker rijden.")
    bot.say("anna", FIRST)
    assert bot.say("anna", "ja").tells("first_words", FIRST[:20])
    bot.say("anna", "1 eens")  # it waits
    bot.say("anna", "meedoen")
    assert bot.tally("S1") == {"agree": 1}
    bot.say("anna", answer)
    assert len(given_texts(bot)) == 1 + count
    bot.say("anna", "ja")
    assert len(given_texts(bot)) == 1 + count


def test_words_behind_a_yes_are_said_to_be_not_kept(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.open("gesprek", "minimum=5")
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    for who in "abcdef":
        bot.say(who, "stem S1 eens")
    bot.staff("volgende")
    bot.staff("volgende")
    assert "words_not_kept" in bot.say("a", "stem A1 ja maar niet te veel").codes
    assert "words_not_kept" not in bot.say("b", "stem A1 ja, dank u").codes
    assert bot.tally("A1", 2) == {"yes": 2}
    assert not [event for event in bot.events() if event.startswith("ReasonGiven")]
    bot.say("c", "meedoen")
    bot.say("c", "ja")
    bot.close()


def test_several_recommendations_are_answered_in_their_order(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.open("gesprek", "minimum=5")
    for subject in ("bomen", "banken", "lampen"):
        bot.say(subject, f"stelling Er moeten meer {subject} komen.")
    for who in "abcdef":
        for number in (1, 2, 3):
            bot.say(who, f"stem S{number} eens")
    bot.staff("volgende")
    bot.staff("volgende")
    bot.say("a", "meedoen")
    bot.say("a", "ja")
    bot.say("a", "ja ja nee")
    assert [bot.tally(f"A{n}", 2) for n in (1, 2, 3)] == [{"yes": 1}, {"yes": 1}, {"no": 1}]
    bot.say("b", "meedoen")
    bot.say("b", "ja")
    bot.say("b", "2 nee Het is te duur.")
    assert bot.tally("A2", 2) == {"yes": 1, "no": 1}
    assert [event for event in bot.events() if event.startswith("ReasonGiven")]
    for text in ("1 nee 3 ja het is te duur", "1 ja te duur", "9 nee Te duur hoor"):
        before = [bot.tally(f"A{n}", 2) for n in (1, 2, 3)]
        assert "votes_noted" not in bot.say("b", text).codes
        assert [bot.tally(f"A{n}", 2) for n in (1, 2, 3)] == before
    bot.say("b", "ja nee")  # the two that are left
    assert bot.tally("A1", 2) == {"yes": 2}
    assert bot.tally("A3", 2) == {"no": 2}
    bot.close()
