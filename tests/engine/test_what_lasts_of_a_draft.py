"""The hours of a draft, outages and restarts in it, and what of it is kept or forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from advice.objections import compiled
from dialogues.items import ItemState
from dialogues.objections.events import DraftPosted
from tests.engine.bots import Bot
from tests.engine.drafts import (
    ADJUST,
    DAY,
    MINUTE,
    NO_TIME,
    WHY,
    ruled,
    until,
)
from tests.replay.playing import CHARTER


def test_the_document_goes_out_at_its_hour_and_no_earlier(draft: Bot) -> None:
    state = draft.dialogue.draft
    assert state is not None
    draft.say("anna", WHY)
    draft.staff("oordeel O1 niet Nee.")
    draft.tick(state.ruled_until - draft.clock() - timedelta(seconds=1))
    assert draft.dialogue.advice is None
    draft.tick(timedelta(seconds=1))
    assert draft.dialogue.advice is not None
    assert draft.dialogue.advice.at == state.ruled_until
    assert draft.room_codes()[-1] != "draft_posted"


def away(bot: Bot, ahead: timedelta) -> Bot:
    """The program ends, and starts again so much later."""
    bot.die()
    return Bot(bot.file, now=bot.clock() + ahead)


def test_a_draft_waits_for_people(tmp_path: Path) -> None:
    """The round closes while the bot is away: the hours of the draft are counted from its return,
    and it is posted once."""
    bot = until(Bot(tmp_path / "town.db"), "consent")
    bot.staff("tot over 1 uur")
    bot = away(bot, 9 * DAY)
    bot.tick(NO_TIME)
    state = bot.dialogue.draft
    assert state is not None
    assert state.posted_at == bot.clock()
    assert bot.dialogue.advice is None
    assert bot.room_codes().count("draft_posted") == 1
    bot = away(bot, MINUTE)
    bot.tick(MINUTE)
    assert bot.dialogue.draft == state
    assert "draft_posted" not in bot.room_codes()
    bot.close()


def test_what_was_said_while_the_bot_was_away_is_heard(tmp_path: Path) -> None:
    bot = until(Bot(tmp_path / "town.db"), "heard")
    in_time = bot.fact("anna", WHY)
    state = bot.dialogue.draft
    assert state is not None
    bot.clock.set(state.heard_until - timedelta(seconds=1))  # it is said a second later
    late = bot.fact("bram", WHY)
    bot = away(bot, 3 * DAY)
    bot.put(in_time, late)
    bot.tick(NO_TIME)
    assert "O1" in bot.dialogue.items.by_number
    assert "O2" not in bot.dialogue.items.by_number
    assert bot.dialogue.advice is not None
    assert bot.dialogue.items.by_number["O1"].state is ItemState.SHOWN
    bot.close()


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    bot = until(Bot(tmp_path / "town.db"), "heard")
    bot.say("anna", WHY)
    bot.say("bram", "kloptniet A2 Dit ook niet.")
    bot.staff(ADJUST)
    before, items = bot.dialogue.draft, bot.dialogue.items
    bot = away(bot, MINUTE)
    assert (bot.dialogue.draft, bot.dialogue.items) == (before, items)
    assert "ruled" in bot.staff("oordeel O2 niet Nee.").codes
    bot.close()


def test_who_is_forgotten_leaves_no_words(draft: Bot) -> None:
    draft.say("anna", "kloptniet A1 Mijn heel eigen woorden.")
    draft.staff("oordeel O1 niet Nee.")
    draft.say("anna", "vergeetmij")
    draft.say("anna", "ja, vergeet mij")
    item = draft.dialogue.items.by_number["O1"]
    assert item.state is ItemState.ERASED
    assert draft.session.store.texts.words(item.text.ref) is None
    ruled(draft)
    assert draft.dialogue.advice is not None


def test_the_links_last_until_the_document_went_out(bot: Bot) -> None:
    until(bot, "heard", 'concept="20 dagen" minimum=1', "2027-02-01")
    bot.tick(16 * DAY)
    assert not bot.dialogue.links_destroyed
    assert "objection_noted" in bot.say("anna", WHY).codes
    ruled(bot)
    assert bot.dialogue.links_destroyed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("concept=soms", "refused_length_unreadable"),
        ('concept="5 minuten"', "refused_length_unreadable"),
        ('concept="61 dagen"', "refused_length_unreadable"),
        ('concept="10 dagen" tot=x', "refused_key_unknown"),
    ],
)
def test_a_length_that_cannot_be_is_refused(typed: str, code: str, bot: Bot) -> None:
    bot.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat")
    assert code in bot.staff(f"gesprek afspraken {typed}").codes
    assert bot.dialogue.charter.concept is None


def test_the_answer_comes_after_the_document(bot: Bot) -> None:
    """The answer is promised before 15 December: with eight days of draft, two for rulings, the
    last closing is before the fifth."""
    bot.staff(f'gesprek nieuw gesprek Ons gesprek {CHARTER} concept="8 dagen" in=zomerstraat')
    assert "refused_answer_before_closing" in bot.staff('start tot="5 december 20:00"').codes
    assert "refused_answer_before_closing" not in bot.staff('start tot="4 december 20:00"').codes


def test_a_draft_can_be_agreed_on_in_english_and_dropped_again(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat")
    bot.staff('dialogue charter draft="2 days"')
    assert str(bot.dialogue.charter.concept) == "2 days"
    assert "2 days" in bot.staff("gesprek afspraken")
    bot.staff("gesprek afspraken concept=nee")
    assert bot.dialogue.charter.concept is None


def test_the_event_holds_the_announced_hours(draft: Bot) -> None:
    lines = draft.session.reader.lines("ons-gesprek")
    record = draft.session.store.record
    (posted,) = [e for e in (record.read(li).event for li in lines) if isinstance(e, DraftPosted)]
    state = draft.dialogue.draft
    assert state is not None
    assert (posted.heard_until, posted.ruled_until) == (state.heard_until, state.ruled_until)


def test_where_nothing_is_quoted_the_document_has_no_words_of_it(draft: Bot) -> None:
    """Counted and ruled on as ever; the answer says so."""
    state = replace(draft.dialogue.charter, quotes=False)
    draft.dialogue.charter = state
    assert draft.say("anna", WHY).tells("objection_noted", quotes=False)
    found = compiled(draft.dialogue, lambda _ref: "woorden")
    assert [(each.number, each.state, each.text) for each in found] == [("O1", "shown", None)]
    draft.dialogue.charter = replace(state, quotes=True)
    assert [each.text for each in compiled(draft.dialogue, lambda _ref: "woorden")] == ["woorden"]
