"""No figure about one to four people can be had by subtracting others that are published."""

from __future__ import annotations

import itertools

import pytest

from advice.published import held_back_people, split_by_link
from dialogues.counting.threshold import masked


@pytest.mark.parametrize(
    ("figures", "rounds", "told"),
    [
        ((3, 20, 21), [20], (None, 20, 21)),
        ((8, 22, 25), [20, 3], (8, None, None)),
        ((2, 22, 23), [20, 3], (None, None, 23)),
        ((8, 9, 12), [4, 3, 9], (8, 9, 12)),
        ((8, 3, 9), [3], (8, None, None)),
        ((0, 0, 0), [0], (0, 0, 0)),
        ((6, 0, 6), [], (6, 0, 6)),
    ],
)
def test_what_is_held_back(
    figures: tuple[int, int, int], rounds: list[int], told: tuple[int | None, ...]
) -> None:
    assert held_back_people(*map(masked, figures), [masked(n) for n in rounds]) == told


def test_no_known_figure_stands_beside_two_that_give_a_small_one() -> None:
    for contributed, voted, total in itertools.product(range(9), repeat=3):
        told = held_back_people(*map(masked, (contributed, voted, total)), [masked(voted)])
        assert not {1, 2, 3, 4} & {n for n in told if n is not None}
        if told[1] is None:
            assert told[0] is None or told[2] is None


def test_of_linked_accounts_both_figures_are_told_or_none() -> None:
    """Nor is a total that is held back told by them."""
    for linked, unlinked in itertools.product(range(12), repeat=2):
        told = split_by_link(linked, masked(linked + unlinked))
        assert not {1, 2, 3, 4} & {n for n in told if n is not None}
        if masked(linked + unlinked) is None:
            assert told in ((0, None), (None, None))
        else:
            assert (told[0] is None) is (told[1] is None)
            assert None in told or sum(told) == linked + unlinked  # type: ignore[arg-type]
