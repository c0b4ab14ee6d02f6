"""The draft of a document: who may object and when, what is ruled, and what goes out by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advice.objections import compiled
from bot.town.alarms import alarm_words
from dialogues.items import ItemState
from dialogues.objections.events import DraftPosted, Ruling
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

PEOPLE = ("anna", "bram", "carla", "daan", "eva", "femke")
BUS, TREES = "De bus moet vaker rijden.", "Er moeten meer bomen komen."
WHY = "kloptniet A1 Zo was het niet."
ADJUST = 'oordeel O1 aangepast Dat klopt. wordt="Er moeten meer struiken komen."'
DAY, MINUTE, NO_TIME = timedelta(days=1), timedelta(minutes=1), timedelta()
AGREED = 'concept="2 dagen" minimum=1'


def until(bot: Bot, phase: str, more: str = AGREED, answer: str = "2026-12-15") -> Bot:
    """Bring a dialogue to a phase of the row ``PHASES``."""
    at = PHASES.index(phase)
    charter = CHARTER.replace("2026-12-15", answer)
    bot.staff(f"gesprek nieuw gesprek Ons gesprek {charter} {more} in=zomerstraat")
    steps = (begin, to_the_draft, vote, finish, heard, ruled)
    for step in steps[:at]:
        step(bot)
    return bot


def begin(bot: Bot) -> None:
    bot.staff("gesprek start")
    bot.say("anna", f"stelling {TREES}")
    bot.say("bram", f"stelling {BUS}")
    for number in ("S1", "S2"):
        bot.staff(f"ok {number}")
    for who in PEOPLE:
        bot.say(who, "stem S1 eens")
        bot.say(who, "stem S2 eens")


def to_the_draft(bot: Bot) -> None:
    bot.staff("volgende ja")


def vote(bot: Bot) -> None:
    bot.staff("volgende ja")
    for who in PEOPLE:
        bot.say(who, "stem A1 ja")


def finish(bot: Bot) -> None:
    bot.staff("sluit ja")
    bot.clock.set(bot.clock().replace(second=30))


def heard(bot: Bot) -> None:
    """Until objections are heard no more."""
    state = bot.dialogue.draft
    assert state is not None
    bot.tick(state.heard_until - bot.clock())


def ruled(bot: Bot) -> None:
    """Until the document goes out."""
    state = bot.dialogue.draft
    assert state is not None
    bot.tick(state.ruled_until - bot.clock())


#: Before the start, in the first round, before the vote on what to recommend, in that vote, while
#: objections are heard, while they are ruled on, and once the document went out.
PHASES = ("preparing", "statements", "waiting", "consent", "heard", "ruled on", "over")


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    yield made
    made.close()


@pytest.fixture
def draft(bot: Bot) -> Bot:
    return until(bot, "heard")


# -- every word in every phase ---------------------------------------------------------------------

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


# -- the one message -----------------------------------------------------------------------------


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


# -- who -------------------------------------------------------------------------------------------


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


# -- review and ruling ----------------------------------------------------------------------------


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


# -- time, and what lasts --------------------------------------------------------------------------


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
