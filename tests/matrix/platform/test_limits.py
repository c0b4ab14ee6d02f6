"""The bot under Synapse's own rate limits, as in a town whose server nobody adapted."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from bot.delivery.conversations import pause
from bot.platforms.live import NotYet
from tests.matrix import synapse as surroundings
from tests.matrix.patience import deadline
from tests.matrix.platform.bots import Bot, person, room, settings
from tests.matrix.synapse import Synapse

pytest_plugins = ["tests.matrix.synapse"]
pytestmark = pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING)


class Counting:
    """Sends numbered messages to a room: as many as the server takes."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.sent = bot, 0
        self.waits: list[float] = []  # how long the server said to wait, in seconds

    def one(self, number: int) -> None:
        self.bot.send(room("straat"), f"token-{number}", f"bericht {number}")

    def takes(self) -> bool:
        """Whether the server takes another one now."""
        try:
            self.one(self.sent)
        except NotYet as stop:
            self.waits.append(stop.seconds)
            return False
        self.sent += 1
        return True

    def spend(self) -> None:
        """Send until the server takes no more."""
        while self.takes():
            pass

    def as_told(self, number: int) -> None:
        """Send one, as often as the server says to come back later."""
        while True:
            try:
                return self.one(number)
            except NotYet as later:
                self.bot.run(pause(later))


def test_when_the_bot_may_not_send_it_still_acknowledges(synapse: Synapse, tmp_path: Path) -> None:
    anna = synapse.register("anna-limiet")
    synapse.register("bot-limiet")
    made = anna.create_room("Straat", preset="public_chat")
    feed = anna.feed()
    with Bot(settings(synapse, "bot-limiet", tmp_path / "s", rooms={"straat": made})) as bot:
        bot.start()
        bot.read_until(lambda: bot.matrix._house.room(room("straat")) != "")
        counting, shut = Counting(bot), 0
        counting.spend()
        assert counting.sent >= 5
        end = deadline(30)
        while shut < 3:  # on a busy machine the server may open again before the receipt is seen
            assert time.monotonic() < end, f"acknowledged {shut} times while it might not send"
            counting.spend()
            said = anna.say(made, "stem")
            bot.read_until(lambda said=said: any(f.origin.cause == said for f in bot.said))
            feed.wait_until(lambda said=said: feed.has_read(made, bot.settings.user, said))
            shut += not counting.takes()
        assert all(0 < wait <= 10 for wait in counting.waits)
        sent = counting.sent
        for number in range(sent + 1):
            counting.as_told(number)
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


def _oldest(bot: Bot) -> int:
    """When (ms) the bot was invited to the first of the rooms that it has not joined."""
    return min(one.since for one in bot.matrix._known.invited.values())


def test_many_conversations_at_once_wait_in_one_queue(
    quick_synapse: Synapse, tmp_path: Path
) -> None:
    """Fourteen: the bot may join ten rooms at once, then one in two seconds."""
    people = [quick_synapse.register(f"buur-{number}") for number in range(14)]
    quick_synapse.register("bot-rij")
    with Bot(settings(quick_synapse, "bot-rij", tmp_path / "s")) as bot:
        bot.start()
        bot.read()
        for one in people:
            direct = one.direct(bot.settings.user)
            one.say(direct, f"dag van {one.user}")
        bot.read_until(lambda: bot.said and bot.matrix.waiting_to_join > 0, seconds=60)
        late = _oldest(bot) + 3000  # by then the server's time is known to be past all of them
        bot.read_until(lambda: time.time() * 1000 > late)
        oldest = _oldest(bot)
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
