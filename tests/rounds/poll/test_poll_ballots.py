"""Votes on polls of the four kinds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.wrong import Wrong, wrong
from rounds.poll.ballot_words import Ballot, poll_ballot
from rounds.poll.option_words import is_other, other_option
from rounds.poll.state import PollKind

OPTIONS = ("Bomen", "Banken", "Meer bomen", "30 km, ook 's nachts", "Café")


def vote(
    kind: PollKind,
    text: str,
    at_most: int = 0,
    places: int = 0,
    options: tuple[str, ...] = OPTIONS,
) -> Ballot | Wrong | None:
    return poll_ballot(kind, text, options, at_most, places, 10)


def unknown(value: str) -> Wrong:
    return wrong("option_unknown", value=value, options=OPTIONS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", (2,)),
        (" 2. ", (2,)),
        ("2️⃣", (2,)),
        ("banken", (2,)),
        ("meer  BOMEN", (3,)),
        ("30 km, ook 's nachts", (4,)),
        ("cafe\u0301", (5,)),
        ("niets", ()),
        ("nothing", ()),
        ("1 2", wrong("one_only", given=2)),
        ("6", unknown("6")),
        ("0", unknown("0")),
        ("bomen graag", unknown("graag")),
        ("ik weet het niet", None),
        ("", None),
        ("bomenrij", None),
        ("x" * 10_000, None),
    ],
)
def test_one(text: str, expected: Ballot | Wrong | None) -> None:
    assert vote(PollKind.ONE, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 3", (1, 3)),
        ("3,1;2", (1, 2, 3)),
        ("1 en 3", (1, 3)),
        ("bomen, meer bomen", (1, 3)),
        ("meer bomen bomen", (1, 3)),
        ("café; 1", (1, 5)),
        ("2 2", (2,)),
        ("niets", ()),
        ("1 7", unknown("7")),
        ("1=7", unknown("=7")),
        ("1 " * 3000, wrong("too_many_options", given=11, at_most=5)),
        ("geen idee", None),
    ],
)
def test_several(text: str, expected: Ballot | Wrong | None) -> None:
    assert vote(PollKind.SEVERAL, text) == expected


def test_several_at_most() -> None:
    assert vote(PollKind.SEVERAL, "1 2 2", at_most=2) == (1, 2)
    assert vote(PollKind.SEVERAL, "1 2 3", at_most=2) == wrong(
        "too_many_options", given=3, at_most=2
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 1 2", (3, 1, 2)),
        ("3 > 1 > 2", (3, 1, 2)),
        ("café, banken", (5, 2)),
        ("4", (4,)),
        ("niets", ()),
        ("3 1 3", wrong("option_twice", option="3")),
        ("bomen 1", wrong("option_twice", option="1")),
        ("1 2 3 4", wrong("too_many_places", given=4, places=3)),
        ("hallo", None),
    ],
)
def test_ranked(text: str, expected: Ballot | Wrong | None) -> None:
    assert vote(PollKind.RANKED, text, places=3) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1=7 3=3", ((1, 7), (3, 3))),
        ("3=3, 1 = 7", ((1, 7), (3, 3))),
        ("1: 10", ((1, 10),)),
        ("1=10 2=0", ((1, 10),)),
        ("meer bomen=4 café=6", ((3, 4), (5, 6))),
        ("niets", ()),
        ("1=7", wrong("points_sum", given=7, left=3, points=10)),
        ("1=7 2=4", wrong("points_sum", given=11, left=-1, points=10)),
        ("1=5 1=5", wrong("option_twice", option="1")),
        ("6=10", unknown("6=10")),
        ("1 10", wrong("points_form", points=10, example="1=7 2=3")),
        ("1=-3 2=13", wrong("points_form", points=10, example="1=7 2=3")),
        ("1=99999", wrong("points_form", points=10, example="1=7 2=3")),
        ("alles op bomen", None),
    ],
)
def test_points(text: str, expected: Ballot | Wrong | None) -> None:
    assert vote(PollKind.POINTS, text) == expected


def test_options_that_are_numbers() -> None:
    assert vote(PollKind.ONE, "30", options=("50", "30")) == (2,)
    assert vote(PollKind.ONE, "2", options=("2", "1")) == (2,)
    assert vote(PollKind.SEVERAL, "3 bomen", options=("1 boom", "3 bomen", "x")) == (2,)
    assert vote(PollKind.ONE, "❤️‍🔥", options=("❤️‍🔥", "👍🏽")) == (1,)


@given(st.permutations(range(1, 6)), st.integers(1, 5))
def test_a_ranking_is_what_was_typed(order: list[int], length: int) -> None:
    chosen = tuple(order[:length])
    assert vote(PollKind.RANKED, " ".join(map(str, chosen))) == chosen
    assert vote(PollKind.RANKED, "; ".join(OPTIONS[n - 1] for n in chosen)) == chosen


@given(st.text(alphabet="123 =,;.bomencafé", max_size=40), st.sampled_from(list(PollKind)))
def test_a_ballot_holds_only_options(text: str, kind: PollKind) -> None:
    found = vote(kind, text)
    if isinstance(found, tuple):
        numbers = [entry[0] if isinstance(entry, tuple) else entry for entry in found]
        assert len(set(numbers)) == len(numbers)
        assert all(1 <= number <= len(OPTIONS) for number in numbers)
        if kind is PollKind.POINTS and found:
            assert sum(entry[1] for entry in found if isinstance(entry, tuple)) == 10


def test_an_option_of_ones_own() -> None:
    assert other_option("anders, namelijk een fontein") == "een fontein"
    assert other_option("Anders: een fontein") == "een fontein"
    assert other_option("other: a fountain") == "a fountain"
    assert other_option("anders") is None
    assert other_option("andersom parkeren") is None
    assert other_option("2") is None


def test_anders_without_the_words() -> None:
    assert is_other("anders")
    assert is_other("Anders, namelijk:")
    assert not is_other("anders, namelijk een fontein")
    assert not is_other("andersom parkeren")
