"""Answers that are given by handles are under way at once: nobody waits for somebody else's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from bot.delivery.queue import BY_HANDLES, TOGETHER
from bot.platforms.facts import Said
from bot.platforms.live import NotYet
from bot.platforms.messages import Message, ReplyHandle
from tests.engine.chat import Chat, person
from tests.engine.live import Live


class Slow(Chat):
    """A platform that takes a turn of the loop for each message; ``most`` were under way at
    once."""

    under_way = most = 0

    async def send(self, message: Message) -> str:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        return await super().send(message)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    made = Live(tmp_path / "stad.db", Slow())
    yield made
    made.store.close()


def asks(live: Live, who: str, text: str = "privacy", *, handle: bool = True) -> None:
    """Say something to the bot; with a ``handle`` as people do where answers are private."""
    origin = live.origin(who, person(who))
    if handle:
        lives = ReplyHandle(live.clock() + timedelta(minutes=14), origin.cause)
        origin = structs.replace(origin, handle=lives)
    live.put(Said(origin, text))


@pytest.mark.parametrize("people", [2, TOGETHER + 1, BY_HANDLES])
def test_answers_by_handles_are_under_way_at_once(live: Live, people: int) -> None:
    everybody = [f"buur{number}" for number in range(people)]
    for who in everybody:
        asks(live, who)
    live.deliver()
    assert live.chat.most == people
    assert [len(live.told(person(who))) for who in everybody] == [1] * people


def test_others_go_one_after_another(live: Live) -> None:
    asks(live, "anna", handle=False)
    asks(live, "bram", handle=False)
    live.deliver()
    assert live.chat.most == 1
    assert [len(live.told(person(who))) for who in ("anna", "bram")] == [1, 1]


def test_where_one_cannot_go_now_the_others_went(live: Live) -> None:
    faults = [NotYet(1.0)]
    live.chat.fault = lambda what, place, _id: (
        faults.pop() if what == "send" and place == person("anna") and faults else None
    )
    asks(live, "anna")
    asks(live, "bram")
    with pytest.raises(NotYet):
        asyncio.run(live.courier._next())
    assert len(live.told(person("bram"))) == 1
    assert not live.told(person("anna"))
    asks(live, "anna", "taal en")
    live.deliver()
    (only,) = live.told(person("anna"))
    assert only.codes == ("privacy", "language_set")
    assert len(live.told(person("bram"))) == 1
