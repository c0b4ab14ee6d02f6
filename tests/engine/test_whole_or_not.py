"""A fact happens whole or not: what is refused leaves nothing behind."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dialogues.core import Context, Refused
from dialogues.intents import EraseItem
from dialogues.items import ItemState
from tests.engine.bots import Bot


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    made = Bot(tmp_path / "town.db")
    made.open("gesprek", "toetsing=vooraf")
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    made.say("yara", "stelling De bus moet vaker rijden.")
    return made


def test_approving_what_waits_and_what_does_not(bot: Bot) -> None:
    bot.staff("ok S2")
    before = bot.events()
    assert "S2" in bot.staff("ok S1 S2")
    assert bot.events() == before
    assert bot.dialogue.items.by_number["S1"].state is ItemState.PENDING
    assert bot.alarms == []
    bot.staff("ok S1 S1")  # one and the same
    assert bot.dialogue.items.by_number["S1"].state is ItemState.SHOWN
    bot.close()


def test_others_in_the_batch_are_handled(bot: Bot) -> None:
    bot.staff("ok S2")
    vote = bot.fact("anna", "stem S2 eens")
    half = bot.fact("vera", "ok S1 S2", "staf", ("moderator",))
    after = bot.fact("carla", "stem S2 oneens")
    said = bot.put(vote, half, after)
    assert {message.place.name for message in said} >= {"anna", "staf", "carla"}
    assert bot.tally("S2") == {"agree": 1, "disagree": 1}
    assert bot.dialogue.items.by_number["S1"].state is ItemState.PENDING
    assert bot.put(vote, half, after) == []  # all are claimed
    assert bot.alarms == []
    bot.close()


def test_what_fell_due_before_it_happened_all_the_same(bot: Bot) -> None:
    bot.staff("ok S2")
    bot.staff('tot "over 20 minuten"')
    bot.clock.set(bot.clock() + timedelta(minutes=15))  # collecting has ended half-way
    before = len(bot.events())
    bot.staff("ok S1 S2")
    assert [name for name in bot.events()[before:] if not name.startswith("Reminder")] != []
    assert not bot.dialogue.open_frame.collecting
    bot.close()


def test_being_forgotten_over_two_dialogues(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be done in the second is not done in the first."""
    bot.staff("ok S1 S2")
    bot.open(room="plein", title="Het plein")
    bot.say("anna", "@ons-gesprek stem S1 eens")
    bot.say("anna", "@het-plein stelling Het plein moet groen.")
    bot.say("anna", "vergeetmij")
    act = bot.session.engine.ledger.act

    def refuses(id: str, intent: object, context: Context) -> object:
        if isinstance(intent, EraseItem):
            raise Refused("no_such_item", item="S1")
        return act(id, intent, context)

    with monkeypatch.context() as patch:
        patch.setattr(bot.session.engine.ledger, "act", refuses)
        bot.say("anna", "ja, vergeet mij")
    assert bot.tally("S1") == {"agree": 1}
    bot.say("anna", "ja, vergeet mij")
    assert bot.tally("S1") == {}
    bot.close()


def test_a_vote_whose_reason_is_refused(bot: Bot) -> None:
    """A reason that is too long takes its vote along, and says so."""
    bot.staff("ok S1 S2")
    before = bot.events()
    bot.say("anna", "waarom S1 " + "woord " * 400)
    assert bot.events() == before
    bot.close()
