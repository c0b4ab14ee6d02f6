"""``stadsgesprek`` in a process of its own, whose discord.py comes to the double."""

from __future__ import annotations

import os
import sys

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.cli.main import main

if __name__ == "__main__":
    Route.BASE = os.environ["DOUBLE_REST"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DOUBLE_GATEWAY"])
    sys.exit(main())
