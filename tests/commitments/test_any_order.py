"""A commitment over generated months: what always holds, replay equals live, and every line of its
journal is found right by who checks it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from advice.verifying.allowed_commitments import check
from commitments import intents as it
from commitments.commitment import GOING, Commitment, Kind, State, What
from commitments.due import next_due
from commitments.fold import evolve
from dialogues.followup.again import due_by
from dialogues.followup.progress import Progress
from dialogues.record import Line
from tests.commitments.played import NOW, Played

_DAYS = st.dates(date(2026, 11, 20), date(2027, 9, 1)).map(date.isoformat)
_WANTED = st.one_of(
    st.builds(it.NoteProgress, st.sampled_from(Progress), st.sampled_from(["", "Zo."])),
    st.builds(it.Postpone, _DAYS, st.just("Het regent.")),
    st.builds(it.Correct, st.builds(What, st.sampled_from(Kind), st.just("Een bank."), _DAYS)),
    st.just(it.Lapse()),
)
#: How many hours later, what is wanted then, and whether the program was away until then.
_STEPS = st.lists(st.tuples(st.integers(0, 3000), _WANTED, st.booleans()), max_size=12)


def holds(one: Commitment, now: datetime) -> None:
    """What is true of every commitment at every moment, once what is due has happened."""
    due = next_due(one)
    assert due is None or due.at > now
    assert one.state is not State.NONE
    assert one.at is not None
    assert one.changed_at is not None
    assert one.at <= one.changed_at <= now
    if one.state in GOING:
        assert due is not None or one.own_hour
        assert (one.state is State.LATE) == bool(one.told)
        if not one.own_hour:
            assert one.told == due_by(one.first_day, one.place, now)


@given(st.booleans(), _STEPS)
def test_whatever_is_wanted_when(own_hour: bool, steps: list[tuple[int, Any, bool]]) -> None:
    played, now = Played("2027-01-10", own=True, own_hour=own_hour), NOW
    for hours, wanted, away in steps:
        now += timedelta(hours=hours)
        if away:
            played.awake(now)
        else:
            played.until(now)
        holds(played.commitment, now)
        by = "clock" if isinstance(wanted, it.Lapse) else "p1"
        played.do(wanted, by, now)
        played.until(now)
        holds(played.commitment, now)
    assert played.again() == played.commitment
    state = Commitment("commitment/1")
    for seq, (event, at, by) in enumerate(played.written, 1):
        check(state, Line(state.id, seq, at, by, event))
        evolve(state, event, at, by)


def test_the_moments_are_in_utc() -> None:
    due = next_due(Played("2027-01-10").commitment)
    assert due is not None
    assert due.at.tzinfo is UTC
