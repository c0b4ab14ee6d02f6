"""At most five things, and only what this person can do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.help import Situation, Stage, things_to_do
from commands.said import Where
from commands.words import WORDS, allowed
from dialogues.core import Role
from dialogues.format import Kind

NOBODY: frozenset[Role] = frozenset()
MODERATOR = frozenset({Role.MODERATOR})
BY_HELP = {word.help: word.dutch for word in WORDS}


@pytest.mark.parametrize(
    ("situation", "first"),
    [
        (Situation(Where.ROOM, NOBODY, Stage.OPEN, Kind.STATEMENTS, collecting=True),
         ("help_join", "help_statement", "help_status")),
        (Situation(Where.PERSONAL, NOBODY, Stage.OPEN, Kind.STATEMENTS, collecting=True,
                   voted=True),
         ("help_vote", "help_statement", "help_why")),
        (Situation(Where.PERSONAL, NOBODY, Stage.OPEN, Kind.STATEMENTS, voted=True),
         ("help_vote", "help_why", "help_status")),
        (Situation(Where.PERSONAL, NOBODY, Stage.OPEN, Kind.QUESTIONS),
         ("help_join", "help_question", "help_support")),
        (Situation(Where.PERSONAL, NOBODY, Stage.OPEN, Kind.CLOSING, voting=False),
         ("help_status", "help_mine")),
        (Situation(Where.PERSONAL, NOBODY, Stage.CLOSED, results=True),
         ("help_results", "help_status", "help_mine")),
        (Situation(Where.PERSONAL, NOBODY, Stage.NONE), ("help_privacy", "help_language")),
        (Situation(Where.STAFF, MODERATOR, Stage.NONE), ("help_new_dialogue",)),
        (Situation(Where.STAFF, MODERATOR, Stage.PREPARING), ("help_start", "help_charter")),
        (Situation(Where.STAFF, MODERATOR, Stage.OPEN, Kind.STATEMENTS, waiting=2),
         ("help_work", "help_approve", "help_hide", "help_next_round", "help_until")),
        (Situation(Where.STAFF, MODERATOR, Stage.OPEN, Kind.POLL, last=True),
         ("help_close", "help_until")),
        (Situation(Where.STAFF, MODERATOR, Stage.CLOSED), ("help_advice", "help_results")),
        (Situation(Where.STAFF, frozenset({Role.CLERK}), Stage.CLOSED), ("help_advice",)),
        (Situation(Where.STAFF, frozenset({Role.OFFICIAL}), Stage.OPEN, Kind.QUESTIONS,
                   unanswered=1), ("help_answer", "help_look_up", "help_status")),
        (Situation(Where.ROOM, frozenset({Role.OFFICIAL}), Stage.OPEN, Kind.QUESTIONS,
                   unanswered=1), ("help_answer", "help_look_up", "help_status")),
        (Situation(Where.STAFF, frozenset({Role.COUNCILLOR}), Stage.OPEN, Kind.POLL),
         ("help_status", "help_results")),
    ],
)  # fmt: skip
def test_what_matters_most_comes_first(situation: Situation, first: tuple[str, ...]) -> None:
    assert things_to_do(situation)[: len(first)] == first


@given(
    st.builds(
        Situation,
        where=st.sampled_from(Where),
        roles=st.frozensets(st.sampled_from(Role)),
        stage=st.sampled_from(Stage),
        round=st.none() | st.sampled_from(Kind),
        collecting=st.booleans(),
        voting=st.booleans(),
        voted=st.booleans(),
        given=st.booleans(),
        waiting=st.integers(0, 3),
        unanswered=st.integers(0, 3),
        last=st.booleans(),
        results=st.booleans(),
    )
)
def test_at_most_five_and_all_of_them_allowed(situation: Situation) -> None:
    codes = things_to_do(situation)
    assert 1 <= len(codes) <= 5
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert allowed(BY_HELP[code], situation.roles, situation.where)
    if situation.roles:
        assert not {"help_join", "help_vote", "help_statement", "help_why"} & set(codes)
