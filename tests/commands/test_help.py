"""Help: at most five lines, and only what this person can do.

What each kind of round adds in which situation is in ``tests/rounds/test_help.py``.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.help import Hints, Progress, Situation, things_to_do
from commands.said import Where
from dialogues.core import Role
from rounds.registry import vocabulary

KNOWN = vocabulary()
NOBODY: frozenset[Role] = frozenset()
MODERATOR = frozenset({Role.MODERATOR})
OFFICIAL = frozenset({Role.OFFICIAL})
BY_HELP = {word.help: word.dutch for word in KNOWN.words}
HINTS = Hints(
    urgent=("help_answer", "help_look_up"),
    before=("help_now",),
    prepared=("help_poll",),
    resident=("help_join", "help_statement"),
)
NEAR = ("help_sign_up", "help_agenda")


@pytest.mark.parametrize(
    ("situation", "first"),
    [
        (Situation(Where.ROOM, NOBODY, Progress.OPEN, is_open=True, hints=HINTS),
         ("help_join", "help_statement", "help_status", "help_mine", "help_privacy")),
        (Situation(Where.PERSONAL, NOBODY, Progress.OPEN, is_open=True, given=True, results=True,
                   hints=HINTS),
         ("help_join", "help_statement", "help_mine", "help_results", "help_status")),
        (Situation(Where.PERSONAL, NOBODY, Progress.OPEN, hints=HINTS),  # between two rounds
         ("help_status", "help_mine", "help_privacy", "help_language")),
        (Situation(Where.PERSONAL, NOBODY, Progress.CLOSED, results=True),
         ("help_results", "help_status", "help_mine")),
        (Situation(Where.PERSONAL, NOBODY, Progress.NONE), ("help_privacy", "help_language")),
        (Situation(Where.PERSONAL, NOBODY, Progress.NONE, meetings=NEAR),
         ("help_sign_up", "help_agenda", "help_privacy")),
        (Situation(Where.PERSONAL, NOBODY, Progress.OPEN, is_open=True, hints=HINTS, meetings=NEAR),
         ("help_join", "help_statement", "help_sign_up", "help_status", "help_mine")),
        (Situation(Where.PERSONAL, frozenset({Role.COUNCILLOR}), Progress.NONE),
         ("help_new_meeting", "help_status")),
        (Situation(Where.STAFF, MODERATOR, Progress.NONE, meetings=("help_agenda",)),
         ("help_new_dialogue", "help_new_meeting", "help_agenda")),
        (Situation(Where.STAFF, MODERATOR, Progress.NONE), ("help_new_dialogue",)),
        (Situation(Where.STAFF, MODERATOR, Progress.PREPARING), ("help_start", "help_charter")),
        (Situation(Where.STAFF, MODERATOR, Progress.PREPARING, hints=HINTS),
         ("help_start", "help_charter", "help_poll", "help_explain", "help_status")),
        (Situation(Where.STAFF, MODERATOR, Progress.OPEN, is_open=True, waiting=2),
         ("help_work", "help_approve", "help_hide", "help_next_round", "help_until")),
        (Situation(Where.STAFF, MODERATOR, Progress.OPEN, is_open=True, collecting=True,
                   hints=HINTS),
         ("help_now", "help_poll", "help_next_round", "help_until", "help_hide")),
        (Situation(Where.STAFF, MODERATOR, Progress.OPEN, is_open=True, collecting=True),
         ("help_next_round", "help_until", "help_hide", "help_stop_collecting", "help_status")),
        (Situation(Where.STAFF, MODERATOR, Progress.OPEN, is_open=True, last=True),
         ("help_close", "help_until")),
        (Situation(Where.STAFF, MODERATOR, Progress.CLOSED), ("help_advice", "help_results")),
        (Situation(Where.STAFF, frozenset({Role.CLERK}), Progress.CLOSED), ("help_advice",)),
        (Situation(Where.STAFF, OFFICIAL, Progress.OPEN, is_open=True, hints=HINTS),
         ("help_answer", "help_look_up", "help_status")),
        (Situation(Where.ROOM, OFFICIAL, Progress.OPEN, is_open=True, hints=HINTS),
         ("help_join", "help_statement", "help_status")),
        (Situation(Where.STAFF, frozenset({Role.COUNCILLOR}), Progress.OPEN, is_open=True,
                   hints=HINTS), ("help_status", "help_results")),
    ],
)  # fmt: skip
def test_what_matters_most_comes_first(situation: Situation, first: tuple[str, ...]) -> None:
    assert things_to_do(KNOWN, situation)[: len(first)] == first


CODES = st.lists(st.sampled_from(sorted(BY_HELP)), max_size=4).map(tuple)


@given(
    st.builds(
        Situation,
        where=st.sampled_from(Where),
        roles=st.frozensets(st.sampled_from(Role)),
        progress=st.sampled_from(Progress),
        is_open=st.booleans(),
        collecting=st.booleans(),
        given=st.booleans(),
        waiting=st.integers(0, 3),
        last=st.booleans(),
        results=st.booleans(),
        hints=st.builds(Hints, urgent=CODES, before=CODES, prepared=CODES, resident=CODES),
    )
)
def test_at_most_five_and_all_of_them_allowed(situation: Situation) -> None:
    codes = things_to_do(KNOWN, situation)
    assert 1 <= len(codes) <= 5
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert KNOWN.allowed(BY_HELP[code], situation.roles, situation.where)
