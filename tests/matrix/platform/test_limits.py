"""The bot under Synapse's own rate limits, as in a town whose server nobody adapted."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.platforms.live import NotYet
from tests.matrix import synapse as surroundings
from tests.matrix.platform.bots import Bot, person, room, settings
from tests.matrix.synapse import Synapse

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)


def test_when_the_bot_may_not_send_it_still_acknowledges(synapse: Synapse, tmp_path: Path) -> None:
    anna = synapse.register("anna-limiet")
    synapse.register("bot-limiet")
    made = anna.create_room("Straat", preset="public_chat")
    feed = anna.feed()
    with Bot(settings(synapse, "bot-limiet", tmp_path / "s", rooms={"straat": made})) as bot:
        bot.start()
        bot.read_until(lambda: bot.matrix._house.room(room("straat")) != "")
        sent, wait = 0, 0.0
        while not wait:
            try:
                bot.send(room("straat"), f"token-{sent}", f"bericht {sent}")
                sent += 1
            except NotYet as stop:
                wait = stop.seconds
        assert 5 <= sent <= 11
        assert 0.1 <= wait <= 10
        for number in range(3):
            said = anna.say(made, f"stem {number}")
            bot.read_until(lambda said=said: any(f.origin.cause == said for f in bot.said))
            began = time.monotonic()
            feed.wait_until(
                lambda said=said: feed.has_read(made, bot.settings.user, said), seconds=5
            )
            assert time.monotonic() - began < 2
        time.sleep(wait)
        for number in range(sent + 1):
            while True:
                try:
                    bot.send(room("straat"), f"token-{number}", f"bericht {number}")
                    break
                except NotYet as later:
                    time.sleep(later.seconds)
        mine = [one for one in anna.history(made) if one.sender == bot.settings.user]
        texts = [one.text for one in mine if one.kind == "m.room.message"]
        assert texts == [f"bericht {number}" for number in range(sent + 1)]
        findings = bot.run(bot.matrix.check())
        (limit,) = [one for one in findings if one.text.startswith("limit:")]
        assert not limit.good
        assert f"/users/{bot.settings.user}/override_ratelimit" in limit.text
        synapse.override_ratelimit(bot.settings.user)
        findings = bot.run(bot.matrix.check())
        assert findings[-1].good


def test_many_conversations_at_once_wait_in_one_queue(synapse: Synapse, tmp_path: Path) -> None:
    """Fourteen: the bot may join ten rooms at once, then one in ten seconds."""
    people = [synapse.register(f"buur-{number}") for number in range(14)]
    synapse.register("bot-rij")
    with Bot(settings(synapse, "bot-rij", tmp_path / "s")) as bot:
        bot.start()
        bot.read()
        for one in people:
            direct = one.direct(bot.settings.user)
            one.say(direct, f"dag van {one.user}")
        bot.read_until(lambda: len(bot.said) >= 5, seconds=60)
        waiting = bot.matrix.waiting_to_join
        assert waiting > 0
        oldest = min(one.since for one in bot.matrix._known.invited.values())
        bot.read()
        assert bot.batches[-1].read_back_at.timestamp() * 1000 <= oldest + 1
        bot.close()
    with Bot(bot.settings) as again:
        again.start(bot.cursor)
        again.read_until(lambda: again.matrix.waiting_to_join == 0, seconds=200)
        again.read_until(
            lambda: len({f.origin.account for f in bot.said + again.said}) == 14, seconds=30
        )
        places = {fact.origin.place for fact in bot.said + again.said}
        assert places == {person(one.user) for one in people}
