"""Decides on what is wanted of a commitment: its events, or ``Refused``; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from commitments import events as ev
from commitments import intents as it
from commitments.commitment import Commitment, State, day_after
from dialogues.core import Context, Refused
from dialogues.followup.again import due_by, told_at
from dialogues.followup.progress import Progress

#: What staff says of how far it is, and how it stands then.
_BY = {Progress.DONE: State.DONE, Progress.STOPPED: State.STOPPED}


def decide(commitment: Commitment, intent: Any, context: Context) -> list[object]:
    """The events of an intent."""
    return _DECIDERS[type(intent)](commitment, intent, context)


def counts_from(due: str, zone: ZoneInfo, at: datetime) -> str:
    """The day (ISO) from which lateness is counted: that by which it is to be done, or the one
    after it for what is promised for today after the hour at which it would be said."""
    day = date.fromisoformat(due)
    today = at.astimezone(zone).date()
    return day_after(day).isoformat() if day == today and told_at(day, zone, 0) <= at else due


def _make(_commitment: Commitment, intent: it.Make, context: Context) -> list[object]:
    zone = ZoneInfo(intent.zone)
    if not intent.source.own:
        _check_day(intent.what.due, zone, context.at)
    return [
        ev.CommitmentMade(
            intent.what,
            intent.source,
            intent.room,
            intent.zone,
            intent.language,
            counts_from(intent.what.due, zone, context.at),
            intent.town,
            intent.own_hour,
            intent.told,
        )
    ]


def _check_day(due: str, zone: ZoneInfo, at: datetime) -> None:
    day = date.fromisoformat(due)
    if day < at.astimezone(zone).date():
        raise Refused("commitment_past", day=day)


def _correct(commitment: Commitment, intent: it.Correct, context: Context) -> list[object]:
    if commitment.what == intent.what:
        return []
    counted = counts_from(intent.what.due, commitment.place, context.at)
    return [ev.CommitmentChanged(intent.what, counted)]


def _postpone(commitment: Commitment, intent: it.Postpone, context: Context) -> list[object]:
    if not commitment.going:
        state = commitment.state.value
        raise Refused("commitment_over", commitment=commitment.name, state=state)
    _check_day(intent.due, commitment.place, context.at)
    if intent.due == commitment.said.due:
        raise Refused("commitment_same_day", commitment=commitment.name, day=commitment.due)
    counted = counts_from(intent.due, commitment.place, context.at)
    return [ev.CommitmentPostponed(intent.due, intent.want, counted)]


def _progress(commitment: Commitment, intent: it.NoteProgress, _context: Context) -> list[object]:
    """The same again without words is nothing new."""
    now = _BY.get(intent.state)
    same = commitment.state is now if now is not None else commitment.going
    if same and not intent.text:
        return []
    return [ev.CommitmentProgressed(intent.state, intent.text, intent.source, intent.told)]


def _lapse(commitment: Commitment, _intent: it.Lapse, _context: Context) -> list[object]:
    waits = commitment.going and commitment.own_hour and not commitment.told
    return [ev.CommitmentLate(1)] if waits else []


# -- what happens by itself -----------------------------------------------------------------------


def _due(commitment: Commitment, intent: it.Due, context: Context) -> list[object]:
    """The events of a step that is due; it never refuses. What should have been said during an
    outage is said once."""
    now = intent.now or context.at
    if intent.step is it.Step.ERASE:
        return [ev.CommitmentMakerErased()]
    if intent.step is it.Step.NEAR:
        today = now.astimezone(commitment.place).date()
        return [ev.CommitmentNear(today < commitment.due)]
    times = due_by(commitment.first_day, commitment.place, now)
    return [ev.CommitmentLate(times)]


_DECIDERS: dict[type, Callable[[Commitment, Any, Context], list[object]]] = {
    it.Correct: _correct,
    it.Due: _due,
    it.Lapse: _lapse,
    it.Make: _make,
    it.NoteProgress: _progress,
    it.Postpone: _postpone,
}
