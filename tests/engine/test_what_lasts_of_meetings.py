"""Restarts, forgetting, tables and agreements of a meeting, and what is asked about it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from meetings.meeting import Phase
from meetings.tables import listing_hash, split
from tests.engine.bots import Bot
from tests.engine.planned import BEGINS, NEW, go_to, meeting
from tests.replay.playing import CHARTER

CLERK, COUNCILLOR, OFFICIAL = ("clerk",), ("councillor",), ("official",)


def test_all_stands_after_a_restart(bot: Bot, tmp_path: Path) -> None:
    bot.staff(f"{NEW} plaatsen=1")
    bot.say("anna", "aanmelden M1")
    bot.say("bram", "aanmelden M1")
    before = meeting(bot)
    bot.session.close()
    again = Bot(tmp_path / "town.db", now=bot.clock())
    assert meeting(again) == before
    again.say("anna", "afmelden M1")
    again.tick(timedelta(seconds=1))
    assert len(again.told("bram", "your_meeting_offer")) == 1
    again.close()
    bot.session = Bot(tmp_path / "town.db", now=again.clock()).session


def test_names_and_sign_ups_are_gone_after_seven_days(bot: Bot, tmp_path: Path) -> None:
    bot.staff(NEW)
    bot.say("anna", 'aanmelden M1 naam="Anna Zonderling"')
    bot.say("bram", 'aanmelden M1 naam="Bram Merkwaardig"')
    assert "Anna Zonderling" in bot.staff("agenda M1")
    bot.say("bram", "afmelden M1")
    go_to(bot, BEGINS)
    go_to(bot, BEGINS + timedelta(hours=2))
    go_to(bot, BEGINS + timedelta(days=7, hours=3))
    assert meeting(bot).erased
    assert meeting(bot).signed_up == 1
    assert "Anna" not in bot.staff("agenda M1")
    bot.tick(timedelta(days=1))
    bot.session.close()
    found = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"Zonderling" not in found
    assert b"Merkwaardig" not in found
    bot.session = Bot(tmp_path / "town.db", now=bot.clock()).session


def test_who_asks_to_be_forgotten_is_signed_off_and_the_proposal_is_gone(bot: Bot) -> None:
    bot.staff(NEW)
    bot.say("anna", 'aanmelden M1 naam="Anna Zonderling"')
    bot.say("anna", "moment voorstel Schoon plein in=plein")
    bot.say("anna", "vergeetmij")
    bot.say("anna", "ja, vergeet mij")
    assert meeting(bot).signed_up == 0
    assert meeting(bot, 2).phase is Phase.CALLED_OFF
    assert "Schoon" not in bot.staff("agenda M2")


def test_tables_are_drawn_after_the_hash_of_the_list_is_told(bot: Bot) -> None:
    bot.staff(NEW)
    for number in range(6):
        bot.say(f"buur{number}", "aanmelden M1")
    bot.say("raf", "aanmelden M1", roles=COUNCILLOR)
    bot.staff("aanmelden M1 namens=college aantal=2")
    assert bot.staff("tafels M1 10").tells("refused_meeting_few_people")
    assert bot.staff("tafels M1 3").tells("meeting_tables_now", seed="")
    (listed,) = bot.told("plein", "meeting_tables_listed")
    everybody = meeting(bot).people()
    assert listed["listing_hash"] == listing_hash(everybody)
    assert bot.told("plein", "meeting_tables_drawn") == []
    bot.say("laat", "aanmelden M1")  # comes after the list
    bot.tick(timedelta(minutes=1))
    (told,) = bot.told("plein", "meeting_tables_drawn")
    draw = meeting(bot).draw
    assert draw is not None
    assert draw.drawn == split(everybody, str(told["seed"]), 3)
    assert sorted(len(table) for table in draw.drawn) == [3, 3, 3]
    (mine,) = bot.told("buur1", "your_meeting_table")
    assert mine["table"] == draw.table_of(2)
    assert bot.say("buur1", "agenda M1").tells("meeting_now", table=draw.table_of(2))
    assert bot.told("laat", "your_meeting_table") == []
    (rows,) = bot.told("staf", "meeting_tables_staff")
    assert [r["people"] for r in rows["rows"]] == [  # type: ignore[index, union-attr]
        [person.name for person in table] for table in draw.drawn
    ]


def test_each_table_brings_back_at_most_three_agreements(bot: Bot) -> None:
    bot.staff(NEW)
    for number in range(4):
        bot.say(f"buur{number}", "aanmelden M1")
    bot.staff("tafels M1 2")
    go_to(bot, BEGINS)
    assert bot.staff('afgesproken M1 "Iets." tafel=3').tells("refused_meeting_no_table")
    for number in range(3):
        assert "meeting_agreed" in bot.staff(f'afgesproken M1 "Punt {number}." tafel=2').codes
    assert bot.staff('afgesproken M1 "Nog een." tafel=2').tells("refused_meeting_table_full")
    assert "meeting_agreed" in bot.staff('afgesproken M1 "Nog een." tafel=1').codes


def test_the_day_that_won_in_a_poll_is_that_of_the_meeting(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw peiling Welke dag {CHARTER} in=plein")
    bot.staff('peiling soort=datum vraag="Wanneer?" opties="vrijdag 20:00; zaterdag 20:00"')
    bot.staff("gesprek start")
    for number in range(5):
        bot.say(f"buur{number}", "stem P1 2")
    assert "refused_advice_round_open" in bot.staff("moment nieuw Ons plein uit=P1 in=plein").codes
    assert "refused_meeting_dates" in bot.staff("moment nieuw Ons plein uit=P7 in=plein").codes
    bot.staff("sluit ja")
    assert bot.staff("moment nieuw Ons plein uit=P1 in=plein").tells(
        "meeting_planned", begins_at=BEGINS + timedelta(days=1)
    )


def test_what_the_agreements_lack_is_asked_once_and_can_be_said(bot: Bot) -> None:
    bot.staff(NEW)
    go_to(bot, BEGINS)
    go_to(bot, BEGINS + timedelta(hours=2))
    bot.staff('afgesproken M1 "De bank wordt gemaakt."')
    bot.staff('afgesproken M1 "Er komt een kraan." wie="gemeente" voor="1 februari"')
    go_to(bot, BEGINS + timedelta(hours=23))
    (told,) = bot.told("staf", "meeting_agreements_lack")
    assert [row["text"] for row in told["lacking"]] == ["De bank wordt gemaakt."]  # type: ignore[index, union-attr]
    bot.staff('afgesproken M1 "de bank wordt gemaakt." wie="Spaarnelanden" voor="1 maart"')
    assert [(a.text, a.who) for a in meeting(bot).agreements] == [
        ("De bank wordt gemaakt.", "Spaarnelanden"),
        ("Er komt een kraan.", "gemeente"),
    ]
    bot.tick(timedelta(days=3))
    assert len(bot.told("staf", "meeting_agreements_lack")) == 1


def test_moment_af_is_asked_about(bot: Bot) -> None:
    bot.staff(NEW)
    answer = bot.staff("!moment af M1 De zaal is dicht.")
    assert answer.tells("unknown_word", nearest="moment afzeggen")
    assert meeting(bot).phase is Phase.PLANNED
    assert "meeting_called_off_now" in bot.staff("ja").codes


@pytest.mark.parametrize(
    ("late", "code"),
    [(0, "begins"), (60, "begins"), (61, "began"), (3696, "began")],
)
def test_what_began_while_the_bot_was_away_is_not_said_to_begin_now(
    bot: Bot, late: int, code: str
) -> None:
    """The room reads when it began, and not by how many minutes that is too late."""
    bot.staff(f'{NEW} waar="Buurthuis"')
    go_to(bot, BEGINS + timedelta(minutes=late))
    told = [c for c in bot.room_codes("plein") if c.startswith("meeting_beg")]
    assert told == [f"meeting_{code}"]
    assert bot.told("plein", f"meeting_{code}")[0]["begins_at"] == BEGINS
