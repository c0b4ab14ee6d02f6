"""What names an option of a poll or a dilemma, and what an option may not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.options import held, named
from commands.reading import read
from commands.said import Said, Where
from commands.wrong import Wrong
from dialogues.core import Role
from rounds.dilemma.words import NewDilemma
from rounds.poll.ballot_words import poll_ballot
from rounds.poll.state import PollKind
from rounds.registry import vocabulary
from tests.engine.bots import Bot
from tests.replay.playing import CHARTER


def said(text: str) -> Said:
    reading = read(vocabulary(), text, Where.STAFF, {Role.MODERATOR})
    assert reading is not None
    return reading.said


OPTIONS = ("een boom", "een bank", "meer licht bij de school", "geen auto's")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("boom", 1),
        ("Bank", 2),
        ("licht", 3),
        ("bij de school", 3),
        ("meer licht", 3),
        ("een", 0),
        ("geen", 0),
        ("geen boom", 0),
        ("de", 0),
        ("boo", 0),
        ("een boom graag", 0),
        ("", 0),
    ],
)
def test_a_word_that_one_option_holds_is_that_option(text: str, place: int) -> None:
    assert held(text, OPTIONS) == place


def test_words_that_two_options_hold_are_neither_unless_they_are_one_whole() -> None:
    assert held("licht", ("meer licht", "licht en lampen")) == 0
    assert held("licht", ("meer licht", "licht", "lampen")) == 2


def test_several_are_named_together() -> None:
    assert poll_ballot(PollKind.SEVERAL, "boom, licht en 2", OPTIONS, 0, 0, 0) == (1, 2, 3)
    assert poll_ballot(PollKind.RANKED, "licht; boom", OPTIONS, 0, 0, 0) == (3, 1)
    assert poll_ballot(PollKind.ONE, "boom", OPTIONS, 0, 0, 0) == (1,)
    assert poll_ballot(PollKind.ONE, "Ik wil graag een boom", OPTIONS, 0, 0, 0) is None
    assert isinstance(poll_ballot(PollKind.ONE, "boom en bank", OPTIONS, 0, 0, 0), Wrong)


@given(st.lists(st.text("abc de", min_size=1, max_size=12), min_size=2, max_size=5))
def test_whole_options_are_read_as_before(options: list[str]) -> None:
    """What was a ballot without it stays that ballot: only words that said nothing name one."""
    for number, option in enumerate(options, 1):
        found = poll_ballot(PollKind.ONE, option, options, 0, 0, 0)
        if isinstance(found, tuple) and found != (number,):
            assert options[found[0] - 1].split() == option.split()
    assert named("", options) is None


@pytest.mark.parametrize("option", ["2", "b", "B.", "geen", "niets", "keuze a", "ge\u0435n", "1,5"])
def test_a_dilemma_has_no_option_that_turns_a_vote(option: str) -> None:
    found = said(f'dilemma vraag="Wat?" a="{option}" b="meer banken"')
    assert isinstance(found, Wrong)


@pytest.mark.parametrize(
    "option", ["Meer banken.", "méér bänken", "m\u0435er banken", "meer  banken"]
)
def test_a_dilemma_has_no_options_that_look_alike(option: str) -> None:
    found = said(f'dilemma vraag="Wat?" a="{option}" b="meer banken"')
    assert isinstance(found, Wrong)
    assert found.code == "dilemma_same_choices"
    assert isinstance(said('dilemma vraag="Wat?" a="ja" b="nee"'), NewDilemma)


@pytest.fixture
def bot(tmp_path):
    made = Bot(tmp_path / "town.db")
    yield made
    made.close()


def poll(bot: Bot, options: str) -> None:
    bot.staff(f"gesprek nieuw peiling Ons gesprek {CHARTER} in=zomerstraat")
    bot.staff(f'peiling soort=een vraag="Wat vindt u?" opties="{options}"')
    bot.staff("gesprek start")


@pytest.mark.parametrize(("text", "option"), [("ja", 1), ("Nee.", 2), ("nee", 2), ("Ja!", 1)])
def test_yes_and_no_are_options_where_they_are_offered(text: str, option: int, bot: Bot) -> None:
    poll(bot, "ja; nee; misschien")
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")  # begins
    assert bot.tally("P1") == {}
    bot.say("anna", text)
    assert bot.tally("P1") == {option: 1}


@pytest.mark.parametrize("word", ["Status", "Hulp", "Privacy", "Mijn", "Stem"])
def test_an_option_may_be_a_command_word(word: str, bot: Bot) -> None:
    poll(bot, f"bomen; {word}; banken")
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")
    bot.say("anna", word)
    assert bot.tally("P1") == {}
    bot.say("anna", f"stem P1 {word}")
    assert bot.tally("P1") == {2: 1}
    bot.say("anna", "3")
    assert bot.tally("P1") == {3: 1}
