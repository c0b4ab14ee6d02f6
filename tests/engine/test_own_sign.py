"""The bot's own sign under a card: it goes once nobody can take part there any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.desk.cards import renew_cards
from bot.platforms.facts import Mark, Tick
from tests.engine.street import WORDS, Street

NEW = 'moment nieuw Ons plein wanneer="vrijdag 20:00"'
OFF = "moment afzeggen M1 De zaal is dicht."


@pytest.fixture
def street(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Street:
    return Street(tmp_path / "town.db", monkeypatch)


def planned(street: Street) -> str:
    """The card of a meeting, which has the sign."""
    street.command(NEW)
    street.settle()
    (card,) = street.chat.cards()
    assert street.chat.ticks == {card: Mark.JOIN}
    return card


def ends(street: Street) -> None:
    """The time of the meeting passes."""
    found = street.engine.ledger.meetings.get(1)
    assert found is not None
    assert found.hours is not None
    for at in (found.hours.begins_at, found.hours.ends_at):
        street.clock.set(at)
        street.put(Tick(at))


@pytest.mark.parametrize("how", [ends, lambda street: street.command(OFF)], ids=["held", "off"])
def test_it_goes_when_a_meeting_is_over(street: Street, how) -> None:
    planned(street)
    how(street)
    street.settle()
    assert street.chat.ticks == {}


def test_it_stays_when_a_meeting_has_another_hour(street: Street) -> None:
    card = planned(street)
    street.command('moment verzet M1 wanneer="zaterdag 20:00" want="De zaal is dicht."')
    street.settle()
    assert street.chat.ticks == {card: Mark.JOIN}


@pytest.mark.parametrize("said", ["moment weiger M1 Geen plaats.", "moment neem M1"])
def test_it_goes_when_a_proposal_is_declined_and_stays_when_it_is_planned(
    street: Street, said: str
) -> None:
    street.say("bram", "moment voorstel Schoon plein")
    street.command("ok M1")
    street.settle()
    (card,) = street.chat.cards()
    taken = said.startswith("moment neem")
    street.command(f'{said} wanneer="vrijdag 20:00"' if taken else said)
    street.settle()
    assert street.chat.ticks == ({card: Mark.JOIN} if taken else {})


def test_it_goes_when_a_round_is_closed(street: Street) -> None:
    street.open()
    street.say("otto", f"stelling {WORDS}")
    street.settle()
    (card,) = street.chat.cards()
    assert street.chat.ticks == {card: Mark.JOIN}
    street.command("sluit ja")
    street.read_back()
    street.command("status")  # whatever comes: what is due happens
    street.settle()
    assert street.chat.ticks == {}


def test_it_goes_after_a_restart_too(street: Street) -> None:
    """What the program did not come to before it ended, it does when it starts again."""
    card = planned(street)
    street.command(OFF)
    assert street.chat.ticks == {card: Mark.JOIN}
    street.restart()
    street.later(minutes=1)
    street.settle()
    assert street.chat.ticks == {}


def test_a_card_that_comes_late_gets_none(street: Street) -> None:
    """The meeting was called off before its card stood."""
    street.command(NEW)
    street.command(OFF)
    street.settle()
    assert street.chat.ticks == {}
    assert ("mark", street.chat.cards()[0]) not in street.chat.calls


def test_a_card_that_was_to_be_posted_again_and_stays_has_none(street: Street) -> None:
    card = planned(street)
    street.chatter(60)
    street.later(minutes=40)
    renew_cards(street.engine.ledger, "matrix", street.clock())  # and before that is sent
    street.command(OFF)
    street.settle()
    assert street.chat.cards() == [card]
    assert street.chat.ticks == {}
