"""What the bot explains fits the round that is open: its example, its kind, the kinds of a poll."""

from __future__ import annotations

import re

import pytest

from tests.engine.bots import Bot

LETTERS = {"kring": "W", "vragenuur": "V", "stellingenronde": "S", "peiling": "X"}


@pytest.mark.parametrize(("format", "letter"), LETTERS.items())
@pytest.mark.parametrize("word", ["hulp", "uitleg verberg"])
def test_the_example_is_an_item_of_the_open_round(
    bot: Bot, format: str, letter: str, word: str
) -> None:
    bot.open(format)
    found = re.findall(r"verberg ([A-Z])[0-9]", bot.staff(word))
    assert set(found) <= {letter}
    assert found or word == "hulp"


def test_a_question_that_stands_is_the_example(bot: Bot) -> None:
    bot.open("vragenuur")
    bot.say("anna", "vraag Wanneer komt de bus terug?")
    assert "verberg V1" in bot.staff("uitleg verberg")


@pytest.mark.parametrize("format", ["kring", "vragenuur", "peiling", "gesprek", "dilemma"])
def test_a_format_names_its_kinds(bot: Bot, format: str) -> None:
    (notice,) = bot.staff(f"uitleg {format}").notices
    if notice.template == "explain_format":  # "gesprek" is a term first
        plan = bot.session.engine.services.formats[format]
        assert notice.data["done"] == [f"{round_.kind}_does" for round_ in plan.rounds]


def test_a_poll_without_anything_names_its_kinds(bot: Bot) -> None:
    bot.open("gesprek")
    said = bot.staff("peiling")
    assert said.codes == ("refused_missing",)
    assert all(f"`{kind}`" in said or kind in said for kind in ("meer", "rangorde", "punten"))
