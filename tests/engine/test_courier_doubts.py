"""Nobody knows whether something arrived in one place: the others do not wait for it."""

from __future__ import annotations

import pytest

from bot.platforms.live import Doubtful, NotYet, Unreachable
from bot.platforms.places import Place
from tests.engine.chat import ROOM, STAFF, Lost, person
from tests.engine.live import Live
from tests.engine.stepping import Hours, newest, step, steps

ANNA, BRAM = person("anna"), person("bram")
TREES = "Er moeten meer bomen komen."


def silent(live: Live, *places: Place) -> None:
    """Nothing comes back from what is sent to these places."""
    live.chat.fault = lambda _what, place, _id: Doubtful(5.0) if place in places else None


def test_a_room_that_does_not_answer_holds_up_nobody(live: Live) -> None:
    live.open()
    silent(live, ROOM)
    live.say("anna", "stelling Er moeten meer bomen komen.")
    steps(live)
    assert newest(live, "anna")
    assert live.store.outbox.counts() == {"landed": 1}
    live.say("bram", "stelling De bus rijdt te weinig.")
    step(live)
    assert newest(live, "bram")


def test_a_person_whose_answer_is_lost_holds_up_nobody(live: Live) -> None:
    live.open()
    silent(live, ANNA)
    live.say("anna", "hulp")
    live.say("bram", "hulp")
    step(live)
    assert not live.told(ANNA)
    assert live.told(BRAM)


def test_what_is_said_next_in_that_place_waits_for_it(live: Live, hours: Hours) -> None:
    """Else an answer stands above what was told before it."""
    live.open()
    live.chat.fault = lambda what, place, _id: (
        Lost(Doubtful(5.0)) if what == "send" and place == ANNA else None
    )
    live.say("anna", "hulp")
    step(live)
    live.say("anna", "status")
    calls = len(live.chat.calls)
    steps(live)
    assert len(live.chat.calls) == calls
    live.chat.fault = lambda *_: None
    hours.now += 6.0
    steps(live)
    first, second = live.told(ANNA)
    assert first.codes != second.codes


def test_news_does_not_leap_over_an_answer_to_join_other_news(live: Live, hours: Hours) -> None:
    """News for one person is told together; what came after a question comes after its answer."""
    live.open()
    for text in (TREES, "De bus rijdt te weinig."):
        live.say("anna", f"stelling {text}")
        steps(live)
    before = len(live.told(ANNA))
    silent(live, ANNA, ROOM, STAFF)
    live.command("verberg S1 reclame")
    live.say("anna", "hulp")
    live.command("verberg S2 reclame")
    live.chat.fault = lambda *_: None
    hours.now += 60.0
    steps(live)
    told = [message.codes for message in live.told(ANNA)[before:]]
    assert told == [("your_item_hidden",), ("help",), ("your_item_hidden",)]


@pytest.mark.parametrize("places", [(ROOM, ANNA), (ANNA, BRAM), (STAFF, ROOM)])
def test_where_two_places_are_silent_it_is_the_platform_that_is_away(
    places: tuple[Place, ...], live: Live
) -> None:
    live.open()
    silent(live, *places)
    live.say("anna", "stelling Er moeten meer bomen komen.")
    live.say("bram", "hulp")
    live.command("hulp")
    live.command("werk")
    with pytest.raises(NotYet):
        steps(live)


def test_once_something_arrived_a_place_is_alone_again(live: Live, hours: Hours) -> None:
    live.open()
    for silent_one in (ANNA, BRAM, ANNA, BRAM):
        silent(live, silent_one)
        live.say("anna", "hulp")
        live.say("bram", "hulp")
        steps(live)
        hours.now += 60.0


@pytest.mark.parametrize("error", [Doubtful(5.0), Unreachable(5.0), None])
def test_words_erased_while_it_took_long_in_one_place_go_to_no_other(
    error: Exception | None, live: Live, hours: Hours
) -> None:
    """Answers for several places are composed at once; those of the others are so again."""
    live.open()
    live.say("zoe", f"stelling {TREES}")
    live.deliver()

    def forgets(_what: str, place: Place, _id: str) -> Exception | None:
        if place != ANNA:
            return None
        live.chat.fault = lambda *_: None
        live.say("zoe", "vergeetmij")
        live.say("zoe", "ja, vergeet mij")
        hours.now += 10.0
        return error

    live.chat.fault = forgets
    live.say("anna", "hulp")
    live.say("bram", "stem S1 eens")
    steps(live)
    assert live.told(BRAM)
    assert not any(TREES in one.plain for one in live.chat.messages.values() if one.place == BRAM)
