"""News to somebody that cannot be rendered or sent keeps no answer from them, nor from others."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from bot.platforms.facts import Said
from bot.platforms.live import Doubtful, Impossible, NotYet, Unreachable
from bot.platforms.messages import ReplyHandle
from bot.platforms.places import Place
from dialogues.core import Notice
from tests.engine.chat import LIVE, STAFF, Chat, person
from tests.engine.live import Live
from tests.engine.stepping import Hours, newest


@pytest.fixture
def live(tmp_path: Path) -> Live:
    """Answers go to their asker alone, where they were asked, as on Discord."""
    made = Live(tmp_path / "town.db", Chat(capabilities=replace(LIVE, private_replies=True)))
    made.open(more="toetsing=vooraf")
    made.say("anna", "stelling Er moeten meer bomen komen.")
    made.deliver()
    return made


def asks(live: Live, who: str, text: str) -> None:
    """Somebody asks something, with a handle by which they are answered."""
    origin = live.origin(who, person(who))
    handle = ReplyHandle(live.clock() + timedelta(minutes=14), origin.cause)
    live.put(Said(structs.replace(origin, handle=handle), text))
    live.courier.entered([person(who)])


def turns(live: Live, hours: Hours, most: int = 12) -> None:
    """What the courier does in a minute."""
    for _ in range(most):
        try:
            while asyncio.run(live.courier._next()):
                pass
        except NotYet:
            continue
        finally:
            hours.now += 5.0


@pytest.mark.parametrize(
    "fault",
    [Unreachable(300.0), Impossible("403 50007"), Doubtful(5.0), ValueError("no words of people")],
)
def test_answers_go_on_where_news_fails(fault: Exception, live: Live, hours: Hours) -> None:
    news = []

    def failing(what: str, place: Place, token: str) -> BaseException | None:
        if what == "send" and place == person("anna") and not news:
            news.append(token)
        return fault if what == "send" and token in news else None

    live.command("ok S1")
    live.chat.fault = failing
    turns(live, hours, 1)
    assert len(news) == 1
    for word in ("privacy", "hulp"):
        asks(live, "anna", word)
        asks(live, "bram", word)
        turns(live, hours)
        assert newest(live).codes == newest(live, "bram").codes
    assert len(live.told(person("bram"))) == 2


def test_where_it_can_be_sent_again_it_comes(live: Live, hours: Hours) -> None:
    down = [True]
    live.command("ok S1")
    live.chat.fault = lambda what, place, _id: (
        Doubtful(5.0) if down and what == "send" and place == person("anna") else None
    )
    turns(live, hours)
    down.clear()
    turns(live, hours)
    assert "your_item_approved" in [code for one in live.told(person("anna")) for code in one.codes]


def test_news_that_cannot_be_rendered_takes_no_other_news_along(live: Live) -> None:
    ledger = live.engine.ledger
    state = ledger.states["ons-gesprek"]
    with live.store.transaction():
        ledger.outgoing.tell(state, Notice("no_such_text", {}), live.clock(), person("anna"))
    live.command("ok S1")
    live.deliver()
    codes = [code for one in live.told(person("anna")) for code in one.codes]
    assert codes == ["statement_noted", "your_item_approved"]
    assert ("not_sent",) in [told.codes for told in live.told(STAFF)]
