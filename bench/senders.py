"""Sends events of residents from a process of its own, with a plan on standard input.

What the homeserver does not take in the time that the rate gives is not sent: a slow machine gets
fewer events and no longer run. Written at the end: how many were taken, and in how many seconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from bench.marks import ROOT
from tests.matrix.client import Resident

#: How many requests are under way at once.
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Event:
    """One event to be sent."""

    user: str
    token: str
    room: str
    kind: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """How many events the homeserver took, in how many seconds."""

    count: int
    seconds: float


def send(server: str, events: Sequence[Event], rate: float) -> Sent:
    """Have a process of its own send these, ``rate`` a second; 0: all, as fast as it goes."""
    plan = {"server": server, "rate": rate, "events": [asdict(event) for event in events]}
    done = subprocess.run(
        [sys.executable, "-m", "bench.senders"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Sent(**json.loads(done.stdout))


def main() -> None:
    plan = json.load(sys.stdin)
    events, rate = [Event(**event) for event in plan["events"]], plan["rate"]
    began = time.monotonic()

    def one(number: int, event: Event) -> bool:
        if rate:
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
            if time.monotonic() > began + len(events) / rate:
                return False
        who = Resident(plan["server"], event.user, event.token)
        who.send(event.room, event.kind, event.content)
        return True

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        count = sum(pool.map(one, range(len(events)), events))
    print(json.dumps({"count": count, "seconds": time.monotonic() - began}))


if __name__ == "__main__":
    main()
