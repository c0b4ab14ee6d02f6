"""The order of statements is that of the exact fractions, over generated counts."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rounds.statements import ranking

COUNTS = st.tuples(st.integers(0, 3_000), st.integers(0, 3_000))


class Counted:
    """A statement with counts alone."""

    def __init__(self, agree: int, disagree: int) -> None:
        self.number = "S1"
        self.counts = {"agree": agree, "disagree": disagree, "pass": 0}


@given(COUNTS, COUNTS)
def test_two_statements_stand_as_their_fractions_do(
    one: tuple[int, int], two: tuple[int, int]
) -> None:
    shares, distances, exact, apart = [], [], [], []
    for agree, disagree in (one, two):
        item = Counted(agree, disagree)
        shares.append(ranking._share(item))  # type: ignore[arg-type]
        distances.append(ranking._distance(item))  # type: ignore[arg-type]
        share = Fraction(agree, agree + disagree) if agree + disagree else Fraction(1, 2)
        exact.append(share)
        apart.append(abs(share - Fraction(1, 2)))
    assert (shares[0] < shares[1], shares[0] == shares[1]) == (
        exact[0] < exact[1],
        exact[0] == exact[1],
    )
    assert (distances[0] < distances[1], distances[0] == distances[1]) == (
        apart[0] < apart[1],
        apart[0] == apart[1],
    )
