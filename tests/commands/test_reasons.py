"""Reasons for hiding are from the list; reasons beside a vote are words that say something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.reasons import Given, as_reason, hide_reason
from commands.wrong import Wrong


def test_a_reason_for_hiding_is_from_the_list() -> None:
    first = hide_reason("1")
    assert not isinstance(first, Wrong)
    assert isinstance(hide_reason("፩"), Wrong)
    refused = hide_reason("zomaar")
    assert isinstance(refused, Wrong)
    assert refused.code == "reason_unknown"


DECLINES = (
    "nee",
    "geen idee",
    "dank u wel",
    "hoi",
    "later",
    "n.v.t.",
    "No thanks",
    "I don't know",
    "ok",
)
SIGNS = ("", " ", "!", " 👍", "...", ", ")


@given(st.lists(st.tuples(st.sampled_from(DECLINES), st.sampled_from(SIGNS)), max_size=4))
def test_refusals_joined_are_no_reason(said: list[tuple[str, str]]) -> None:
    assert as_reason(" ".join(word + sign for word, sign in said)) is Given.NONE


@given(st.sampled_from(DECLINES), st.sampled_from(("omdat het druk is", "maar het is te duur")))
def test_a_refusal_before_a_sentence_is_a_reason(word: str, sentence: str) -> None:
    assert as_reason(f"{word}, {sentence}") is Given.REASON
    assert as_reason(f"{sentence} {word}") is Given.REASON


@given(st.text(max_size=40))
def test_a_reason_has_two_words(text: str) -> None:
    if as_reason(text) is Given.REASON:
        assert len(text.split()) > 1


@pytest.mark.parametrize("text", ["Parkeren", "Parkeren!", "- Parkeren", "太吵了"])
def test_one_word_is_asked_about(text: str) -> None:
    assert as_reason(text) is Given.ONE_WORD


@pytest.mark.parametrize("word", DECLINES)
def test_long_rows_of_refusals_are_read_at_once(word: str) -> None:
    text = f"{word} " * 40 + "x"
    assert as_reason(text[:79] + "x") is not Given.NONE
