"""When it is said that something is late: on its day, each week for four weeks, then each month.

An answer that did not come and a promise that was not kept go by the same clock. Tellings are
counted from 0, the one on the day itself; a telling that an outage swallowed is not made up for.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: The hour at which it is said, in the town's own time.
HOUR = time(17, 0)

#: So many tellings come a week after the one before them.
WEEKLY = 4

#: More tellings than this are never counted, some eight years.
_MOST = 100


def told_at(day: date, zone: ZoneInfo, number: int) -> datetime:
    """The moment (UTC) of telling ``number`` of what was due on a day."""
    weeks = min(number, WEEKLY)
    on = _months_later(day + timedelta(weeks=weeks), number - weeks)
    return datetime.combine(on, HOUR, zone).astimezone(UTC)


def due_by(day: date, zone: ZoneInfo, now: datetime) -> int:
    """How many tellings are due at or before a moment."""
    return next((n for n in range(_MOST) if told_at(day, zone, n) > now), _MOST)


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
