"""``stadsgesprek`` in a process of its own, whose discord.py comes to the double."""

from __future__ import annotations

import os
import sys

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


def point() -> None:
    """Have discord.py come to the double that the surroundings name."""
    Route.BASE = os.environ["DOUBLE_REST"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DOUBLE_GATEWAY"])


if __name__ == "__main__":
    from bot.cli.main import main

    point()
    sys.exit(main())
