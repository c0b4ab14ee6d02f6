"""The example beside a poll is a vote that counts: with the options, the limit and the points that
the poll has."""

from __future__ import annotations

import pytest

from commands.wrong import Wrong
from rounds.poll.ballot_words import poll_ballot
from rounds.poll.example import example
from rounds.poll.state import PollKind


@pytest.mark.parametrize("kind", [kind for kind in PollKind if kind is not PollKind.DATE])
@pytest.mark.parametrize("points", [1, 2, 5, 10, 100])
@pytest.mark.parametrize("most", [0, 1, 2])
@pytest.mark.parametrize("shown", [(1, 2), (1, 2, 3, 4), (1, 2, 4), (3, 4), (4,)])
def test_the_example_counts(kind: PollKind, points: int, most: int, shown: tuple[int, ...]) -> None:
    texts = [f"keuze {'abcd'[n - 1]}" if n in shown else "" for n in range(1, 5)]
    read = poll_ballot(kind, example(kind, shown, points, most), texts, most, most, points)
    assert read
    assert not isinstance(read, Wrong)
    chosen = [one[0] if isinstance(one, tuple) else one for one in read]
    assert set(chosen) <= set(shown)


def test_what_is_known_stays() -> None:
    assert example(PollKind.ONE, (1, 2, 3)) == "2"
    assert example(PollKind.SEVERAL, (1, 2, 3)) == "1 3"
    assert example(PollKind.DATE, (1, 2, 3)) == "1 3"
    assert example(PollKind.RANKED, (1, 2, 3), most=3) == "2 1"
    assert example(PollKind.POINTS, (1, 2, 3), 10) == "1=7 2=3"
    assert example(PollKind.ONE, ()) == ""


def test_a_wrong_vote_gets_an_example_and_names_what_is_shown() -> None:
    """Points of this poll, and no hidden option between those that can be chosen."""
    form = poll_ballot(PollKind.POINTS, "1 3", ["bomen", "banken"], 0, 0, 5)
    assert isinstance(form, Wrong)
    assert form.data == {"points": 5, "example": "1=3 2=2"}
    for kind in (PollKind.ONE, PollKind.POINTS):
        unknown = poll_ballot(kind, "9", ["bomen", "", "banken"], 0, 0, 5)
        assert isinstance(unknown, Wrong)
        assert unknown.data["options"] == ("bomen", "banken")
