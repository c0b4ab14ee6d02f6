"""How long tests wait for what other processes do.

Waiting ends when it has come, so patience costs nothing on a quiet machine, and on a busy one no
test fails that only was impatient. Where something must *not* happen, a test waits for what comes
after it instead.
"""

from __future__ import annotations

import time

#: The least time that is waited before a test fails, in seconds.
LEAST = 180.0


def deadline(seconds: float) -> float:
    """The moment, by ``time.monotonic``, until which to wait for what takes some ``seconds`` on a
    quiet machine."""
    return time.monotonic() + max(seconds, LEAST)
