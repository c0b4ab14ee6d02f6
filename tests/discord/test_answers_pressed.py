"""Each button under a question of the bot is an answer to it: none of them is asked again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.desk.asker import Reply
from bot.platforms.messages import Meaning
from dialogues.core import Choice
from tests.discord.seam import Seam
from tests.engine.bots import START, copied

TREES = "Er moeten meer bomen komen."

#: What is said to words, or to a press, that answer nothing.
NO_ANSWER = ("stale_choice", "not_understood", "unknown_word")

Asks = Callable[[Seam], Sequence[Reply]]


def given(seam: Seam, *words: tuple[str, str, dict[str, str]]) -> Sequence[Reply]:
    """The answer to the last of these commands."""
    replies: Sequence[Reply] = ()
    for who, name, options in words:
        replies = seam.hears(seam.command(who, name, **options))
    return replies


def third_vote(seam: Seam) -> Sequence[Reply]:
    for number in range(3):
        given(
            seam, (f"zoe{number}", "stelling", {"tekst": f"Plan {number} kost {number * 7} euro."})
        )
    votes = [("anna", "stem", {"item": f"S{n}", "keuze": "eens"}) for n in range(1, 4)]
    return given(seam, *votes)


#: What somebody does so that the bot asks something that can be pressed.
ASKED: dict[str, Asks] = {
    "forget": lambda seam: given(seam, ("anna", "vergeetmij", {})),
    "same": lambda seam: given(seam, ("anna", "stelling", {"tekst": "Er moeten meer bomen komen"})),
    "why": third_vote,
    "one word": lambda seam: given(
        seam,
        ("anna", "stem", {"item": "S1", "keuze": "oneens"}),
        ("anna", "waarom", {"item": "S1", "tekst": "Parkeren"}),
    ),
    "which room": lambda seam: given(
        seam, ("vera", "gesprek nieuw", {"format": "gesprek", "titel": "Nog een gesprek"})
    ),
    "near a format": lambda seam: given(
        seam, ("vera", "gesprek nieuw", {"format": "vragenuurtje", "titel": "Over de straat"})
    ),
    "which reason": lambda seam: given(seam, ("vera", "verberg", {"item": "S1"})),
    "closing": lambda seam: given(seam, ("vera", "gesprek sluit", {})),
    "discarding": lambda seam: given(
        seam,
        (
            "vera",
            "gesprek nieuw",
            {"format": "gesprek", "titel": "Over", "in": "plein", "afspraken": "niveau=meedenken"},
        ),
        ("vera", "gesprek weg", {"gesprek": "over"}),
    ),
}


def asked(replies: Sequence[Reply]) -> list[Choice]:
    return [
        choice
        for reply in replies
        for notice in reply.notices
        for choice in notice.choices
        if choice.question and not choice.form
    ]


def codes(replies: Sequence[Reply]) -> list[str]:
    return [notice.template for reply in replies for notice in reply.notices]


def opened(file: Path) -> Seam:
    """Later than what was done before on that file."""
    seam = Seam(file)
    seam.clock.set(START.replace(minute=30))
    return seam


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pressed") / "town.db"
    seam = Seam(file)
    seam.begins(TREES, format="gesprek")
    seam.close()
    return file


@pytest.mark.parametrize("name", ASKED)
def test_every_button_is_an_answer(name: str, base: Path, tmp_path: Path) -> None:
    number = 0
    while True:
        seam = opened(copied(base, tmp_path / str(number)))
        replies = ASKED[name](seam)
        who = "vera" if replies[0].place.name == "staf" else replies[0].place.name
        choices = asked(replies)
        assert choices, codes(replies)
        if number == len(choices):
            seam.close()
            break
        one = choices[number]
        means = Meaning(one.dialogue, one.item, one.choice, one.round, one.wording, one.question)
        said = codes(seam.hears(seam.chooses(who, means)))
        assert said, one
        assert not [code for code in said if code in NO_ANSWER or code.endswith("_choose")], one
        again = codes(seam.hears(seam.chooses(who, means)))
        assert again[0] == "stale_choice", (one, again)
        seam.close()
        number += 1


def test_what_is_not_pressed_is_no_answer(base: Path, tmp_path: Path) -> None:
    """A button of a question that somebody else was asked."""
    seam = opened(copied(base, tmp_path / "other"))
    (yes, *_) = asked(ASKED["forget"](seam))
    means = Meaning(yes.dialogue, "", yes.choice, None, "", yes.question)
    facts = asyncio.run(seam.facts([seam.chooses("bram", means)]))
    assert codes(seam.puts(facts)) == ["stale_choice"]
    seam.close()
