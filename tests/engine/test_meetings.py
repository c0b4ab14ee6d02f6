"""A meeting in the chat, from its planning to what was agreed, as the four people meet it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from meetings.meeting import Phase
from tests.engine.bots import Bot
from tests.engine.planned import BEGINS, NEW, card, go_to, meeting

CLERK, COUNCILLOR, OFFICIAL = ("clerk",), ("councillor",), ("official",)


def test_a_meeting_is_planned_and_stands_in_its_room(bot: Bot) -> None:
    assert bot.staff(f'{NEW} waar="Buurthuis" plaatsen=60 duur="90 minuten"').tells(
        "meeting_planned", "vrijdag 4 december 2026", begins_at=BEGINS
    )
    shown = card(bot)
    assert (shown["where"], shown["most"], shown["phase"]) == ("Buurthuis", 60, "planned")
    assert shown["ends_at"] == BEGINS + timedelta(minutes=90)
    assert bot.room_codes("zomerstraat") == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("moment nieuw Ons plein", "refused_missing"),
        ('moment nieuw wanneer="vrijdag 20:00"', "refused_missing"),
        ('moment nieuw X wanneer="vrijdag 8 uur" in=plein', "refused_moment_two"),
        ('moment nieuw X wanneer="gisteren 20:00" in=plein', "refused_moment_unreadable"),
        ('moment nieuw X wanneer="vrijdag 20:00"', "refused_which_room"),
        ('moment nieuw X wanneer="vrijdag 20:00" in=haven', "refused_unknown_room"),
        (f"{NEW} plaatsen=veel", "refused_meeting_places"),
        (f"{NEW} plaatsen=0", "refused_value_out_of_range"),
        (f'{NEW} plaatsen="bewoners 60, ridders 3"', "refused_value_unknown"),
        (f"{NEW} voor=ridders", "refused_value_unknown"),
        (f"{NEW} door=de-koning", "refused_value_unknown"),
        (f'{NEW} duur="een eeuw"', "refused_meeting_duration"),
        (f"{NEW} gesprek=niets", "refused_no_such_dialogue"),
        (f"{NEW} vorige=M7", "refused_no_such_meeting"),
        ("moment", "refused_subword_missing"),
        ("moment af", "unknown_word"),
        ("moment afzeggen M9 De zaal is dicht.", "refused_no_such_meeting"),
        ("moment verzet wanneer=morgen want=zo", "refused_no_meeting"),
        ("aanwezig M1 41", "refused_no_such_meeting"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(bot: Bot, said: str, code: str) -> None:
    assert code in bot.staff(f"!{said}").codes
    assert not bot.session.engine.ledger.meetings.by_id


@pytest.mark.parametrize(
    ("lasts", "says"),
    [("3 uur", "tot 23.00 uur"), ("6 uur", "tot 2.00 uur"), ("3 dagen", "tot maandag 7 december")],
)
def test_an_end_on_another_day_is_said_with_its_day(bot: Bot, lasts: str, says: str) -> None:
    """A meeting of three days ended "20.00 uur"; one into the night ends that night."""
    assert bot.staff(f'{NEW} duur="{lasts}"').tells("meeting_planned")
    for said in (bot.staff("agenda M1"), bot.in_room("plein")[-1]):
        assert says in said.replace("02.00", "2.00")


def test_an_hour_with_two_readings_is_asked_and_the_answer_completes_it(bot: Bot) -> None:
    assert "refused_moment_two" in bot.staff(NEW.replace("20:00", "8 uur")).codes
    assert "meeting_planned" in bot.staff("2").codes
    hours = meeting(bot).hours
    assert hours is not None
    assert hours.begins_at == BEGINS


def test_signing_up_full_waiting_and_the_place_that_comes_free(bot: Bot) -> None:
    bot.staff(f"{NEW} plaatsen=2")
    assert bot.say("anna", "aanmelden M1").tells("meeting_signed_up", number=1, again=False)
    assert bot.say("anna", "aanmelden").tells("meeting_signed_up", number=1, again=True)
    assert bot.say("bram", "!aanmelden M1", "plein").tells("meeting_signed_up", number=2)
    assert bot.say("cor", "aanmelden m1").tells("meeting_waits", number=3)
    assert bot.say("anna", "afmelden").tells("meeting_signed_off")
    bot.tick(timedelta(seconds=1))
    (offer,) = bot.told("cor", "your_meeting_offer")
    assert offer["until"] > bot.clock() + timedelta(hours=23)  # type: ignore[operator]
    assert bot.say("dirk", "aanmelden M1").tells("meeting_waits")
    assert bot.say("cor", "aanmelden M1").tells("meeting_signed_up", number=3, again=False)
    assert meeting(bot).signed_up == 2


def test_who_it_is_not_for_is_told_so(bot: Bot) -> None:
    bot.staff(f'{NEW} voor="raad, ambtenaren"')
    assert bot.say("anna", "aanmelden M1").tells("refused_meeting_not_for_you")
    assert bot.say("raf", "aanmelden M1", roles=COUNCILLOR).tells("meeting_signed_up")


def test_figures_are_exact_to_staff_and_from_five_to_others(bot: Bot) -> None:
    bot.staff(NEW)
    for name in ("anna", "bram", "cor", "dirk"):
        bot.say(name, "aanmelden M1")
    assert bot.staff("agenda M1").tells("meeting_now", signed_up=4)
    assert bot.say("anna", "agenda M1").tells("meeting_now", signed_up=None)
    assert card(bot)["signed_up"] is None
    bot.say("els", "aanmelden M1")
    bot.tick(timedelta(seconds=1))
    assert card(bot)["signed_up"] == 5
    assert bot.say("anna", "agenda M1").tells("meeting_now", signed_up=5)


def test_the_card_is_not_edited_for_one_sign_up_among_few(bot: Bot) -> None:
    bot.staff(NEW)
    before = len(bot.told("plein", "meeting_card"))
    bot.say("anna", "aanmelden M1")
    bot.say("anna", "afmelden M1")
    bot.tick(timedelta(seconds=1))
    assert len(bot.told("plein", "meeting_card")) == before


def test_the_card_is_not_edited_for_one_supporter_among_few(bot: Bot) -> None:
    bot.say("anna", 'moment voorstel Feest waarom="Dat is leuk" in=plein')
    bot.staff("ok M1")
    edits: list[int] = []
    for name in ("bram", "cor", "dirk", "els", "fien", "gijs"):
        before = len(bot.told("plein", "meeting_card"))
        bot.say(name, "steun M1")
        bot.tick(timedelta(minutes=1))
        edits.append(len(bot.told("plein", "meeting_card")) - before)
    assert edits == [0, 0, 0, 1, 1, 1]
    assert card(bot)["supports"] == 6


def test_people_without_an_account_are_signed_up_by_staff_alone(bot: Bot) -> None:
    bot.staff(f'{NEW} plaatsen="bewoners 60, raad 20"')
    said = "aanmelden M1 namens=raad aantal=12"
    assert bot.staff(said).tells("meeting_signed_up_others", people=12, signed_up=12)
    assert bot.staff(said.replace("12", "21")).tells("refused_meeting_too_many", free=20)
    assert bot.staff(said.replace("12", "5")).tells("meeting_signed_up_others", signed_up=5)
    assert "refused_word_not_yours" in bot.say("anna", said).codes
    assert meeting(bot).signed_up == 5


def test_moving_tells_the_room_and_everybody_who_signed_up(bot: Bot) -> None:
    bot.staff(NEW)
    bot.say("anna", "aanmelden M1")
    assert "refused_missing" in bot.staff('moment verzet M1 wanneer="zaterdag 20:00"').codes
    bot.staff('moment verzet M1 wanneer="zaterdag 20:00" want="De zaal is dicht."')
    (told,) = bot.told("plein", "meeting_moved")
    assert (told["was"], told["want"]) == (BEGINS, "De zaal is dicht.")
    (mine,) = bot.told("anna", "your_meeting_moved")
    assert mine["begins_at"] == BEGINS + timedelta(days=1)
    assert meeting(bot).signed_up == 1
    assert meeting(bot).sequence == 1


def test_calling_off_tells_everybody_at_once(bot: Bot) -> None:
    bot.staff(NEW)
    bot.say("anna", "aanmelden M1")
    assert bot.staff("moment afzeggen M1 De zaal is dicht.").tells("meeting_called_off_now")
    assert len(bot.told("plein", "meeting_called_off")) == 1
    assert len(bot.told("anna", "your_meeting_called_off")) == 1
    assert bot.say("anna", "aanmelden M1").tells("refused_meeting_phase", phase="called_off")
    assert meeting(bot).phase is Phase.CALLED_OFF


def test_at_its_hour_the_room_is_told_and_at_its_end_staff_is_asked(bot: Bot) -> None:
    bot.staff(NEW)
    go_to(bot, BEGINS)
    assert len(bot.told("plein", "meeting_begins")) == 1
    assert bot.say("anna", "aanmelden M1").tells("refused_meeting_begun")
    go_to(bot, BEGINS + timedelta(hours=2))
    assert len(bot.told("staf", "meeting_held_staff")) == 1
    bot.staff("aanwezig 41")
    assert bot.staff('afgesproken M1 "De bank wordt gemaakt."').tells("meeting_agreed", who="")
    bot.staff('afgesproken "Er komt een kraan." wie="gemeente" voor="1 februari"')
    shown = card(bot)
    assert (shown["phase"], shown["attended"]) == ("held", 41)
    assert [a["who"] for a in shown["agreements"]] == ["", "gemeente"]  # type: ignore[index, union-attr]
    bot.staff(NEW.replace("vrijdag", "zaterdag") + " vorige=M1")
    before = bot.staff("agenda M2").notices[0].data["before"]
    assert [a["text"] for a in before] == ["De bank wordt gemaakt.", "Er komt een kraan."]  # type: ignore[index, union-attr]
    assert card(bot)["follows"] == "M1"


def test_what_was_agreed_before_says_that_its_day_has_gone(bot: Bot) -> None:
    bot.staff(NEW)
    go_to(bot, BEGINS)
    for by in ("", ' voor="1 februari"', ' voor="1 maart"'):
        bot.staff(f'afgesproken M1 "Er komt een kraan{by[-3:-1]}."{by}')
    go_to(bot, datetime(2027, 2, 2, 9, 0, tzinfo=UTC))
    bot.staff(NEW + " vorige=M1")
    before = bot.staff("agenda M2").notices[0].data["before"]
    assert [a["late"] for a in before] == [False, True, False]  # type: ignore[index, union-attr]


def test_reminders_come_to_who_asked_for_them_alone(bot: Bot) -> None:
    bot.staff(NEW)
    for name in ("anna", "bram"):
        bot.say(name, "aanmelden M1")
    assert bot.say("anna", "herinner M1").tells("meeting_reminds", day=True, hour=True)
    assert bot.say("cor", "herinner M1").tells("refused_meeting_not_signed_up")
    go_to(bot, BEGINS - timedelta(days=1))
    go_to(bot, BEGINS - timedelta(hours=1))
    assert [told["day"] for told in bot.told("anna", "your_meeting_soon")] == [True, False]
    assert bot.told("bram", "your_meeting_soon") == []


def test_who_waits_is_told_that_they_wait(bot: Bot) -> None:
    bot.staff(f"{NEW} plaatsen=1")
    for name in ("anna", "bram"):
        bot.say(name, "aanmelden M1")
        bot.say(name, "herinner M1 uur")
    bot.staff('moment verzet M1 wanneer="zaterdag 20:00" want="De zaal is dicht."')
    go_to(bot, BEGINS + timedelta(hours=23))
    bot.staff("moment afzeggen M1 Er is ijzel.")
    for name, stand in (("anna", "place"), ("bram", "waits")):
        for code in ("your_meeting_moved", "your_meeting_soon", "your_meeting_called_off"):
            assert [told["stand"] for told in bot.told(name, code)] == [stand], code
