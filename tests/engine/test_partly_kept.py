"""Law 6: what was committed before the disk was held is answered, the rest is tried again."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.desk.asker import Reply
from bot.engine.reception import Cursor
from bot.engine.thread import Element, EngineThread
from bot.platforms.facts import Fact
from rounds import registry
from rounds.statements import words
from storage.database import NotNow
from tests.engine.bots import RECEIPT, Bot

CURSOR = "console", "17"


class Holder:
    """A stand-in for another process that locks the database once, after this many commits."""

    def __init__(self) -> None:
        self.after = -1
        self.other: sqlite3.Connection | None = None

    def committed(self) -> None:
        if self.after > 0:
            self.after -= 1
            if not self.after:
                self.hold()

    def hold(self) -> None:
        assert self.other is not None
        self.other.execute("BEGIN IMMEDIATE")

    def let_go(self) -> None:
        assert self.other is not None
        if self.other.in_transaction:
            self.other.execute("ROLLBACK")


@pytest.fixture
def holder() -> Holder:
    return Holder()


@pytest.fixture
def bot(tmp_path: Path, holder: Holder, monkeypatch: pytest.MonkeyPatch) -> Bot:
    made = Bot(tmp_path / "town.db")
    made.open()
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    made.session.store._db.execute("PRAGMA busy_timeout = 20")
    holder.other = sqlite3.connect(made.file, isolation_level=None, check_same_thread=False)

    def boom(*_: object) -> None:
        raise ZeroDivisionError

    take_jobs = made.session.engine.take_jobs  # the last step after a commit

    def taken() -> None:
        take_jobs()
        holder.committed()

    monkeypatch.setattr(made.session.engine, "take_jobs", taken)
    monkeypatch.setitem(registry.talks().does, words.Statement, boom)
    return made


def batch(bot: Bot) -> tuple[Fact, ...]:
    """Three votes with one in the middle that breaks, so that each is tried alone."""
    return (
        bot.fact("anna", "stem S1 eens"),
        bot.fact("bram", "stelling De bus moet vaker rijden."),
        bot.fact("carla", "stem S1 oneens"),
        bot.fact("daan", "stem S1 eens"),
    )


def codes(bot: Bot) -> dict[str, int]:
    """How many receipts each person was told."""
    found: dict[str, int] = {}
    for message in bot.heard:
        if RECEIPT.search(message.plain):
            found[message.place.name] = found.get(message.place.name, 0) + 1
    return found


def test_who_is_in_is_answered_and_the_rest_is_tried_again(bot: Bot, holder: Holder) -> None:
    facts = batch(bot)
    holder.after = 1
    with pytest.raises(NotNow, match="busy"):
        bot.put(*facts)
    assert codes(bot) == {"anna": 1}
    holder.let_go()
    bot.put(*facts)
    assert codes(bot) == {"anna": 1, "carla": 1, "daan": 1}
    assert bot.tally("S1") == {"agree": 2, "disagree": 1}
    assert sum(message.place.name == "bram" for message in bot.heard) == 1
    assert bot.session.store.reader().failed() == 1
    holder.other.close()
    bot.close()


@pytest.mark.parametrize(("after", "done"), [(1, 1), (2, 3), (3, 4)])
def test_the_cursor_goes_with_the_last_fact(
    bot: Bot, holder: Holder, after: int, done: int
) -> None:
    """Held after the first vote (and before the bad fact), the second, and the third."""
    facts, engine = batch(bot), bot.session.engine
    holder.after = after
    cursor = Cursor(*CURSOR, bot.clock())
    kept = engine.receive(facts, cursor)
    assert kept.reason == "busy"
    assert kept.rest == facts[done:]
    assert [reply.place.name for reply in kept.replies] == [
        "anna",
        "bram",
        "carla",
        "daan",
    ][:done]
    assert bot.session.store.cursors.cursor("console")[0] == ""
    again = engine.receive(kept.rest, cursor)
    assert (again.replies, again.rest, again.reason) == ((), kept.rest, "busy")
    holder.let_go()
    replies = engine.receive(kept.rest, cursor).whole()
    assert len(replies) == len(facts) - done
    assert bot.session.store.cursors.cursor("console")[0] == CURSOR[1]
    holder.other.close()
    bot.close()


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_the_thread_hands_out_every_answer_once(bot: Bot, holder: Holder, after: int) -> None:
    holder.after = after
    assert asyncio.run(_through_a_thread(bot, holder)) == ["anna", "bram", "carla", "daan"]
    assert bot.session.store.cursors.cursor("console")[0] == CURSOR[1]
    assert bot.tally("S1") == {"agree": 2, "disagree": 1}
    holder.other.close()
    bot.close()


async def _through_a_thread(bot: Bot, holder: Holder) -> list[str]:
    """The people who had been answered when the thread reported the element committed."""
    loop = asyncio.get_running_loop()
    broken: asyncio.Future[str] = loop.create_future()
    thread = EngineThread(bot.session.engine, loop, broken.set_result)
    replies: list[Reply] = []
    done = asyncio.Event()
    facts = batch(bot)
    cursor = Cursor(*CURSOR, bot.clock())
    thread.put(Element(facts, cursor, replies.extend, done.set, holder.let_go))
    thread.start()
    waiting = [asyncio.ensure_future(done.wait()), broken]
    await asyncio.wait(waiting, timeout=60, return_when=asyncio.FIRST_COMPLETED)
    assert done.is_set(), broken
    await asyncio.to_thread(thread.stop)
    return [reply.place.name for reply in replies]
