"""A step or a job that raises an error stops nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.documents.workshop import Workshop
from bot.ledger import dialogues as ledgered
from dialogues import decide
from dialogues import events as ev
from dialogues import intents as it
from dialogues.dialogue import Status
from rounds import registry
from rounds.statements import words
from storage.database import NotNow
from tests.engine.bots import RECEIPT, Bot

#: What staff hears of a dialogue that stands still, and of a document that cannot be made.
TOLD = {"stands_still", "no_document"}
WEEK = timedelta(days=7, minutes=1)
MONTH = timedelta(days=31)


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """A bot with a dialogue in each of two rooms, which close at about the same time."""
    made = Bot(tmp_path / "town.db")
    made.open()
    made.open(room="plein", title="Het plein")
    made.say("zoe", "!stelling Er moeten meer bomen komen.", "zomerstraat")
    made.say("yara", "!stelling Het plein moet groen.", "plein")
    made.say("anna", "@ons-gesprek stem S1 eens")
    return made


def square(bot: Bot) -> Any:
    return bot.session.engine.ledger.states["het-plein"]


def again(bot: Bot) -> Bot:
    """The program started again on the same database."""
    bot.die()
    return Bot(bot.file, now=bot.clock())


def breaks(
    monkeypatch: pytest.MonkeyPatch, when: Callable[[Any, Any], bool], error: type = KeyError
) -> None:
    """Make the announcement of an event raise, after it was written and folded in."""
    real = ledgered.announce

    def announce(dialogue: Any, event: Any, head: str) -> Any:
        if dialogue.id == "ons-gesprek" and when(dialogue, event):
            raise error("woorden van iemand")
        return real(dialogue, event, head)

    monkeypatch.setattr(ledgered, "announce", announce)


def closes(_dialogue: Any, event: Any) -> bool:
    return isinstance(event, ev.RoundClosed)


def alarms(bot: Bot) -> int:
    return sum(place == "staf" and notice.template in TOLD for place, notice in bot.spoken)


def test_the_other_dialogue_goes_on(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, closes)
    bot.tick(WEEK)
    assert bot.dialogue.open_frame is not None
    assert not any("RoundClosed" in event for event in bot.events())
    assert square(bot).status is Status.CLOSED
    assert alarms(bot) == 1
    assert bot.alarms == ["KeyError"]
    bot.tick(timedelta(hours=1))
    assert alarms(bot) == 1
    assert bot.alarms == ["KeyError"]
    due = bot.session.engine.ledger.next_due()
    assert due is not None
    assert due[0] == "het-plein"  # nothing rings for what was set aside
    bot.close()


def test_it_is_tried_again_when_the_program_starts(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, closes)
    bot.tick(WEEK)
    monkeypatch.undo()
    healed = again(bot)
    healed.tick(timedelta())
    assert healed.dialogue.status is Status.CLOSED
    assert healed.tally("S1") == {"agree": 1}
    assert alarms(healed) == 0
    healed.close()


def test_what_others_said_in_the_same_batch_is_handled(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, closes)
    before = bot.fact("anna", "@het-plein stem S1 eens")
    bot.clock.set(bot.clock() + WEEK)
    after = bot.fact("carla", "hulp")
    said = {m.place.name: m.plain for m in bot.put(before, after)}
    assert RECEIPT.search(said["anna"])
    assert said["carla"]
    assert square(bot).states[0].box.books["S1"].tally["agree"] == 1
    assert bot.alarms == ["KeyError"]
    assert bot.put(before, after) == []  # both are claimed
    bot.close()


def test_what_it_took_away_is_back(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The links go before the event that says so is decided on."""
    bot.tick(WEEK)
    participants = bot.session.store.participants
    links = participants.links("ons-gesprek")
    assert links
    real = decide._DIALOGUE[it.Due]

    def due(dialogue: Any, intent: it.Due, context: Any) -> Any:
        if dialogue.id == "ons-gesprek" and intent.step is it.Step.LINKS:
            assert participants.links("ons-gesprek") == {}
            raise ZeroDivisionError
        return real(dialogue, intent, context)

    monkeypatch.setitem(decide._DIALOGUE, it.Due, due)
    bot.tick(MONTH)
    assert participants.links("ons-gesprek") == links
    assert not bot.dialogue.links_destroyed
    assert square(bot).links_destroyed
    assert alarms(bot) == 1
    monkeypatch.undo()
    healed = again(bot)
    healed.tick(timedelta())
    assert healed.dialogue.links_destroyed
    assert healed.session.store.participants.links("ons-gesprek") == {}
    healed.close()


def test_what_cannot_even_be_planned_stops_nothing(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = bot.session.engine.ledger
    kind = ledger.aggregates.kind("ons-gesprek")
    real = kind.next_due

    def next_due(dialogue: Any) -> Any:
        if dialogue.id == "ons-gesprek":
            raise ZeroDivisionError
        return real(dialogue)

    object.__setattr__(kind, "next_due", next_due)
    bot.say("zoe", "@ons-gesprek stelling De bus moet vaker rijden.")  # it moves
    bot.tick(WEEK)
    assert square(bot).status is Status.CLOSED
    assert bot.dialogue.open_frame is not None
    assert alarms(bot) == 1
    bot.close()


def test_staff_hears_it_once_where_a_bad_fact_takes_the_batch_back(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, closes)

    def boom(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(registry.talks().does, words.Statement, boom)
    bot.clock.set(bot.clock() + WEEK)
    bot.put(
        bot.fact("anna", "hulp"),
        bot.fact("bram", "@het-plein stelling De bus moet vaker rijden."),
        bot.fact("carla", "hulp"),
    )
    assert alarms(bot) == 1
    bot.close()


def test_a_disk_that_is_full_sets_nothing_aside(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    db = bot.session.store._db
    bot.clock.set(bot.clock() + WEEK)
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    facts = (bot.fact(f"u{number}", "hulp") for number in range(2000))
    with pytest.raises(NotNow, match="full"):
        deque(map(bot.session.receive, ([fact] for fact in facts)), maxlen=0)
    before = bot.events()
    db.execute("PRAGMA max_page_count = 1000000")
    bot.tick(timedelta(seconds=1))
    assert bot.dialogue.status is Status.CLOSED
    assert bot.events()[: len(before)] == before
    assert bot.alarms == []
    bot.close()


# -- the workshop --------------------------------------------------------------------------------


def test_an_advice_that_cannot_be_made_is_told_and_made_at_a_later_start(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def boom(*_: object) -> None:
        raise ZeroDivisionError("woorden van iemand")

    monkeypatch.setattr(Workshop, "do", boom)
    bot.staff("@ons-gesprek sluit ja")
    bot.staff("@ons-gesprek advies")
    assert alarms(bot) == 1
    assert bot.alarms == ["ZeroDivisionError"]
    assert RECEIPT.search(bot.say("anna", "@het-plein stem S1 eens"))
    assert alarms(bot) == 1
    bot.staff("@ons-gesprek advies")  # asked for again it is tried again, as the same version
    assert alarms(bot) == 2
    still = again(bot)
    assert still.say("anna", "hulp")
    assert alarms(still) == 1
    assert still.alarms == ["ZeroDivisionError"]
    monkeypatch.undo()
    healed = again(still)
    healed.tick(timedelta())
    assert healed.dialogue.advice is not None
    assert healed.dialogue.advice.manifest
    assert healed.dialogue.advice.version == 1
    healed.close()


def test_a_meeting_whose_step_breaks_is_called_by_its_number(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.staff('moment nieuw Overleg wanneer="over 1 uur" in=plein')

    def broken(*_: Any) -> Any:
        raise KeyError("woorden van iemand")

    monkeypatch.setattr("bot.ledger.meetings.announce.announce", broken)
    bot.tick(timedelta(hours=2))
    (told,) = bot.told("staf", "stands_still")
    assert (told["dialogue"], told["other"]) == ("M1", True)
