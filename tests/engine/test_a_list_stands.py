"""A list stays as it is until each of its places is answered, or is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms.live import Impossible
from tests.engine.bots import Bot, Said
from tests.engine.chat import person
from tests.engine.live import Live
from tests.generated import examples

SUBJECTS = ("bomen", "banken", "fietsen", "lampen", "honden", "vogels", "winkels", "muren")
CHOICES = {"eens": "agree", "oneens": "disagree", "?": "pass"}


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = started(tmp_path / "town.db")
    yield made
    made.close()


def started(file: Path) -> Bot:
    """Eight statements, each of another author; anna has asked for nothing yet."""
    made = Bot(file)
    made.open()
    for subject in SUBJECTS:
        made.say(subject, f"stelling Er moeten meer {subject} komen.")
    return made


def begun(bot: Bot) -> list[str]:
    """Begin as anna; the items of her list, in the order of their places."""
    bot.say("anna", "meedoen")
    return listed(bot.say("anna", "ja"))


def listed(said: str) -> list[str]:
    return re.findall(r"(?m)^\d\. «.*\((S\d)\)", said)


def left(said: str) -> list[str]:
    """The places that the bot still asks for."""
    found = re.search(r"Nog: (.*) Overslaan", said)
    return re.findall(r"(\d) «", found[1]) if found else []


def onward(bot: Bot, text: str) -> Said:
    """Answer as anna; a question for a reason is declined, and the list comes after that."""
    said = bot.say("anna", text)
    return bot.say("anna", "nee") if "ask_why" in said.codes else said


def votes(bot: Bot, item: str) -> dict[object, int]:
    return bot.tally(item)


def test_answered_line_by_line_each_vote_is_on_what_was_read(bot: Bot) -> None:
    items = begun(bot)
    for place, item in enumerate(items, 1):
        said = onward(bot, f"{place} oneens")
        assert votes(bot, item) == {"disagree": 1}
        assert left(said) == [str(n) for n in range(place + 1, 6)]
    assert len(listed(said)) == 3  # the rest of the eight


def test_what_is_left_is_named_with_its_words(bot: Bot) -> None:
    begun(bot)
    said = onward(bot, "1 eens 3 eens 5 ?")
    assert left(said) == ["2", "4"]
    assert said.count("Er moeten meer") >= 2
    assert listed(said) == []


def test_further_brings_others_and_what_was_left_comes_back(bot: Bot) -> None:
    first = begun(bot)
    bot.say("anna", "1 eens")
    second = listed(bot.say("anna", "verder"))
    assert not set(second) & set(first)
    third = listed(onward(bot, "1 eens 2 eens 3 eens"))
    assert set(third) == set(first[1:])
    said = bot.say("anna", "verder")
    assert listed(said) == []
    assert "nothing_further" in said.codes
    bot.say("anna", "2 oneens")  # the list still stands
    assert votes(bot, third[1]) == {"disagree": 1}


def test_what_can_no_longer_be_voted_on_counts_as_answered(bot: Bot) -> None:
    items = begun(bot)
    bot.staff(f"verberg {items[1]} 2")
    said = onward(bot, "1 eens 3 eens 4 eens")
    assert left(said) == ["5"]
    bot.staff(f"verberg {items[4]} 2")
    assert len(listed(bot.say("anna", "1 oneens"))) == 3


def test_words_that_changed_are_asked_again(bot: Bot) -> None:
    items = begun(bot)
    author = SUBJECTS[int(items[1][1:]) - 1]
    bot.say(author, f"wijzig {items[1]} Er moet niets veranderen.")
    said = bot.say("anna", "1 eens 2 eens")
    assert votes(bot, items[0]) == {"agree": 1}
    assert votes(bot, items[1]) == {}
    assert "«Er moet niets veranderen.»" in said
    bot.say("anna", "2 oneens")
    assert votes(bot, items[1]) == {"disagree": 1}


def test_a_vote_by_number_on_words_that_changed_is_asked_again(bot: Bot) -> None:
    items = begun(bot)
    author = SUBJECTS[int(items[1][1:]) - 1]
    bot.say(author, f"wijzig {items[1]} Er moet niets veranderen.")
    assert "«Er moet niets veranderen.»" in bot.say("anna", f"stem {items[1]} eens")
    assert votes(bot, items[1]) == {}
    bot.say("anna", f"stem {items[1]} eens")
    assert votes(bot, items[1]) == {"agree": 1}


def test_a_poll_filled_anew_is_asked_again(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.open("gesprek")
    bot.staff('peiling soort=een vraag="Waar?" opties="noord; zuid"')
    bot.staff("volgende")
    bot.say("anna", "meedoen")
    bot.say("anna", "ja")
    bot.staff('peiling soort=een vraag="Waar?" opties="zuid; noord"')
    bot.say("anna", "1")
    assert bot.tally("P1", 1) == {}
    bot.say("anna", "1")
    assert bot.tally("P1", 1) == {1: 1}
    bot.close()


def test_joining_again_repeats_the_list_that_is_not_finished(bot: Bot) -> None:
    items = begun(bot)
    assert listed(bot.say("anna", "meedoen")) == items
    bot.say("anna", "1 eens 3 oneens")
    assert listed(bot.say("anna", "meedoen")) == items
    onward(bot, "1 oneens 2 eens")
    assert votes(bot, items[0]) == {"disagree": 1}
    bot.staff(f"verberg {items[3]} 6")
    rest = listed(bot.say("anna", "meedoen"))
    assert items[4] in rest
    assert not {items[0], items[1], items[2], items[3]} & set(rest)


def test_a_short_list_that_is_shown_again_gets_what_is_new_behind_it(tmp_path: Path) -> None:
    bot = Bot(tmp_path / "town.db")
    bot.open()
    bot.say("otto", "stelling Er moeten meer bomen komen.")
    bot.say("anna", "meedoen")
    assert listed(bot.say("anna", "ja")) == ["S1"]
    for words in ("De straat wordt autovrij.", "De bus moet blijven."):
        bot.say("otto", f"stelling {words}")
    items = listed(bot.say("anna", "meedoen"))
    assert items[0] == "S1"
    assert sorted(items) == ["S1", "S2", "S3"]
    bot.say("anna", "1 eens 3 oneens")
    assert votes(bot, "S1") == {"agree": 1}
    assert votes(bot, items[2]) == {"disagree": 1}
    bot.close()


def test_the_last_place_by_its_number_brings_the_next_list(bot: Bot) -> None:
    items = begun(bot)
    bot.say("anna", "1 eens 2 eens 3 eens 4 eens")
    assert len(listed(bot.say("anna", f"stem {items[4]} eens"))) == 3


@dataclass
class Read:
    """A person who remembers the list as it was read."""

    items: list[str]
    meant: dict[str, str] = field(default_factory=dict)


@settings(examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.dictionaries(st.integers(1, 5), st.sampled_from(sorted(CHOICES)), min_size=1),
            st.sampled_from(["verder", "meedoen"]),
        ),
        max_size=8,
    )
)
def test_whatever_is_answered_counts_on_what_was_read(
    tmp_path_factory: pytest.TempPathFactory, doings: list[dict[int, str] | str]
) -> None:
    """Every vote is on the statement that stood at its place in the last list that was shown."""
    bot = started(tmp_path_factory.mktemp("list") / "town.db")
    anna = Read(begun(bot))
    for doing in doings:
        if isinstance(doing, str):
            said = bot.say("anna", doing)
        else:
            places = {n: word for n, word in doing.items() if n <= len(anna.items)}
            said = bot.say("anna", " ".join(f"{n} {word}" for n, word in places.items()) or "1 ?")
            for place, word in (places or {1: "?"}).items():
                if anna.items:
                    anna.meant[anna.items[place - 1]] = CHOICES[word]
        anna.items = listed(said) or anna.items
    for number, choice in anna.meant.items():
        assert votes(bot, number) == {choice: 1}
    bot.close()


@pytest.mark.parametrize("error", [Impossible("M_FORBIDDEN"), ZeroDivisionError()])
def test_no_answer_counts_on_a_list_that_was_refused_for_ever(
    tmp_path: Path, error: Exception
) -> None:
    live = Live(tmp_path / "town.db")
    live.open()
    for subject in SUBJECTS:
        live.say(subject, f"stelling Er moeten meer {subject} komen.")
    live.say("anna", "meedoen")
    live.say("anna", "ja")
    live.deliver()
    first = listed(live.chat.at(person("anna"))[-1])
    live.chat.fault = lambda what, place, _id: error if place == person("anna") else None
    live.say("anna", "1 eens 2 eens 3 eens 4 eens 5 eens")
    live.deliver()
    live.chat.fault = lambda _what, _place, _id: None
    live.say("anna", "1 oneens")
    dialogue = live.engine.ledger.states["ons-gesprek"]
    books = dialogue.machine(0).box(dialogue.states[0]).books
    counted = {number: book.tally for number, book in books.items() if book.votes}
    assert set(counted) == set(first)
    assert counted[first[0]]["disagree"] == 1
    live.say("anna", "meedoen")
    live.deliver()
    assert len(listed(live.chat.at(person("anna"))[-1])) == 3


def test_a_list_that_is_left_stays_left_while_the_next_is_on_its_way(tmp_path: Path) -> None:
    """Answers typed before the next list came are on the one that was read, and bring no other."""
    live = Live(tmp_path / "town.db")
    live.open()
    for subject in SUBJECTS:
        live.say(subject, f"stelling Er moeten meer {subject} komen.")
    live.say("anna", "meedoen")
    live.say("anna", "ja")
    live.deliver()
    for text in ("verder", "1 eens", "2 eens", "3 eens", "1 oneens", "2 oneens", "3 oneens"):
        live.say("anna", text)
    live.deliver()
    second = listed(live.chat.at(person("anna"))[-1])
    live.say("anna", "1 ?")
    dialogue = live.engine.ledger.states["ons-gesprek"]
    books = dialogue.machine(0).box(dialogue.states[0]).books
    assert books[second[0]].tally["pass"] == 1
    assert len(second) == 3
