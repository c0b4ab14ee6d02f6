"""Estimates the server's clock, and the moment up to which everything has been received."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp, inf

#: How long a message may be under way inside the server before it shows.
MARGIN = timedelta(seconds=1)

#: The pause after an answer with news, in seconds: when much is said, an answer then holds more of
#: it, and most of the work is done once an answer. With many events it is so long for each of them,
#: up to the longest.
REST, EACH, LONGEST = 0.2, 0.05, 1.0

#: Nobody waits until an answer holds more events than this.
ENOUGH = 25

#: Where more events than this come in a second, many people wait at once, and for a short time: the
#: pause then shrinks with this power of how many there are. An answer costs about 1 ms of CPU.
BURST, STEEP = 35.0, 4

#: Over how many seconds it is told how many come in a second.
LATELY = 0.2

#: What comes after so many seconds without news is new: no pause is longer than it has gone on.
SILENCE = 1.0

#: So many times over what the server took for an answer comes off the pause. Where it has more to
#: do than it can, people wait for it several times over, and an answer holds much by itself.
SLOWNESS = 6

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Timing:
    """The server's dates are whole seconds, so each gives only a lower bound of how far its clock
    is ahead of ours; the highest of the last ones is the estimate."""

    bounds: deque[timedelta] = field(default_factory=lambda: deque(maxlen=40))
    complete: datetime = _NEVER
    _rested: float = 0.0
    _asked: float = 0.0
    _answered: float = -inf
    _began: float = -inf
    _rate: float = 0.0

    async def rest(self) -> None:
        """Wait until the next request may be made; at once when little is said, and when the server
        has so much to do that people wait long already."""
        await asyncio.sleep(self._rested - time.monotonic())
        self._asked = time.monotonic()

    def heard(
        self, asked: datetime, answered: datetime, date: datetime | None, empty: bool, events: int
    ) -> None:
        """Take in the times of a response with this many ``events``. A full response may lack what
        happened while the server wrote it; an ``empty`` one was complete when it was sent."""
        now = time.monotonic()
        self._count(now, events)
        if not empty:
            self._rested = now + self._pause(now, events)
        self._answered = now
        if date is not None:
            self.bounds.append(date - answered)
        ahead = max(self.bounds, default=timedelta())
        self.complete = max(self.complete, (answered if empty else asked) + ahead - MARGIN)

    def _count(self, now: float, events: int) -> None:
        """Take in how many events came since the last answer, and whether a silence ended."""
        since = max(now - self._answered, 0.001)
        self._rate += (events / since - self._rate) * (1.0 - exp(-since / LATELY))
        if now - self._asked > SILENCE:
            self._began = now

    def _pause(self, now: float, events: int) -> float:
        """How long nothing is asked after an answer with so many events. Less than nothing where
        the server waited long for them to be said."""
        enough = (now - self._answered) / max(events, 1) * ENOUGH
        most = min(enough, LONGEST)
        if self._rate > BURST:
            most = min(most, (BURST / self._rate) ** STEEP)
        most -= SLOWNESS * (now - self._asked)
        return min(max(REST, EACH * events), most, now - self._began)

    def until(self, held: int | None) -> datetime:
        """The server's time up to which everything has been received; ``held`` (ms) is where an
        invitation that waits holds it back."""
        if held is None:
            return self.complete
        return min(self.complete, _NEVER + timedelta(milliseconds=held))
