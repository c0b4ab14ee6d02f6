"""Whether news about a meeting still makes sense to the person that it waits for: what is told
late, because they could not be reached, must not say what is no longer so."""

from __future__ import annotations

from datetime import datetime

from bot.ledger.ledger import Ledger
from dialogues.core import Notice
from meetings.meeting import Meeting, Phase, Stand
from storage.rows import Row


def still_needed(ledger: Ledger, row: Row, notice: Notice, now: datetime) -> bool:
    """Whether a notice of the outbox is still to be sent."""
    meeting = ledger.meetings.by_id.get(row.dialogue)
    if meeting is None or not notice.template.startswith("your_meeting_"):
        return True
    match notice.template.removeprefix("your_meeting_"):
        case "soon" | "moved" | "place":
            return _is_coming(meeting, notice, now)
        case "offer":
            number = notice.data["number"]
            one = meeting.sign_ups.get(number) if isinstance(number, int) else None
            return one is not None and one.stand is Stand.OFFERED
        case "called_off":
            return meeting.hours is not None and now < meeting.hours.ends_at
        case _:
            return True


def _is_coming(meeting: Meeting, notice: Notice, now: datetime) -> bool:
    """Whether a meeting still begins at the hour that a notice says."""
    hours = meeting.hours
    if meeting.phase is not Phase.PLANNED or hours is None or now >= hours.begins_at:
        return False
    return notice.data["begins_at"] == hours.begins_at
