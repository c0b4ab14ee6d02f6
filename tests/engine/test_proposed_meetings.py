"""Dialogues that open with a meeting, what a councillor plans, and what residents propose."""

from __future__ import annotations

from datetime import timedelta

from dialogues.dialogue import Status
from meetings.meeting import Phase
from tests.engine.bots import Answer, Bot
from tests.engine.planned import BEGINS, NEW, card, go_to, meeting
from tests.replay.playing import CHARTER

CLERK, COUNCILLOR, OFFICIAL = ("clerk",), ("councillor",), ("official",)


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
