"""The card of a round is posted again once it is far up, exactly once, whatever fails meanwhile."""

from __future__ import annotations

import pytest

from bot.delivery.queue import Paces
from bot.platforms.facts import Passed, Tick
from bot.platforms.live import Doubtful, Impossible, NotYet
from bot.platforms.places import Place
from tests.engine.chat import ROOM, Killed, Lost
from tests.engine.live import Live


def far_up(live: Live, messages: int = 31, minutes: int = 30) -> str:
    """A card with this many messages below it, this long after it was posted; returns its id."""
    (card,) = live.chat.cards()
    live.chatter(messages)
    live.later(minutes=minutes)
    return card


def test_a_card_far_up_is_posted_anew_and_the_old_one_goes(live: Live) -> None:
    live.open()
    old = far_up(live)
    assert live.chat.pinned == [old]
    live.deliver()
    (new,) = live.chat.cards()
    assert new != old
    assert live.chat.removed == [old]
    assert live.chat.pinned == [new]
    done = [call for call, _ in live.chat.calls]
    assert done[-4:] == ["send", "pin", "unpin", "remove"]
    live.say("anna", "stelling Er moeten meer bomen komen.")
    live.deliver()
    assert live.chat.cards() == [new]
    assert live.reads(new).data("card")["statements"] == 1


def test_the_next_rounds_card_is_pinned_in_place_of_the_last(live: Live) -> None:
    live.open("gesprek", poll='soort=een vraag="Waar?" opties="noord; zuid"')
    (first,) = live.chat.cards()
    live.command("volgende")
    live.later(seconds=1)
    live.read_back()
    live.put(Tick(live.clock()))
    live.deliver()
    first_still, second = live.chat.cards()
    assert first_still == first
    assert live.chat.pinned == [second]


@pytest.mark.parametrize(("messages", "minutes"), [(30, 30), (31, 28), (5, 600)])
def test_a_card_near_or_young_stays(messages: int, minutes: int, live: Live) -> None:
    live.open()
    old = far_up(live, messages, minutes)
    live.deliver()
    assert live.chat.cards() == [old]
    assert live.chat.removed == []


def test_everybodys_messages_count_the_bots_own_and_pictures_too(live: Live) -> None:
    live.open()
    (old,) = live.chat.cards()
    live.chatter(28)
    live.put(Passed(live.origin("zoe", ROOM)))
    picture = Passed(live.origin("zoe", ROOM))
    live.put(picture)
    live.put(picture)  # delivered twice, it stands once
    live.later(minutes=40)
    live.deliver()
    assert live.chat.cards() == [old]
    live.command('gesprek afspraken open="bankjes" want="dat is beter"')  # the room hears of it
    live.deliver()
    assert live.chat.cards() != [old]
    assert live.chat.removed == [old]


def test_at_most_once_in_half_an_hour(live: Live) -> None:
    live.open()
    far_up(live)
    live.deliver()
    (second,) = live.chat.cards()
    live.chatter(50)
    live.later(minutes=25)
    live.deliver()
    assert live.chat.cards() == [second]
    live.later(minutes=10)
    live.deliver()
    assert live.chat.cards() != [second]


def test_what_was_counted_is_known_after_a_restart(live: Live) -> None:
    live.open()
    old = far_up(live, messages=20)
    live.restart()
    live.chatter(11)
    live.deliver()
    assert live.chat.removed == [old]
    assert len(live.chat.cards()) == 1


def test_a_card_of_a_round_that_is_over_is_not_posted_anew(live: Live) -> None:
    live.open()
    old = far_up(live)
    live.command("sluit ja")
    live.deliver()
    live.read_back()
    live.command("status")
    live.deliver()
    assert live.chat.cards() == [old]
    assert live.reads(old).data("card")["open"] is False
    assert live.chat.removed == []


def test_a_round_that_ends_while_its_card_waits_keeps_the_old_one(live: Live) -> None:
    live.open()
    old = far_up(live)
    live.chat.fault = lambda what, place, _id: NotYet(1.0) if place == ROOM else None
    with pytest.raises(AssertionError, match="never ends"):
        live.deliver(20)
    live.command("sluit ja")
    live.read_back()
    live.command("status")  # whatever comes: what is due happens
    live.chat.fault = lambda _what, _place, _id: None
    live.deliver()
    assert live.chat.cards() == [old]
    assert live.reads(old).data("card")["round"] == 1
    assert live.chat.removed == []


STEPS = ("send", "pin", "unpin", "remove")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_there_is_one_card(step: str, when: str, live: Live) -> None:
    live.open()
    old = far_up(live)

    def fault(what: str, _place: Place, _id: str) -> BaseException | None:
        if what != step:
            return None
        return Killed() if when == "before" else Lost(Killed())

    live.chat.fault = fault
    with pytest.raises(Killed):
        live.deliver()
    live.chat.fault = lambda _what, _place, _id: None
    live.chat.known.clear()  # the server forgot which tokens it had
    live.restart()
    live.deliver()
    (new,) = live.chat.cards()
    assert new != old
    assert live.chat.removed == [old]
    assert live.chat.pinned == [new]
    assert live.store.outbox.counts() == {}


@pytest.mark.parametrize("step", STEPS)
def test_refused_for_a_while_it_is_done_afterwards(step: str, live: Live) -> None:
    live.open()
    old = far_up(live)
    left = 3

    def fault(what: str, _place: Place, _id: str) -> BaseException | None:
        nonlocal left
        if what == step and left:
            left -= 1
            return NotYet(1.0) if left else Lost(Doubtful(1.0))
        return None

    live.chat.fault = fault
    live.deliver()
    (new,) = live.chat.cards()
    assert new != old
    assert live.chat.removed == [old]
    assert live.chat.pinned == [new]


def test_where_the_bot_may_not_pin_the_card_moves_all_the_same(live: Live) -> None:
    live.chat.fault = lambda what, _p, _id: Impossible("M_FORBIDDEN") if "pin" in what else None
    live.open()
    old = far_up(live)
    live.deliver()
    assert live.chat.removed == [old]
    assert len(live.chat.cards()) == 1
    assert live.store.outbox.counts() == {}


def test_reactions_on_either_card_count(live: Live) -> None:
    poll = 'soort=een vraag="Waar komt de bank?" opties="plein; park; hoek"'
    live.open("peiling", "stemming=open", poll)
    (old,) = live.chat.cards()
    live.react("anna", "1️⃣", old)
    first = live.react("bram", "2️⃣", old)
    live.react("carla", "2️⃣", old)
    far_up(live)
    live.deliver()
    (new,) = live.chat.cards()
    assert live.reads(new).data("card")["again"] is True  # it says that earlier taps count
    live.react("daan", "3️⃣", old)  # sent in the moment in which the card moved
    live.react("carla", "1️⃣", new)
    live.unreact("bram", first)
    live.restart()
    state = live.engine.ledger.states["ons-gesprek"]
    book = state.machine(0).box(state.states[0]).books["P1"]
    assert sorted(c.choice for c in book.votes.values() if c.choice is not None) == [
        (1,),
        (1,),
        (3,),
    ]


def test_a_card_is_edited_now_and_then_however_often_it_changes(live: Live) -> None:
    live.open()
    (card,) = live.chat.cards()
    live.courier._pace.paces = Paces(card_breath=60)
    live.say("anna", "stelling Er moeten meer bomen komen.")
    live.deliver()
    assert live.reads(card).data("card")["statements"] == 1
    live.say("bram", "stelling De bus moet vaker rijden.")
    live.deliver()
    assert live.reads(card).data("card")["statements"] == 1
    assert 30 <= live.courier._pace.rest() <= 60
    live.courier._pace.paces = Paces(card_breath=0)
    live.deliver()
    assert live.reads(card).data("card")["statements"] == 2
