"""Promises 9 and 10, and law 6: a poison fact is set aside; a full or locked disk is reported."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.desk import understanding
from bot.desk.asker import Reply
from bot.engine.handling import Handling
from bot.platforms.places import Place, PlaceKind
from commands import said as core_words
from dialogues.core import Audience, Notice
from rounds import registry
from rounds.statements import words
from storage.database import NotNow
from tests.engine.bots import RECEIPT, Bot


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    made = Bot(tmp_path / "town.db")
    made.open()
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    return made


def boom(*_: object) -> None:
    raise ZeroDivisionError("woorden van iemand")


def test_a_poison_fact_is_set_apart(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.talks().does, words.Statement, boom)
    poison = bot.fact("bram", "stelling De bus moet vaker rijden.", id="poison")
    said = bot.put(
        bot.fact("anna", "stem S1 eens"), poison, bot.fact("carla", "stem S1 oneens"), poison
    )
    assert bot.tally("S1") == {"agree": 1, "disagree": 1}
    by = {message.place.name: message.plain for message in said}
    assert RECEIPT.search(by["anna"])
    assert RECEIPT.search(by["carla"])
    assert len(bot.told("bram", "failed")) == 1
    assert len(bot.told("staf", "alarm")) == 1
    assert sum(message.place.name == "bram" for message in said) == 1
    assert set(bot.alarms) == {"ZeroDivisionError"}
    assert bot.session.reader.failed() == 1
    monkeypatch.undo()
    assert bot.put(poison) == []  # claimed: it stops nothing, and never happens later
    assert bot.events().count("StatementGiven S1") == 1
    assert bot.say("bram", "stelling De bus moet vaker rijden.")
    assert "StatementGiven S2" in bot.events()
    bot.close()


def test_a_poison_fact_half_way_leaves_nothing(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """It breaks after its events: they are rolled back, and the state with them."""
    real = registry.talks().does[words.Statement]

    def half_way(*given: object) -> None:
        real(*given)
        boom()

    monkeypatch.setitem(registry.talks().does, words.Statement, half_way)
    before = bot.events()
    assert bot.say("bram", "stelling De bus moet vaker rijden.").codes[0] == "failed"
    assert bot.events() == before
    assert "S2" not in bot.dialogue.items.by_number
    monkeypatch.undo()
    bot.say("bram", "stelling De bus moet vaker rijden.")
    assert bot.events()[len(before) :] == ["StatementGiven S2"]
    bot.close()


def test_poison_typed_in_a_room_says_nothing_there(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(understanding._ABOUT, core_words.Status, boom)
    said = bot.put(bot.fact("bram", "!status", "zomerstraat"))
    assert "zomerstraat" not in {message.place.name for message in said}
    bot.close()


def test_a_tick_that_breaks_stops_nobody(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.platforms.facts import Tick

    real = Handling.by_nobody

    def handle(self: Handling, fact: Any, *more: Any) -> object:
        if isinstance(fact, Tick):
            boom()
        return real(self, fact, *more)

    monkeypatch.setattr(Handling, "by_nobody", handle)
    bot.put(
        bot.fact("anna", "stem S1 eens"),
        Tick(bot.clock()),
        bot.fact("bram", "stem S1 eens"),
    )
    assert bot.tally("S1") == {"agree": 2}
    bot.close()


def test_a_full_disk_is_said_and_heals(bot: Bot) -> None:
    db = bot.session.store._db
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    given: dict[str, str] = {}
    refused = None
    for number in range(2000):
        fact = bot.fact(f"u{number}", "stem S1 eens")
        try:
            said = bot.put(fact)
        except NotNow:
            refused = fact
            break
        given[f"u{number}"] = RECEIPT.search("\n".join(m.plain for m in said))[1]
    assert refused is not None
    assert bot.tally("S1") == {"agree": len(given)}
    with pytest.raises(NotNow, match="full"):
        bot.put(refused)
    assert bot.tally("S1") == {"agree": len(given)}
    assert bot.session.reader.failed() == 0
    db.execute("PRAGMA max_page_count = 1000000")
    assert RECEIPT.search("\n".join(m.plain for m in bot.put(refused)))
    assert bot.tally("S1") == {"agree": len(given) + 1}
    assert bot.alarms == []
    for who, code in given.items():
        assert code in bot.say(who, "mijn")
    bot.close()


def test_a_held_database_is_said_and_heals(bot: Bot) -> None:
    bot.session.store._db.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(bot.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    fact = bot.fact("anna", "stem S1 eens")
    before = bot.events()
    for _ in range(3):
        with pytest.raises(NotNow) as raised:
            bot.put(fact)
        assert str(raised.value) == "busy"
    assert bot.events() == before
    assert bot.tally("S1") == {}
    other.execute("ROLLBACK")
    other.close()
    assert RECEIPT.search("\n".join(m.plain for m in bot.put(fact)))
    assert bot.put(fact) == []
    assert bot.tally("S1") == {"agree": 1}
    assert bot.session.reader.failed() == 0
    bot.close()


def test_a_closing_is_not_lost_when_nothing_can_be_kept(bot: Bot) -> None:
    bot.session.store._db.execute("PRAGMA busy_timeout = 20")
    bot.say("anna", "stem S1 eens")
    other = sqlite3.connect(bot.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    close = bot.fact("vera", "sluit ja", "staf", roles=("moderator",))
    with pytest.raises(NotNow):
        bot.put(close)
    other.execute("ROLLBACK")
    other.close()
    bot.put(close)
    assert "RoundClosed" in bot.events()
    assert [told["round"] for told in bot.told("zomerstraat", "round_result")] == [1]
    bot.close()


def test_a_row_that_cannot_be_rendered_is_parked_and_stops_nothing(bot: Bot) -> None:
    ledger, before = bot.session.engine.ledger, len(bot.in_room())
    with bot.session.store.transaction():
        ledger.tell(bot.dialogue, Notice("no_such_text", {}, Audience.ROOM), bot.clock())
    assert RECEIPT.search(bot.say("anna", "stem S1 eens"))
    assert len(bot.in_room()) > before  # the card goes on
    assert bot.session.store.outbox.counts() == {"parked": 1}
    assert bot.room_codes("staf")[-1] == "not_sent"
    assert set(bot.alarms) == {"RenderError"}


def test_an_answer_that_cannot_be_rendered_stops_nothing(bot: Bot) -> None:
    anna = Place("console", PlaceKind.PERSONAL, "anna")
    replies = [Reply(anna, (Notice(name, {}),), name) for name in ("no_such_text", "failed")]
    before = len(bot.heard)
    bot.session.courier.answer(replies)
    assert len(bot.heard) == before + 1
    assert bot.alarms == ["RenderError"]
