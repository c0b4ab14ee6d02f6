"""What a meeting has to be for something to be done with it."""

from __future__ import annotations

from datetime import datetime

from dialogues.core import Refused
from meetings.meeting import Hours, Meeting, Phase


def check_hours(hours: Hours, now: datetime) -> None:
    """Raise ``Refused`` for hours that are over, or that end before they begin."""
    if hours.begins_at <= now:
        raise Refused("moment_past", at=hours.begins_at)
    if hours.ends_at <= hours.begins_at:
        raise Refused("closing_before_opening", closes_at=hours.ends_at, opens_at=hours.begins_at)


def check_planned(meeting: Meeting) -> None:
    """Raise ``Refused`` for a meeting that is not planned (any more)."""
    if meeting.phase is not Phase.PLANNED:
        raise not_now(meeting)


def check_begun(meeting: Meeting, at: datetime) -> None:
    """Raise ``Refused`` for a meeting that has not begun yet, or never will."""
    if meeting.phase is Phase.HELD:
        return
    check_planned(meeting)
    assert meeting.hours is not None
    if at < meeting.hours.begins_at:
        raise Refused("meeting_not_begun", meeting=meeting.name, at=meeting.hours.begins_at)


def not_now(meeting: Meeting) -> Refused:
    """The refusal that says how far a meeting is."""
    return Refused(
        "meeting_phase", meeting=meeting.name, title=meeting.title, phase=meeting.phase.value
    )
