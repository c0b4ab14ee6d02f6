"""The day before which an answer was promised: it has to come after the last closing, and after the
document went out where that is a draft first."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dialogues.charter import Charter
from dialogues.core import Refused
from dialogues.dialogue import Dialogue
from dialogues.objections.steps import goes_out

#: The hour of that day at which a missing answer is announced, in the dialogue's zone.
ANSWER_HOUR = time(17, 0)


def missing_from(dialogue: Dialogue, day: date) -> datetime:
    """The moment (UTC) from which an answer that was promised for a day is missing."""
    return datetime.combine(day, ANSWER_HOUR, ZoneInfo(dialogue.zone)).astimezone(UTC)


def comes_first(dialogue: Dialogue, charter: Charter, closes_at: datetime) -> bool:
    """Whether the day of the answer does not come after this closing and what follows from it."""
    day, out_at = charter.answer_by, goes_out(dialogue, charter, closes_at)
    return day is not None and day <= out_at.astimezone(ZoneInfo(dialogue.zone)).date()


def check(dialogue: Dialogue, charter: Charter, closes_at: datetime) -> None:
    """Raise ``Refused`` where the day of the answer does not come after this closing."""
    if comes_first(dialogue, charter, closes_at):
        out_at = goes_out(dialogue, charter, closes_at)
        raise Refused(
            "answer_before_closing",
            answer_by=charter.answer_by,
            closes_at=closes_at,
            out_at=out_at if out_at != closes_at else None,
        )


def was_impossible(dialogue: Dialogue) -> bool:
    """Whether the answer was missing already when the dialogue closed, or when the document went
    out by itself, so that nobody is to blame who was to answer."""
    day, closed_at = dialogue.charter.answer_by, dialogue.closed_at
    if day is None or closed_at is None:
        return False
    return missing_from(dialogue, day) <= goes_out(dialogue, dialogue.charter, closed_at)
