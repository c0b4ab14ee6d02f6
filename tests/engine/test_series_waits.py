"""A series of dialogues whose agreements were not typed along: they are asked for first."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dialogues.dialogue import Status
from tests.engine.bots import Bot
from tests.engine.test_series import SERIES, TIMES, begins, go_to
from tests.replay.playing import CHARTER

#: An answer to each question of the charter, and that there are no more, and that all is right.
ANSWERS = ("meedenken", "de raad", "15 december", "de bus blijft", "bomen", "voorbereiding")


def test_without_its_agreements_they_are_asked_for_and_then_the_series_is_planned(bot: Bot) -> None:
    asked = bot.staff(SERIES)
    assert asked.codes == ("series_waits", "dialogue_new", "form_level")
    assert asked.tells("series_waits", title="Vragen", count=3, begins_at=TIMES[0])
    for answer in (*ANSWERS, "klaar"):
        assert bot.staff(answer).codes[-1].startswith("form_")
        assert not bot.session.engine.ledger.meetings.by_id
    assert bot.staff("ja").tells("series_planned", count=3, from_meeting="M1", to_meeting="M3")
    assert begins(bot) == TIMES
    go_to(bot, TIMES[0])
    assert bot.session.engine.ledger.states["vragen"].status is Status.OPEN


def test_of_agreements_that_are_partly_there_the_rest_is_asked_for(bot: Bot) -> None:
    asked = bot.staff(f'{SERIES} niveau=meedenken beslisser="de raad"')
    assert asked.codes == ("series_waits", "form_answer_by")
    assert "form_stopped" in bot.staff("stop").codes
    bot.tick(timedelta(days=2))  # a question lapses after a day, and the series still waits
    rest = 'antwoord="15 december" vast="de bus blijft" open="bomen" fase=voorbereiding'
    assert bot.staff(f"gesprek afspraken {rest}").tells("series_planned", count=3)
    assert begins(bot) == TIMES
    assert "series_planned" not in bot.staff('gesprek afspraken open="banken"').codes


def test_who_stops_plans_nothing(bot: Bot) -> None:
    bot.staff(SERIES)
    for answer in ANSWERS:
        bot.staff(answer)
    assert bot.staff("stop").codes == ("form_stopped",)
    assert not bot.session.engine.ledger.meetings.by_id
    assert "series_planned" in bot.staff("gesprek afspraken").codes


def test_two_series_wait_apart(bot: Bot) -> None:
    bot.staff(SERIES)
    bot.staff(SERIES.replace("Vragen", "Spreekuur").replace("19:30", "10:00"))
    assert bot.staff(f"@vragen gesprek afspraken {CHARTER}").tells("series_planned", title="Vragen")
    assert begins(bot) == TIMES


def test_a_series_that_waits_survives_a_restart(bot: Bot, tmp_path: Path) -> None:
    bot.staff(SERIES)
    bot.session.close()
    again = Bot(tmp_path / "town.db", now=bot.clock())
    assert again.staff(f"gesprek afspraken {CHARTER}").tells("series_planned", count=3)
    bot.session = again.session


def test_where_the_room_is_taken_nothing_is_asked(bot: Bot) -> None:
    bot.staff(f"gesprek nieuw stellingenronde Iets anders {CHARTER} in=plein")
    bot.staff('gesprek start om="7 december 19:00"')
    assert "refused_room_taken_then" in bot.staff(SERIES).codes
    assert "vragen" not in bot.session.engine.ledger.states
