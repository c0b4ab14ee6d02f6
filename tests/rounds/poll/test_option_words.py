"""Options that would split or turn votes: they are refused, however they come in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.options import double
from rounds.poll.option_words import reserved
from tests.engine.bots import Bot
from tests.generated import examples

RESERVED = ("0", "2", " 2. ", "1,5", "1 3", "-4", "２", "②", "٣", "2️⃣", "(7)", "1=7", "niets",
            "Niets!", "NOTHING", "anders", "Anders, namelijk", "other", "n\u0456ets")  # fmt: skip
FREE = ("2 bankjes", "€ 10", "16:00", "16.30", "ja", "nee", "geen", "werk", "niets doen",
        "iets anders", "weet ik niet", "30 km", "A1", "👍", "C++")  # fmt: skip
ALIKE = ("Een glijbaan", "een  glijbaan.", "EEN GLIJBAAN!", "één glijbaan", "«een glijbaan»",
         "een gl\u0456jbaan", "een-glijbaan", "een glijb\u0430an", "een\u00a0glijbaan")  # fmt: skip


@pytest.mark.parametrize("option", RESERVED)
def test_what_means_something_else_is_no_option(option: str) -> None:
    assert reserved(option) is not None


@pytest.mark.parametrize("option", FREE)
def test_other_texts_are(option: str) -> None:
    assert reserved(option) is None


def test_every_number_is_one_however_it_is_written() -> None:
    @examples(60, 2000)
    @given(st.integers(0, 10**6), st.sampled_from(["{}", " {} ", "{}.", "+{}", "({})", "{}️⃣"]))
    def check(number: int, form: str) -> None:
        assert reserved(form.format(number)) is not None

    check()


@pytest.mark.parametrize("option", ALIKE)
def test_what_reads_alike_is_a_double(option: str) -> None:
    assert double(option, ["bomen", ALIKE[0]]) == 2
    assert double(option, ["bomen", "twee glijbanen"]) == 0


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    return Bot(tmp_path / "town.db")


def poll(bot: Bot, options: str) -> str:
    bot.staff(f"gesprek nieuw peiling Ons gesprek in=zomerstraat {CHARTER}")
    said = bot.staff(f'peiling soort=een anders=ja vraag="Wat?" opties="{options}"')
    bot.staff("gesprek start")
    return said


CHARTER = (
    'niveau=meedenken beslisser="de raad" antwoord=2026-12-15 vast="de bus" open="bomen"'
    " fase=voorbereiding"
)


@pytest.mark.parametrize("options", ["bomen; 2", "bomen; niets", "bomen; Anders", "bomen; Bomen."])
def test_a_poll_with_such_options_is_not_made(options: str, bot: Bot) -> None:
    poll(bot, options)
    assert not [event for event in bot.events() if event.startswith("PollFilled")]


@pytest.mark.parametrize("idea", [*RESERVED[:3], "niets", "b\u043emen", "Bomen!", *ALIKE[1:]])
def test_such_an_idea_is_refused_at_once(idea: str, bot: Bot) -> None:
    poll(bot, "bomen; banken")
    bot.say("hans", f"stem P1 anders {ALIKE[0]}")
    bot.say("ida", f"stem P1 anders {idea}")
    assert [e for e in bot.events() if e.startswith("OptionSuggested")] == ["OptionSuggested P1"]


def test_an_idea_like_a_hidden_option_is_not_approved(bot: Bot) -> None:
    """The moderator may show that one again; who has the idea hears nothing of it."""
    poll(bot, "bomen; banken")
    bot.say("hans", "stem P1 anders een glijbaan")
    bot.staff("ok X1")
    bot.staff("verberg X1 2")
    bot.say("ida", "stem P1 anders Een glijbaan.")
    bot.staff("ok X2")
    assert len([e for e in bot.events() if e.startswith("OptionSuggested")]) == 2
    assert "ItemApproved X2" not in bot.events()
    bot.say("ida", "intrekken X2")
    bot.say("hans", "intrekken X1")
    bot.say("jan", "stem P1 anders EEN GLIJBAAN")
    bot.staff("ok X3")
    assert "ItemApproved X3" in bot.events()


def test_an_option_that_begins_with_anders_is_chosen_by_its_words(bot: Bot) -> None:
    poll(bot, "bomen; Anders dan nu")
    bot.say("hans", "stem P1 anders dan nu")
    assert bot.tally("P1") == {2: 1}
