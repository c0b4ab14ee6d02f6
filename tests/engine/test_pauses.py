"""A pause: what counts by its own time, what happens by itself, what goes on as ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from bot.platforms.facts import Said
from bot.town.alarms import alarm_words
from dialogues.invariants import broken
from dialogues.machine import Frame
from tests.engine.bots import ROOMS, Bot
from tests.replay.playing import CHARTER

MINUTE = timedelta(minutes=1)
HELD = "refused_paused"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    made.open()
    made.say("anna", "stelling Er moeten meer bomen komen.")
    yield made
    made.close()


def frame(bot: Bot) -> Frame:
    found = bot.dialogue.frame
    assert found is not None
    return found


def closes_at(bot: Bot) -> datetime:
    found = frame(bot).closes_at
    assert found is not None
    return found


def sent(bot: Bot, who: str, text: str, at: datetime) -> Said:
    """What somebody sent at a moment, whenever it arrives."""
    fact = bot.fact(who, text, wait=0)
    return replace(fact, origin=structs.replace(fact.origin, at=at, late=True))


# -- the own time of what is said decides ---------------------------------------------------------


def test_what_was_sent_before_the_pause_counts_though_it_is_heard_in_it(bot: Bot) -> None:
    before = bot.clock()
    bot.tick(MINUTE)
    bot.staff("pauze")
    bot.put(sent(bot, "bram", "stem S1 eens", before))
    assert bot.tally("S1") == {"agree": 1}
    assert list(broken(bot.dialogue)) == []


def test_what_was_sent_in_the_pause_does_not_count_afterwards(bot: Bot) -> None:
    bot.staff("pauze")
    bot.tick(MINUTE)
    within = bot.clock()
    bot.tick(MINUTE)
    bot.staff("hervat")
    bot.put(sent(bot, "bram", "stem S1 eens", within))
    assert bot.tally("S1") == {}
    assert bot.told("bram", HELD) == [{"over": True}]
    bot.say("bram", "stem S1 eens")
    assert bot.tally("S1") == {"agree": 1}


def test_a_pause_that_arrives_late_takes_back_no_vote_that_is_in(bot: Bot) -> None:
    before = bot.clock()
    bot.tick(MINUTE)
    bot.say("bram", "stem S1 eens")
    fact = sent(bot, "vera", "pauze", before)
    origin = structs.replace(fact.origin, roles=frozenset({"moderator"}))
    bot.put(replace(fact, origin=origin))
    assert bot.tally("S1") == {"agree": 1}
    assert list(broken(bot.dialogue)) == []
    assert HELD in bot.say("bram", "stem S1 oneens").codes


def test_a_vote_in_a_pause_is_seen_by_check(bot: Bot) -> None:
    bot.say("bram", "stem S1 eens")
    moment = bot.clock()
    bot.tick(MINUTE)
    bot.staff("pauze")
    (pause,) = frame(bot).pauses
    frame(bot).pauses = (replace(pause, began=moment - MINUTE),)
    assert list(broken(bot.dialogue)) == ["S1 counts a vote given in a pause"]
    frame(bot).pauses = (pause,)


# -- hours ----------------------------------------------------------------------------------------


def test_every_hour_that_lay_ahead_moves_by_as_long_as_the_pauses_took(bot: Bot) -> None:
    bot.staff("tot over 2 uur")
    was = frame(bot)
    hours = (was.closes_at, was.collecting_ends_at, was.reminder_at)
    bot.staff("pauze")
    bot.clock.set(bot.clock() + timedelta(minutes=14, seconds=20))
    bot.staff("hervat")  # 14 minutes and 21 seconds later
    bot.staff("pauze Nog een keer.")
    bot.clock.set(bot.clock() + timedelta(minutes=3, seconds=59))
    bot.staff("hervat")
    now = frame(bot)
    moved = [
        late - hour
        for hour, late in zip(
            hours, (now.closes_at, now.collecting_ends_at, now.reminder_at), strict=True
        )
        if hour is not None and late is not None
    ]
    assert moved == [timedelta(minutes=15 + 4)] * 3
    assert bot.told(ROOMS[0], "round_resumed")[-1]["closes_at"] == now.closes_at


def test_nothing_of_the_round_happens_in_a_pause_that_outlasts_its_hour(bot: Bot) -> None:
    bot.staff("tot over 1 uur")
    bot.staff("pauze")
    bot.tick(timedelta(hours=5))
    assert "round_result" not in bot.room_codes()
    assert "reminder" not in bot.room_codes()
    bot.staff("hervat")
    assert closes_at(bot) - bot.clock() > timedelta(minutes=59)
    bot.tick(timedelta(hours=1, minutes=1))
    assert "round_result" in bot.room_codes()


def test_a_pause_ends_by_itself_and_staff_hears_it_an_hour_before(bot: Bot) -> None:
    until = closes_at(bot)
    bot.staff("pauze")
    bot.tick(timedelta(hours=22, minutes=59))
    assert bot.told("staf", "pause_ends") == []
    bot.tick(2 * MINUTE)
    assert [one["minutes"] for one in bot.told("staf", "pause_ends")] == [59]
    assert HELD in bot.say("bram", "stem S1 eens").codes
    bot.tick(timedelta(hours=1))
    assert bot.room_codes().count("round_resumed") == 1
    assert closes_at(bot) == until + timedelta(hours=24)
    assert bot.say("bram", "stem S1 eens").codes[0] != HELD
    assert bot.tally("S1") == {"agree": 1}


def test_who_was_away_for_the_end_of_it_says_it_once_and_nothing_of_beforehand(bot: Bot) -> None:
    bot.staff("pauze")
    bot.tick(timedelta(days=3))
    assert bot.room_codes().count("round_resumed") == 1
    assert bot.told("staf", "pause_ends") == []


def test_the_journal_read_again_has_the_same_pause(bot: Bot) -> None:
    bot.staff("pauze Het alarm gaat.")
    state = frame(bot).pauses, closes_at(bot)
    bot.session.close()
    bot.session = Bot(bot.file, now=bot.clock()).session
    assert (frame(bot).pauses, closes_at(bot)) == state
    assert frame(bot).pauses[0].reason == "Het alarm gaat."


# -- what goes on ---------------------------------------------------------------------------------


def test_who_is_forgotten_in_a_pause_takes_the_vote_along(bot: Bot) -> None:
    bot.say("bram", "stem S1 eens")
    bot.staff("pauze")
    bot.say("bram", "vergeetmij")
    bot.say("bram", "ja, vergeet mij")
    assert bot.tally("S1") == {}


def test_own_words_can_be_taken_back_in_a_pause(bot: Bot) -> None:
    bot.staff("pauze")
    assert "withdrawn" in bot.say("anna", "intrekken S1").codes


def test_staff_reviews_and_hides_in_a_pause(bot: Bot) -> None:
    bot.staff("pauze")
    assert "hidden" in bot.staff("verberg S1 2").codes
    assert "shown" in bot.staff("toon S1").codes


def test_a_question_asked_before_the_pause_waits_for_its_answer(bot: Bot) -> None:
    bot.say("bram", "meedoen")
    bot.staff("pauze")
    assert HELD in bot.say("bram", "ja").codes
    bot.staff("hervat")
    assert "offer_statements" in bot.say("bram", "ja").codes


def test_a_reaction_in_a_pause_is_kept_nowhere(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "open.db")
    bot.open(more="stemming=open")
    bot.say("anna", "stelling Er moeten meer bomen komen.")
    stood = bot.reaction("bram", "👍", "S1")
    bot.put(stood)
    bot.staff("pauze")
    bot.put(bot.reaction("carla", "👎", "S1"))
    bot.put(bot.unreaction("bram", stood.origin.cause))
    assert bot.tally("S1") == {"agree": 1}
    assert len(bot.told("carla", HELD)) == len(bot.told("bram", HELD)) == 1
    bot.staff("hervat")
    bot.say("carla", "!stem S1 eens", ROOMS[0])
    assert bot.tally("S1") == {"agree": 2}
    bot.close()


# -- a circle -------------------------------------------------------------------------------------


def test_the_clock_of_a_turn_stands_still(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "kring.db")
    bot.open("kring")
    for who in ("anna", "bram"):
        bot.say(who, "spreken")
    bot.staff("door")
    first = bot.told(ROOMS[0], "circle_turn")[-1]["until"]
    bot.staff("pauze")
    bot.tick(timedelta(minutes=10))
    assert len(bot.told(ROOMS[0], "circle_turn")) == 1
    assert bot.staff("door").codes == ("refused_paused_first",)
    bot.staff("hervat")
    told = bot.told(ROOMS[0], "circle_turn")
    assert len(told) == 2
    assert isinstance(first, datetime)
    assert told[-1]["until"] == first + timedelta(minutes=10, seconds=2)
    bot.tick(timedelta(minutes=3))
    assert len(bot.told(ROOMS[0], "circle_turn")) == 3
    spoken = bot.dialogue.states[0].seconds
    assert list(spoken.values()) == [180]
    bot.close()


# -- young people ---------------------------------------------------------------------------------


def test_words_of_young_people_that_cannot_wait_are_not_lost_in_a_pause(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "jong.db")
    rooms = bot.session.town.rooms
    bot.session.town.rooms = replace(rooms, youth={ROOMS[0]: alarm_words(["blauwe plek*"])})
    bot.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in={ROOMS[0]}")
    bot.staff("gesprek start")
    bot.staff("pauze Er is bezoek.")
    said = bot.say("noor", "stelling Ik heb blauwe plekken.")
    assert said.codes == (HELD, "youth_cared_paused")
    assert len(bot.told("staf", "youth_alarm_paused")) == 1
    assert "blauwe" not in "".join(m.plain for m in bot.heard if m.place.name == "staf")
    assert bot.say("sam", "stelling Er moet een skatebaan komen.").codes == (HELD,)
    bot.staff("hervat")
    assert "statement_noted" in bot.say("sam", "stelling Er moet een skatebaan komen.").codes
    bot.close()


# -- the calendar ----------------------------------------------------------------------------------


def test_the_calendar_has_no_hour_that_only_stands_while_a_pause_lasts(tmp_path: Path) -> None:
    """Another title in the pause is written; the hours come with the end of the pause, which took
    ten minutes."""
    bot = Bot(tmp_path / "agenda.db")
    bot.staff(f"gesprek nieuw gesprek Ons gesprek {CHARTER} in={ROOMS[0]}")
    bot.staff('peiling soort=een vraag="Wat eerst?" opties="Bomen; Bankjes"')
    bot.staff('gesprek rooster 1="vandaag 20:00" 2="21:00" 3="21:30" eind="22:00"')
    bot.tick(100 * MINUTE)
    before = {index: (one.begins_at, one.ends_at) for index, one in bot.dialogue.announced.items()}
    assert len(before) == 3
    bot.staff("pauze")
    bot.staff('gesprek titel Onze straat want="Zo heet zij."')
    titles = {one.title.partition(":")[0] for one in bot.dialogue.announced.values()}
    assert titles == {"Onze straat"}
    hours = {index: (one.begins_at, one.ends_at) for index, one in bot.dialogue.announced.items()}
    assert hours == before
    bot.tick(10 * MINUTE - timedelta(seconds=10))
    bot.staff("hervat")
    later = {index: (one.begins_at, one.ends_at) for index, one in bot.dialogue.announced.items()}
    moved = 10 * MINUTE
    first, *others = before
    assert later[first] == (before[first][0], before[first][1] + moved)  # type: ignore[operator]
    for index in others:
        assert later[index] == tuple(one + moved for one in before[index] if one is not None)
    bot.close()


@pytest.mark.parametrize(
    ("format", "before", "words"),
    [
        ("kring", ["spreken"], ["door", "kring minuten=2"]),
        ("vragenuur", ["vraag Wanneer komt de bus?"], ["nu V1"]),
        (
            "gesprek",
            ["stelling Er moeten meer bomen komen.", "!volgende", "!volgende"],
            ["advies weg A1 Later.", "advies erbij S1 Nu.", "advies orde A1 Zo."],
        ),
    ],
)
def test_what_moderators_do_in_a_round_waits_for_hervat(
    format: str, before: list[str], words: list[str], tmp_path: Path
) -> None:
    """They are told to go on first, not that what they sent does not count."""
    bot = Bot(tmp_path / "other.db")
    bot.open(format)
    for said in before:
        if said == "!volgende":
            for who in ("bram", "carla", "daan", "eva", "fien"):
                bot.say(who, "stem S1 eens")
            bot.staff("volgende")
        else:
            bot.say("anna", said)
    bot.staff("pauze")
    for said in words:
        assert bot.staff(said).codes == ("refused_paused_first",)
    bot.staff("hervat")
    for said in words:
        assert "refused_paused_first" not in bot.staff(said).codes
    bot.close()
