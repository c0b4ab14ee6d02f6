"""The votes on an item are the same whether they are kept as columns or as records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues import votes as kept
from dialogues.ballots import BallotBox
from dialogues.roll import NOTHING, Roll
from dialogues.votes import Given, Votes
from tests.generated import examples

BEGIN = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)

#: Tie-breaks: none, an id of Discord with its leading zeros, one too large for a column, the same
#: number with fewer digits, and a word.
ORDERS = ("", "00001345678901234567", "99999999999999999999", "1345678901234567", "$b")

CHOICES = ("agree", "pass", None, (1, 2), (2, 1))

#: Whose vote, which choice, microseconds after the beginning, and which tie-break; choice -1: the
#: vote is taken out.
CASTS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(-1, len(CHOICES) - 1),
        st.integers(0, 10**13),
        st.integers(0, len(ORDERS) - 1),
    ),
    max_size=80,
)


@contextmanager
def limits(fewest: int, one_in: int, not_one_in: int) -> Iterator[None]:
    """Within it votes become columns, and records again, at other numbers."""
    with (
        patch.object(kept, "_FEWEST", fewest),
        patch.object(kept, "_ONE_IN", one_in),
        patch.object(kept, "_NOT_ONE_IN", not_one_in),
    ):
        yield


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param((10**9, 1, 1), id="records"),
        pytest.param((1, 10**9, 10**9), id="columns"),
        pytest.param((2, 3, 4), id="now one, now the other"),
    ],
)
@examples(150)
@given(CASTS)
def test_what_was_put_is_what_is_given(numbers: tuple[int, int, int], casts: list[Any]) -> None:
    roll, meant = Roll(), dict[str, Given]()
    votes = Votes(roll)
    with limits(*numbers):
        for who, choice, moment, tie in casts:
            ballot, at, order = f"b{who}", BEGIN + timedelta(microseconds=moment), ORDERS[tie]
            number = roll.number(ballot)
            earlier = meant.get(ballot)
            if choice == -1:
                assert votes.take(number) == meant.pop(ballot, None)
                continue
            before = votes.put(number, CHOICES[choice], at, order)
            assert before == (NOTHING if earlier is None else earlier.choice)
            meant[ballot] = Given(at, order, CHOICES[choice])
    assert len(votes) == len(meant)
    assert dict(votes.items()) == meant
    assert dict(votes.chosen()) == {ballot: cast.choice for ballot, cast in meant.items()}
    for who in range(41):
        ballot = f"b{who}"
        assert votes.get(ballot) == meant.get(ballot)
        assert (ballot in votes) is (ballot in meant)


def _size(box: BallotBox, item: str) -> int:
    """The bytes of the columns of an item."""
    columns = box.books[item].votes._columns
    assert columns is not None
    return sys.getsizeof(columns.codes) + sys.getsizeof(columns.times)


def test_a_vote_among_many_takes_fifteen_bytes_at_most() -> None:
    """Twelve, and an eighth more because a column grows in leaps."""
    box = BallotBox()
    box.open("S1")
    for number in range(10_000):
        box.cast("S1", f"b{number}", "agree", BEGIN + timedelta(seconds=number), "")
    assert _size(box, "S1") <= 15 * 10_000


def test_an_item_on_which_few_vote_takes_no_room_for_the_others() -> None:
    """Twenty vote on S1, then five thousand on S2, then one of them on S1."""
    box = BallotBox()
    box.open("S1")
    box.open("S2")
    for number in range(20):
        box.cast("S1", f"b{number}", "agree", BEGIN, "")
    assert _size(box, "S1") <= 20 * 20 + 160
    for number in range(20, 5_020):
        box.cast("S2", f"b{number}", "pass", BEGIN, "")
    box.cast("S1", "b5019", "disagree", BEGIN, "")
    votes = box.books["S1"].votes
    assert votes._columns is None
    assert len(votes) == 21
    assert box.books["S1"].tally == {"agree": 20, "disagree": 1}
    assert box.turnout == 5_020
