"""When staff hears that a commitment is near and the room that it is late: in the rules alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from commitments import events as ev
from commitments import intents as it
from commitments.commitment import Kind, Source, State, What
from dialogues.followup.progress import Progress
from tests.commitments.played import NOW, Played

ZONE = ZoneInfo("Europe/Amsterdam")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def told(played: Played, until: str) -> list[tuple[str, object]]:
    """What happened by itself up to a moment: the local hour of each line, and what it says."""
    lines = played.until(wall(until))
    return [
        (f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}", getattr(event, "times", type(event).__name__))
        for event, at in lines
    ]


def test_it_is_near_a_week_before_then_late_weekly_then_monthly() -> None:
    """The clock goes forward on 28 March and back on 31 October: nine and five stay so."""
    assert told(Played("2027-03-25"), "2027-11-26T00:00") == [
        ("2027-03-18 09:00", "CommitmentNear"),
        ("2027-03-25 17:00", 1),
        ("2027-04-01 17:00", 2),
        ("2027-04-08 17:00", 3),
        ("2027-04-15 17:00", 4),
        ("2027-04-22 17:00", 5),
        ("2027-05-22 17:00", 6),
        ("2027-06-22 17:00", 7),
        ("2027-07-22 17:00", 8),
        ("2027-08-22 17:00", 9),
        ("2027-09-22 17:00", 10),
        ("2027-10-22 17:00", 11),
        ("2027-11-22 17:00", 12),
    ]


@pytest.mark.parametrize(
    ("back", "times", "following"),
    [
        ("2027-03-25T17:00", 1, "2027-04-01 17:00"),
        ("2027-04-01T16:59", 1, "2027-04-01 17:00"),
        ("2027-04-01T17:00", 2, "2027-04-08 17:00"),
        ("2027-04-20T08:00", 4, "2027-04-22 17:00"),
        ("2027-06-01T08:00", 6, "2027-06-22 17:00"),
    ],
)
def test_what_an_outage_swallowed_is_said_once(back: str, times: int, following: str) -> None:
    """It is late from its own hour on, however late that is said."""
    played = Played("2027-03-25")
    played.until(wall("2027-03-20T00:00"))
    (event,) = played.awake(wall(back))
    assert event == ev.CommitmentLate(times)
    assert played.commitment.at == wall("2027-03-25T17:00")
    (next_, *_) = told(played, "2027-07-01T00:00")
    assert next_[0] == following


@pytest.mark.parametrize(
    ("back", "said"), [("2027-03-24T23:59", True), ("2027-03-25T00:00", False)]
)
def test_that_it_is_near_is_not_said_on_its_day(back: str, said: bool) -> None:
    assert Played("2027-03-25").awake(wall(back))[0] == ev.CommitmentNear(said)


def test_one_of_the_last_week_is_not_near() -> None:
    due = (NOW + timedelta(days=7)).date().isoformat()
    (first, *_) = Played(due).until(NOW + timedelta(days=8))
    assert isinstance(first[0], ev.CommitmentLate)


def test_one_for_today_before_five_is_late_today() -> None:
    played = Played("2026-12-01", at=wall("2026-12-01T16:59"))
    assert told(played, "2026-12-03T00:00") == [("2026-12-01 17:00", 1)]


def test_one_for_today_after_five_is_late_tomorrow() -> None:
    played = Played("2026-12-01", at=wall("2026-12-01T17:00"))
    assert told(played, "2026-12-03T00:00") == [("2026-12-02 17:00", 1)]
    assert played.commitment.said.due == "2026-12-01"


def test_a_day_that_is_over_is_refused_but_not_of_what_an_answer_says() -> None:
    assert Played("2026-11-30").commitment.state is State.NONE
    own = Played("2026-11-30", own=True).commitment
    assert (own.state, own.counts_from) == (State.OPEN, "2026-11-30")  # late at once


def test_an_hour_of_its_own_is_missed_where_it_was_promised() -> None:
    played = Played("2027-03-25", own=True, own_hour=True)
    assert told(played, "2027-03-26T00:00") == [("2027-03-18 09:00", "CommitmentNear")]
    played.do(it.Lapse(), "clock", wall("2027-03-26T00:00"))
    assert played.commitment.state is State.LATE
    assert played.do(it.Lapse(), "clock") == []
    assert told(played, "2027-04-02T00:00") == [("2027-04-01 17:00", 2)]


def test_another_day_begins_anew() -> None:
    played = Played("2027-03-25")
    played.until(wall("2027-04-02T00:00"))
    played.do(it.Postpone("2027-05-10", "Het regent."), "p1", wall("2027-04-02T10:00"))
    assert (played.commitment.state, played.commitment.told) == (State.OPEN, 0)
    assert told(played, "2027-05-18T00:00") == [
        ("2027-05-03 09:00", "CommitmentNear"),
        ("2027-05-10 17:00", 1),
        ("2027-05-17 17:00", 2),
    ]


@pytest.mark.parametrize("end", [Progress.DONE, Progress.STOPPED])
def test_what_is_over_is_not_late_and_then_goes_on_with_the_next_time(end: Progress) -> None:
    played = Played("2027-03-25")
    played.until(wall("2027-03-26T00:00"))
    played.do(it.NoteProgress(end, "Zo is het."), "p1", wall("2027-03-26T10:00"))
    assert told(played, "2027-05-06T00:00") == []
    played.do(it.NoteProgress(Progress.UNDERWAY, "Toch niet."), "p1", wall("2027-05-06T10:00"))
    assert played.commitment.state is State.LATE
    assert told(played, "2027-05-22T16:59") == []
    assert told(played, "2027-05-22T17:00") == [("2027-05-22 17:00", 6)]


def test_six_weeks_after_its_end_nobody_knows_who_made_it() -> None:
    played = Played("2027-03-25")
    played.do(it.NoteProgress(Progress.DONE, "Klaar."), "p1", wall("2027-02-01T10:00"))
    assert told(played, "2027-03-15T10:00") == [("2027-03-15 10:00", "CommitmentMakerErased")]
    assert played.commitment.made_by == ""


def test_a_correction_moves_its_day_and_other_words_do_not() -> None:
    played = Played("2027-03-25", own=True)
    played.until(wall("2027-03-26T00:00"))
    same = What(Kind.PROMISE, "Twee banken.", "2027-03-25", "het college")
    played.do(it.Correct(same), "p1", wall("2027-03-26T10:00"))
    assert (played.commitment.state, played.commitment.told) == (State.LATE, 1)
    later = What(Kind.PROMISE, "Twee banken.", "2027-06-01", "het college")
    played.do(it.Correct(later), "p1", wall("2027-03-26T11:00"))
    assert (played.commitment.state, played.commitment.told) == (State.OPEN, 0)
    assert played.do(it.Correct(later), "p1") == []


def test_a_source_is_called_by_its_item_or_meeting() -> None:
    assert (Source("x", "A1").name, Source(meeting=3).name, Source("x").name) == ("A1", "M3", "")


@pytest.mark.parametrize("state", Progress)
def test_the_same_again_without_words_is_nothing_new(state: Progress) -> None:
    played = Played("2027-03-25")
    played.do(it.NoteProgress(state, "Zo staat het."), "p1")
    assert played.do(it.NoteProgress(state, ""), "p1") == []
    assert len(played.do(it.NoteProgress(state, "Nog een keer."), "p1")) == 1


def test_it_is_late_since_the_first_time_however_often_that_is_said() -> None:
    played = Played("2027-03-25")
    assert len(told(played, "2027-04-09T00:00")) == 4
    assert played.commitment.at == wall("2027-03-25T17:00")


def test_who_made_it_is_known_six_weeks_from_when_it_was_first_done() -> None:
    played = Played("2027-03-25")
    played.do(it.NoteProgress(Progress.DONE, "Klaar."), "p1", wall("2027-02-01T10:00"))
    played.do(it.NoteProgress(Progress.DONE, "Echt klaar."), "p1", wall("2027-02-20T10:00"))
    assert told(played, "2027-03-15T10:00") == [("2027-03-15 10:00", "CommitmentMakerErased")]


@pytest.mark.parametrize(
    ("again", "state", "following"),
    [
        ("2027-03-25T18:00", State.OPEN, []),  # where it was promised it is said at that hour
        ("2027-03-26T10:00", State.LATE, [("2027-04-01 17:00", 2)]),
    ],
)
def test_what_has_an_hour_of_its_own_and_goes_on_is_late_after_its_day(
    again: str, state: State, following: list[tuple[str, object]]
) -> None:
    played = Played("2027-03-25", own=True, own_hour=True)
    played.until(wall("2027-03-20T00:00"))
    played.do(it.NoteProgress(Progress.DONE, "Klaar."), "p1", wall("2027-03-24T10:00"))
    played.do(it.NoteProgress(Progress.UNDERWAY, "Toch niet."), "p1", wall(again))
    assert played.commitment.state is state
    assert told(played, "2027-04-02T00:00") == following


def test_one_with_an_hour_of_its_own_that_is_postponed_is_late_as_any_other() -> None:
    played = Played("2027-03-25", own=True, own_hour=True)
    played.do(it.Postpone("2027-04-10", "Het regent."), "p1", wall("2027-03-20T10:00"))
    assert told(played, "2027-04-11T00:00") == [
        ("2027-04-03 09:00", "CommitmentNear"),
        ("2027-04-10 17:00", 1),
    ]


def test_work_on_what_has_an_hour_of_its_own_does_not_make_it_late() -> None:
    """Where it was promised it is said that it is late, and that may be the day after."""
    played = Played("2027-03-25", own=True, own_hour=True)
    played.until(wall("2027-03-26T09:00"))
    played.do(it.NoteProgress(Progress.UNDERWAY, "Bijna."), "p1", wall("2027-03-26T10:00"))
    assert played.commitment.state is State.OPEN
    assert played.do(it.Lapse(), "clock") == [ev.CommitmentLate(1)]
