"""What is suggested can be typed, and a sign behind a value does no harm."""

from __future__ import annotations

from datetime import datetime

import pytest

from commands.cleaning import whole_number
from commands.reading import read
from commands.said import Where
from commands.word import Shape
from commands.wrong import Wrong
from dialogues.core import Role
from rounds.registry import vocabulary
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER

KNOWN = vocabulary()
ITEMS = (Shape.ITEM, Shape.ITEMS, Shape.TARGET, Shape.TARGETS)


@pytest.mark.parametrize(
    "word",
    [w.dutch for w in KNOWN.words if any(p.shape in ITEMS for p in w.parameters)],
)
def test_the_item_that_is_suggested_fits_its_word(word: str) -> None:
    """Whoever types what the refusal suggests, and what it still lacks, is not refused."""
    reading = read(KNOWN, f"{word} zomaar", Where.PERSONAL, frozenset(Role))
    assert reading is not None
    said = reading.said
    if not isinstance(said, Wrong) or said.code == "missing":
        assert word in ("stem", "advies orde", "uitstel")  # the item may be left out, or comes last
        return
    assert said.code == "item_unreadable"
    again = read(KNOWN, f"{word} {said.data['example']}", Where.PERSONAL, frozenset(Role))
    assert again is not None
    assert not (isinstance(again.said, Wrong) and again.said.code.startswith("item_"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1.200", 1200), ("1.200.", 1200), ("40,", 40), ("40!", 40), ("1 200", 1200), ("0", 0),
     ("1.2", None), ("12.00", None), ("-3", None), ("", None), ("veertig", None)],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(typed: str, meant: int | None) -> None:
    assert whole_number(typed) == meant


def test_signs_behind_values_do_no_harm(bot: Bot) -> None:
    bot.staff(
        f"gesprek nieuw peiling Ons gesprek {CHARTER} adressen=1.200, minimum=10. citaten=ja;"
        " in=zomerstraat"
    )
    charter = bot.dialogue.charter
    assert (charter.addresses, charter.minimum, charter.quotes) == (1200, 10, True)
    bot.staff('peiling soort=meer hoogstens=2, vraag="Wat eerst?" opties="Bankjes; Bomen!; Pomp"')
    bot.staff("start tot=vrijdag 20:00.")
    assert bot.dialogue.frames[0].closes_at == datetime.fromisoformat("2026-12-04T20:00+01:00")
    bot.say("anna", "stem P1 Bankjes!")
    bot.say("bram", "stem P1 bomen.")
    assert bot.tally("P1") == {1: 1, 2: 1}


def test_the_bots_own_name_before_words_is_no_dialogue(bot: Bot) -> None:
    bot.open()
    bot.say("bram", "stelling Er moeten meer bomen komen.")
    for who, text in (
        ("anna", "@stadsgesprek: stem S1 eens"),
        ("carla", "@Stadsgesprek stem S1 eens"),
        ("dora", "@stadsgesprek, S1 eens"),
    ):
        bot.say(who, text)
    assert bot.tally("S1") == {"agree": 3}


def until(bot: Bot) -> str:
    return bot.dialogue.states[0].promises["V1"].until.isoformat()


@pytest.mark.parametrize(
    ("typed", "end"),
    [("vrijdag 4 december", "2026-12-04T22:59:00+00:00"),
     ("4-12-2026", "2026-12-04T22:59:00+00:00"), ("vrijdag", "2026-12-04T22:59:00+00:00"),
     ("morgen.", "2026-12-02T22:59:00+00:00"), ("vrijdag 20:00", "2026-12-04T19:00:00+00:00")],
)  # fmt: skip
def test_a_day_without_an_hour_is_to_its_end(bot: Bot, typed: str, end: str) -> None:
    bot.open("vragenuur")
    bot.say("anna", "vraag Wanneer begint het werk?")
    bot.say("otto", f"zoekuit V1 {typed}", roles=("official",))
    assert until(bot) == end


def test_the_list_of_work_says_what_a_reason_is_about(bot: Bot) -> None:
    bot.open(more="toetsing=vooraf")
    bot.say("bram", "stelling Er moeten meer bomen komen.")
    bot.staff("ok S1")
    bot.say("anna", "stem S1 oneens")
    bot.say("anna", "waarom S1 Dan is er minder licht.")
    work = bot.staff("werk")
    assert "R1 bij S1 «Er moeten meer bomen komen.»: «Dan is er minder licht.»" in work
