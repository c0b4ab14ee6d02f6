"""The courier of a live platform: priority, waiting, giving up, and nothing sent twice."""

from __future__ import annotations

import pytest

from bot.desk.asker import Reply
from bot.platforms.live import Doubtful, Impossible, NotYet, Unreachable
from bot.platforms.places import Place, PlaceKind
from dialogues.core import Audience, Notice
from tests.engine.chat import ROOM, STAFF, Killed, Lost, person
from tests.engine.live import CHARTER, Live
from tests.engine.stepping import Hours, newest, step, steps
from tests.generated import drawing


def test_a_place_the_bot_is_not_in_costs_no_attempt(live: Live, hours: Hours) -> None:
    live.open()
    live.chat.fault = lambda _what, place, _id: Unreachable(60.0) if place == STAFF else None
    live.engine.ledger.outgoing.tell_staff("alarm", live.clock())
    for _ in range(8):
        hours.now += 61.0
        live.deliver()
    assert live.store.outbox.counts() == {"waiting": 1}
    live.say("anna", "meedoen")
    live.deliver()
    assert "begin" in newest(live).codes  # nobody else waits for it
    live.chat.fault = lambda _what, _place, _id: None
    live.courier.entered([STAFF])
    live.deliver()
    assert ("alarm",) in [told.codes for told in live.told(STAFF)]


def test_after_five_refusals_it_is_given_up_and_staff_hears_once(live: Live, hours: Hours) -> None:
    live.open()
    live.chat.fault = lambda what, place, _id: (
        Impossible("M_FORBIDDEN") if place == ROOM and what == "send" else None
    )
    live.command('gesprek afspraken open="bankjes" want="dat is beter"')
    for attempt in range(1, 8):
        live.deliver()
        told = [one for one in live.told(STAFF) if "not_sent" in one.codes]
        assert len(told) == (2 if attempt >= 5 else 0)  # the news, and the card
        live.say(f"r{attempt}", "meedoen")
        live.deliver()
        assert "begin" in newest(live, f"r{attempt}").codes
        hours.now += 6.0
    assert live.store.outbox.counts() == {"parked": 2}


def test_a_row_that_cannot_be_rendered_stops_nothing(live: Live) -> None:
    live.open()
    state = live.engine.ledger.states["ons-gesprek"]
    with live.store.transaction():
        live.engine.ledger.tell(state, Notice("no_such_text", {}, Audience.ROOM), live.clock())
    live.say("anna", "meedoen")
    live.deliver()
    assert "begin" in newest(live).codes
    assert live.store.outbox.counts() == {"parked": 1}
    assert set(live.alarms) == {"RenderError"}


def test_an_answer_that_cannot_be_rendered_stops_nothing(live: Live) -> None:
    live.open()
    live.courier.answer([Reply(person("anna"), (Notice("no_such_text", {}),), "$x")])
    live.say("anna", "meedoen")
    live.deliver()
    assert "begin" in newest(live).codes


def test_staff_then_news_and_document_card_and_persons(live: Live) -> None:
    live.open()
    live.chat.calls.clear()
    state = live.engine.ledger.states["ons-gesprek"]
    live.say("anna", "meedoen")
    live.say("bram", "stelling Er moeten meer bomen komen.")  # the card changes
    with live.store.transaction():
        tell, now = live.engine.ledger.tell, live.clock()
        tell(state, Notice("room_votes_do_not_count", {}, Audience.ROOM), now)
        document = Notice("advice", {"position": 3}, Audience.ROOM, slot="document-3")
        tell(state, document, now)
        tell(state, Notice("dialogue_closed_staff", {"title": "x"}, Audience.STAFF), now)
    live.command("status")
    said: list[tuple[Place, str]] = []
    live.chat.fault = lambda _what, place, token: said.append((place, token))
    live.deliver()
    where = [place.kind for place, _ in said]
    assert where == [
        PlaceKind.STAFF, PlaceKind.STAFF, PlaceKind.ROOM, PlaceKind.ROOM, PlaceKind.ROOM,
        PlaceKind.PERSONAL, PlaceKind.PERSONAL,
    ]  # fmt: skip
    news = live.told(ROOM)[-2]
    assert news.codes == ("room_votes_do_not_count",)  # said before it, as a result is
    assert live.chat.at(ROOM)[-1] == "stuk"  # the document
    (card,) = live.chat.cards()
    in_room = [token for place, token in said if place == ROOM]
    assert in_room[2] == live.chat.messages[card].token


def test_a_card_is_edited_once_in_half_a_minute_while_others_wait(live: Live, hours: Hours) -> None:
    live.open()
    live.say("anna", "stelling Er moeten meer bomen komen.")
    live.deliver()
    edits = sum(call == "send" for call, _ in live.chat.calls)
    live.say("bram", "stelling De bus rijdt te weinig.")
    live.say("carla", "stelling De straat is te druk.")
    assert step(live)
    assert newest(live, "bram")
    assert newest(live, "carla")  # both persons first: the card was edited a moment ago
    assert sum(call == "send" for call, _ in live.chat.calls) == edits + 2
    live.deliver()  # nothing else waits: the card may go
    assert live.card().data("card")["statements"] == 3
    live.say("daan", "stelling Er is te weinig licht.")
    hours.now += 31.0
    assert step(live)
    assert live.card().data("card")["statements"] == 4  # its half minute is over: it is first


@pytest.mark.parametrize("fault", [Lost(Killed()), Lost(Doubtful(1.0))], ids=repr)
def test_what_arrived_without_an_answer_is_not_sent_again(fault: BaseException, live: Live) -> None:
    live.open()
    faults = [fault]

    def once(what: str, place: Place, _id: str) -> BaseException | None:
        return faults.pop() if what == "send" and place == ROOM and faults else None

    live.chat.fault = once
    live.command('gesprek afspraken open="bankjes" want="dat is beter"')
    try:
        live.deliver()
    except Killed:
        live.restart()
    live.chat.known.clear()  # the server's memory of tokens is gone: a day later, another device
    live.deliver()
    assert [told.codes for told in live.told(ROOM)].count(("charter_changed",)) == 1
    assert any(call == "find" for call, _ in live.chat.calls)
    assert live.store.outbox.counts() == {}


def test_what_did_not_arrive_is_sent_after_all(live: Live) -> None:
    live.open()
    faults = [Killed()]
    live.chat.fault = lambda what, place, _id: (
        faults.pop() if what == "send" and place == ROOM and faults else None
    )
    live.command('gesprek afspraken open="bankjes" want="dat is beter"')
    with pytest.raises(Killed):
        live.deliver()
    live.restart()
    live.deliver()
    assert [told.codes for told in live.told(ROOM)].count(("charter_changed",)) == 1


def test_a_card_that_may_stand_is_not_changed_under_its_token(live: Live) -> None:
    """Else the server, which knows the token, drops the change."""
    faults = [Lost(Doubtful(1.0))]
    live.chat.fault = lambda what, place, _id: (
        faults.pop() if what == "send" and place == ROOM and faults else None
    )
    live.command(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER}")
    live.command("start")
    steps(live)
    assert not faults
    live.say("anna", "stelling Er moeten meer bomen komen.")
    live.deliver()
    assert live.card().data("card")["statements"] == 1


def test_refused_for_a_while_a_card_is_one_message_with_the_newest_words(live: Live) -> None:
    live.open()
    live.chat.fault = lambda _what, place, _id: NotYet(1.0) if place == ROOM else None
    live.say("anna", "stelling Er moeten meer bomen komen.")
    with pytest.raises(NotYet):
        step(live)
    live.say("bram", "stelling De bus rijdt te weinig.")
    with pytest.raises(NotYet):
        step(live)
    assert live.store.outbox.counts() == {"waiting": 1}
    live.chat.fault = lambda _what, _place, _id: None
    before = len(live.chat.calls)
    live.deliver()
    (card,) = live.chat.cards()
    token = live.chat.messages[card].token
    assert live.card().data("card")["statements"] == 2
    assert live.chat.calls[before:].count(("send", token)) == 1


def test_what_changed_while_it_was_refused_takes_its_place(live: Live) -> None:
    """Else two edits go where one says it all."""
    live.open()
    live.say("anna", "stelling Er moeten meer bomen komen.")
    said: list[str] = []

    def meanwhile(_what: str, place: Place, _token: str) -> Exception | None:
        if place != ROOM or said:
            return None
        said.append(live.say("bram", "stelling De bus rijdt te weinig."))
        return NotYet(1.0)

    live.chat.fault = meanwhile
    with pytest.raises(NotYet):
        step(live)
    assert live.store.outbox.counts() == {"waiting": 1}


@pytest.mark.parametrize("seed", range(8))
def test_however_often_the_server_says_stop_all_comes_later_and_once(seed: int, live: Live) -> None:
    """Promise 12: refusals, lost answers and lost questions at every third call."""
    live.open(more="stemming=open")
    draw = drawing(seed)

    def fault(_what: str, _place: Place, _token: str) -> BaseException | None:
        kind = draw.randrange(12)
        return {0: NotYet(1.0), 1: Doubtful(1.0), 2: Lost(Doubtful(1.0)), 3: NotYet(60.0)}.get(kind)

    live.chat.fault = fault
    given = [live.say(f"r{n}", f"!stelling Zin nummer {n} over de straat.", ROOM) for n in range(6)]
    for number in range(20):
        live.say(f"r{number}", f"stem S{number % 6 + 1} eens")
        if number % 3 == 0:
            live.deliver(2000)
    live.deliver(2000)
    for number in range(20):
        told = [notice for one in live.told(person(f"r{number}")) for notice in one]
        noted = [notice.data["votes"] for notice in told if notice.template == "votes_noted"]
        assert [(v["item"], v["word"]) for (v,) in noted] == [
            (f"S{number % 6 + 1}", "choice_agree")
        ]
    assert live.card().data("card")["statements"] == 6
    assert set(live.chat.ticks) == set(given)
    assert live.chat.pinned == live.chat.cards()
    assert live.store.outbox.counts() == {}
