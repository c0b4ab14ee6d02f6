"""Commitments in the chat: where they come from, who hears what, and who sees which."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advice.town.commitments import register
from advice.town.planned import Named
from bot.town.alarms import alarm_words
from commitments.commitment import Commitment, State
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

OFFICIAL, CLERK = ("official",), ("clerk",)
BENCH = 'toezegging "Er komt een bank." wie="wijkbeheer" voor="14 december"'


def commitment(bot: Bot, number: int) -> Commitment:
    found = bot.session.engine.ledger.commitments.get(number)
    assert found is not None
    return found


def go_to(bot: Bot, day: int, hour: int, minute: int = 0, month: int = 12) -> None:
    """Go to an hour of a day in UTC, an hour before that of the town in winter."""
    year = 2026 if month == 12 else 2027
    bot.tick(datetime(year, month, day, hour, minute, tzinfo=UTC) - bot.clock())


def questions(bot: Bot, room: str = "zomerstraat") -> None:
    bot.staff(f"gesprek nieuw vragenuur Vragen {CHARTER} in={room}")
    bot.staff("start tot=21:00")
    bot.say("anna", "vraag Wanneer komt er een bank bij de school?")


def in_room(bot: Bot, room: str, about: str) -> str:
    """A commitment of a room, by a meeting there."""
    bot.staff(f'moment nieuw Avond wanneer="vrijdag 20:00" in={room}')
    return bot.say("otto", f"{BENCH} bij={about}", "staf", roles=OFFICIAL)


def late(bot: Bot, place: str) -> list[list[str]]:
    """Each message that something is late, with what it names."""
    told = bot.told(place, "commitments_late")
    return [[str(row["commitment"]) for row in notice["rows"]] for notice in told]  # type: ignore[attr-defined,index]


def test_each_room_hears_once_of_all_that_is_late_there(bot: Bot) -> None:
    in_room(bot, "zomerstraat", "M1")
    in_room(bot, "plein", "M2")
    bot.say("otto", f"{BENCH} bij=M1", "staf", roles=OFFICIAL)
    bot.say("otto", BENCH, None, roles=OFFICIAL)
    go_to(bot, 14, 15, 59)
    assert (late(bot, "zomerstraat"), late(bot, "plein"), late(bot, "staf")) == ([], [], [])
    go_to(bot, 14, 16)
    assert late(bot, "zomerstraat") == [["T1", "T3"]]
    assert late(bot, "plein") == [["T2"]]
    assert late(bot, "staf") == [["T4"]]
    bot.say("otto", "voortgang T3 klaar De bank staat er.", "staf", roles=OFFICIAL)
    go_to(bot, 21, 16)
    assert late(bot, "zomerstraat") == [["T1", "T3"], ["T1"]]


def test_after_an_outage_of_a_month_it_is_said_once(tmp_path: Path) -> None:
    file = tmp_path / "town.db"
    bot = Bot(file)
    in_room(bot, "zomerstraat", "M1")
    bot.close()
    bot = Bot(file, now=datetime(2027, 1, 16, 12, 0, tzinfo=UTC))
    go_to(bot, 16, 12, 1, month=1)
    assert late(bot, "zomerstraat") == [["T1"]]
    assert commitment(bot, 1).told == 5
    assert commitment(bot, 1).at == datetime(2026, 12, 14, 16, 0, tzinfo=UTC)
    bot.close()


def test_what_is_live_is_what_the_journal_makes_again(tmp_path: Path) -> None:
    file = tmp_path / "town.db"
    bot = Bot(file)
    questions(bot)
    bot.say("otto", "zoekuit V1 vrijdag", "staf", roles=OFFICIAL)
    in_room(bot, "plein", "M1")
    bot.say("otto", 'uitstel T2 20 december want="Ziek."', "staf", roles=OFFICIAL)
    go_to(bot, 22, 12)
    live = dict(bot.session.engine.ledger.commitments.by_id)
    assert [one.state for one in live.values()] == [State.LATE, State.LATE]
    now = bot.clock()
    bot.close()
    bot = Bot(file, now=now)
    assert dict(bot.session.engine.ledger.commitments.by_id) == live
    bot.close()


def test_an_answer_that_was_promised_is_kept_missed_or_not_waited_for(bot: Bot) -> None:
    questions(bot)
    bot.say("anna", "vraag En wanneer komt de boom?")
    bot.say("anna", "vraag En wanneer komt de kraan?")
    for number in (1, 2, 3):
        bot.say("otto", f"zoekuit V{number} vrijdag 4 december", "staf", roles=OFFICIAL)
    bot.say("otto", "antwoord V1 In mei.", "staf", roles=OFFICIAL)
    bot.staff("verberg V2 2")
    states = [commitment(bot, number).state for number in (1, 2, 3)]
    assert states == [State.DONE, State.STOPPED, State.OPEN]
    go_to(bot, 5, 12)
    assert commitment(bot, 3).state is State.LATE
    assert late(bot, "zomerstraat") == []  # where the question stands it was said that it is missed
    bot.staff("toon V2")
    assert commitment(bot, 2).state is State.LATE
    go_to(bot, 11, 16)
    assert late(bot, "zomerstraat") == [["T2", "T3"]]


def test_another_day_for_an_answer_moves_what_the_question_says(bot: Bot) -> None:
    questions(bot)
    bot.say("otto", "zoekuit V1 vrijdag 4 december", "staf", roles=OFFICIAL)
    bot.say("gerda", 'uitstel T1 11 december want="Otto is ziek."', "staf", roles=CLERK)
    go_to(bot, 5, 12)
    assert "promise_lapsed" not in bot.room_codes("zomerstraat")
    assert commitment(bot, 1).state is State.OPEN


def test_what_lacks_something_becomes_one_when_that_is_filled_in(bot: Bot) -> None:
    bot.staff('moment nieuw Avond wanneer="vrijdag 20:00" in=zomerstraat')
    go_to(bot, 5, 12)
    bot.staff('afgesproken M1 "De heg gaat weg." wie="de buurt"')
    bot.staff('afgesproken M1 "Er komt een kraan."')
    assert not bot.session.engine.ledger.commitments.by_id
    assert bot.staff('afgesproken M1 "De heg gaat weg." voor="1 mei"').tells(
        "meeting_agreed", commitment="T1"
    )
    bot.staff('moment nieuw Weer wanneer="vrijdag 18 december 20:00" vorige=M1 in=zomerstraat')
    bot.say("otto", "voortgang T1 klaar De heg is weg.", "staf", roles=OFFICIAL)
    (notice,) = bot.say("anna", "agenda M2").notices
    before = [(row["commitment"], row["state"]) for row in notice.data["before"]]  # type: ignore[union-attr,index]
    assert before == [("T1", "done"), ("", "")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('toezegging "Een bank." voor="1 mei"', "refused_missing"),
        ('toezegging wie="wijkbeheer" voor="1 mei"', "refused_missing"),
        ('toezegging "Een bank." wie="@anna" voor="1 mei"', "refused_who_is_person"),
        ('toezegging "Een bank." wie="anna" voor="1 mei"', "refused_who_is_person"),
        ('toezegging "Een bank." wie="wijkbeheer" voor="1 mei 2020"', "refused_day_past"),
        ('toezegging "Een bank." wie="wijkbeheer" voor="straks"', "refused_day_unreadable"),
        ('toezegging "Een bank." wie="wijkbeheer" voor="1 mei" bij=x', "refused_commitment_about"),
        ('toezegging "Een bank." wie="wijkbeheer" voor="1 mei" bij=M9', "refused_no_such_meeting"),
        ('toezegging "Een bank." wie="wijkbeheer" voor="1 mei" bij=V9',
         "refused_commitment_no_item"),
        ("voortgang T9 klaar Het staat er.", "refused_no_such_commitment"),
        ('uitstel T1 20 december', "refused_missing"),
        ('uitstel T1 14 december want="Ziek."', "refused_commitment_same_day"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_changes_nothing(bot: Bot, text: str, code: str) -> None:
    questions(bot)
    bot.say("gerda", f"{BENCH} bij=V1", "staf", roles=CLERK)
    before = bot.lines()
    assert code in bot.say("gerda", text, "staf", roles=CLERK).codes
    assert bot.lines() == before


def shown(bot: Bot, who: str, place: str | None) -> set[str]:
    """The commitments that somebody sees in the register of a place."""
    (notice,) = bot.say(who, "!register" if place else "register", place).notices
    groups: list[dict[str, list[dict[str, str]]]] = notice.data["groups"]  # type: ignore[assignment]
    return {row["commitment"] for group in groups for row in group["rows"]}


def test_what_is_of_young_people_is_seen_in_their_room_alone(bot: Bot) -> None:
    rooms = bot.session.town.rooms
    bot.session.town.rooms = replace(rooms, youth={"zomerstraat": alarm_words([])})
    in_room(bot, "zomerstraat", "M1")
    in_room(bot, "plein", "M2")
    bot.say("otto", BENCH, None, roles=OFFICIAL)
    assert shown(bot, "noor", "zomerstraat") == {"T1"}
    assert shown(bot, "anna", "plein") == {"T2"}
    assert shown(bot, "anna", None) == {"T2", "T3"}
    assert "refused_no_such_commitment" in bot.say("anna", "T1").codes
    assert shown(bot, "otto", "staf") == {"T1", "T2", "T3"}
    assert "refused_commitment_whose" in bot.say("otto", BENCH, "staf", roles=OFFICIAL).codes
    go_to(bot, 14, 16)
    assert (late(bot, "zomerstraat"), late(bot, "plein")) == ([["T1"]], [["T2"]])
    reader = bot.session.reader
    named = Named("Haarlem", "Europe/Amsterdam", "nl")
    found = register(reader.commitments(), named, bot.session.town.rooms.is_published)
    assert found is not None
    assert [one.number for one in found.commitments] == ["T2", "T3"]


def test_an_official_postpones_their_own_and_the_clerk_any(bot: Bot) -> None:
    in_room(bot, "zomerstraat", "M1")
    later = 'uitstel T1 20 december want="Ziek."'
    other = bot.say("olga", later, "staf", roles=OFFICIAL)
    assert "refused_commitment_of_other" in other.codes
    assert "commitment_postponed_now" in bot.say("otto", later, "staf", roles=OFFICIAL).codes
    again = 'uitstel T1 28 december want="Nog ziek."'
    assert "commitment_postponed_now" in bot.say("gerda", again, "staf", roles=CLERK).codes
    assert commitment(bot, 1).due.isoformat() == "2026-12-28"
    assert bot.room_codes("zomerstraat").count("commitment_postponed") == 2
