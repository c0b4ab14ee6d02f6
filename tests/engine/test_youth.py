"""Promise 30: young people are protected, whatever a moderator types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.console.terminal.settings import settings
from bot.platforms.writing import html
from bot.town import config, config_file
from bot.town.alarms import AlarmWords, alarm_words
from dialogues.charter import BallotMode, Review
from dialogues.items import ItemState
from rounds import registry
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

NEW = f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat"
CARED, ALARM = "youth_cared_for", "youth_alarm"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    youth = {"zomerstraat": alarm_words(["blauwe plek*"])}
    made.session.town.rooms = replace(made.session.town.rooms, youth=youth)
    yield made
    made.close()


def opened(bot: Bot) -> Bot:
    bot.staff(NEW)
    bot.staff("gesprek start")
    return bot


# -- the charter --------------------------------------------------------------------------------


def test_what_is_said_is_read_first(bot: Bot) -> None:
    opened(bot)
    assert bot.dialogue.charter.review is Review.BEFORE
    bot.say("noor", "stelling Er moet een skatebaan komen.")
    assert bot.dialogue.items.by_number["S1"].state is ItemState.PENDING


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("toetsing=achteraf", "refused_youth_review"),
        ("review=after", "refused_youth_review"),
        ("stemming=open", "refused_youth_ballot"),
    ],
)
def test_another_charter_is_refused_with_a_sentence(bot: Bot, typed: str, refusal: str) -> None:
    assert refusal in bot.staff(f"{NEW} {typed}").codes
    assert "ons-gesprek" not in bot.session.engine.ledger.states
    bot.staff(NEW)
    assert refusal in bot.staff(f"gesprek afspraken {typed}").codes
    bot.staff("gesprek start")
    assert refusal in bot.staff(f'gesprek afspraken {typed} want="Dat is sneller."').codes
    assert bot.dialogue.charter.review is Review.BEFORE
    assert bot.dialogue.charter.ballot is BallotMode.CONFIDENTIAL


def test_another_charter_is_refused_in_the_questions_too(bot: Bot) -> None:
    bot.staff("gesprek nieuw stellingenronde Ons gesprek in=zomerstraat")
    for answer in ("2", "de raad", "15 december", "de bus", "bomen", "1"):
        bot.staff(answer)
    assert "refused_youth_review" in bot.staff("toetsing=achteraf").codes
    assert "form_more" in bot.staff("minimum=5").codes
    bot.staff("klaar")
    assert "prepared" in bot.staff("ja").codes
    assert bot.dialogue.charter.review is Review.BEFORE


def test_a_dialogue_prepared_before_the_setting_is_protected_when_it_starts(bot: Bot) -> None:
    youth = bot.session.town.rooms.youth
    bot.session.town.rooms = replace(bot.session.town.rooms, youth={})
    bot.staff(f"{NEW} stemming=open")
    bot.session.town.rooms = replace(bot.session.town.rooms, youth=youth)
    bot.staff("gesprek start")
    assert bot.dialogue.charter.review is Review.BEFORE
    assert bot.dialogue.charter.ballot is BallotMode.CONFIDENTIAL


def test_nothing_starts_without_a_staff_room(bot: Bot) -> None:
    bot.staff(NEW)
    rooms = bot.session.town.rooms
    bot.session.town.rooms = replace(rooms, staff={}, staff_of={})
    said = bot.staff("gesprek start", where=None)
    assert "refused_youth_staff_missing" in said.codes
    assert bot.dialogue.open_frame is None


def test_other_rooms_stay_as_they_are(bot: Bot) -> None:
    bot.open(room="plein")
    assert bot.dialogue.charter.review is Review.AFTERWARDS


# -- words that cannot wait ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["Soms wil ik DOOD.", "Ik denk aan zelfmoord", "I want to die", "Ik heb blauwe plekken"],
)
def test_staff_hears_that_something_cannot_wait(bot: Bot, words: str) -> None:
    opened(bot)
    before = len(bot.heard)
    answer = bot.say("noor", f"stelling {words}")
    told = [m.plain for m in bot.heard[before:] if m.place.name == "staf"]
    assert len(told) == 1
    assert [one["item"] for one in bot.told("staf", ALARM)] == ["S1"]
    assert words.casefold() not in told[0].casefold()
    assert "noor" not in told[0]
    assert CARED in answer.codes
    assert bot.in_room()[-1].count(words) == 0
    assert bot.dialogue.items.by_number["S1"].state is ItemState.PENDING
    assert "approved" in bot.staff("ok S1").codes


def test_a_changed_text_and_a_reason_are_heard_too(bot: Bot) -> None:
    opened(bot)
    assert CARED not in bot.say("noor", "stelling Er moet een skatebaan komen.").codes
    assert CARED in bot.say("noor", "wijzig S1 Ik word gepest bij de skatebaan.").codes
    bot.staff("ok S1")
    bot.say("sam", "stem S1 eens")
    assert CARED in bot.say("sam", "waarom S1 Daar was iemand met een mes").codes
    assert [one["item"] for one in bot.told("staf", ALARM)] == ["S1", "R1"]


def test_other_words_and_other_rooms_alarm_nobody(bot: Bot) -> None:
    opened(bot)
    assert CARED not in bot.say("noor", "stelling Er moet een skatebaan komen.").codes
    assert bot.told("staf", ALARM) == []
    bot.staff("@ons-gesprek sluit ja")
    bot.open(room="plein", title="Het plein")
    bot.say("noor", "meedoen")
    assert CARED not in bot.say("noor", "stelling Het plein is te stil, ik wil dood").codes
    assert bot.told("staf", ALARM) == []


def test_entries_are_words_and_not_parts_of_words() -> None:
    words = AlarmWords(("wapen", "zelfmoord*", "wil dood"))
    for text in ("Een WAPEN!", "zelfmoordgedachten", "ik wil  dood…", "wápen"):
        assert words.heard(text), text
    for text in ("wapens", "wapenschild", "wil dood hout", "dood wil", "", "🙂" * 1000):
        assert words.heard(text) is (text == "wil dood hout"), text


def test_an_entry_without_letters_matches_nothing() -> None:
    assert not AlarmWords(("*", "!?")).heard("wat dan ook *")


# -- not exposed, not pressed -------------------------------------------------------------------


def test_nothing_is_asked_that_was_not_asked_for(bot: Bot) -> None:
    opened(bot)
    for number in range(1, 4):
        bot.say(f"sam{number}", f"stelling {('Skatebaan', 'Zwembad', 'Bankjes')[number - 1]} erbij")
        bot.staff(f"ok S{number}")
    bot.say("noor", "meedoen")
    offer = bot.say("noor", "ja")
    done = bot.say("noor", "1 eens 2 oneens 3 oneens")
    assert "ask_why" not in done.codes
    assert "offer_done" in done.codes
    assert not re.search(r"stemde over \d", offer + done)  # nobody is counted


def test_meedoen_says_that_no_conversation_may_be_begun(bot: Bot) -> None:
    """What the courier reads before it opens a personal conversation by itself."""
    opened(bot)
    replies = bot.session.engine.receive([bot.fact("noor", "!meedoen", "zomerstraat")]).whole()
    (notice,) = replies[0].notices
    assert (notice.template, notice.data["youth"]) == ("begin", True)


def test_no_name_goes_out_and_nobody_is_counted(bot: Bot) -> None:
    """Names that occur nowhere else, searched in everything that others can see."""
    opened(bot)
    names = [f"kind{letter}zqx" for letter in "abcdef"]
    for name in names[:3]:
        words = f"!stelling Wat {name[4]} wil: een skatebaan, nummer {name[4]}"
        bot.say(name, words, "zomerstraat")
    bot.staff("ok S1 S2 S3")
    for name in names:
        bot.say(name, "stem S1 eens")
        bot.say(name, "mijn")
    bot.staff("werk")
    bot.staff("sluit ja")
    bot.staff("advies")
    others = [m.plain + html(m.document) for m in bot.heard if m.place.name not in names]
    others += [a.data.decode(errors="replace") for m in bot.heard for a in m.files]
    assert len(others) > 5
    found = [text for text in others if "zqx" in text]
    assert found == []


# -- the setting --------------------------------------------------------------------------------


def written(folder: Path, more: str) -> Path:
    path = folder / "config.toml"
    path.write_text(f'[town]\nname = "Haarlem"\n[[rooms]]\nname = "honk"\n{more}', encoding="utf-8")
    return path


def test_the_setting_reaches_the_console_too(tmp_path: Path) -> None:
    path = written(tmp_path, 'youth = true\nalarm_words = ["blauwe plek*"]')
    given = settings(None, config.load(path, registry.kinds()))
    assert set(given.youth) == {"honk"}
    assert given.youth["honk"].heard("Ik heb blauwe plekken")
    assert given.youth["honk"].heard("zelfmoord")


def test_alarm_words_need_a_room_of_young_people(tmp_path: Path) -> None:
    with pytest.raises(config_file.ConfigError, match="set youth = true"):
        config.load(written(tmp_path, 'alarm_words = ["blauwe plek*"]'), registry.kinds())


def test_a_meeting_of_young_people_is_not_found_by_its_number(bot: Bot) -> None:
    """Who was never in their room reads nothing of it, and cannot sign up."""
    bot.staff('moment nieuw Geheime plek wanneer="vrijdag 20:00" in=zomerstraat')
    for said in ("agenda M1", "aanmelden M1", "herinner M1", "afmelden M1"):
        answer = bot.say("vreemde", said)
        assert answer.codes == ("refused_meeting_from_group",)
        assert "Geheime" not in answer
        assert "refused_meeting_from_group" in bot.say("vreemde", f"!{said}", "plein").codes
    assert "meeting_signed_up" in bot.say("anna", "!aanmelden M1", "zomerstraat").codes
    assert "meeting_now" in bot.say("anna", "agenda M1").codes
    assert "meeting_now" in bot.staff("agenda M1", None).codes


# -- how it is said -----------------------------------------------------------------------------

FORMAL = re.compile(r"\b(u|uw)\b", re.IGNORECASE)
ABOUT_NO_DIALOGUE = (
    *("privacy", "stil", "stil nee", "mijn alles", "evaluatie", "agenda M9"),
    *("vergeetmij", "flapdrol", "hulp", "nee", "taal nl"),
)


@pytest.mark.parametrize("word", ABOUT_NO_DIALOGUE)
def test_answers_about_no_dialogue_say_je_too(bot: Bot, word: str) -> None:
    """In the own conversation of who talks about young people's dialogue, also once it is over."""
    opened(bot)
    for who in ("noor", "sam"):  # one who takes part, and one of whom that is not known yet
        if who == "noor":
            bot.say(who, "meedoen")
            bot.say(who, "ja")
        assert not FORMAL.search(str(bot.say(who, word)))
    bot.staff("sluit")
    assert not FORMAL.search(str(bot.say("noor", word)))


def test_staff_and_people_of_another_dialogue_are_told_u(bot: Bot) -> None:
    opened(bot)
    assert FORMAL.search(str(bot.staff("privacy", None)))
    youth = bot.session.town.rooms.youth
    bot.session.town.rooms = replace(bot.session.town.rooms, youth={"elders": youth["zomerstraat"]})
    assert FORMAL.search(str(bot.say("noor", "privacy")))
