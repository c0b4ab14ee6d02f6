"""What becomes a reason: words of at least two, or one that was confirmed; never a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.bots import Bot

#: What people answer who give no reason, in Dutch and in English.
DECLINED = (
    "stop", "overslaan", "geen idee", "weet niet", "Weet ik niet.", "n.v.t.", "liever niet",
    "later", "ok", "OK, dank u", "-", "...", "👍", "nee hoor", "Nee, dank je wel!", "hoi",
    "Hallo allemaal",
    "geen mening", "daar heb ik geen mening", "no", "No, thanks", "I don't know", "I'd rather not",
    "goedenavond", "thank you", "skip", "bedankt",
)  # fmt: skip


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    made = Bot(tmp_path / "town.db")
    made.open("gesprek", "minimum=5")
    for text in ("Er moeten meer bomen komen.", "De bus moet vaker rijden.", "Weg met de auto."):
        made.say("zoe", f"stelling {text}")
    yield made
    assert made.alarms == []
    made.close()


def asked(bot: Bot, who: str = "anna") -> None:
    """Somebody votes until the bot asks why."""
    for item in ("S1", "S2", "S3"):
        bot.say(who, f"stem {item} oneens")


def reasons(bot: Bot) -> list[str]:
    items = bot.dialogue.items.by_number.values()
    return [bot.session.store.texts.words(i.text.ref) or "" for i in items if i.number[0] == "R"]


def to_the_vote(bot: Bot) -> None:
    for who in ("a", "b", "c", "d", "e"):
        bot.say(who, "stem S1 eens")
    bot.staff("volgende")
    bot.staff("volgende")


@pytest.mark.parametrize("words", DECLINED)
def test_who_declines_gives_no_reason(words: str, bot: Bot) -> None:
    asked(bot)
    bot.say("anna", words)
    bot.say("bram", f"waarom S1 {words}")
    assert reasons(bot) == []
    before = bot.lines()
    bot.say("anna", "ja")  # the question is over
    assert bot.lines() == before


@pytest.mark.parametrize("words", DECLINED)
def test_a_refusal_behind_a_vote_is_no_reason(words: str, bot: Bot) -> None:
    to_the_vote(bot)
    said = bot.say("anna", f"stem A1 nee {words}")
    assert bot.tally("A1", 2) == {"no": 1}, said
    assert reasons(bot) == []


@pytest.mark.parametrize("how", ["asked", "why", "vote"])
@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("ja", ["Parkeren"]),
        ("nee", []),
        ("liever niet", []),
        ("Er is geen plek.", ["Er is geen plek."]),
    ],
)
def test_one_word_is_confirmed(how: str, answer: str, kept: list[str], bot: Bot) -> None:
    if how == "vote":
        to_the_vote(bot)
        bot.say("anna", "stem A1 nee Parkeren")
    elif how == "why":
        bot.say("anna", "waarom S1 Parkeren")
    else:
        asked(bot)
        bot.say("anna", "Parkeren")
    assert reasons(bot) == []
    votes = [event for event in bot.events() if event.startswith("VoteCast")]
    bot.say("anna", answer)
    assert reasons(bot) == kept
    assert [event for event in bot.events() if event.startswith("VoteCast")] == votes


def test_one_word_that_was_confirmed_is_taken_back_with_its_message(bot: Bot) -> None:
    fact = bot.fact("anna", "waarom S1 Parkeren")
    bot.put(fact)
    bot.say("anna", "ja")
    bot.put(bot.removal("anna", fact.origin.cause))
    assert "ItemWithdrawn R1" in bot.events()


@pytest.mark.parametrize("words", ["stop", "nee", "Parkeren"])
def test_a_reason_is_not_changed_into_none(words: str, bot: Bot) -> None:
    bot.say("anna", "waarom S1 Er is geen plek.")
    bot.say("anna", f"wijzig R1 {words}")
    assert reasons(bot) == ["Er is geen plek."]


def test_stop_says_that_one_can_go_on_later(bot: Bot) -> None:
    asked(bot)
    assert "stopped" in bot.say("anna", "stop").codes


@pytest.mark.parametrize(
    "words",
    [
        "omdat er dan meer schaduw is",
        "Want er is geen plek.",
        "en omdat het te heet wordt",
        "because it gets too hot",
        "Cause there is no room",
    ],
)
@pytest.mark.parametrize("begun", [False, True])
def test_why_somebody_voted_so_is_the_reason_of_their_last_vote(
    begun: bool, words: str, bot: Bot
) -> None:
    """Nobody asked for it: it is asked about, and never as a statement of their own."""
    for word in ("meedoen", "ja") if begun else ():
        bot.say("anna", word)
    bot.say("anna", "stem S1 eens")
    bot.say("anna", "stem S3 oneens")
    bot.say("anna", "stem S1 niets")
    asked = bot.say("anna", words)
    assert asked.tells("reason_ask", item="S3"), asked.codes
    assert reasons(bot) == []
    assert bot.say("anna", "ja").tells("reason_noted", item="S3")
    assert reasons(bot) == [words]


def test_without_a_vote_or_with_a_no_it_is_no_reason(bot: Bot) -> None:
    bot.say("bram", "meedoen")
    bot.say("bram", "ja")
    assert "reason_ask" not in bot.say("bram", "omdat er dan meer schaduw is").codes
    bot.say("anna", "stem S1 eens")
    assert "reason_ask" in bot.say("anna", "omdat er dan meer schaduw is").codes
    assert "no_reason" in bot.say("anna", "nee").codes
    assert reasons(bot) == []
    assert "omdat" not in str([i.text for i in bot.dialogue.items.by_number.values()])


@pytest.mark.parametrize("words", ["omdat", "want nee", "Er is geen plek want het is te smal."])
def test_what_says_more_or_nothing_is_no_reason(words: str, bot: Bot) -> None:
    bot.say("anna", "stem S1 eens")
    assert "reason_ask" not in bot.say("anna", words).codes
