"""The courier of a live platform: priority, waiting, giving up, and nothing sent twice."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.delivery import courier as module
from bot.delivery.queue import MOST
from bot.desk.asker import Reply
from bot.platforms.facts import Origin, Posted, Said
from bot.platforms.live import Doubtful, Impossible, NotYet, Unreachable
from bot.platforms.places import Place, PlaceKind
from dialogues.core import Audience, Notice
from tests.engine.chat import ROOM, STAFF, WHOLE, Killed, Lost, person
from tests.engine.live import CHARTER, Live
from tests.engine.noted import Told


class Hours:
    """The courier's clock, moved by the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: self.now))


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    return Hours(monkeypatch)


def step(live: Live) -> bool:
    """One turn of the courier."""
    return asyncio.run(live.courier._next())


def steps(live: Live) -> None:
    """Turns of the courier until one fails or nothing waits."""
    while step(live):
        pass


def begun(live: Live, statements: int = 12) -> None:
    """Anna has begun, and there are this many statements."""
    live.open()
    live.say("anna", "meedoen")
    live.say("anna", "ja")
    for number in range(statements):
        live.say(f"r{number}", f"stelling Zin nummer {number} over onze straat.")
    live.deliver()


def newest(live: Live, user: str = "anna") -> Told:
    """What the newest message to somebody says."""
    return live.told(person(user))[-1]


def offered(live: Live) -> list[str]:
    """The statements that Anna's newest message offers, in their places."""
    return [row["item"] for row in newest(live).data("offer_statements")["items"]]


def votes(live: Live, item: str) -> list[object]:
    """The choices that stand on a statement."""
    state = live.engine.ledger.states["ons-gesprek"]
    book = state.machine(0).box(state.states[0]).books[item]
    return [vote[2] for vote in book.votes.values()]


# -- where it cannot go --------------------------------------------------------------------------


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


# -- what goes first -----------------------------------------------------------------------------


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


# -- what waits for one person -------------------------------------------------------------------


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


# -- nothing twice, nothing lost -----------------------------------------------------------------


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
    with pytest.raises(NotYet):
        steps(live)
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
    draw = random.Random(seed)

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
