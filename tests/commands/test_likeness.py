"""Near-duplicates, measured against pairs.toml with the default threshold of a round."""

from __future__ import annotations

import random
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.duplicates import LONGEST, nearest, score
from rounds.statements.rules import Settings

PAIRS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text("utf-8"))
THRESHOLD = Settings().threshold
#: What the words alone cannot show.
MISSED = {("Er is te weinig plek om te spelen.", "Er is te weinig speelplek.")}


def same(one: str, other: str) -> bool:
    return nearest(one, [("S1", other)], THRESHOLD) == "S1"


@pytest.mark.parametrize(("one", "other"), PAIRS["same"])
def test_the_same_thing_again(one: str, other: str) -> None:
    assert same(one, other) is ((one, other) not in MISSED)
    assert same(one, other) is same(other, one)


@pytest.mark.parametrize(("one", "other"), PAIRS["different"])
def test_something_else(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


def test_the_threshold_stands_clear_of_both_sides() -> None:
    alike = sorted(score(*pair) for pair in PAIRS["same"] if tuple(pair) not in MISSED)
    other = sorted(score(*pair) for pair in PAIRS["different"])
    assert other[-1] + 5 <= THRESHOLD <= alike[0] - 5


SENTENCE = st.lists(
    st.sampled_from(["de", "straat", "moet", "meer", "bomen", "bus", "park", "veilig", "school"]),
    min_size=3,
    max_size=12,
).map(" ".join)


TURNS = ["niet", "geen", "nooit", "zonder", "not", "no", "never", "without"]


@given(SENTENCE, st.sampled_from(TURNS))
def test_a_word_that_turns_the_sentence_round(words: str, turn: str) -> None:
    assert not same(words, f"{words} {turn}")
    assert not same(f"{turn} {words}", words)


@given(SENTENCE, st.integers(0, 200), st.integers(0, 200))
def test_another_number(words: str, one: int, other: int) -> None:
    assert same(f"{words} {one}", f"{words} {other}") is (one == other)
    assert not same(f"{words} {one}km", words)


@given(SENTENCE)
def test_capitals_accents_and_punctuation_do_not_count(words: str) -> None:
    assert same(words, f"  {words.upper()}!!  ")
    assert same(f"{words} café", f"{words}: cafe\u0301")


def test_the_likest_is_named() -> None:
    shown = [("S1", "De bus moet blijven."), ("S2", "Meer bomen"), ("S9", "Meer bomen graag!")]
    assert nearest("meer bomen", shown, THRESHOLD) == "S2"
    assert nearest("De bus moet weg", shown, THRESHOLD) is None
    assert nearest("", shown, THRESHOLD) is None
    assert nearest("meer bomen", [], THRESHOLD) is None
    assert nearest("x " * LONGEST, shown, THRESHOLD) is None


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=5))
def test_no_text_makes_it_fall_over(text: str, others: list[str]) -> None:
    nearest(text, [(f"S{n}", other) for n, other in enumerate(others)], THRESHOLD)


def _random_text(chance: random.Random) -> str:
    words = ("".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(60))
    return " ".join(words)[:280]


def test_the_right_one_is_found_among_many_long_ones() -> None:
    chance = random.Random(7)
    shown = [(f"S{n}", _random_text(chance)) for n in range(500)]
    number, text = shown[333]
    words = text.split()
    chance.shuffle(words)
    assert nearest(" ".join(words), shown, THRESHOLD) == number


def _mistyped(text: str, chance: random.Random) -> str:
    """The same beginnings of words, in another order, with other endings."""
    words = [f"{word[:3]}{''.join(chance.choices('bcd', k=4))}" for word in text.split()]
    chance.shuffle(words)
    return " ".join(words)[:280]


@pytest.mark.parametrize("kind", ["random", "alike", "mistyped", "accents", "short", "one word"])
def test_comparing_grows_with_the_texts_shown(kind: str) -> None:
    chance = random.Random(3)
    text = {
        "random": _random_text(chance), "alike": _random_text(chance), "accents": "é" * 280,
        "mistyped": "abcdefg " * 35, "short": "a b " * 70, "one word": "x" * 280,
    }[kind]  # fmt: skip
    others = {"random": _random_text, "mistyped": lambda chance: _mistyped(text, chance)}
    other = others.get(kind, lambda chance: text[:-1] + chance.choice("xyz"))
    shown = [(f"S{n}", other(chance)) for n in range(500)]

    def spent(among: list[tuple[str, str]]) -> float:
        began = time.thread_time()
        nearest(text, among, THRESHOLD)
        return time.thread_time() - began

    few, all_of_them = (min(spent(shown[:n]) for _ in range(9)) for n in (125, 500))
    assert all_of_them < 11 * max(few, 0.001)  # four times as many; a square would be sixteen
