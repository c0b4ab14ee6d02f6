"""Choices on statements as they are typed: one alone, several of an offer, reactions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.choices import NONE, Answers
from commands.wrong import Wrong, wrong
from rounds.statements.words import WORDS as WORDS_OF
from rounds.statements.words import choice, offer_answers, reaction

A, D, P, N = "agree", "disagree", "pass", NONE


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("eens", "e", "E", "Eens!", "agree", "a", "A", " eens. ", "👍", "👍🏾"), A),
        (("oneens", "o", "ONEENS", "disagree", "d", "👎🏻"), D),
        (("weet ik niet", "Weet  ik\nniet.", "weet niet", "weetniet", "pas", "pass", "p", "?",
          "don’t know", "🤷🏽‍♀️"), P),
        (("niets", "nothing"), N),
        (("", "ee", "eens oneens", "misschien", "ja", "1", "??", "eens?", "none", "x" * 500), None),
    ],
)  # fmt: skip
def test_one_choice(words: tuple[str, ...], expected: str | None) -> None:
    for word in words:
        assert choice(word) == expected, word


def answers(*choices: tuple[int, str]) -> Answers:
    return Answers(choices)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 eens 2 oneens 3 ?", answers((1, A), (2, D), (3, P))),
        ("1: eens, 2: oneens", answers((1, A), (2, D))),
        ("1. eens\n2. weet ik niet\n5) o", answers((1, A), (2, P), (5, D))),
        ("1e 2o 3?", answers((1, A), (2, D), (3, P))),
        ("3 weet ik niet 1 E", answers((3, P), (1, A))),
        ("1=eens;2=disagree", answers((1, A), (2, D))),
        ("1️⃣ eens 2️⃣ oneens", answers((1, A), (2, D))),
        ("1 👍 2 👎🏽 3 🤷", answers((1, A), (2, D), (3, P))),
        ("4 niets", answers((4, N))),
        ("2 oneens!", answers((2, D))),
        ("e o ? e e", answers((1, A), (2, D), (3, P), (4, A), (5, A))),
        ("eens, oneens, weet ik niet", answers((1, A), (2, D), (3, P))),
        ("a d p", answers((1, A), (2, D), (3, P))),
        ("e o", answers((1, A), (2, D))),
        ("eens", wrong("which_place", places=("1", "2", "3", "4", "5"))),
        ("?", wrong("which_place", places=("1", "2", "3", "4", "5"))),
        ("1 2 3", wrong("bare_numbers", places=5)),
        ("1", wrong("bare_numbers", places=5)),
        ("9, 12", wrong("bare_numbers", places=5)),
        ("1 eens 6 oneens", wrong("place_unknown", place=6, places=5)),
        ("0 eens", wrong("place_unknown", place=0, places=5)),
        ("1 eens 1 oneens", wrong("place_twice", place=1)),
        ("1 eens oneens", wrong("answers_mixed")),
        ("eens 2 oneens", wrong("answers_mixed")),
        ("1 eens 2", wrong("answers_unfinished", place=2)),
        ("1 2 eens", answers((1, A), (2, A))),
        ("1 2 en 4 oneens.", answers((1, D), (2, D), (4, D))),
        ("3+ 4-", answers((3, A), (4, D))),
        ("1+, 2-, 3?", answers((1, A), (2, D), (3, P))),
        ("3+ 4–", answers((3, A), (4, D))),
        ("eens met 1 en 2, oneens met 3", answers((1, A), (2, A), (3, D))),
        (
            "Ik ben het eens met 1, 2 en 5 maar oneens met 3.",
            answers((1, A), (2, A), (5, A), (3, D)),
        ),
        ("eens: 1, 2 oneens: 3", answers((1, A), (2, A), (3, D))),
        ("agree with 1 and 2", answers((1, A), (2, A))),
        ("👍👎👍", answers((1, A), (2, D), (3, A))),
        ("👍 👎 👍👍👍", answers((1, A), (2, D), (3, A), (4, A), (5, A))),
        ("eens met 1, oneens met 1", wrong("place_twice", place=1)),
        ("9+", wrong("place_unknown", place=9, places=5)),
        ("1 2 eens 3 oneens", answers((1, A), (2, A), (3, D))),
        ("1, 2 eens, 3 oneens", answers((1, A), (2, A), (3, D))),
        ("1 2 eens en 3 4 oneens.", answers((1, A), (2, A), (3, D), (4, D))),
        ("1 eens 2 3 weet ik niet", answers((1, A), (2, P), (3, P))),
        ("1 2e 3o", answers((1, A), (2, A), (3, D))),
        ("1 2 eens 2 oneens", wrong("place_twice", place=2)),
        ("1 2 eens 3", wrong("answers_unfinished", place=1)),
        ("1 2 eens oneens", wrong("answers_mixed")),
        ("1 eens\n2\n3 oneens", wrong("answers_unfinished", place=2)),
        ("1\n2 eens", wrong("answers_unfinished", place=1)),
        ("1 + 2 eens", answers((1, A), (2, A))),
        ("3+4", None),
        ("3+ 4 oneens", None),
        ("1-3 eens", None),
        ("e o ? e e o", wrong("answers_too_many", given=6, places=5)),
        ("", None),
        ("niets", None),
        ("nee", None),
        ("1 eens maar alleen overdag", None),
        ("Ik ben het eens", None),
        ("1 misschien", None),
        ("eens?", None),
        ("2026", None),
        ("1-2", None),
        ("e/o", None),
        ("eenseens", None),
        ("1 " * 5000, None),
    ],
)
def test_offer_of_five(text: str, expected: Answers | Wrong | None) -> None:
    assert offer_answers(text, 5) == expected


@given(st.data())
def test_numbers_before_a_choice_belong_to_it(data: st.DataObject) -> None:
    """However they are divided and joined."""
    places = data.draw(st.permutations(range(1, 6)))
    meant: list[tuple[int, str]] = []
    said = ""
    while places:
        size = data.draw(st.integers(1, len(places)))
        group, places = places[:size], places[size:]
        word, choice = data.draw(st.sampled_from([("eens", A), ("oneens", D), ("?", P), ("e", A)]))
        joined = data.draw(st.sampled_from([" ", ", ", " en ", " & "])).join(map(str, group))
        said += f"{joined} {word}" + (data.draw(st.sampled_from([" ", ", ", " en ", ". "])))
        meant += [(place, choice) for place in group]
    assert offer_answers(said.removesuffix(" en "), 5) == answers(*meant)


@pytest.mark.parametrize("text", ["3+4", "3+ 4 oneens", "1-3 eens", "eens met 1-3", "3+4-"])
def test_what_looks_like_votes_gets_how_to_vote(text: str) -> None:
    assert offer_answers(text, 5) is None
    assert WORDS_OF.nearly(text)


@pytest.mark.parametrize(
    "text", ["2026", "1-2", "Ik ben het eens", "eens met de bus", "30 km is beter", "op 3 december"]
)
def test_talk_does_not_look_like_votes(text: str) -> None:
    assert not WORDS_OF.nearly(text)


def test_a_choice_without_a_place_goes_to_what_is_still_asked() -> None:
    assert offer_answers("e o", 5, (2, 4, 5)) == answers((2, A), (4, D))
    assert offer_answers("e", 5, (4,)) == answers((4, A))
    assert offer_answers("e", 5, (2, 4)) == wrong("which_place", places=("2", "4"))
    assert offer_answers("1 o", 5, (2, 4)) == answers((1, D))
    assert offer_answers("e o ?", 5, (2, 4)) == wrong("answers_too_many", given=3, places=2)


def test_offer_of_one() -> None:
    assert offer_answers("eens", 1) == answers((1, A))
    assert offer_answers("weet ik niet", 1) == answers((1, P))
    assert offer_answers("1 o", 1) == answers((1, D))
    assert offer_answers("1", 1) == wrong("bare_numbers", places=1)
    assert offer_answers("e o", 1) == wrong("answers_too_many", given=2, places=1)
    assert offer_answers("niets", 1) is None


WORDS = st.sampled_from(
    [("eens", A), ("e", A), ("oneens", D), ("O", D), ("?", P), ("weet ik niet", P), ("pas", P)]
)


@given(st.lists(WORDS, min_size=2, max_size=5), st.sampled_from([" ", ", ", "\n", "; "]))
def test_answers_in_order_and_with_places_agree(words: list[tuple[str, str]], gap: str) -> None:
    expected = Answers(tuple((place, choice) for place, (_, choice) in enumerate(words, 1)))
    assert offer_answers(gap.join(word for word, _ in words), 5) == expected
    for colon in ("", " ", ": ", ". ", "="):
        text = gap.join(f"{place}{colon}{word}" for place, (word, _) in enumerate(words, 1))
        assert offer_answers(text, 5) == expected


@given(st.text(alphabet="eo?1 2,:.\nawijknpsd", max_size=40), st.integers(1, 5))
def test_a_counted_place_is_one_that_was_offered(text: str, places: int) -> None:
    found = offer_answers(text, places)
    if isinstance(found, Answers):
        assert all(1 <= place <= places for place, _ in found.choices)
        assert len({place for place, _ in found.choices}) == len(found.choices)


def test_reactions() -> None:
    for emoji in ("👍", "👍\ufe0f", "👍🏻", "👍🏽", "👍🏿"):
        assert reaction(emoji) == A
    for emoji in ("👎", "👎🏼\ufe0f"):
        assert reaction(emoji) == D
    for emoji in ("🤷", "🤷🏽", "🤷‍♂️", "🤷🏾‍♀️", "🤷🏻‍♂"):
        assert reaction(emoji) == P
    for emoji in ("", "🎉", "👍👍", "eens", "👍 ", "1️⃣"):
        assert reaction(emoji) is None
