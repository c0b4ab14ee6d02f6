"""``verberg`` removes the messages that show an item in the room, or tells staff that it cannot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.platforms.facts import Mark
from bot.platforms.live import Doubtful, Impossible, NotYet
from bot.platforms.places import Place
from tests.engine.chat import ROOM, STAFF, Killed, Lost
from tests.engine.live import Live

SAID = "!stelling De buren van nummer 12 zijn dieven."


@pytest.mark.parametrize("ballot", ["vertrouwelijk", "open"])
def test_hiding_takes_the_authors_message_out_of_the_room(ballot: str, live: Live) -> None:
    live.open(more=f"stemming={ballot}")
    said = live.say("anna", SAID, ROOM)
    live.deliver()
    assert (said in live.chat.ticks) is (ballot == "open")
    live.restart()
    live.command("verberg S1 1")
    live.deliver()
    assert live.chat.removed == [said]
    assert live.store.outbox.counts() == {}


@pytest.mark.parametrize("word", ["!vraag Wie haalt het vuil op?", "!stelling Het is vies."])
def test_what_is_asked_first_is_known_by_the_message_that_gave_it(word: str, live: Live) -> None:
    kind = "vragenuur" if word.startswith("!vraag") else "stellingenronde"
    live.open(kind, "stemming=open" if kind == "stellingenronde" else "")
    live.say("bram", word.removeprefix("!"))
    said = live.say("anna", word, ROOM)
    live.deliver()
    assert said not in live.chat.ticks
    live.say("anna", "2")  # mine too
    live.deliver()
    number = "V2" if kind == "vragenuur" else "S2"
    assert (said in live.chat.ticks) is (kind == "stellingenronde")
    live.command(f"verberg {number} 1")
    live.deliver()
    assert live.chat.removed == [said]


def test_where_the_bot_may_not_staff_hears_what_to_do(live: Live) -> None:
    live.open()
    live.say("anna", SAID, ROOM)
    live.deliver()
    live.chat.fault = lambda what, _p, _id: Impossible("M_FORBIDDEN") if what == "remove" else None
    live.command("verberg S1 1")
    live.deliver()
    said = zip(live.told(STAFF), live.chat.at(STAFF), strict=True)
    ((told, words),) = [one for one in said if "cannot_remove" in one[0].codes]
    assert told.data("cannot_remove")["item"] == "S1"
    assert words.startswith("Ons gesprek: ")
    assert live.chat.removed == []
    assert live.store.outbox.counts() == {}
    live.chat.fault = lambda _what, _p, _id: None
    live.command("toon S1")
    live.command("verberg S1 1")  # with the right, once more
    live.deliver()
    assert len(live.chat.removed) == 1


@pytest.mark.parametrize(
    "fault", [NotYet(1.0), Lost(Doubtful(1.0)), Killed(), Lost(Killed())], ids=repr
)
def test_a_removal_is_done_however_it_is_broken_off(fault: BaseException, live: Live) -> None:
    live.open()
    said = live.say("anna", SAID, ROOM)
    live.deliver()
    faults = [fault]

    def once(what: str, _place: Place, _id: str) -> BaseException | None:
        return faults.pop() if what == "remove" and faults else None

    live.chat.fault = once
    live.command("verberg S1 1")
    try:
        live.deliver()
    except Killed:
        live.restart()
        live.deliver()
    assert live.chat.removed == [said]
    assert live.store.outbox.counts() == {}


def test_the_bots_message_about_an_item_goes_and_comes_back(live: Live) -> None:
    live.open(more="stemming=open")
    live.say("anna", "stelling De buren van nummer 12 zijn dieven.")
    live.deliver()
    (shown,) = [n for n, m in live.chat.messages.items() if m.slot == "item-S1"]
    live.command("verberg S1 1")
    live.deliver()
    assert live.chat.removed == [shown]
    assert not any("dieven" in text for text in live.chat.at(ROOM))
    live.command("toon S1")
    live.deliver()
    (again,) = [n for n, m in live.chat.messages.items() if m.slot == "item-S1"]
    assert again != shown
    assert "dieven" in live.chat.messages[again].plain
    live.react("bram", "👍", again)
    state = live.engine.ledger.states["ons-gesprek"]
    assert state.machine(0).box(state.states[0]).books["S1"].tally == {"agree": 1}


def test_what_was_not_posted_yet_never_is(live: Live) -> None:
    live.open(more="stemming=open")
    live.say("anna", "stelling De buren van nummer 12 zijn dieven.")
    live.command("verberg S1 1")
    live.deliver()
    assert not any("dieven" in text for text in live.chat.at(ROOM))
    assert live.chat.removed == []


def test_shown_again_the_room_sees_it_though_its_message_is_gone(live: Live) -> None:
    live.open(more="stemming=open")
    live.say("anna", SAID, ROOM)
    live.deliver()
    live.command("verberg S1 1")
    live.deliver()
    live.command("toon S1")
    live.deliver()
    assert any("dieven" in text for text in live.chat.at(ROOM))


def test_reviewed_first_the_authors_message_gets_its_tick_then(live: Live) -> None:
    live.open(more="stemming=open toetsing=vooraf")
    said = live.say("anna", "!stelling Er moeten meer bomen komen.", ROOM)
    live.deliver()
    assert said not in live.chat.ticks
    live.command("ok S1")
    live.deliver()
    assert said in live.chat.ticks
    assert not any("meer bomen" in text for text in live.chat.at(ROOM))


@pytest.mark.parametrize("fault", [NotYet(9.0), Lost(Doubtful(1.0)), Killed()], ids=repr)
def test_a_tick_is_put_however_it_is_broken_off(fault: BaseException, live: Live) -> None:
    live.open(more="stemming=open")
    faults = [fault]

    def once(what: str, _place: Place, _id: str) -> BaseException | None:
        return faults.pop() if what == "react" and faults else None

    live.chat.fault = once
    said = live.say("anna", "!stelling Er moeten meer bomen komen.", ROOM)
    try:
        live.deliver()
    except Killed:
        live.restart()
        live.deliver()
    assert live.chat.ticks == {said: Mark.TICK}


def ids(live: Live) -> set[str]:
    rows = live.store._db.execute("SELECT message FROM posts UNION SELECT target FROM outbox")
    return {str(row[0]) for row in rows}


def test_who_is_forgotten_leaves_no_message_id(live: Live) -> None:
    live.open()
    said = live.say("anna", SAID, ROOM)
    other = live.say("bram", "!stelling Er moeten meer bomen komen.", ROOM)
    live.deliver()
    assert {said, other} <= ids(live)
    live.say("anna", "vergeetmij")
    live.say("anna", "ja, vergeet mij")
    live.deliver()
    assert said not in ids(live)
    assert other in ids(live)


def test_message_ids_go_with_the_links(live: Live) -> None:
    live.open()
    said = live.say("anna", SAID, ROOM)
    live.deliver()
    live.command("sluit ja")
    live.read_back()
    live.command("status")
    live.deliver()
    assert said in ids(live)
    live.clock.set(live.clock() + timedelta(days=15))
    live.command("status")
    live.deliver()
    assert said not in ids(live)
