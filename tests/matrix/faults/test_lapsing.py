"""A message whose key never comes is dropped after seven days, on a real Synapse."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.facts import Joined
from tests.matrix import synapse as surroundings
from tests.matrix.dialogue.stage import ENCRYPTION
from tests.matrix.platform.bots import Bot, settings
from tests.matrix.platform.crypts import Encrypting
from tests.matrix.synapse import Synapse

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)


@dataclass
class Clock:
    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.mark.parametrize("restarted", [False, True])
def test_after_seven_days(restarted: bool, lifted_synapse: Synapse, tmp_path: Path) -> None:
    """Lifted: it is about days, not about limits. Two messages; the key of the first comes on the
    sixth day, that of the second on the eighth."""
    server, clock, tag = lifted_synapse, Clock(), f"verloopt-{restarted}".lower()
    vera, anna = server.register(f"vera-{tag}"), server.register(f"anna-{tag}")
    server.register(f"bot-{tag}")
    made = vera.create_room("Dicht", preset="public_chat", initial_state=[ENCRYPTION])
    anna.join(made)
    trusted, rooms = frozenset({vera.user}), {"straat": made}
    chosen = settings(
        server, f"bot-{tag}", tmp_path / "store", trusted=trusted, rooms=rooms, clock=clock
    )
    writing = Encrypting(anna, tmp_path / "anna")
    bot = Bot(chosen).start()
    try:
        bot.read_until(lambda: any(isinstance(fact, Joined) for fact in bot.facts))
        bot.read()
        early, share_early = writing.say_without_sharing(made, "op tijd")
        late, share_late = writing.say_without_sharing(made, "te laat")
        bot.read_until(lambda: {early, late} <= _kept(bot))
        clock.ahead = timedelta(days=6, hours=23)
        bot.read()
        assert _kept(bot) == {early, late}
        share_early()
        bot.read_until(lambda: bot.texts == ["op tijd"])
        assert _kept(bot) == {late}
        clock.ahead = timedelta(days=7, minutes=1)
        if restarted:
            bot.close()
            bot = Bot(chosen).start(bot.cursor)
        bot.read()
        assert _kept(bot) == set()
        share_late()
        vera.say(made, "en verder")
        bot.read_until(lambda: "en verder" in bot.texts)
        bot.read()
        assert "te laat" not in bot.texts
    finally:
        bot.close()
        writing.close()


def _kept(bot: Bot) -> set[str]:
    """The messages that wait for a key, from the bot's store."""
    file = bot.settings.store / "pending.json"
    return set(json.loads(file.read_bytes())) if file.exists() else set()
