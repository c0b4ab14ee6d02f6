"""``gesprek weg`` and ``gesprek titel``, and two dialogues of one title."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogues.dialogue import Status
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER, Evening, played

NEW = f"gesprek nieuw gesprek Ons gesprek {CHARTER} in=zomerstraat"


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    made = Bot(tmp_path / "town.db")
    made.staff(NEW)
    return made


def states(bot: Bot) -> set[str]:
    return set(bot.session.engine.ledger.states)


@pytest.mark.parametrize("typed", ["gesprek weg", "gesprek weg ons-gesprek", "dialogue discard"])
def test_one_that_has_not_begun_is_thrown_away(bot: Bot, typed: str) -> None:
    bot.staff(typed)
    assert states(bot) == {"ons-gesprek"}
    bot.staff("ja")
    assert states(bot) == set()
    bot.staff("gesprek start")
    bot.staff(NEW)
    assert states(bot) == {"ons-gesprek-2"}  # an id is never used again
    bot.die()
    back = Bot(bot.file, now=bot.clock())
    assert states(back) == {"ons-gesprek-2"}
    back.close()


def test_no_leaves_it(bot: Bot) -> None:
    bot.staff("gesprek weg")
    bot.staff("nee")
    bot.staff("ja")
    assert states(bot) == {"ons-gesprek"}
    bot.close()


def test_one_that_has_begun_is_not(bot: Bot) -> None:
    bot.staff("gesprek weg")
    bot.staff("start")
    bot.staff("ja")
    bot.staff("gesprek weg")
    bot.staff("ja")
    assert bot.dialogue.status is Status.OPEN
    bot.close()


def test_its_form_and_its_planned_start_go_with_it(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.staff(NEW)
    bot.staff('start om="vandaag 20:00"')
    bot.staff("gesprek weg")
    bot.staff("ja")
    bot.staff("gesprek nieuw gesprek Nog een in=zomerstraat")
    bot.staff("gesprek weg nog-een")
    bot.staff("ja")
    bot.staff("2")
    assert states(bot) == set()
    bot.close()


def test_there_is_no_bundle_of_it(tmp_path: Path) -> None:
    lines = Evening()
    for text in (NEW, NEW, "gesprek weg ons-gesprek", "ja"):
        lines.staff(text)
    assert set(played(lines.data, tmp_path / "r.db").bundles) == {"ons-gesprek-2"}


def test_a_title_changes_and_the_id_stays(bot: Bot) -> None:
    bot.staff("gesprek titel De straat")
    assert (bot.dialogue.title, bot.dialogue.changes) == ("De straat", [])
    bot.staff("start")
    bot.staff("gesprek titel De Zomerstraat")
    assert bot.dialogue.title == "De straat"  # after the start it needs a reason
    bot.staff('gesprek titel De Zomerstraat want="Zo heet hij."')
    assert bot.dialogue.title == "De Zomerstraat"
    (change,) = bot.dialogue.changes
    assert (change.what, change.was, change.now) == ("title", "De straat", "De Zomerstraat")
    (told,) = bot.told("zomerstraat", "title_changed")
    assert (told["was"], told["now"]) == ("De straat", "De Zomerstraat")
    assert any("Zo heet hij." in text for text in bot.in_room())
    bot.staff("sluit ja")
    bot.staff("advies")
    bot.staff('gesprek titel Te laat want="x"')
    assert bot.dialogue.title == "De Zomerstraat"
    bot.close()


def test_two_of_one_title_are_told_apart_by_their_ids(bot: Bot) -> None:
    bot.staff(NEW)
    for name in ("ons-gesprek", "ons-gesprek-2"):
        assert f"({name})" in bot.staff(f"@{name} status")
    bot.staff("@ons-gesprek-2 gesprek titel Een ander")
    assert "(ons-gesprek)" not in bot.staff("@ons-gesprek status")
    bot.close()
