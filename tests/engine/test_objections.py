"""Objections to a draft: what each word does in each phase, the one message, and who may object."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialogues.items import ItemState
from tests.engine.bots import Bot
from tests.engine.drafts import (
    AGREED,
    BUS,
    DAY,
    MINUTE,
    NO_TIME,
    PEOPLE,
    PHASES,
    TREES,
    WHY,
    finish,
    heard,
    ruled,
    to_the_draft,
    until,
    vote,
)

#: What a resident who took part and a moderator hear in each phase.
WORDS = {
    WHY: (
        "refused_no_dialogue",
        *("refused_no_draft",) * 3,
        "objection_noted",
        "refused_objections_over",
        "refused_objections_over",
    ),
    "oordeel O1 niet Nee.": (
        *("refused_no_draft",) * 4,
        "ruled",
        "ruled",
        "refused_rulings_over",
    ),
    "wijzig O1 Het was anders.": (
        "refused_no_dialogue",
        *("refused_no_such_item",) * 3,
        "changed",
        "refused_too_late_to_change",
        "refused_too_late_to_change",
    ),
    "intrekken O1": (
        "refused_no_dialogue",
        *("refused_no_such_item",) * 3,
        "withdrawn",
        "refused_too_late_to_withdraw",
        "refused_too_late_to_withdraw",
    ),
    "advies": (
        "refused_not_started",
        *("refused_advice_round_open",) * 3,
        "refused_draft_first",
        "refused_draft_first",
        "refused_advice_stands",
    ),
}


@pytest.mark.parametrize("phase", PHASES)
def test_each_word_in_each_phase(phase: str, bot: Bot) -> None:
    until(bot, "heard" if PHASES.index(phase) > 4 else phase)
    if PHASES.index(phase) >= 4:
        bot.say("femke", "kloptniet A1 Wij vroegen iets anders.")
        for step in (heard, ruled)[: PHASES.index(phase) - 4]:
            step(bot)
    place = PHASES.index(phase)
    for text in ("wijzig O1 Het was anders.", WHY, "oordeel O1 niet Nee.", "advies"):
        staff = text.startswith(("oordeel", "advies"))
        who = "femke" if text.startswith("wijzig") else "anna"
        said = bot.staff(text) if staff else bot.say(who, text)
        assert said.codes[0] == WORDS[text][place], (text, said)


@pytest.mark.parametrize("phase", PHASES)
def test_taking_an_objection_back_in_each_phase(phase: str, bot: Bot) -> None:
    place = PHASES.index(phase)
    until(bot, "heard" if place > 4 else phase)
    if place >= 4:
        bot.say("femke", "kloptniet A1 Wij vroegen iets anders.")
        for step in (heard, ruled)[: place - 4]:
            step(bot)
    assert bot.say("femke", "intrekken O1").codes[0] == WORDS["intrekken O1"][place]


def test_without_the_agreement_there_is_no_draft(bot: Bot) -> None:
    until(bot, "heard", "minimum=1")
    assert bot.dialogue.draft is None
    assert "refused_no_draft" in bot.say("anna", WHY).codes
    assert "dialogue_closed_staff" in [n.template for p, n in bot.spoken if p == "staf"]
    assert "advice_requested" in bot.staff("advies").codes


def test_without_a_recommendation_the_report_comes_by_itself(bot: Bot) -> None:
    bot.open("stellingenronde", AGREED)
    bot.say("anna", f"stelling {TREES}")
    bot.staff("sluit ja")
    bot.tick(NO_TIME)
    assert bot.dialogue.draft is None
    assert bot.dialogue.advice is not None
    assert "draft_posted" not in bot.room_codes()


def test_the_room_gets_one_message_with_all_that_was_voted_on(draft: Bot) -> None:
    assert draft.room_codes().count("draft_posted") == 1
    (told,) = draft.told("zomerstraat", "draft_posted")
    rows = [(row["item"], row["yes"], row["no"]) for row in told["recommendations"]]
    assert rows == [("A1", 6, 0), ("A2", None, None)]
    said = "\n".join(draft.in_room())
    assert f"- A1: «{TREES}» 6 ja, 0 nee." in said
    assert f"- A2: «{BUS}» Te weinig stemmen." in said


def test_staff_hears_with_the_draft_how_the_document_comes(draft: Bot) -> None:
    assert len(draft.told("staf", "draft_posted_staff")) == 1
    assert not draft.told("staf", "dialogue_closed_reports")
    assert not draft.told("staf", "dialogue_closed_staff")


def test_objections_are_not_told_to_the_room(draft: Bot) -> None:
    before = len(draft.room_codes())
    for who in PEOPLE:
        draft.say(who, WHY)
        draft.say(who, "kloptniet A2 Dit ook niet.")
    draft.staff("oordeel O2 niet Nee.")
    assert [c for c in draft.room_codes()[before:] if c != "card"] == []


def test_the_hours_are_whole_minutes_and_announced(draft: Bot) -> None:
    state = draft.dialogue.draft
    assert state is not None
    assert state.heard_until == state.ruled_until - 2 * DAY
    assert state.heard_until.second == 0
    assert NO_TIME <= state.heard_until - state.posted_at - 2 * DAY < MINUTE


def test_over_a_change_of_clocks_a_day_ends_at_the_same_local_hour(tmp_path: Path) -> None:
    """In the night to 28 March 2027 the clock goes forward: two days are 47 hours."""
    bot = Bot(tmp_path / "town.db", now=datetime(2027, 3, 26, 19, 0, tzinfo=UTC))
    until(bot, "heard", AGREED.replace("2 dagen", "3 dagen"), "2027-05-01")
    state = bot.dialogue.draft
    assert state is not None
    zone = bot.session.town.zone
    assert state.heard_until.astimezone(zone).hour == state.posted_at.astimezone(zone).hour
    assert state.heard_until - state.posted_at < 3 * DAY
    bot.close()


def test_who_did_not_take_part_is_told_so(draft: Bot) -> None:
    draft.say("zoe", "status")
    assert draft.say("zoe", WHY).tells("refused_objection_not_there")
    assert draft.say("griet", WHY, roles=("clerk",)).codes == ("refused_staff_objection",)
    assert "O1" not in draft.dialogue.items.by_number


def test_who_only_wrote_took_part(bot: Bot) -> None:
    until(bot, "statements")
    bot.say("zoe", "stelling Er moet een plein komen.")
    for step in (to_the_draft, vote, finish):
        step(bot)
    assert "objection_noted" in bot.say("zoe", WHY).codes


def test_one_objection_a_person_for_each_recommendation(draft: Bot) -> None:
    assert draft.say("anna", WHY).tells("objection_noted", item="O1", about="A1")
    assert draft.say("anna", WHY).tells("refused_objected_already", item="O1", about="A1")
    assert draft.say("anna", "kloptniet A2 Dit ook niet.").tells("objection_noted", item="O2")
    assert draft.say("bram", WHY).tells("objection_noted", item="O3")
    draft.say("anna", "intrekken O1")
    assert draft.say("anna", WHY).tells("objection_noted", item="O4")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("kloptniet S1 Dat klopt niet.", "refused_item_wrong_kind"),
        ("kloptniet A9 Dat klopt niet.", "refused_no_such_item"),
        ("kloptniet", "refused_missing"),
        ("kloptniet A1", "refused_text_missing"),
        ("kloptniet A1 ok", "refused_objection_empty"),
        (f"kloptniet A1 {'x' * 281}", "refused_text_too_long"),
    ],
)
def test_what_is_no_objection_changes_nothing(typed: str, code: str, draft: Bot) -> None:
    before = draft.lines()
    assert code in draft.say("anna", typed).codes
    assert draft.lines() == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("A1 klopt niet, want de bomen staan er al", "de bomen staan er al"),
        ("a1 klopt niet omdat de bomen er al staan", "de bomen er al staan"),
        ("A1 dat klopt niet: er staan al bomen", "er staan al bomen"),
        ("A1 is not right because they stand there", "they stand there"),
    ],
)
def test_as_people_say_it(typed: str, words: str, draft: Bot) -> None:
    assert "objection_noted" in draft.say("anna", typed).codes
    item = draft.dialogue.items.by_number["O1"]
    assert (item.about, draft.session.store.texts.words(item.text.ref)) == ("A1", words)


def test_what_is_not_right_is_asked_for(draft: Bot) -> None:
    assert "refused_missing" in draft.say("anna", "dat klopt niet").codes
    assert "refused_text_missing" in draft.say("anna", "A1 klopt niet").codes
    assert "objection_noted" in draft.say("anna", "Er staan al bomen.").codes


def test_outside_a_draft_such_words_are_talk(bot: Bot) -> None:
    until(bot, "statements")
    assert "refused_missing" not in bot.say("anna", "dat klopt niet").codes
    assert "O1" not in bot.dialogue.items.by_number


def test_in_the_room_it_needs_its_sign_and_is_answered_in_person(draft: Bot) -> None:
    draft.say("anna", WHY, "zomerstraat")
    assert "O1" not in draft.dialogue.items.by_number
    said = draft.say("anna", f"!{WHY}", "zomerstraat")
    assert said.codes == ("objection_noted",)


def test_an_edited_message_changes_it_and_a_removed_one_takes_it_back(draft: Bot) -> None:
    fact = draft.fact("anna", WHY)
    draft.put(fact)
    draft.put(draft.edit("anna", fact.origin.cause, "kloptniet A1 Het was een vraag."))
    item = draft.dialogue.items.by_number["O1"]
    assert draft.session.store.texts.words(item.text.ref) == "Het was een vraag."
    draft.put(draft.removal("anna", fact.origin.cause))
    assert item.state is ItemState.WITHDRAWN
