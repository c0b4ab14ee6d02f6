"""What happens by itself in a commitment, and when: the one place that knows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from commitments.commitment import Commitment
from commitments.intents import Due, Step
from dialogues.followup.again import told_at

#: Staff hears so long before its day, at this hour.
NEAR_BEFORE, NEAR_HOUR = timedelta(days=7), time(9)

#: So long after it was done or stopped nobody can tell any more who made it.
KNOWN_FOR = timedelta(weeks=6)


def next_due(commitment: Commitment) -> Due | None:
    """The next step that happens by itself, or None."""
    return min(_steps(commitment), key=lambda due: due.at, default=None)


def _steps(commitment: Commitment) -> Iterator[Due]:
    """A step comes at its hour, and never before the last line: what was done again after its day
    is late at once."""
    last = commitment.changed_at
    if last is None:
        return
    if not commitment.going:
        if not commitment.erased and commitment.at is not None:
            yield Due(commitment.at + KNOWN_FOR, Step.ERASE)
        return
    near = near_at(commitment)
    if not commitment.soon and commitment.day_at is not None and commitment.day_at < near:
        yield Due(max(near, last), Step.NEAR)
    if commitment.told or not commitment.own_hour:
        at = told_at(commitment.first_day, commitment.place, commitment.told)
        yield Due(max(at, last), Step.LATE)


def near_at(commitment: Commitment) -> datetime:
    """When staff hears that its day is near."""
    day: date = commitment.due - NEAR_BEFORE
    return datetime.combine(day, NEAR_HOUR, commitment.place).astimezone(UTC)
