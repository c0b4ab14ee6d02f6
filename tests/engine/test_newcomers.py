"""People who vote for the first time: what is asked about them is asked for all of a batch at once,
and each has one ballot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.platforms.facts import Chose
from bot.platforms.messages import Meaning
from tests.engine.bots import Bot

DIALOGUE = "ons-gesprek"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    made.open()
    made.say("zoe", "stelling Er moeten meer bomen komen.")
    yield made
    assert made.alarms == []
    made.close()


def press(bot: Bot, who: str, choice: str = "agree") -> Chose:
    return Chose(bot.fact(who, "").origin, Meaning(DIALOGUE, "S1", choice, 0))


def asked(bot: Bot, *presses: Chose) -> int:
    """How many questions the database was asked while these were handled in one transaction."""
    questions = []
    database = bot.session.store._db
    database.set_trace_callback(lambda said: questions.append(said.lstrip()[:6] == "SELECT"))
    bot.session.engine.receive(presses)
    database.set_trace_callback(None)
    return sum(questions)


def test_more_newcomers_are_no_more_questions(bot: Bot) -> None:
    bot.put(press(bot, "vroeg"))
    few = asked(bot, *(press(bot, f"eerst-{number}") for number in range(5)))
    many = asked(bot, *(press(bot, f"later-{number}") for number in range(50)))
    assert 0 < many <= few
    assert bot.tally("S1") == {"agree": 56}


def test_who_is_known_and_who_is_new_come_together_and_some_come_twice(bot: Bot) -> None:
    known = [f"bekend-{number}" for number in range(5)]
    for who in known:
        bot.put(press(bot, who))
    bot.session.store.people.drop()  # as after a start
    bot.session.store.offers.drop()
    new = [f"nieuw-{number}" for number in range(5)]
    everybody = [press(bot, who, "disagree") for who in (*known, *new, *new, *known)]
    bot.session.engine.receive(everybody)
    assert bot.tally("S1") == {"disagree": 10}
    box = bot.dialogue.machine(0).box(bot.dialogue.states[0])
    assert box is not None
    assert len(list(box.ballots())) == 10


def test_what_was_undone_with_its_transaction_is_looked_up_again(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of a batch breaks: all are handled again, one by one, and nobody has two ballots."""
    batch = [press(bot, f"nieuw-{number}") for number in range(6)]
    engine, cast = bot.session.engine, bot.session.engine.handling.by_somebody
    broken = batch[3].origin.cause

    def breaks(fact, *more):
        if fact.origin.cause == broken:
            raise ZeroDivisionError
        return cast(fact, *more)

    monkeypatch.setattr(type(engine.handling), "by_somebody", lambda _self, *given: breaks(*given))
    engine.receive(batch)
    monkeypatch.undo()
    engine.receive([press(bot, f"nieuw-{number}", "disagree") for number in range(6)])
    assert bot.tally("S1") == {"disagree": 6}
    assert set(bot.alarms) == {"ZeroDivisionError"}
    bot.alarms.clear()
