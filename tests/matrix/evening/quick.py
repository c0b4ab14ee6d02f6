"""Synapse's limits and the bot's pauses, all divided by the same factor, for shorter tests.

Every limit is there, each with its own burst, in the same proportion to the others; people wait and
type as much quicker. Run as a module it is ``stadsgesprek run`` with these paces.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bot.cli.run import run_bot
from bot.delivery.queue import Paces

#: The factor by which everything is quicker.
TIMES = 5.0

_OWN = Paces()
PACES = Paces(
    patience=_OWN.patience / TIMES,
    card_every=_OWN.card_every / TIMES,
    card_breath=_OWN.card_breath / TIMES,
)

#: A join that the server refused is asked for again after its waiting time and at most a tenth
#: more, so much later (ms) than it might have been.
RETRIED = 200


def limits() -> dict[str, Any]:
    """Synapse's settings with its own figures (of 1.163), divided by the factor."""

    def limit(per_second: float, burst: int) -> dict[str, float]:
        return {"per_second": per_second * TIMES, "burst_count": burst}

    return {
        "rc_invites": {
            "per_room": limit(0.3, 10),
            "per_user": limit(0.003, 5),
            "per_issuer": limit(0.3, 10),
        },
        "rc_joins": {"local": limit(0.1, 10), "remote": limit(0.01, 10)},
        "rc_joins_per_room": limit(1, 10),
        "rc_message": limit(0.2, 10),
        "rc_room_creation": limit(0.016, 10),
    }


def room_for(joins: list[int]) -> dict[int, float]:
    """For each of these joins (ms), since when (ms) the server's own count of joins had room for
    it: each join takes a place of the burst, and the places come back one by one."""
    limit = limits()["rc_joins"]["local"]
    every, burst = 1000 / limit["per_second"], limit["burst_count"]
    found: dict[int, float] = {}
    empty = 0.0  # when all places would be free again
    for at in joins:
        found[at] = empty - (burst - 1) * every
        empty = max(empty, at) + every
    return found


if __name__ == "__main__":
    sys.exit(run_bot(Path(sys.argv[sys.argv.index("--config") + 1]), "json", PACES))
