"""The first part of a word of two alone, and each word alone: the answer says what to type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commands.said import Where
from commands.word import Word
from rounds.registry import vocabulary
from tests.engine.bots import Bot
from tests.engine.test_answers_to_an_advice import Town

PLACES: dict[Where, str | None] = {Where.STAFF: "staf", Where.PERSONAL: None}
#: What a first part is answered with: it is a word itself, the word is meant, or which one is.
HELPS = {"unknown_word", "refused_subword_missing"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    made = Town(tmp_path_factory.mktemp("alone") / "town.db")
    made.end()
    yield made
    made.close()


def may_say(word: Word) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    """Somebody who may say a word, each place where, and their roles."""
    roles = sorted(who.value for who in word.who if who.value not in ("all", "author", "resident"))
    mine = tuple(roles[:1])
    for where, place in PLACES.items():
        if where in word.where:
            yield f"a-{mine[0] if mine else 'resident'}", place, mine


WORDS = vocabulary().words
FIRST_PARTS = sorted({(f.split()[0], w.dutch) for w in WORDS for f in w.forms if " " in f})


@pytest.mark.parametrize(("first", "dutch"), FIRST_PARTS)
def test_a_first_part_alone_says_what_to_type(town: Bot, first: str, dutch: str) -> None:
    known = vocabulary()
    for who, place, roles in may_say(known.by_dutch[dutch]):
        before = town.lines()
        codes = set(town.say(who, first, place, roles=roles).codes)
        if (first,) not in known.by_form and first != "stop":  # "stop" alone means enough
            assert codes & HELPS, (first, place, codes)
            assert town.lines() == before
        town.say(who, "nee", place, roles=roles)


@pytest.mark.parametrize("word", [w for w in WORDS if not w.while_open], ids=lambda w: w.dutch)
def test_a_word_alone_is_always_answered(town: Bot, word: Word) -> None:
    for typed in (word.dutch, word.english):
        for who, place, roles in may_say(word):
            codes = town.say(who, typed, place, roles=roles).codes
            assert codes, (typed, place)
            assert "not_understood" not in codes, (typed, place, codes)
            town.say(who, "nee", place, roles=roles)


@pytest.mark.parametrize(
    ("typed", "role", "said"),
    [
        ("bewaar", "clerk", ("bewaar los", "bewaar vast")),
        ("keep", "clerk", ("keep release", "keep hold")),
        ("meld", "moderator", ("meld aan", "meld af")),
    ],
)
def test_of_several_each_is_named(town: Bot, typed: str, role: str, said: tuple[str, ...]) -> None:
    answer = town.say(f"b-{role}", typed, "staf", roles=(role,))
    assert answer.tells("refused_subword_missing", word=typed, options=said)


def test_of_one_that_one_is_meant(town: Bot) -> None:
    assert town.say("bea", "vergeet").tells("unknown_word", nearest="vergeetmij")
    assert "forget_ask" in town.say("bea", "ja").codes
