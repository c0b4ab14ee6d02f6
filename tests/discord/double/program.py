"""``stadsgesprek`` in a process of its own, whose discord.py comes to the double.

``DOUBLE_DIES`` may name a point of a step (``tests/faults/steps.py``) and a file, with "|" between:
it kills itself there, once, as soon as that file is there.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.faults.steps import watched


def point() -> None:
    """Have discord.py come to the double that the surroundings name."""
    Route.BASE = os.environ["DOUBLE_REST"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DOUBLE_GATEWAY"])


def die() -> None:
    """Watch for the point, where one is named."""
    point, _, named = os.environ.get("DOUBLE_DIES", "").partition("|")
    file = Path(named)

    def at(passed: str) -> None:
        if passed == point and file.exists():
            file.unlink()
            os.kill(os.getpid(), signal.SIGKILL)

    if point:
        watched(at)


if __name__ == "__main__":
    from bot.cli.main import main

    point()
    die()
    sys.exit(main())
