"""What the server's clock says, and until when everything it has is known."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

#: So long a message may be on its way inside the server before it shows.
MARGIN = timedelta(seconds=1)

#: So long after news came nothing is asked, in seconds: when much is said, an answer then holds
#: more of it, and most of the work is done once an answer. With many events it is so long for
#: each of them, up to the longest.
REST, EACH, LONGEST = 0.2, 0.05, 1.0

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Timing:
    """The server's dates are whole seconds, so that each gives only a bound: its clock is at
    least so far ahead of ours. The best of the last ones comes close."""

    bounds: deque[timedelta] = field(default_factory=lambda: deque(maxlen=40))
    complete: datetime = _NEVER
    _rested: float = 0.0

    async def rest(self) -> None:
        """Wait until something may be asked again; when all is quiet, not at all."""
        await asyncio.sleep(self._rested - time.monotonic())

    def heard(
        self, asked: datetime, answered: datetime, date: datetime | None, empty: bool, events: int
    ) -> None:
        """An answer came, with so many events. What happened while the server wrote a full one may
        be missing in it; an empty one was complete until it was sent."""
        if not empty:
            self._rested = time.monotonic() + min(max(REST, EACH * events), LONGEST)
        if date is not None:
            self.bounds.append(date - answered)
        ahead = max(self.bounds, default=timedelta())
        self.complete = max(self.complete, (answered if empty else asked) + ahead - MARGIN)

    def until(self, held: int | None) -> datetime:
        """The server time until which all is known; ``held`` (ms) is what still waits outside."""
        if held is None:
            return self.complete
        return min(self.complete, _NEVER + timedelta(milliseconds=held))
