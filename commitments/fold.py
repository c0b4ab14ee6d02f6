"""Folds events into a commitment's state: each event changes what it concerns, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from commitments import events as ev
from commitments.commitment import Commitment, Note, Postponement, State, What
from dialogues.aggregates import Fold
from dialogues.followup.again import due_by
from dialogues.followup.progress import Progress


def evolve(commitment: Commitment, event: Any, at: datetime, by: str) -> None:
    """Fold one event in. Never refuses."""
    commitment.position += 1
    commitment.changed_at = at
    _HANDLERS[type(event)](commitment, event, at, by)


def _made(commitment: Commitment, event: ev.CommitmentMade, at: datetime, by: str) -> None:
    commitment.source, commitment.room, commitment.zone = event.source, event.room, event.zone
    commitment.language, commitment.town = event.language, event.town
    commitment.made_by, commitment.made_at, commitment.own_hour = by, at, event.own_hour
    _stands(commitment, State.OPEN, at)
    _day(commitment, event.what, event.counts_from, at)


def _day(commitment: Commitment, what: What, counts_from: str, at: datetime) -> None:
    """What is to be done, and by a day that begins anew."""
    commitment.what, commitment.counts_from, commitment.day_at = what, counts_from, at
    commitment.told, commitment.soon = 0, False
    if commitment.state is State.LATE:
        _stands(commitment, State.OPEN, at)


def _stands(commitment: Commitment, state: State, at: datetime) -> None:
    if commitment.state is not state:
        commitment.state, commitment.at = state, at


def _changed(commitment: Commitment, event: ev.CommitmentChanged, at: datetime, _by: str) -> None:
    """Other words for the same day leave its clock as it is. What was over goes on."""
    if commitment.said.due == event.what.due:
        commitment.what = event.what
    else:
        _day(commitment, event.what, event.counts_from, at)
    if not commitment.going:
        _goes_on(commitment, at)


def _goes_on(commitment: Commitment, at: datetime) -> None:
    """What was over goes on: what would have been said meanwhile counts as said."""
    missed = due_by(commitment.first_day, commitment.place, at)
    over = at.astimezone(commitment.place).date() > commitment.first_day
    if not commitment.own_hour or commitment.told or over:
        commitment.told = max(commitment.told, missed)
    _stands(commitment, State.LATE if commitment.told else State.OPEN, at)


def _postponed(
    commitment: Commitment, event: ev.CommitmentPostponed, at: datetime, _by: str
) -> None:
    was = commitment.said
    commitment.postponed.append(Postponement(at, was.due, event.due, event.want))
    commitment.own_hour = False
    _day(commitment, replace(was, due=event.due), event.counts_from, at)


def _progressed(
    commitment: Commitment, event: ev.CommitmentProgressed, at: datetime, _by: str
) -> None:
    commitment.notes.append(Note(at, event.state, event.text, event.source))
    if event.state is Progress.DONE:
        _stands(commitment, State.DONE, at)
    elif event.state is Progress.STOPPED:
        _stands(commitment, State.STOPPED, at)
    elif not commitment.going:
        _goes_on(commitment, at)


def _near(commitment: Commitment, _event: Any, _at: datetime, _by: str) -> None:
    commitment.soon = True


def _late(commitment: Commitment, event: ev.CommitmentLate, at: datetime, _by: str) -> None:
    commitment.told = event.times
    _stands(commitment, State.LATE, at)


def _erased(commitment: Commitment, _event: Any, _at: datetime, _by: str) -> None:
    commitment.erased = True
    commitment.made_by = ""


_HANDLERS: dict[type, Callable[[Commitment, Any, datetime, str], None]] = {
    ev.CommitmentChanged: _changed,
    ev.CommitmentLate: _late,
    ev.CommitmentMade: _made,
    ev.CommitmentMakerErased: _erased,
    ev.CommitmentNear: _near,
    ev.CommitmentPostponed: _postponed,
    ev.CommitmentProgressed: _progressed,
}

#: How a commitment comes from its journal.
FOLD = Fold(Commitment, evolve)
