"""Every question of the bot is kept for who was asked; a bare answer completes what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.desk.asks import ASKS
from bot.platforms.facts import Tick
from bot.runtime.builtin import catalogues
from dialogues.items import ItemState
from tests.engine.bots import MODERATOR, Bot, copied
from tests.replay.playing import CHARTER

POLL = 'peiling soort=een vraag="Waar komt de bank?" opties="plein; park; hoek"'
OFFICIAL = ("official",)


@dataclass(frozen=True)
class Asked:
    """What somebody types, what they answer, and what has to be so after it."""

    who: str
    typed: str
    answer: str
    then: Callable[[Bot], bool]
    format: str = "stellingenronde"
    anyhow: bool = False  # the answer counts in this round without a question too


def staff(typed: str, answer: str, then: Callable[[Bot], bool], **more: str) -> Asked:
    return Asked("vera", typed, answer, then, **more)


def hidden(bot: Bot) -> bool:
    return bot.dialogue.items.by_number["S1"].state is ItemState.HIDDEN


def voted(bot: Bot) -> bool:
    return bot.tally("S1") == {"disagree": 1}


def closes(clock: str, day: int = 1) -> Callable[[Bot], bool]:
    at = datetime.fromisoformat(f"2026-12-{day:02}T{clock}:00+01:00")
    return lambda bot: bot.dialogue.frames[0].closes_at == at


def there(name: str, room: str) -> Callable[[Bot], bool]:
    def then(bot: Bot) -> bool:
        state = bot.session.engine.ledger.states.get(name)
        return state is not None and state.room == room

    return then


def given(bot: Bot) -> bool:
    return "S3" in bot.dialogue.items.by_number


def weekly(elke: str, answer: str, keer: str = " keer=2") -> Asked:
    """A question about what recurs; two meetings at half past seven come of the answer."""

    def then(bot: Bot) -> bool:
        planned = bot.session.engine.ledger.meetings.by_id.values()
        walls = [meeting.hours.wall[11:16] for meeting in planned if meeting.hours is not None]
        return walls == ["19:30", "19:30"]

    return staff(f'moment nieuw Spreekuur elke="{elke}"{keer} in=plein', answer, then)


def dated(bot: Bot) -> bool:
    poll = bot.dialogue.states[0].poll
    return [hour.wall[11:16] for hour in poll.dates] == ["20:00", "19:30"]


QUESTIONS = {
    "reason_unknown": staff("verberg S1", "2", hidden),
    "reason_unknown, a wrong one": staff("verberg S1 zomaar", "belediging", hidden),
    "moment_time_only": staff("tot 18.30", "ja", closes("18:30", 2)),
    "moment_time_only, another": staff("tot 18.30", "vrijdag 21:00", closes("21:00", 4)),
    "moment_two": staff("tot vrijdag 8 uur", "2", closes("20:00", 4)),
    "moment_two, by its words": staff("tot vrijdag 8 uur", "vrijdag 08:00", closes("08:00", 4)),
    "moment_repeats": staff("tot elke vrijdag 21:00", "ja", closes("21:00", 4)),
    "moment_two, of a poll": staff(
        'peiling soort=datum vraag="Wat?" opties="4 dec 8 uur | 5 dec 19:30"',
        "2",
        dated,
        format="peiling",
    ),
    "recurrence_two": weekly("dinsdag half acht", "2"),
    "recurrence_two, by its words": weekly("dinsdag half acht", "elke dinsdag 19:30"),
    "recurrence_two, which day": weekly("elke tweede dinsdag 19:30", "1"),
    "recurrence_when": weekly("om de week", "om de week dinsdag 19:30"),
    "recurrence_once": weekly("morgen 20:00", "eerste maandag 19:30"),
    "recurrence_unreadable": weekly("gauw", "dinsdag 19:30"),
    "recurrence_day": weekly("elke maand op de 31e 19:30", "laatste dag van de maand 19:30"),
    "recurrence_limit": weekly("dinsdag 19:30", "keer=2", ""),
    "moment_past": staff("tot vandaag 18:30", "ja", closes("18:30", 2)),
    "missing, a moment": staff("tot", "vrijdag 20:00", closes("20:00", 4)),
    "missing, the rest": staff("verberg", "S1 2", hidden),
    "item_leading_zero": staff("verberg S01 2", "ja", hidden),
    "unknown_word": staff("verbergg S1 2", "ja", hidden),
    "charter_needs_reason": staff(
        "gesprek afspraken adressen=40",
        "er kwamen straten bij",
        lambda bot: bot.dialogue.charter.addresses == 40,
    ),
    "key_unknown": staff(
        'gesprek afspraken adresen=40 want="er kwamen straten bij"',
        "ja",
        lambda bot: bot.dialogue.charter.addresses == 40,
    ),
    "value_unknown": staff(
        'gesprek afspraken fase=begin want="het bouwen begint"',
        "uitvoering",
        lambda bot: bot.dialogue.charter.phase.value == "uitvoering",
    ),
    "which_room": staff(
        f"gesprek nieuw peiling Later {CHARTER}",
        "plein",
        there("later", "plein"),
    ),
    "subword_missing": staff(
        "gesprek",
        f"nieuw peiling Later {CHARTER} in=plein",
        there("later", "plein"),
    ),
    "choice_missing": Asked("anna", "stem S1", "oneens", voted),
    "unknown_choice": Asked("anna", "stem S1 prima", "oneens", voted),
    "which_item": Asked("anna", "stem oneens", "S1", voted),
    "text_missing": Asked("anna", "stelling", "Er moeten meer bankjes komen.", given),
    "unknown_option": Asked(
        "anna", "stem P1 7", "2", lambda bot: bot.tally("P1") == {2: 1}, "peiling", anyhow=True
    ),
}


@pytest.fixture
def asking(bot: Bot, request: pytest.FixtureRequest) -> tuple[Bot, Asked]:
    case: Asked = request.param
    bot.staff(f"gesprek nieuw {case.format} Ons gesprek {CHARTER} in=zomerstraat")
    if case.format == "peiling":
        bot.staff(POLL)
    bot.staff("gesprek start")
    if case.format != "peiling":
        bot.say("bram", "stelling Er moeten meer bomen komen.")
        bot.say("carla", "stelling De bus moet vaker rijden.")
    return bot, case


def say(bot: Bot, case: Asked, text: str) -> str:
    return bot.staff(text) if case.who == "vera" else bot.say(case.who, text)


cases = pytest.mark.parametrize("asking", QUESTIONS.values(), ids=QUESTIONS, indirect=True)


@cases
def test_a_bare_answer_completes_what_was_asked_about(asking: tuple[Bot, Asked]) -> None:
    bot, case = asking
    say(bot, case, case.typed)
    assert not case.then(bot)
    say(bot, case, case.answer)
    assert case.then(bot)
    lines = bot.lines()
    say(bot, case, case.answer)  # the question is used up
    assert bot.lines() == lines


@cases
def test_it_survives_a_restart(asking: tuple[Bot, Asked], tmp_path: Path) -> None:
    bot, case = asking
    say(bot, case, case.typed)
    again = Bot(copied(bot.file, tmp_path / "again"), now=bot.clock())
    say(again, case, case.answer)
    assert case.then(again)
    again.close()


@cases
def test_an_answer_of_somebody_else_is_none(asking: tuple[Bot, Asked]) -> None:
    bot, case = asking
    say(bot, case, case.typed)
    lines = bot.lines()
    where = "staf" if case.who == "vera" else None
    bot.say("wim", case.answer, where, roles=MODERATOR if where else ())
    assert case.anyhow or not case.then(bot)
    assert bot.lines() == lines or case.who != "vera"


@cases
def test_the_next_command_word_ends_a_question(asking: tuple[Bot, Asked]) -> None:
    bot, case = asking
    say(bot, case, case.typed)
    say(bot, case, "status")
    lines = bot.lines()
    say(bot, case, case.answer)
    assert case.anyhow or not case.then(bot)
    assert case.anyhow or bot.lines() == lines


@pytest.mark.parametrize(
    "asking",
    [case for case in QUESTIONS.values() if case.who == "vera"],
    ids=[name for name, case in QUESTIONS.items() if case.who == "vera"],
    indirect=True,
)
def test_staff_is_waited_for_ten_minutes(asking: tuple[Bot, Asked]) -> None:
    bot, case = asking
    say(bot, case, case.typed)
    bot.tick(timedelta(minutes=10, seconds=1))
    lines = bot.lines()
    say(bot, case, case.answer)
    assert not case.then(bot)
    assert bot.lines() == lines


def test_nee_ends_what_was_suggested(bot: Bot) -> None:
    bot.open()
    bot.staff("tot 20.00")
    lines = bot.lines()
    bot.staff("nee")
    bot.staff("ja")
    assert bot.lines() == lines


def test_every_question_in_the_texts_of_refusals_is_listened_to() -> None:
    """A refusal that asks has a row in ``ASKS``, or the reason why it needs none."""
    without = {
        "begin_choose": "the question of the first explanation stays open",
        "form_": "the form stays open",
        "forget_choose": "the question stays open",
        "same_choose": "the question stays open",
        "which_choose": "the question stays open",
        "why_text": "the question stays open",
        "no_dialogue": "what it names needs a title",
        "dialogue_closed": "it names what can be typed",
        "not_paused": "it names what can be typed",
        "nothing_recommended": "it names what can be typed",
        "paused_already": "it names what can be typed",
        "not_in_this_round": "it names what can be typed",
        "meeting_from_group": "it is to be typed in another place",
        "meeting_no_table": "it names what can be typed",
        "no_series": "it names what can be typed",
        "objected_already": "it names what can be typed",
        "series_dialogue": "it names what can be typed",
    }
    dutch = catalogues()["nl"].texts
    asking = {
        code.removeprefix("refused_")
        for code, text in dutch.items()
        if code.startswith("refused_") and "?" in re.sub(r"{[%{].*?[%}]}", "", str(text))
    }
    assert {code for code in asking - set(ASKS) if not code.startswith(tuple(without))} == set()


def test_words_that_begin_like_a_command_are_the_reason(bot: Bot) -> None:
    """While a reason is awaited, a word that does not fit is part of it; one that fits is asked."""
    bot.open()
    for number in range(3):
        bot.say("bram", f"stelling De {['bus', 'tram', 'metro'][number]} moet vaker rijden.")
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")
    bot.say("anna", "1 oneens 2 oneens 3 oneens")
    reasons = [n for n in bot.dialogue.items.by_number if n.startswith("R")]
    assert reasons == []
    bot.say("anna", "Stelling nemen tegen auto's is nodig.")
    assert "S4" not in bot.dialogue.items.by_number  # asked
    bot.say("anna", "1")
    assert "R1" in bot.dialogue.items.by_number
    bot.say("dora", "meedoen")
    bot.say("dora", "ja")
    bot.say("dora", "1 oneens 2 oneens 3 oneens")
    bot.say("dora", "Vraag naar parkeren is te groot.")
    assert "R2" in bot.dialogue.items.by_number
    bot.say("eva", "meedoen")
    bot.say("eva", "ja")
    bot.say("eva", "1 oneens 2 oneens 3 oneens")
    bot.say("eva", "Steun voor de buurt ontbreekt.")
    assert "R3" in bot.dialogue.items.by_number
    bot.say("femke", "meedoen")
    bot.say("femke", "ja")
    bot.say("femke", "1 oneens 2 oneens 3 oneens")
    bot.say("femke", "stelling Er moeten bomen komen.")
    bot.say("femke", "2")
    assert "S4" in bot.dialogue.items.by_number
    assert "R4" not in bot.dialogue.items.by_number
    bot.say("femke", "stem S4 eens")  # what can be nothing but the word is the word
    assert bot.tally("S4") == {"agree": 1}


def test_a_number_goes_to_the_newest_list_or_question(bot: Bot) -> None:
    """The question which dialogue is over once a newer list stands."""
    bot.open(title="Het plein", room="plein")
    bot.open(title="De straat")
    bot.say("bram", "stelling Er moeten meer bomen komen.", "zomerstraat")
    bot.put(bot.fact("bram", "!stelling Er moeten meer bomen komen.", "zomerstraat"))
    assert "refused_which_dialogue" in bot.say("anna", "status").codes
    bot.put(bot.fact("anna", "!meedoen", "zomerstraat"))
    bot.say("anna", "ja")
    bot.say("anna", "1 eens")
    state = bot.session.engine.ledger.states["de-straat"]
    assert state.states[0].box.books["S1"].tally["agree"] == 1
    bot.put(Tick(bot.clock()))
    before = bot.lines()
    bot.say("anna", "2")
    assert bot.lines() == before
    assert bot.session.store.places.dialogue("console/personal/anna") == "de-straat"
