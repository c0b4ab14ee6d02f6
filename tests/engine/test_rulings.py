"""Rulings on objections to a draft: review, what staff hears and when, was and now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.town.alarms import alarm_words
from dialogues.items import ItemState
from dialogues.objections.events import Ruling
from tests.engine.bots import Bot
from tests.engine.drafts import (
    ADJUST,
    AGREED,
    MINUTE,
    NO_TIME,
    TREES,
    WHY,
    heard,
    ruled,
    until,
)


def test_with_review_beforehand_it_is_read_first(bot: Bot) -> None:
    until(bot, "heard", f"{AGREED} toetsing=vooraf")
    assert bot.say("anna", WHY).tells("objection_noted", pending=True)
    bot.tick(NO_TIME)
    (told,) = bot.told("staf", "objections_wait")
    assert [row["item"] for row in told["objections"]] == ["O1"]
    assert "refused_ruling_unread" in bot.staff("oordeel O1 niet Nee.").codes
    bot.say("bram", WHY)
    bot.staff("ok O1")
    assert "ruled" in bot.staff("oordeel O1 niet Nee.").codes
    ruled(bot)
    state = bot.dialogue.items.by_number
    assert (state["O1"].state, state["O2"].state) == (ItemState.SHOWN, ItemState.UNREVIEWED)
    assert bot.dialogue.unreviewed == 1


def test_staff_hears_of_the_first_at_once_and_then_every_ten_minutes(draft: Bot) -> None:
    draft.say("anna", WHY)
    draft.tick(NO_TIME)
    for who in ("bram", "carla", "daan"):
        draft.say(who, WHY)
        draft.tick(MINUTE)
    draft.tick(10 * MINUTE)
    told = draft.told("staf", "objections_wait")
    assert [[r["item"] for r in one["objections"]] for one in told] == [["O1"], ["O2", "O3", "O4"]]


def test_staff_hears_a_day_before_the_end_what_is_undecided(draft: Bot) -> None:
    for who in ("anna", "bram"):
        draft.say(who, WHY)
    draft.staff("oordeel O1 niet Nee.")
    heard(draft)
    draft.tick(timedelta(hours=23, minutes=59))
    assert not any(one["ending"] for one in draft.told("staf", "objections_wait"))
    draft.tick(MINUTE)
    (last,) = [one for one in draft.told("staf", "objections_wait") if one["ending"]]
    assert [row["item"] for row in last["objections"]] == ["O2"]


def test_without_days_for_ruling_the_end_is_told_once_though_more_objections_come(bot: Bot) -> None:
    bot.session.town.limits = replace(bot.session.town.limits, ruling_days=0)
    draft = until(bot, "heard")
    draft.say("anna", WHY)
    draft.tick(timedelta(hours=36))  # told half-way already, a day before the end at the latest
    draft.say("bram", WHY)
    for _ in range(3):
        draft.tick(11 * MINUTE)
    told = draft.told("staf", "objections_wait")
    assert [(one["ending"], [r["item"] for r in one["objections"]]) for one in told] == [
        (False, ["O1"]),
        (True, ["O1"]),
        (False, ["O2"]),
    ]


def test_an_adjustment_is_told_once_as_was_and_now(draft: Bot) -> None:
    draft.say("anna", WHY)
    draft.say("bram", WHY)
    draft.staff(ADJUST)
    draft.staff('oordeel O2 aangepast Beter zo. wordt="Er moeten meer heggen komen."')
    first, second = draft.in_room()[-2:]
    assert f"Was: «{TREES}»" in first
    assert "Nu: «Er moeten meer struiken komen.»" in first
    assert "Was: «Er moeten meer struiken komen.»" in second
    assert "Nu: «Er moeten meer heggen komen.»" in second
    assert draft.room_codes().count("objection_adjusted") == 2
    assert draft.told("anna", "your_objection_ruled")[0]["adjusted"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("oordeel", "refused_missing"),
        ("oordeel O1", "refused_missing"),
        ("oordeel O1 niet", "refused_missing"),
        ("oordeel O1 aangepast Goed.", "refused_missing"),
        ("oordeel O1 misschien Goed.", "refused_value_unknown"),
        ('oordeel O1 niet Goed. wordt="Anders."', "refused_ruling_unchanged"),
        ("oordeel O9 niet Goed.", "refused_no_such_item"),
        ("oordeel A1 niet Goed.", "refused_item_wrong_kind"),
        (f"oordeel O1 niet {'x' * 281}", "refused_text_too_long"),
        (f'oordeel O1 aangepast Goed. wordt="{"x" * 281}"', "refused_text_too_long"),
    ],
)
def test_what_is_no_ruling_changes_nothing(typed: str, code: str, draft: Bot) -> None:
    draft.say("anna", WHY)
    draft.tick(NO_TIME)
    before = draft.lines()
    assert code in draft.staff(typed).codes
    assert draft.lines() == before


def test_what_was_ruled_on_can_be_ruled_on_again_but_not_changed(draft: Bot) -> None:
    draft.say("anna", WHY)
    draft.staff("oordeel O1 niet Nee.")
    for text in ("wijzig O1 Toch iets anders.", "intrekken O1"):
        assert "refused_ruled_already" in draft.say("anna", text).codes
    draft.staff(ADJUST)
    state = draft.dialogue.draft
    assert state is not None
    assert state.rulings["O1"].outcome is Ruling.ADJUSTED


def test_the_author_sees_it_and_the_ruling_among_what_they_gave(draft: Bot) -> None:
    draft.say("anna", WHY)
    draft.staff("oordeel O1 niet Nee.")
    (row,) = [r for r in draft.say("anna", "mijn") and draft.told("anna", "mine")[-1]["items"]
              if r["item"] == "O1"]  # fmt: skip
    assert (row["about"], row["ruling"]) == ("A1", "not")


def test_help_names_the_word_only_while_it_can_be_used(draft: Bot) -> None:
    assert "kloptniet A2" in draft.say("anna", "hulp")
    assert "oordeel" not in draft.staff("hulp")
    draft.say("bram", WHY)
    assert "oordeel" in draft.staff("hulp")
    heard(draft)
    assert "kloptniet" not in draft.say("anna", "hulp")


def test_a_young_persons_words_are_heard(bot: Bot) -> None:
    youth = {"zomerstraat": alarm_words(["blauwe plek*"])}
    bot.session.town.rooms = replace(bot.session.town.rooms, youth=youth)
    until(bot, "heard", AGREED)
    bot.say("anna", "kloptniet A1 Ik heb blauwe plekken.")
    assert bot.told("staf", "youth_alarm")[-1]["item"] == "O1"
