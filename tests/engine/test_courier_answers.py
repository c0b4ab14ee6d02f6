"""The courier: what waits for one person goes as one message, and what it is read against."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.queue import MOST
from bot.delivery.rows import Turn
from bot.platforms.facts import Origin, Posted, Said
from bot.platforms.live import NotYet, Unreachable
from bot.platforms.places import Place, PlaceKind
from tests.engine.chat import STAFF, WHOLE, person
from tests.engine.live import Live
from tests.engine.stepping import Hours, begun, newest, offered, step, steps, votes


def test_what_waits_for_one_person_is_one_message(live: Live) -> None:
    live.open(more="toetsing=vooraf")
    for number in range(3):
        live.say("anna", f"stelling Zin nummer {number} over onze straat.")
    live.deliver()
    before = len(live.chat.at(person("anna")))
    live.command("ok S1 S2 S3")
    live.deliver()
    assert len(live.chat.at(person("anna"))) == before + 1
    assert all(f"S{n}" in live.chat.at(person("anna"))[-1] for n in (1, 2, 3))


def test_what_comes_while_an_answer_is_refused_goes_with_it(live: Live) -> None:
    live.open()
    faults = [NotYet(1.0)]
    live.chat.fault = lambda what, place, _id: (
        faults.pop() if what == "send" and place == person("anna") and faults else None
    )
    live.say("anna", "meedoen")
    with pytest.raises(NotYet):
        steps(live)
    live.say("anna", "privacy")
    live.deliver()
    (only,) = live.told(person("anna"))
    assert only.codes == ("begin", "privacy")


def test_where_one_is_refused_the_others_that_were_made_are_made_again(live: Live) -> None:
    live.open()
    faults = [NotYet(1.0)]
    live.chat.fault = lambda what, place, _id: (
        faults.pop() if what == "send" and place == person("anna") and faults else None
    )
    live.say("anna", "meedoen")
    live.say("bram", "meedoen")
    with pytest.raises(NotYet):
        step(live)
    assert not live.chat.at(person("bram"))
    live.say("bram", "privacy")
    live.deliver()
    (only,) = live.told(person("bram"))
    assert only.codes == ("begin", "privacy")
    assert "begin" in newest(live).codes


def test_what_comes_while_an_answer_is_made_goes_after_it(live: Live) -> None:
    live.open()
    live.say("anna", "meedoen")
    errand = live.courier._in_thread
    meanwhile = iter(["privacy"])

    async def busy(work: Callable[[], object]) -> object:
        made = await errand(work)
        for text in meanwhile:
            live.say("anna", text)
        return made

    live.courier._in_thread = busy
    live.deliver()
    first, second = live.told(person("anna"))
    assert (first.codes, second.codes) == (("begin",), ("privacy",))


def test_who_waited_ten_seconds_finds_ten_statements(live: Live, hours: Hours) -> None:
    begun(live)
    live.say("anna", "meedoen")
    hours.now += 11.0
    live.deliver()
    items = offered(live)
    assert len(items) == 10
    live.later(seconds=1)
    live.say("anna", "10 oneens 1 eens")
    live.deliver()
    assert votes(live, items[9]) == ["disagree"]
    assert votes(live, items[0]) == ["agree"]


def test_who_did_not_wait_finds_five(live: Live, hours: Hours) -> None:
    begun(live)
    live.say("anna", "meedoen")
    hours.now += 9.0
    live.deliver()
    assert len(offered(live)) == 5


def test_of_several_offers_the_newest_is_sent(live: Live) -> None:
    begun(live)
    live.say("anna", "meedoen")
    live.say("zoe", "stelling Er komt nog een zin bij.")  # now the offers differ
    live.later(seconds=1)
    live.say("anna", "meedoen")
    live.deliver()
    assert newest(live).data("offer_statements")["total"] == 13


def test_places_are_those_of_the_offer_that_stood(live: Live) -> None:
    """An offer made while an earlier one is being sent does not stand with it."""
    begun(live)
    live.say("anna", "stem S1 eens")
    live.say("anna", "meedoen")
    added: list[str] = []

    def meanwhile(what: str, place: Place, _id: str) -> None:
        if what == "send" and place == person("anna") and not added:
            added.append(live.say("anna", "stem S2 eens"))
            live.say("anna", "meedoen")  # its offer waits for the next message

    live.chat.fault = meanwhile
    assert step(live)
    live.chat.fault = lambda _what, _place, _id: None
    first = offered(live)[0]
    live.later(seconds=1)
    live.say("anna", "1 oneens")
    assert votes(live, first) == ["disagree"]


def test_a_quick_answer_is_read_against_what_stood(live: Live) -> None:
    """The message's own time is when it stands, however late the bot hears that it went."""
    begun(live)
    live.say("anna", "meedoen")
    live.deliver()
    answered = offered(live)
    live.say("zoe", "stelling Er komt nog een zin bij.")
    live.later(seconds=1)
    for item in answered:  # who has not answered a whole list gets the same one again
        live.say("anna", f"stem {item} eens")
    live.say("anna", "meedoen")
    sent = live.clock()
    live.later(seconds=5)  # the bot is slow: its own clock is past the answer
    live.deliver()
    first = offered(live)[0]
    assert first not in answered
    origin = Origin("$snel", sent + timedelta(seconds=2), person("anna"), "anna")
    token = list(live.chat.messages.values())[-1].token
    echo = Posted(token, "$x", sent + timedelta(seconds=1))
    live.put(echo, Said(origin, "1 oneens"))
    assert votes(live, first) == ["disagree"]
    assert votes(live, answered[0]) == ["agree"]


def test_an_offer_of_recommendations_stands_too(live: Live) -> None:
    live.open("gesprek")
    live.say("anna", "stelling Er moeten meer bomen komen.")
    for number in range(6):
        live.say(f"r{number}", "stem S1 eens")
    for _ in range(2):
        live.command("volgende")
        live.read_back()
        live.deliver()
    live.say("anna", "meedoen")
    live.say("anna", "ja")
    live.deliver()
    assert "A1" in live.chat.at(person("anna"))[-1]
    live.later(seconds=1)
    live.say("anna", "1 ja")
    live.deliver()
    (vote,) = newest(live).data("votes_noted")["votes"]
    assert (vote["item"], vote["word"]) == ("A1", "choice_yes")


def test_answers_that_do_not_fit_are_several_messages(live: Live) -> None:
    live.open(more="toetsing=vooraf")
    for number in range(60):
        live.say(f"r{number}", f"stelling {number} " + "Er moeten meer bomen komen. " * 8)
    live.deliver()
    live.chat.limit = replace(WHOLE, most=5000)
    before = len(live.chat.at(STAFF))
    live.command("werk")
    live.deliver()
    parts = live.chat.at(STAFF)[before:]
    assert len(parts) > 3
    assert all(len(part.encode()) < 5000 for part in parts)
    assert all(re.match(r"Ons gesprek:[ \n]\S", part) for part in parts)  # the title, in each
    row = re.compile(r"^(?:Ons gesprek: )?(\d+)\. S", re.MULTILINE)
    assert [int(n) for part in parts for n in row.findall(part)] == [*range(1, 61)]


def test_answers_that_wait_are_bounded(live: Live) -> None:
    live.open()
    live.chat.fault = lambda _what, place, _id: (
        Unreachable(60.0) if place.kind is PlaceKind.PERSONAL else None
    )
    for number in range(200):
        live.say("anna", f"stelling Zin {number}" if number % 2 else f"onzin {number}")
        live.deliver()
    waiting = live.courier._answers.places[str(person("anna"))]
    assert 0 < len(waiting.answers) <= MOST


# -- how often the outbox is looked at -----------------------------------------------------------


def errands(live: Live, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each call to the engine's thread from now on, until nothing more can be sent."""
    made: list[object] = []
    take = live.rows.take

    def counted(turn: Turn) -> object:
        made.append(turn)
        return take(turn)

    monkeypatch.setattr(live.rows, "take", counted)
    return made


def test_after_an_answer_nothing_is_looked_for_where_nothing_waits(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One call to the engine's thread for an answer; a second would find nothing."""
    live.open()
    live.say("anna", "privacy")
    looked = errands(live, monkeypatch)
    live.deliver()
    assert live.told(person("anna"))[-1].codes == ("privacy",)
    assert len(looked) == 1


def test_what_waits_behind_an_answer_goes_after_it_at_once(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    live.open(more="toetsing=vooraf")
    live.say("anna", "stelling Er moeten meer bomen komen.")
    live.say("bram", "stelling De bus moet vaker rijden.")
    live.command("ok S1 S2")
    live.deliver()
    for who, said in (("anna", "bomen"), ("bram", "bus")):
        _first, then = live.chat.at(person(who))
        assert said in then


def test_a_card_whose_turn_it_is_follows_an_answer(live: Live) -> None:
    live.open()
    live.say("zoe", "stelling Er moeten meer bomen komen.")
    live.deliver()
    assert live.card().data("card")["statements"] == 1
