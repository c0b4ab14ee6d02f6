"""A room on a real Synapse with a bot, a moderator and a resident, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.facts import Joined
from tests.matrix.client import Resident
from tests.matrix.platform.bots import Bot, settings
from tests.matrix.synapse import Synapse


@dataclass
class Street:
    """A neighbourhood's room with its moderator and a resident, and the bot in it."""

    server: Synapse
    vera: Resident
    anna: Resident
    room: str
    bot: Bot

    def restarted(self, cursor: str) -> Bot:
        self.bot.close()
        self.bot = Bot(self.bot.settings).start(cursor)
        return self.bot


def street(server: Synapse, where: Path, name: str, version: str = "") -> Street:
    vera, anna = server.register(f"vera-{name}"), server.register(f"anna-{name}")
    bot = server.register(f"bot-{name}")
    more = {"room_version": version} if version else {}
    made = vera.create_room(f"Straat {name}", preset="public_chat", **more)
    anna.join(made)
    vera.say(made, "gezegd voor de bot er was")
    chosen = settings(
        server,
        f"bot-{name}",
        where / "store",
        trusted=frozenset({vera.user}),
        rooms={"straat": made},
        roles={"official": frozenset({anna.user})},
    )
    running = Bot(chosen).start()
    vera.invite(made, bot.user)
    running.read_until(lambda: any(isinstance(fact, Joined) for fact in running.facts))
    return Street(server, vera, anna, made, running)
