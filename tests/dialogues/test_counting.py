"""The counting rules: tables worked out by hand, and properties of all tables.

``mutants.py`` changes each constant and comparison of the rules and expects a failure here.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.counting import (
    RULES,
    minority,
    one,
    points,
    ranked,
    recommend,
    several,
    statement,
    threshold,
)
from dialogues.counting.recommend import Candidate
from tests.generated import examples

FEW = st.integers(0, 40)
PROPERTY = examples(60, 5000)
OPTIONS = st.dictionaries(st.sampled_from("12345"), FEW)


def test_every_rule_has_a_name_with_a_version() -> None:
    assert list(RULES) == sorted(RULES)
    assert all(name.rsplit("/", 1)[1].isdigit() for name in RULES)


# Statements


@pytest.mark.parametrize(
    ("agree", "disagree", "passed", "round_voters", "result"),
    [
        (3, 2, 0, 5, "agreed"),  # 60% exactly
        (6, 4, 0, 10, "agreed"),
        (59, 41, 0, 100, "divided"),  # just under 60%
        (60, 40, 0, 100, "agreed"),
        (11, 9, 1, 21, "divided"),  # voice.md 12
        (19, 2, 0, 21, "agreed"),
        (41, 59, 0, 100, "divided"),  # just over 40%
        (40, 60, 0, 100, "rejected"),
        (2, 3, 0, 5, "rejected"),  # 40% exactly
        (0, 7, 3, 10, "rejected"),
        (5, 0, 0, 10, "agreed"),  # voted on by half of the voters
        (5, 0, 0, 11, "too_few"),  # by under half
        (5, 0, 1, 11, "agreed"),  # weet ik niet is a vote
        (4, 0, 0, 4, "too_few"),  # under five people
        (4, 0, 1, 5, "too_few"),  # under five with an opinion
        (5, 0, 5, 10, "agreed"),
        (0, 0, 9, 9, "too_few"),  # nobody has an opinion
        (20, 9, 0, 337, "too_few"),  # under thirty of many
        (20, 9, 1, 337, "agreed"),  # thirty are enough
        (20, 9, 0, 58, "agreed"),  # half
        (20, 9, 0, 59, "too_few"),  # half of 59 is 30, rounded up
        (0, 0, 0, 0, "too_few"),
    ],
)
def test_statement(agree: int, disagree: int, passed: int, round_voters: int, result: str) -> None:
    assert statement.result(agree, disagree, passed, round_voters) == result


@pytest.mark.parametrize(
    ("round_voters", "enough"),
    [(0, 5), (9, 5), (10, 5), (11, 6), (59, 30), (60, 30), (61, 30), (337, 30)],
)
def test_how_many_votes_are_enough(round_voters: int, enough: int) -> None:
    assert threshold.enough(round_voters) == enough


def test_share_is_exact() -> None:
    assert statement.share(2, 1) == Fraction(2, 3)
    assert statement.share(0, 0) is None


@PROPERTY
@given(agree=FEW, disagree=FEW, passed=FEW)
def test_agreeing_and_rejecting_are_each_others_mirror(
    agree: int, disagree: int, passed: int
) -> None:
    voters = agree + disagree + passed
    there = statement.result(agree, disagree, passed, voters)
    back = statement.result(disagree, agree, passed, voters)
    assert {"agreed": "rejected", "rejected": "agreed"}.get(there, there) == back


# Polls


@pytest.mark.parametrize(
    ("counts", "winners", "together"),
    [
        ({"1": 3, "2": 5, "3": 4}, ("2",), ("2",)),
        ({"1": 3, "2": 3}, (), ("1", "2")),
        ({"1": 0, "2": 0}, (), ()),
        ({"1": 1, "2": 0}, ("1",), ("1",)),
        ({"1": 0}, (), ()),
        ({"1": 5, "2": 4, "3": 5}, (), ("1", "3")),
        ({}, (), ()),
    ],
)
def test_most_chosen(
    counts: dict[str, int], winners: tuple[str, ...], together: tuple[str, ...]
) -> None:
    """Where several can be chosen, all that are equal are first."""
    assert one.winners(counts) == winners
    assert several.winners(counts) == together


def test_ranked() -> None:
    # 5 ballots, 3 places: a 2 first, 1 second; b 2 first, 2 second; c 1 first, 1 second, 3 third
    counts = {"a": [2, 1, 0], "b": [2, 2, 0], "c": [1, 1, 3], "d": [0, 0, 0]}
    assert ranked.scores(counts) == {"a": 8, "b": 10, "c": 8, "d": 0}
    assert ranked.winners(counts) == ("b",)
    assert ranked.winners({"a": [1, 0], "b": [0, 2]}) == ()  # 2 and 2
    assert ranked.scores({"a": [1, 1]}) == {"a": 3}  # of two places the first gives two


def test_points() -> None:
    counts = {"a": {"7": 2, "1": 1}, "b": {"3": 5}, "c": {}}
    assert points.scores(counts) == {"a": 15, "b": 15, "c": 0}
    assert points.winners(counts) == ()
    assert points.winners(counts | {"c": {"16": 1}}) == ("c",)


@PROPERTY
@given(counts=OPTIONS)
def test_a_winner_is_ahead_of_every_other(counts: dict[str, int]) -> None:
    for winner in one.winners(counts):
        assert all(counts[winner] > n for option, n in counts.items() if option != winner)


@PROPERTY
@given(counts=OPTIONS, option=st.sampled_from("12345"))
def test_one_vote_more_never_makes_the_winner_lose(counts: dict[str, int], option: str) -> None:
    if one.winners(counts) == (option,):
        assert one.winners(counts | {option: counts[option] + 1}) == (option,)


@PROPERTY
@given(ballots=st.lists(st.permutations("abcd").map(lambda order: order[:3]), min_size=1))
def test_points_of_a_ranking_are_handed_out_in_full(ballots: list[list[str]]) -> None:
    counts = {o: [sum(b[place] == o for b in ballots) for place in range(3)] for o in "abcd"}
    assert sum(ranked.scores(counts).values()) == (3 + 2 + 1) * len(ballots)


@PROPERTY
@given(sums=st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), max_size=9))
def test_points_are_the_sum_of_what_was_given(sums: list[list[int]]) -> None:
    counts: dict[str, dict[str, int]] = {"0": {}, "1": {}, "2": {}}
    for ballot in sums:
        for option, n in enumerate(ballot):
            given = counts[str(option)]
            given[str(n)] = given.get(str(n), 0) + 1
    assert points.scores(counts) == {str(o): sum(b[o] for b in sums) for o in range(3)}


# Recommendations


@pytest.mark.parametrize(
    ("agree", "disagree", "passed", "round_voters", "share"),
    [
        (3, 2, 0, 5, Fraction(3, 5)),
        (59, 41, 0, 100, None),
        (4, 0, 0, 4, None),  # under five
        (4, 0, 1, 5, None),  # under five with an opinion
        (5, 0, 0, 10, Fraction(1)),
        (30, 0, 0, 337, Fraction(1)),
        (29, 0, 0, 337, None),
        (5, 0, 0, 11, None),  # under half of the round's voters
        (0, 0, 9, 9, None),
    ],
)
def test_a_statement_as_candidate(
    agree: int, disagree: int, passed: int, round_voters: int, share: Fraction | None
) -> None:
    found = recommend.by_share("S1", agree, disagree, passed, round_voters)
    assert found == (share and Candidate("S1", share, agree + disagree + passed))


@pytest.mark.parametrize(
    ("counts", "voters", "round_voters", "found"),
    [
        ({"1": 4, "2": 2}, 6, 6, {"1": Fraction(2, 3)}),
        ({"1": 3, "2": 2, "3": 1}, 6, 6, {}),  # half is not more than half
        ({"1": 3, "2": 3}, 6, 6, {}),
        ({"1": 4, "2": 3}, 7, 8, {"1": Fraction(1, 2)}),
        ({"1": 3, "2": 1}, 4, 4, {}),  # under five
        ({"1": 3, "2": 2}, 5, 5, {"1": Fraction(3, 5)}),
        ({"1": 4, "2": 4, "3": 1}, 5, 5, {"1": Fraction(4, 5), "2": Fraction(4, 5)}),  # several
        ({"1": 3, "2": 4}, 5, 5, {"1": Fraction(3, 5), "2": Fraction(4, 5)}),  # several
        ({"1": 2, "2": 1, "3": 2}, 5, 5, {}),
        ({"1": 3, "2": 2}, 5, 3, {"1": Fraction(3, 5)}),  # never more than everybody
    ],
)
def test_each_option_that_more_than_half_chose_is_a_candidate(
    counts: dict[str, int], voters: int, round_voters: int, found: dict[str, Fraction]
) -> None:
    expected = tuple(Candidate("P1", share, voters, option) for option, share in found.items())
    assert recommend.by_majority("P1", counts, voters, round_voters) == expected


def test_the_order_of_recommendations() -> None:
    half, most = Fraction(6, 10), Fraction(9, 10)
    wanted = [
        Candidate("S9", most, 10),
        Candidate("S2", half, 30),
        Candidate("S3", half, 20),
        Candidate("S10", half, 20),
        Candidate("P1", half, 20, "1"),
        Candidate("S4", half, 19),
    ]
    assert list(recommend.ordered(reversed(wanted), 9)) == wanted
    assert list(recommend.ordered(wanted)) == wanted[:5]
    same = [Candidate("P1", half, 20, "2"), Candidate("P1", half, 20, "1")]
    assert list(recommend.ordered(same)) == same  # as the options stand


@PROPERTY
@given(agree=FEW, disagree=FEW, passed=FEW, round_voters=FEW)
def test_a_candidate_is_agreed_and_an_agreed_one_a_candidate(
    agree: int, disagree: int, passed: int, round_voters: int
) -> None:
    found = recommend.by_share("S1", agree, disagree, passed, round_voters)
    agreed = statement.result(agree, disagree, passed, round_voters) == "agreed"
    assert (found is not None) is agreed


# The minority line, and what is held back


def test_those_against_are_the_larger_of_two() -> None:
    assert minority.opposed(3, 5) == 5
    assert minority.opposed(5, 3) == 5


@pytest.mark.parametrize(
    ("against", "voters", "line"),
    [(1, 5, False), (2, 5, True), (2, 20, True), (2, 21, False), (3, 30, True), (3, 31, False)],
)
def test_when_there_is_a_minority_line(against: int, voters: int, line: bool) -> None:
    assert minority.line(against, voters) is line


def test_a_recommendation_is_divided_when_more_say_no() -> None:
    assert not minority.divided(5, 5)
    assert minority.divided(5, 6)


def test_one_to_four_people_are_held_back() -> None:
    assert [threshold.masked(n) for n in range(7)] == [0, None, None, None, None, 5, 6]
