"""What waits in the queue is kept with one COMMIT, where its platform lets it be."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.desk.asker import Reply
from bot.engine.engine import BATCH
from bot.engine.reception import Cursor
from bot.engine.thread import Element, EngineThread
from tests.engine.bots import Bot

PEOPLE = [f"buur{number}" for number in range(BATCH + 20)]


class Queued:
    """Votes of people, each an element of its own, all in the queue before the thread begins. The
    thread is asked something after ``asks`` of them."""

    def __init__(self, bot: Bot, people: list[str], asks: int = 0) -> None:
        self.bot, self.people, self.asks = bot, people, asks
        self.replies: list[Reply] = []
        self.committed: list[int] = []
        self.commits: list[int] = []
        self.asked: list[int] = []

    async def through(self, shares: bool) -> None:
        loop = asyncio.get_running_loop()
        broken: asyncio.Future[str] = loop.create_future()
        count = self._count
        thread = EngineThread(self.bot.session.engine, loop, broken.set_result, count)
        asking: asyncio.Task[int] | None = None
        for number, who in enumerate(self.people):
            fact, cursor = (
                self.bot.fact(who, "stem S1 eens"),
                Cursor("console", f"{number}", self.bot.clock()),
            )
            done = lambda number=number: self.committed.append(number)  # noqa: E731
            thread.put(Element((fact,), cursor, self.replies.extend, done, _never, shares))
            if number + 1 == self.asks:
                asking = asyncio.create_task(thread.call(self._votes))
                await asyncio.sleep(0)
        thread.start()
        if asking is not None:
            self.asked.append(await asking)
        await asyncio.to_thread(thread.stop)
        await asyncio.sleep(0)
        assert not broken.done()

    def _count(self) -> None:
        self.commits.append(self._votes())

    def _votes(self) -> int:
        return self.bot.tally("S1").get("agree", 0)


def _never() -> None:
    raise AssertionError("nothing had to wait")


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    made = Bot(tmp_path / "town.db")
    made.open()
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    return made


def test_a_hundred_presses_at_most_share_a_commit(bot: Bot) -> None:
    queued = Queued(bot, PEOPLE)
    asyncio.run(queued.through(shares=True))
    assert queued.commits == [BATCH, BATCH + 20]
    assert [reply.place.name for reply in queued.replies] == PEOPLE
    assert queued.committed == [*range(BATCH + 20)]
    assert bot.session.store.cursors.cursor("console")[0] == f"{BATCH + 19}"
    bot.close()


def test_where_a_closing_waits_for_what_was_read_each_has_its_own(bot: Bot) -> None:
    queued = Queued(bot, PEOPLE[:4])
    asyncio.run(queued.through(shares=False))
    assert queued.commits == [1, 2, 3, 4]
    bot.close()


def test_who_asks_something_is_told_in_their_turn(bot: Bot) -> None:
    queued = Queued(bot, PEOPLE[:7], asks=3)
    asyncio.run(queued.through(shares=True))
    assert queued.commits == [3, 7]
    assert queued.asked == [3]
    bot.close()
