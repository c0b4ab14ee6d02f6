"""What is destroyed leaves a line that accounts for it, and the clerk can hold it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dialogues.destroying_events import Destroyed, DestructionHeld, RecordsDestroyed
from rounds.registry import record
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER, sound

CLERK = ("clerk",)
FIFTEEN = timedelta(days=15)


@pytest.fixture(name="bot")
def _bot(tmp_path: Path) -> Bot:
    """A dialogue that three people voted in, one of whom gave a statement, and that is closed."""
    made = Bot(tmp_path / "town.db")
    made.session.town.category = "1.1"
    made.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat")
    made.staff("gesprek start")
    made.say("anna", "stelling Er moeten meer bomen komen.")
    for who in ("bram", "carla", "daan"):
        made.say(who, "stem S1 eens")
    made.staff("sluit ja")
    return made


def events(bot: Bot, chain: str) -> list[object]:
    lines = bot.session.store.reader().lines(chain)
    return [record().read(line).event for line in lines]


def destroyed(bot: Bot, chain: str = "ons-gesprek") -> list[RecordsDestroyed]:
    return [event for event in events(bot, chain) if isinstance(event, RecordsDestroyed)]


def links(bot: Bot) -> int:
    return len(bot.session.store.reader().links("ons-gesprek"))


def test_links_are_accounted_for(bot: Bot) -> None:
    assert links(bot) == 3
    bot.tick(FIFTEEN)
    assert links(bot) == 0
    assert destroyed(bot) == [RecordsDestroyed(Destroyed.LINKS, 3, 14, "1.1")]


def test_words_are_accounted_for(bot: Bot) -> None:
    bot.say("anna", "vergeetmij")
    bot.say("anna", "ja, vergeet mij")
    assert destroyed(bot, "town") == [RecordsDestroyed(Destroyed.TEXTS, 1, 0, "1.1")]
    bot.say("bram", "vergeetmij")  # who wrote nothing
    bot.say("bram", "ja, vergeet mij")
    assert len(destroyed(bot, "town")) == 1


def test_the_clerk_holds_it_and_lifts_that(bot: Bot) -> None:
    held = bot.say("griet", "bewaar vast ons-gesprek Woo-verzoek 2026-12", "staf", roles=CLERK)
    assert held.tells("destruction_held", "Woo-verzoek 2026-12")
    reads = bot.say("griet", "status", "staf", roles=CLERK)
    assert "wis ik vanzelf niets" in reads
    assert "Woo-verzoek 2026-12" in reads
    assert "Woo-verzoek" not in bot.say("bram", "status")
    now = "Van «Ons gesprek» wis ik nu vanzelf niets."
    for told in (bot.say("bram", "privacy"), bot.say("bram", "mijn alles")):
        assert now in told
        assert "Woo-verzoek" not in told
    assert now in bot.say("zoe", "!privacy", "zomerstraat")
    assert now not in bot.say("zoe", "privacy")  # who took no part in it
    bot.tick(FIFTEEN)
    bot.tick(FIFTEEN)
    assert links(bot) == 3
    assert destroyed(bot) == []
    lifted = bot.say("griet", "bewaar los ons-gesprek Het verzoek is klaar.", "staf", roles=CLERK)
    assert lifted.tells("destruction_resumed", "donderdag 31 december 2026")
    bot.tick(timedelta(minutes=1))
    assert links(bot) == 0
    assert destroyed(bot) == [RecordsDestroyed(Destroyed.LINKS, 3, 14, "1.1")]
    assert now not in bot.say("bram", "privacy")
    sound(bot.file, bot.session.town.key)


def test_a_hold_survives_a_restart(bot: Bot) -> None:
    bot.say("griet", "bewaar vast ons-gesprek Er is een klacht.", "staf", roles=CLERK)
    bot.close()
    again = Bot(bot.file, now=bot.clock())
    again.tick(FIFTEEN)
    assert links(again) == 3


def test_a_hold_is_given_another_reason_and_the_same_changes_nothing(bot: Bot) -> None:
    for reason in ("Een klacht.", "Een klacht.", "Twee klachten."):
        bot.say("griet", f"bewaar vast ons-gesprek {reason}", "staf", roles=CLERK)
    reasons = [e.reason for e in events(bot, "ons-gesprek") if isinstance(e, DestructionHeld)]
    assert reasons == ["Een klacht.", "Twee klachten."]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("bewaar los ons-gesprek Klaar.", "refused_not_held"),
        ("bewaar vast ons-gesprek", "refused_missing"),
        ("bewaar vast", "refused_missing"),
        ("bewaar vast elders Er is een klacht.", "refused_no_such_dialogue"),
        (f"bewaar vast ons-gesprek {'x' * 201}", "refused_value_too_long"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(bot: Bot, typed: str, code: str) -> None:
    before = len(events(bot, "ons-gesprek"))
    assert bot.say("griet", typed, "staf", roles=CLERK).codes == (code,)
    assert len(events(bot, "ons-gesprek")) == before


def test_what_is_gone_cannot_be_held(bot: Bot) -> None:
    bot.tick(FIFTEEN)
    said = bot.say("griet", "bewaar vast ons-gesprek Er is een klacht.", "staf", roles=CLERK)
    assert said.codes == ("refused_nothing_to_hold",)
