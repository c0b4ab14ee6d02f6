"""What people say about meetings in their own words is asked about or understood, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from meetings.meeting import Meeting
from tests.engine.bots import Bot


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    """Three meetings are near."""
    bot = Bot(tmp_path / "town.db")
    bot.staff('moment nieuw Ons plein wanneer="vrijdag 20:00" waar="Buurthuis" in=plein')
    bot.staff('moment nieuw Koffie wanneer="zaterdag 10:00" in=plein')
    bot.staff('moment nieuw Raad luistert wanneer="zaterdag 19:30" in=zomerstraat')
    yield bot
    bot.close()


def meeting(bot: Bot, number: int) -> Meeting:
    found = bot.session.engine.ledger.meetings.get(number)
    assert found is not None
    return found


def comes(bot: Bot) -> list[int]:
    return [number for number in (1, 2, 3) if meeting(bot, number).signed_up]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("ik kom", "aanmelden"),
        ("Ik kom vrijdag!", "aanmelden"),
        ("ik ben er vrijdag", "aanmelden"),
        ("kan ik me nog aanmelden?", "aanmelden"),
        ("meld me aan", "aanmelden"),
        ("schrijf me in", "aanmelden"),
        ("can I still sign up?", "aanmelden"),
        ("I'm coming", "aanmelden"),
        ("Hoi, ik kom vrijdag", "aanmelden"),
        ("wie komen er?", "agenda"),
        ("wanneer is de volgende bijeenkomst?", "agenda"),
        ("hoe laat begint het?", "agenda"),
        ("when is the next meeting", "agenda"),
        ("ik wil een bijeenkomst", "moment voorstel"),
    ],
)
def test_what_residents_say_is_asked_about_and_does_nothing_by_itself(
    bot: Bot, said: str, word: str
) -> None:
    before = bot.lines()
    assert bot.say("anna", said).tells("unknown_word", nearest=word)
    assert bot.lines() == before
    assert bot.say("anna", "nee").codes == ("not_meant",)
    assert bot.lines() == before


def test_a_day_and_a_yes_are_the_meeting_of_that_day(bot: Bot) -> None:
    bot.say("anna", "ik kom vrijdag")
    assert bot.say("anna", "ja").tells("meeting_signed_up", meeting="M1")
    assert comes(bot) == [1]


def test_where_a_day_has_two_the_bot_asks_and_says_their_hours(bot: Bot) -> None:
    bot.say("anna", "ik kom zaterdag")
    (asked,) = bot.say("anna", "ja").notices
    assert asked.template == "refused_which_meeting"
    assert [(o["id"], o["at"]) for o in asked.data["options"]] == [  # type: ignore[index, union-attr, call-overload]
        ("M2", datetime(2026, 12, 5, 9, 0, tzinfo=UTC)),
        ("M3", datetime(2026, 12, 5, 18, 30, tzinfo=UTC)),
    ]
    assert comes(bot) == []
    assert bot.say("anna", "2").tells("meeting_signed_up", meeting="M3")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("aanmelden Koffie", 2),
        ("aanmelden voor ons plein", 1),
        ("aanmelden vrijdag", 1),
        ("signup for friday", 1),
        ("meld aan voor de 4e december", 0),
        ("aanmelden 4 december", 1),
        ("aanmelden zaterdag", 0),
        ("aanmelden 1", 0),
        ("aanmelden iets anders", 0),
    ],
)
def test_a_title_or_a_day_names_a_meeting_and_else_the_bot_asks(
    bot: Bot, said: str, number: int
) -> None:
    answer = bot.say("anna", said)
    code = "meeting_signed_up" if number else "refused_which_meeting"
    assert code in answer.codes, answer.codes
    assert comes(bot) == [number] * bool(number)


def test_everybody_signs_up_alone(bot: Bot) -> None:
    for said in ("aanmelden M1 met z'n tweeën", "aanmelden M1 2"):
        assert bot.say("anna", said).tells("refused_meeting_each", meeting="M1")
    assert comes(bot) == []


def test_who_cannot_come_is_asked_only_when_signed_up(bot: Bot) -> None:
    assert "unknown_word" not in bot.say("anna", "ik kan niet").codes
    bot.say("anna", "aanmelden M1")
    for said in ("ik kom toch niet", "ik kan niet", "meld me af", "afzeggen"):
        assert bot.say("anna", said).tells("unknown_word", nearest="afmelden")
    assert comes(bot) == [1]
    assert bot.say("anna", "ja").tells("meeting_signed_off", meeting="M1")


def test_help_names_what_one_can_do_with_meetings(bot: Bot) -> None:
    def things(who: str, *roles: str) -> object:
        return bot.say(who, "hulp", roles=roles).notices[0].data["things"]

    assert things("anna")[:2] == ["help_sign_up", "help_agenda"]  # type: ignore[index]
    bot.say("anna", "aanmelden M1")
    assert things("anna")[:2] == ["help_agenda", "help_sign_off"]  # type: ignore[index]
    for role in ("moderator", "official", "councillor", "clerk"):
        assert {"help_new_meeting", "help_agenda"} <= {*things(role, role)}  # type: ignore[misc]


def test_without_a_meeting_i_am_coming_is_talk(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "empty.db")
    for said in ("ik kom", "ik kom vrijdag", "wie komen er?"):
        assert "unknown_word" not in bot.say("anna", said).codes
    bot.close()


@pytest.mark.parametrize("said", ["agenda volgende week", "agenda vrijdag", "agenda next month?"])
def test_a_period_behind_agenda_shows_what_comes(bot: Bot, said: str) -> None:
    assert len(bot.say("anna", said).notices[0].data["rows"]) == 3  # type: ignore[arg-type]


def test_remind_me(bot: Bot) -> None:
    bot.say("anna", "aanmelden M1")
    assert bot.say("anna", "herinner mij").tells("meeting_reminds", day=True, hour=True)
    assert bot.say("anna", "remind me hour").tells("meeting_reminds", day=False, hour=True)


def test_staff_moves_and_calls_off_as_people_say_it(bot: Bot) -> None:
    said = bot.staff("moment verzet M1 naar zondag 20:00 want de zaal is dicht")
    assert said.tells("meeting_planned", begins_at=datetime(2026, 12, 6, 19, 0, tzinfo=UTC))
    assert meeting(bot, 1).changes[-1].want == "de zaal is dicht"
    before = bot.lines()
    assert bot.staff("verzet M2 naar zaterdag").tells("unknown_word", nearest="moment verzet")
    assert bot.staff("moment verzet M2 zondag 10:00").tells("refused_missing")
    assert bot.staff("afzeggen M2").tells("unknown_word", nearest="moment afzeggen")
    assert bot.lines() == before


def test_which_meeting_is_asked_of_a_word_with_more_behind_it(bot: Bot) -> None:
    """The number comes behind the word, before what follows it."""
    assert "refused_which_meeting" in bot.staff("tafels 1").codes
    assert "refused_meeting_few_people" in bot.staff("1").codes
    said = bot.staff('moment verzet wanneer="zondag 10:00" want="De zaal is dicht."')
    assert "refused_which_meeting" in said.codes
    assert bot.staff("2").tells("meeting_planned", meeting="M2")


@pytest.mark.parametrize(
    "said",
    [
        "ik kan vrijdag niet",
        "Sorry, ik kan vrijdag toch niet!",
        "ik kom M1 niet",
        "ik kan er vrijdag niet bij zijn",
        "I\u2019m not coming friday",
        "i can't come",
    ],
)
def test_who_cannot_come_is_asked_and_signed_off(bot: Bot, said: str) -> None:
    bot.say("anna", "aanmelden M1")
    assert bot.say("anna", said).tells("unknown_word", nearest="afmelden")
    assert comes(bot) == [1]
    assert bot.say("anna", "ja").tells("meeting_signed_off", meeting="M1")
    assert comes(bot) == []


@pytest.mark.parametrize("said", ["ik kom vrijdag niet te laat", "ik kan het niet", "niet vrijdag"])
def test_a_not_that_is_about_something_else_signs_nobody_off(bot: Bot, said: str) -> None:
    bot.say("anna", "aanmelden M1")
    bot.say("anna", said)
    bot.say("anna", "ja")
    assert comes(bot) == [1]


@pytest.mark.parametrize(
    "said",
    [
        "kan ik iemand meenemen?",
        "Mag ik mijn moeder meenemen naar vrijdag",
        "ik neem een vriend mee",
        "Can I bring a friend?",
    ],
)
def test_how_somebody_comes_along_is_said(bot: Bot, said: str) -> None:
    before = bot.lines()
    assert bot.say("anna", said).tells("bring_somebody", staff=False)
    assert bot.lines() == before


def test_staff_reads_how_to_add_who_has_no_account(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    assert bot.say("anna", "kan ik iemand meenemen?").codes == (
        "not_understood",
    )  # nowhere to come
    bot.staff('moment nieuw Ons plein wanneer="vrijdag 20:00" in=plein')
    said = bot.staff("kan ik iemand meenemen?")
    assert said.tells("bring_somebody", "aanmelden M1 namens=bewoners aantal=1", meeting="M1")
    bot.staff("aanmelden M1 namens=bewoners aantal=1")
    assert meeting(bot, 1).signed_up == 1
    bot.close()


@pytest.mark.parametrize("said", ["M1", "m1?", "M 1."])
def test_a_number_alone_shows_the_meeting(bot: Bot, said: str) -> None:
    assert bot.say("anna", said).tells("meeting_now", meeting="M1")
    assert bot.staff(said).tells("meeting_now", meeting="M1")


def test_a_number_that_no_meeting_has_is_said_with_those_there_are(bot: Bot) -> None:
    (refused,) = bot.say("anna", "aanmelden M0").notices
    assert refused.template == "refused_no_such_meeting"
    assert refused.data["meeting"] == "M0"
    assert [o["id"] for o in refused.data["options"]] == ["M1", "M2", "M3"]  # type: ignore[index, union-attr, call-overload]


def test_agreeing_with_a_meeting_is_asked_about(bot: Bot) -> None:
    assert bot.staff("akkoord M3").tells("unknown_word", nearest="ok")


def test_help_with_a_word_explains_that_word_in_the_staff_room_too(bot: Bot) -> None:
    assert bot.staff("hulp moment verzet").tells("explain_word", typed="moment verzet")
    assert bot.say("anna", "help sign up").tells("explain_word", typed="aanmelden")
    assert bot.staff("hulp is onderweg, hoor").codes == ("not_understood",)


def test_who_signed_up_for_nothing_reads_that_there_are_meetings(bot: Bot) -> None:
    assert bot.say("anna", "mijn").codes == ("mine_no_meetings",)
    bot.say("anna", "aanmelden M1")
    assert bot.say("anna", "mijn").codes == ("mine_meetings",)


def test_a_series_on_two_days_is_refused_with_one_for_each(bot: Bot) -> None:
    before = bot.lines()
    said = bot.staff('moment nieuw Koffie elke="dinsdag en donderdag 19:30" keer=4 in=plein')
    each = ("dinsdag 19:30", "donderdag 19:30")
    assert said.tells("refused_recurrence_days", suggestions=each)
    assert bot.lines() == before
