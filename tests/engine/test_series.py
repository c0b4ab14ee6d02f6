"""What is planned several times: meetings that recur, and a dialogue each time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dialogues.dialogue import Status
from meetings.meeting import Meeting, Phase
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

SERIES = (
    'gesprek reeks vragenuur Vragen elke="eerste maandag 19:30" duur="90 minuten" keer=3 in=plein'
)
WEEKLY = 'moment nieuw Spreekuur elke="dinsdag 19:30" keer=4 in=plein'

#: The first Mondays of December, January and February, 19:30 in the town, and their ends.
TIMES = [
    datetime(y, m, d, 18, 30, tzinfo=UTC) for y, m, d in ((2026, 12, 7), (2027, 1, 4), (2027, 2, 1))
]
LASTS = timedelta(minutes=90)


def meeting(bot: Bot, number: int) -> Meeting:
    found = bot.session.engine.ledger.meetings.get(number)
    assert found is not None
    return found


def go_to(bot: Bot, at: datetime) -> None:
    bot.tick(at - bot.clock())


def begins(bot: Bot) -> list[datetime]:
    every = bot.session.engine.ledger.meetings.by_id.values()
    return [m.hours.begins_at for m in every if m.hours is not None]


def test_a_meeting_recurs_from_the_first_time_that_was_typed_on(bot: Bot) -> None:
    """The Tuesdays before it are none of its times; ``elke`` needs no day and hour then."""
    for often in ("dinsdag 19:30", "om de week", "week", "2 weken"):
        said = bot.staff(
            f'moment nieuw Koffie wanneer="dinsdag 5 januari 19:30" elke="{often}" keer=2 in=plein'
        )
        assert said.tells("series_planned", count=2)
    first, second = TIMES[1].replace(day=5), TIMES[1].replace(day=12)
    other = TIMES[1].replace(day=19)
    assert begins(bot) == [first, second, first, other, first, second, first, other]
    said = bot.staff(
        'moment nieuw Koffie wanneer="4 januari 19:30" elke="dinsdag 19:30" keer=2 in=plein'
    )
    assert said.tells("refused_recurrence_differs")


def test_a_series_on_an_hour_that_the_clocks_skip_is_told_which_day_that_is(bot: Bot) -> None:
    said = bot.staff('moment nieuw Nacht elke="zondag 02:30" einde="1 april 2027" in=plein')
    assert said.tells("refused_moment_gap", day=date(2027, 3, 28))


def test_for_whom_a_meeting_can_be_is_told_whole(bot: Bot) -> None:
    said = bot.staff('moment nieuw Koffie wanneer="5 januari 19:30" voor=katten in=plein')
    options = ("bewoners", "jongeren", "raad", "college", "ambtenaren", "iedereen")
    assert said.tells("refused_value_unknown", options=options)


def test_a_meeting_that_recurs_has_a_number_each_time_and_one_card(bot: Bot) -> None:
    assert bot.staff(WEEKLY).tells("series_planned", count=4, from_meeting="M1", to_meeting="M4")
    assert len(begins(bot)) == 4
    assert {b - a for a, b in zip(begins(bot), begins(bot)[1:], strict=False)} == {
        timedelta(days=7)
    }
    assert [told["meeting"] for told in bot.told("plein", "meeting_card")] == ["M1"]
    bot.say("anna", "aanmelden M3")
    bot.staff('moment verzet M2 wanneer="woensdag 9 december 19:30" want="Sinterklaas."')
    bot.staff("moment afzeggen M1 De zaal is dicht.")
    bot.tick(timedelta(seconds=1))
    assert [told["meeting"] for told in bot.told("plein", "meeting_card")][-1] == "M2"
    assert meeting(bot, 3).signed_up == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (WEEKLY.replace(" keer=4", ""), "refused_recurrence_limit"),
        (WEEKLY.replace("keer=4", "keer=400"), "refused_value_out_of_range"),
        (WEEKLY.replace("dinsdag 19:30", "half acht"), "refused_recurrence_when"),
        (WEEKLY + " gesprek=iets", "refused_no_such_dialogue"),
        (SERIES.replace('elke="eerste maandag 19:30" ', "") + " " + CHARTER, "refused_missing"),
        (SERIES.replace("vragenuur", "vragenuurtje") + " " + CHARTER, "refused_format_near"),
        ("gesprek reeks stop M9 Genoeg.", "refused_no_such_meeting"),
        ("gesprek reeks stop Genoeg.", "refused_no_meeting"),
    ],
)
def test_what_cannot_be_is_said_and_plans_nothing(bot: Bot, said: str, code: str) -> None:
    assert code in bot.staff(f"!{said}").codes
    assert not bot.session.engine.ledger.meetings.by_id
    assert not bot.session.engine.ledger.states


def test_a_dialogue_each_time_with_the_answer_moved_along_and_numbers_that_run_on(bot: Bot) -> None:
    bot.staff(f"{SERIES} {CHARTER}")
    assert begins(bot) == TIMES
    states = bot.session.engine.ledger.states
    answers = []
    for number, at in enumerate(TIMES, 1):
        go_to(bot, at)
        name = "vragen" if number == 1 else f"vragen-{number}"
        assert states[name].status is Status.OPEN
        bot.say("anna", "meedoen")
        bot.say("anna", "ja")
        answer = bot.say("anna", f"vraag Wat gebeurt er in maand {number}?")
        assert answer.notices[0].data["item"] == f"V{number}"
        go_to(bot, at + LASTS)
        bot.tick(timedelta(seconds=1))
        assert states[name].status is Status.CLOSED
        assert states[name].advice is not None  # its report came by itself
        answers.append(states[name].charter.answer_by)
    assert len(bot.told("staf", "dialogue_closed_reports")) == 3
    assert bot.told("staf", "dialogue_closed_staff") == []
    assert answers == [date(2026, 12, 15), date(2027, 1, 12), date(2027, 2, 9)]
    assert len(states) == 3
    assert [m.phase for m in bot.session.engine.ledger.meetings.by_id.values()] == [Phase.HELD] * 3


def test_a_change_of_the_charter_goes_on_in_the_next_time(bot: Bot) -> None:
    bot.staff(f"{SERIES} {CHARTER}")
    bot.staff('gesprek afspraken open="banken"')
    for at in (TIMES[0], TIMES[0] + LASTS, TIMES[1]):
        go_to(bot, at)
    assert bot.session.engine.ledger.states["vragen-2"].charter.open == "banken"


def test_one_time_is_called_off_alone_and_the_others_go_on(bot: Bot) -> None:
    bot.staff(f"{SERIES} {CHARTER}")
    for at in (TIMES[0], TIMES[0] + LASTS):
        go_to(bot, at)
    bot.staff("moment afzeggen M2 De wethouder is ziek.")
    for at in (TIMES[1], TIMES[1] + LASTS, TIMES[2]):
        go_to(bot, at)
    states = bot.session.engine.ledger.states
    assert states["vragen-2"].status is Status.PREPARING
    assert states["vragen-3"].status is Status.OPEN


def test_stopping_a_series_tells_the_room_once(bot: Bot) -> None:
    bot.staff(f"{SERIES} {CHARTER}")
    bot.say("anna", "aanmelden M2")
    assert bot.staff("gesprek reeks stop M1 De wethouder stopt.").tells("series_stopped", count=3)
    (told,) = bot.told("plein", "meeting_called_off")
    assert told["rest"] == 2
    assert len(bot.told("anna", "your_meeting_called_off")) == 1
    for at in TIMES:
        go_to(bot, at)
    states = bot.session.engine.ledger.states
    assert [d.status for d in states.values()] == [Status.PREPARING]
    assert "refused_series_over" in bot.staff("gesprek reeks stop M1 Nog eens.").codes


def test_where_another_dialogue_is_still_open_that_time_is_skipped_and_staff_hears_it(
    bot: Bot,
) -> None:
    bot.staff(f"{SERIES} {CHARTER}")
    for at in (TIMES[0], TIMES[0] + LASTS):
        go_to(bot, at)
    bot.staff(f"gesprek nieuw stellingenronde Iets anders {CHARTER} in=plein")
    go_to(bot, TIMES[1] - timedelta(days=2))
    bot.staff("@iets-anders gesprek start")
    go_to(bot, TIMES[1])
    states = bot.session.engine.ledger.states
    assert states["iets-anders"].status is Status.OPEN
    assert states["vragen-2"].status is Status.PREPARING
    (told,) = bot.told("staf", "start_missed")
    assert (told["why"], told["other"]) == ("taken", "Iets anders")


def test_a_restart_at_each_step_changes_nothing(bot: Bot, tmp_path: Path) -> None:
    bot.staff(f"{SERIES} {CHARTER}")
    bot.session.close()
    for at in (t for begin in TIMES for t in (begin, begin + LASTS)):
        again = Bot(tmp_path / "town.db", now=at)
        again.tick(timedelta(seconds=1))
        again.close()
    bot.session = Bot(tmp_path / "town.db", now=TIMES[-1] + LASTS).session
    states = bot.session.engine.ledger.states
    assert {name: d.status for name, d in states.items()} == dict.fromkeys(
        ("vragen", "vragen-2", "vragen-3"), Status.CLOSED
    )


def between(bot: Bot) -> None:
    """The first time is over, the second one not there yet."""
    bot.staff(f"{SERIES} {CHARTER}")
    for at in (TIMES[0], TIMES[0] + LASTS):
        go_to(bot, at)


def test_a_question_between_two_times_is_kept_for_the_next(bot: Bot, tmp_path: Path) -> None:
    between(bot)
    assert bot.say("anna", "vraag Wanneer komt de bank terug?").tells(
        "kept_for_next", meeting="M2", begins_at=TIMES[1]
    )
    bot.say("bram", "vraag Deze neem ik terug.")
    assert bot.say("bram", "intrekken M2").tells("kept_withdrawn")
    assert bot.say("cor", "intrekken M2").tells("refused_meeting_phase")
    go_to(bot, TIMES[1])
    (told,) = bot.told("anna", "kept_given")
    states = bot.session.engine.ledger.states
    assert list(states["vragen-2"].items.by_number) == [told["item"]]
    assert bot.say("anna", f"wijzig {told['item']} Wanneer komt de bank?").codes == ("changed",)
    assert meeting(bot, 2).kept == {}
    bot.tick(timedelta(days=1))
    bot.session.close()
    found = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"Deze neem ik terug" not in found
    bot.session = Bot(tmp_path / "town.db", now=bot.clock()).session


def test_whoever_is_forgotten_leaves_no_question_for_the_next_time(bot: Bot) -> None:
    between(bot)
    bot.say("anna", "vraag Wanneer komt de bank terug?")
    bot.say("anna", "vergeetmij")
    bot.say("anna", "ja, vergeet mij")
    go_to(bot, TIMES[1])
    assert not bot.session.engine.ledger.states["vragen-2"].items.by_number


def test_while_a_dialogue_is_open_a_question_goes_there(bot: Bot) -> None:
    between(bot)
    bot.open("vragenuur", room="plein", title="Iets anders")
    bot.say("anna", "vraag Wanneer komt de bank terug?")
    assert meeting(bot, 2).kept == {}
    assert bot.session.engine.ledger.states["iets-anders"].items.by_number


def test_what_was_kept_for_a_time_that_is_called_off_is_given_the_time_after(bot: Bot) -> None:
    bot.staff(SERIES.replace("eerste maandag 19:30", "maandag 19:30") + f" {CHARTER}")
    weekly = [TIMES[0] + timedelta(days=7 * number) for number in range(3)]
    for at in (weekly[0], weekly[0] + LASTS):
        go_to(bot, at)
    bot.say("anna", "vraag Wanneer komt de bank terug?")
    bot.staff("moment afzeggen M2 De wethouder is ziek.")
    for at in (weekly[1], weekly[1] + LASTS, weekly[2]):
        go_to(bot, at)
    (told,) = bot.told("anna", "kept_given")
    states = bot.session.engine.ledger.states
    assert list(states["vragen-3"].items.by_number) == [told["item"]]
    assert meeting(bot, 2).kept == {}


def test_between_the_calling_off_and_the_hour_of_that_time_a_question_is_kept_too(bot: Bot) -> None:
    """The dialogue of the third time is prepared only once the second would have ended."""
    between(bot)
    bot.staff("moment afzeggen M2 De wethouder is ziek.")
    assert bot.say("anna", "vraag Wanneer komt de bank terug?").tells(
        "kept_for_next", meeting="M3", begins_at=TIMES[2]
    )
    for at in (TIMES[1], TIMES[1] + LASTS, TIMES[2]):
        go_to(bot, at)
    (told,) = bot.told("anna", "kept_given")
    states = bot.session.engine.ledger.states
    assert list(states["vragen-3"].items.by_number) == [told["item"]]
    assert not states["vragen-2"].items.by_number


def skipped(bot: Bot) -> None:
    """Anna and Bram asked something for the second of three times, which are four weeks apart, and
    it is called off four weeks before its hour."""
    between(bot)
    bot.say("anna", "vraag Wanneer komt de bank terug?")
    bot.say("bram", "vraag Komt er ook een prullenbak?")
    bot.staff("moment afzeggen M2 De wethouder is ziek.")
    bot.tick(timedelta(seconds=1))


def test_what_was_kept_for_a_time_called_off_goes_to_the_next_however_far_off(bot: Bot) -> None:
    skipped(bot)
    assert [kept.number for kept in meeting(bot, 3).kept.values()] == [1, 2]
    assert meeting(bot, 2).kept == {}
    for at in (TIMES[1], TIMES[1] + timedelta(days=9), TIMES[2]):
        go_to(bot, at)
    given = [told["item"] for who in ("anna", "bram") for told in bot.told(who, "kept_given")]
    states = bot.session.engine.ledger.states
    assert list(states["vragen-3"].items.by_number) == given
    assert len(given) == 2


def test_what_went_to_the_next_time_can_still_be_taken_back_by_either_number(bot: Bot) -> None:
    skipped(bot)
    assert bot.say("anna", "intrekken M2").tells("kept_withdrawn", meeting="M3")
    assert bot.say("bram", "intrekken M3").tells("kept_withdrawn", meeting="M3")
    assert bot.say("anna", "intrekken M2").tells("refused_meeting_phase")
    go_to(bot, TIMES[2])
    assert not bot.session.engine.ledger.states["vragen-3"].items.by_number


def test_what_was_kept_is_erased_when_its_series_is_over(bot: Bot, tmp_path: Path) -> None:
    between(bot)
    bot.say("anna", "vraag Waar blijft de zandbak?")
    bot.staff("gesprek reeks stop M2 De wethouder stopt.")
    bot.tick(timedelta(seconds=1))
    assert [meeting(bot, number).kept for number in (2, 3)] == [{}, {}]
    bot.tick(timedelta(days=1))
    bot.session.close()
    found = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"Waar blijft de zandbak" not in found
    bot.session = Bot(tmp_path / "town.db", now=bot.clock()).session


def test_a_round_that_gives_way_to_the_next_within_a_meeting_is_not_closed_early(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw bewonersavond Ons gesprek {CHARTER} in=plein")
    bot.staff('moment nieuw Ons plein wanneer="vrijdag 20:00" gesprek=ons-gesprek in=plein')
    go_to(bot, datetime(2026, 12, 4, 19, 0, tzinfo=UTC))
    bot.say("anna", "stelling Er moeten meer bomen komen.")
    bot.staff("volgende ja")
    assert [change.what for change in bot.dialogue.changes] == []
