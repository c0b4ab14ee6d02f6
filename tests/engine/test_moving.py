"""When a room is upgraded, the items of an open ballot are posted in its successor, each once."""

from __future__ import annotations

import pytest

from bot.platforms.facts import Joined, Origin
from bot.platforms.live import Doubtful, NotYet
from bot.platforms.places import Place
from tests.engine.chat import ROOM, Killed, Lost
from tests.engine.live import Live

POLL = 'soort=een vraag="Waar komt de bank?" opties="plein; park; hoek"'


def said(live: Live) -> tuple[str, str]:
    """Two statements that can be voted on: one in the bot's message, one in its author's own."""
    live.say("anna", "stelling Er moeten meer bomen komen.")
    given = live.say("bram", "!stelling De bus moet vaker rijden.", ROOM)
    live.deliver()
    (shown,) = items(live)
    return shown, given


def moves(live: Live, *, again: bool = False) -> Joined:
    """The bot joins the room's empty successor; ``again``: that fact is delivered a second time."""
    if not again:
        live.count += 1
        for name in [n for n, m in live.chat.messages.items() if m.place == ROOM]:
            del live.chat.messages[name]
    origin = Origin(f"$move{live.count}", live.clock(), ROOM, "@bot:hier", order="x")
    fact = Joined(origin, (), moved=True)
    live.put(fact)
    return fact


def items(live: Live) -> dict[str, str]:
    """Messages of the bot that show a statement: their ids, with their words."""
    shown = {n: m for n, m in live.chat.messages.items() if m.slot.startswith("item-")}
    assert all(m.place == ROOM for m in shown.values())
    return {name: message.plain for name, message in shown.items()}


def tally(live: Live, item: str) -> dict[object, int]:
    state = live.engine.ledger.states["ons-gesprek"]
    book = state.machine(0).box(state.states[0]).books[item]
    return {choice: count for choice, count in book.tally.items() if count}


def test_each_statement_comes_once_and_in_order_and_can_be_reacted_on(live: Live) -> None:
    live.open(more="stemming=open")
    old = said(live)
    live.react("carla", "👍", old[0])
    live.react("carla", "👎", old[1])
    moves(live)
    live.deliver()
    order = [m.slot for m in live.chat.messages.values() if m.place == ROOM]
    assert order == ["card-0", "item-S1", "item-S2"]
    first, second = items(live)
    assert old[0] != first
    assert "S1: «Er moeten meer bomen komen.»" in items(live)[first]
    assert "S2: «De bus moet vaker rijden.»" in items(live)[second]
    assert all(live.reads(one).data("statements_shown")["again"] for one in items(live))
    live.react("daan", "👍", first)
    live.react("daan", "🤷", second)
    live.react("carla", "👎", first)  # her newest counts, wherever the others stand
    assert tally(live, "S1") == {"agree": 1, "disagree": 1}
    assert tally(live, "S2") == {"disagree": 1, "pass": 1}


@pytest.mark.parametrize("fate", ["arrives", "perhaps", "refused"])
def test_what_is_on_its_way_when_the_room_moves_is_no_message_of_the_new(
    fate: str, live: Live
) -> None:
    live.open(more="stemming=open")
    live.say("anna", "stelling Er moeten meer bomen komen.")
    ends = {"arrives": None, "perhaps": Doubtful(1.0), "refused": NotYet(1.0)}
    armed = [True]
    (waiting,) = (row.token for row in live.store.queue.waiting() if row.slot == "item-S1")

    def fault(what: str, _place: Place, token: str) -> BaseException | None:
        if what == "send" and token == waiting and armed:
            armed.clear()
            moves(live)
            return ends[fate]
        return None

    live.chat.fault = fault
    live.deliver()
    new = [one for one in items(live) if live.reads(one).data("statements_shown").get("again")]
    assert len(new) == 1
    assert len(items(live)) == (2 if fate == "arrives" else 1)  # that one stands in the old room
    assert live.store.outbox.counts() == {}


def test_told_twice_restarted_and_moved_again_each_stands_once(live: Live) -> None:
    live.open(more="stemming=open")
    said(live)
    moves(live)
    moves(live, again=True)
    live.deliver()
    first = set(items(live))
    assert len(first) == 2
    moves(live, again=True)
    live.restart()
    live.deliver()
    assert set(items(live)) == first
    moves(live)
    moves(live)  # once more, before anything went
    live.restart()
    live.deliver()
    assert len(items(live)) == 2
    assert not first & set(items(live))
    assert live.store.outbox.counts() == {}


@pytest.mark.parametrize(
    "fault", [NotYet(9.0), Lost(Doubtful(1.0)), Killed(), Lost(Killed())], ids=repr
)
def test_each_comes_once_however_it_is_broken_off(fault: BaseException, live: Live) -> None:
    live.open(more="stemming=open")
    said(live)
    moves(live)
    faults = [fault]

    def once(what: str, _place: Place, token: str) -> BaseException | None:
        sent = sum(1 for call, _ in live.chat.calls if call == "send")
        return faults.pop() if what == "send" and faults and sent > before + 1 else None

    before = sum(1 for call, _ in live.chat.calls if call == "send")
    live.chat.fault = once
    try:
        live.deliver()
    except Killed:
        live.chat.known.clear()  # the server forgot which tokens it had
        live.restart()
        live.deliver()
    assert faults == []
    assert [text[:3] for text in items(live).values()] == ["S1:", "S2:"]
    assert live.store.outbox.counts() == {}


def test_what_is_not_to_be_seen_stays_behind(live: Live) -> None:
    live.open(more="stemming=open")
    said(live)
    live.say("carla", "stelling De buren zijn dieven.")
    live.say("daan", "stelling Geen auto's meer in de straat.")
    live.command("verberg S3 2")
    live.say("daan", "intrekken S4")
    live.deliver()
    moves(live)
    live.deliver()
    assert [text[:3] for text in items(live).values()] == ["S1:", "S2:"]
    live.command("verberg S2 1")  # its author's own message stands elsewhere, and goes with it
    live.deliver()
    assert [text[:3] for text in items(live).values()] == ["S1:"]
    live.command("toon S2")
    live.deliver()
    assert [text[:3] for text in items(live).values()] == ["S1:", "S2:"]


def test_what_waits_for_a_moderator_comes_after_the_ok(live: Live) -> None:
    live.open(more="stemming=open toetsing=vooraf")
    live.say("bram", "!stelling De bus moet vaker rijden.", ROOM)
    live.deliver()
    moves(live)
    live.deliver()
    assert items(live) == {}
    live.command("ok S1")
    live.deliver()
    assert [text[:3] for text in items(live).values()] == ["S1:"]
    assert live.chat.ticks == {}


def test_a_confidential_ballot_shows_nothing_anew(live: Live) -> None:
    live.open()
    said_in_person = live.say("anna", "stelling Er moeten meer bomen komen.")
    live.deliver()
    assert said_in_person
    moves(live)
    live.deliver()
    assert [m.slot for m in live.chat.messages.values() if m.place == ROOM] == ["card-0"]


def test_what_nobody_can_vote_on_any_more_is_not_shown_anew(live: Live) -> None:
    live.open("gesprek", "stemming=open", POLL)
    live.say("anna", "stelling Er moeten meer bomen komen.")
    live.deliver()
    live.command("volgende")
    live.read_back()
    live.command("status")
    live.deliver()
    assert live.engine.ledger.states["ons-gesprek"].current == 1
    moves(live)
    live.deliver()
    assert items(live) == {}
    assert len(live.chat.cards()) == 1


def test_a_round_that_only_waits_for_its_closing_shows_nothing_anew(live: Live) -> None:
    live.open(more="stemming=open")
    said(live)
    live.command("tot over 20 minuten")
    live.deliver()
    live.later(minutes=21)
    moves(live)
    live.deliver()
    assert live.engine.ledger.states["ons-gesprek"].open_frame is not None
    assert items(live) == {}


def test_a_poll_needs_its_card_alone(live: Live) -> None:
    live.open("peiling", "stemming=open", POLL)
    moves(live)
    live.deliver()
    (card,) = live.chat.cards()
    assert [m.slot for m in live.chat.messages.values() if m.place == ROOM] == ["card-0"]
    live.react("anna", "1️⃣", card)
    assert tally(live, "P1") == {1: 1}
