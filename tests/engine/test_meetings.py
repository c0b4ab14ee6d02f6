"""A meeting in the chat, from its planning to what was agreed, as the four people meet it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dialogues.dialogue import Status
from meetings.meeting import Meeting, Phase
from meetings.tables import listing_hash, split
from tests.engine.bots import Answer, Bot
from tests.replay.playing import CHARTER

CLERK, COUNCILLOR, OFFICIAL = ("clerk",), ("councillor",), ("official",)
NEW = 'moment nieuw Ons plein wanneer="vrijdag 20:00" in=plein'
BEGINS = datetime(2026, 12, 4, 19, 0, tzinfo=UTC)


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    bot = Bot(tmp_path / "town.db")
    yield bot
    bot.close()


def meeting(bot: Bot, number: int = 1) -> Meeting:
    found = bot.session.engine.ledger.meetings.get(number)
    assert found is not None
    return found


def go_to(bot: Bot, at: datetime) -> None:
    bot.tick(at - bot.clock())


def card(bot: Bot) -> dict[str, object]:
    return dict(bot.told("plein", "meeting_card")[-1])


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


def test_a_dialogue_that_is_tied_opens_and_closes_with_the_meeting(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=plein")
    bot.staff(f"{NEW} gesprek=ons-gesprek")
    bot.staff('moment verzet M1 wanneer="zaterdag 20:00" want="De zaal is dicht."')
    go_to(bot, BEGINS)
    assert bot.dialogue.status is Status.PREPARING
    go_to(bot, BEGINS + timedelta(days=1))
    assert bot.dialogue.status is Status.OPEN
    frame = bot.dialogue.open_frame
    assert frame is not None
    assert frame.closes_at == BEGINS + timedelta(days=1, hours=2)
    go_to(bot, BEGINS + timedelta(days=1, hours=3))
    assert bot.dialogue.status is Status.CLOSED
    assert bot.told("plein", "schedule_changed") == []  # the meeting told it


def test_a_meeting_that_is_called_off_leaves_its_dialogue_unopened(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=plein")
    bot.staff(f"{NEW} gesprek=ons-gesprek")
    bot.staff("moment afzeggen M1 De zaal is dicht.")
    go_to(bot, BEGINS + timedelta(hours=3))
    assert bot.dialogue.status is Status.PREPARING
    assert "course" in bot.staff("gesprek start").codes


def test_a_tie_that_cannot_be_leaves_no_meeting(bot: Bot) -> None:
    bot.staff("gesprek nieuw stellingenronde Ons gesprek in=plein")
    bot.staff("stop")
    answer = bot.staff(f"{NEW} gesprek=ons-gesprek")
    assert answer.codes[0].startswith("refused_")
    assert not bot.session.engine.ledger.meetings.by_id
    assert bot.told("plein", "meeting_card") == []


def test_what_a_councillor_plans_waits_for_the_clerk(bot: Bot) -> None:
    assert bot.say("raf", NEW, roles=COUNCILLOR).tells("meeting_asked")
    assert bot.told("plein", "meeting_card") == []
    assert bot.say("anna", "aanmelden M1").tells("refused_no_such_meeting")
    for word in ("ok M1", "moment neem M1", "moment weiger M1 Nee."):
        assert "refused_meeting_clerk" in bot.staff(word).codes
        assert bot.say("raf", f"!{word}", roles=COUNCILLOR).codes[0].startswith("refused_")
    assert bot.say("gina", "ok M1", roles=CLERK).tells("meeting_planned")
    assert card(bot)["phase"] == "planned"


def proposed(bot: Bot) -> Answer:
    answer = bot.say("anna", 'moment voorstel Schoon plein waarom="Er ligt afval." in=plein')
    assert bot.told("plein", "meeting_card") == []
    return answer


def test_a_proposal_is_read_first_supported_and_taken_up(bot: Bot) -> None:
    assert proposed(bot).tells("meeting_proposed", threshold=10)
    assert bot.say("bram", "steun M1").tells("refused_no_such_meeting")
    bot.staff("ok M1")
    bot.tick(timedelta(seconds=1))
    assert card(bot)["phase"] == "proposed"
    assert bot.say("anna", "steun M1").tells("refused_meeting_support_own")
    assert bot.staff("steun M1", None).tells("refused_meeting_support_staff")
    for number in range(10):
        assert bot.say(f"buur{number}", "steun M1").tells("meeting_supported", again=False)
    assert bot.say("buur1", "steun M1").tells("meeting_supported", again=True)
    assert len(bot.told("staf", "meeting_supported_staff")) == 1
    assert "refused_meeting_when" in bot.staff("moment neem M1").codes
    bot.staff('moment neem M1 wanneer="vrijdag 20:00" plaatsen=20')
    bot.tick(timedelta(seconds=1))
    assert (card(bot)["phase"], card(bot)["most"]) == ("planned", 20)


def test_a_proposal_is_declined_with_a_reason_that_its_author_reads(bot: Bot) -> None:
    proposed(bot)
    bot.staff("moment weiger M1 Dit doet de provincie.")
    bot.tick(timedelta(seconds=1))
    (told,) = bot.told("anna", "your_meeting_declined")
    assert told["reason"] == "Dit doet de provincie."
    assert bot.told("plein", "meeting_declined") == []  # the room never saw it


def test_a_proposal_that_nobody_takes_lapses(bot: Bot) -> None:
    proposed(bot)
    bot.staff("ok M1")
    bot.tick(timedelta(days=60))
    assert len(bot.told("plein", "meeting_not_taken")) == 1
    assert meeting(bot).phase is Phase.LAPSED


def test_an_author_takes_a_proposal_back_and_nobody_else_does(bot: Bot) -> None:
    proposed(bot)
    bot.staff("ok M1")
    assert bot.say("bram", "intrekken M1").tells("refused_meeting_not_yours")
    assert bot.say("anna", "intrekken M1").tells("meeting_withdrawn")


def test_the_agenda_has_meetings_and_rounds_in_the_order_of_their_hours(bot: Bot) -> None:
    assert bot.say("anna", "agenda").tells("agenda", rows=[])
    bot.staff(NEW)
    bot.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat")
    bot.staff('gesprek start om="donderdag 20:00"')
    (agenda,) = bot.say("anna", "agenda").notices
    assert [row["what"] for row in agenda.data["rows"]] == ["round", "meeting"]  # type: ignore[index, union-attr]
    (here,) = bot.say("anna", "!agenda", "plein").notices
    assert [row["what"] for row in here.data["rows"]] == ["meeting"]  # type: ignore[index, union-attr]


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
