"""The card that a message in a room belongs to, for a platform that shows threads."""

from __future__ import annotations

from pathlib import Path

from bot.platforms.messages import Message
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER


def found(bot: Bot, code: str) -> Message:
    """The only message in the room that says this."""
    said = [m for m in bot.heard if m.place.name == "zomerstraat" and not m.edits]
    (message,) = [m for m in said if code in bot.reads(m).codes]
    return message


def test_what_is_about_a_round_belongs_to_its_card(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} stemming=open in=zomerstraat")
    bot.staff('peiling soort=een vraag="Waar begint het?" opties="noord; zuid"')
    bot.staff("gesprek start")
    posts = bot.session.store.posts
    (card,) = posts.standing("ons-gesprek", "card-0")
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    assert found(bot, "statements_shown").thread == card.message
    bot.staff('gesprek afspraken agenda="12" want="Nu bekend."')
    assert found(bot, "charter_changed").thread == ""
    bot.staff("volgende")
    assert found(bot, "round_result").thread == card.message  # though round 2 is open by now
    (second,) = posts.standing("ons-gesprek", "card-1")
    assert second.message != card.message
    cards = [m for m in bot.heard if m.slot.startswith("card-")]
    assert {m.thread for m in cards} == {""}
    assert all(not m.thread for m in bot.heard if m.place.name != "zomerstraat")
    bot.staff("sluit ja")
    bot.staff("advies")
    assert [m.thread for m in bot.heard if m.slot.startswith("document-")] == [""]
    bot.close()
