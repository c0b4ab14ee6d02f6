"""The day before which an answer was promised: it has to come after the last closing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dialogues.charter import Charter
from dialogues.core import Refused
from dialogues.dialogue import Dialogue

#: The hour of that day at which a missing answer is announced, in the dialogue's zone.
ANSWER_HOUR = time(17, 0)


def missing_from(dialogue: Dialogue, day: date) -> datetime:
    """The moment (UTC) from which an answer that was promised for a day is missing."""
    return datetime.combine(day, ANSWER_HOUR, ZoneInfo(dialogue.zone)).astimezone(UTC)


def comes_first(dialogue: Dialogue, charter: Charter, closes_at: datetime) -> bool:
    """Whether the day of the answer does not come after this closing."""
    day = charter.answer_by
    return day is not None and day <= closes_at.astimezone(ZoneInfo(dialogue.zone)).date()


def check(dialogue: Dialogue, charter: Charter, closes_at: datetime) -> None:
    """Raise ``Refused`` where the day of the answer does not come after this closing."""
    if comes_first(dialogue, charter, closes_at):
        raise Refused("answer_before_closing", answer_by=charter.answer_by, closes_at=closes_at)


def was_impossible(dialogue: Dialogue) -> bool:
    """Whether the answer was missing already when the dialogue closed, so that nobody is to blame
    who was to answer."""
    day, closed_at = dialogue.charter.answer_by, dialogue.closed_at
    return day is not None and closed_at is not None and missing_from(dialogue, day) <= closed_at
