"""An evening of 25 residents at Synapse's limits, up to where its keeper lifts the bot's.

What is asked of time, at Synapse's own clock, is in ``make bench evening``; here, on a quicker one
(``quick.py``), is what holds however long it takes.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

pytest.importorskip("nio", reason="matrix-nio is not installed here (pip install matrix-nio[e2e])")

from tests.matrix import synapse as surroundings
from tests.matrix.evening import quick
from tests.matrix.evening.evening import PEOPLE, Evening
from tests.matrix.evening.neighbours import Neighbour
from tests.matrix.events import Event
from tests.matrix.synapse import Synapse
from tests.sentences import part

pytestmark = [
    pytest.mark.skipif(not surroundings.installed(), reason=surroundings.MISSING),
    pytest.mark.timeout(900),
]

#: What the bot may say while something weightier waits: what is on its way, and a card or a pin.
AHEAD = 3

#: So long (ms) a message may be under way once its words were made.
UNDER_WAY = 3000


@pytest.fixture(scope="module")
def evening(quick_synapse: Synapse, tmp_path_factory: pytest.TempPathFactory) -> Evening:
    """The whole evening, held once; the bot's process has ended when a test looks."""
    folder = tmp_path_factory.mktemp("evening")
    street = Evening(quick_synapse, folder, "avond", 10, quick.TIMES)
    street.running.module = quick.__name__
    with street as held:
        held.open()
        held.come()
        held.until(lambda: sum(bool(n.heard) for n in held.neighbours) > 3, "the first answers")
        held.asked_at = held.moderator_asks("status")
        held.everybody(lambda n: bool(n.typed) and _all_read(n), "the bot with everybody")
        held.until(lambda: bool(held.answers_to_staff()), "the answer in the staff room")
        held.lifted_at = held.lift()
        held.round_done(1)
        held.finish()
        held.everybody(lambda n: _all_read(n), "a receipt for everybody")
        assert held.running.end() == 0
        return held


def _all_read(neighbour: Neighbour) -> bool:
    watch = neighbour.watch
    return (
        watch is not None
        and bool(watch.came(neighbour.direct))
        and not watch.unread(neighbour.direct)
    )


def test_everybody_is_acknowledged_and_answered(evening: Evening) -> None:
    assert len(evening.neighbours) == PEOPLE == 25
    waits = evening.receipts()
    assert len(waits) == sum(len(neighbour.typed) for neighbour in evening.neighbours)
    feed = evening.watch
    for room in (evening.room, evening.staff):
        last = [e for e in feed.seen if e.room == room and e.sender != evening.bot][-1]
        assert last.kind != "m.room.message" or feed.has_read(room, evening.bot, last.id)
    for neighbour in evening.neighbours:
        assert neighbour.done == {1, 2, 3}, neighbour.name


def test_every_vote_is_counted_as_it_was_sent(evening: Evening) -> None:
    recount = evening.recount()
    assert evening.counted() == recount
    voters = {item: sum(counts.values()) for item, counts in recount.items()}
    assert {n for item, n in voters.items() if item[0] in "PA"} == {PEOPLE}
    assert sum(item.startswith("S") for item in voters) == 10
    assert max(n for item, n in voters.items() if item.startswith("S")) == PEOPLE


def test_the_room_stays_readable(evening: Evening) -> None:
    """At most 15 messages of the bot, at most 4 a round, none naming a person."""
    said = evening.of_the_bot(evening.room)
    rounds = [0]
    people = {neighbour.name for neighbour in evening.neighbours}
    for one in said:
        words = set(re.findall(r"\w+", one.text.casefold()))
        assert not words & people
        assert not any(neighbour.resident.user in one.html for neighbour in evening.neighbours)
        if "Open tot" in one.text and re.search(r"Ronde \d van 3", one.text):
            rounds.append(0)
        rounds[-1] += one.content.get("msgtype") == "m.text"
    welcome, *rounds = rounds
    rounds[-1] -= 1  # the document comes after the last round
    assert welcome == 1
    assert len(rounds) == 3
    assert max(rounds) <= 4
    assert len(said) <= 15


def test_nothing_is_said_twice(evening: Evening) -> None:
    mine = [e for e in evening.everything() if e.sender == evening.bot and not e.edits]
    tokens = [e.content.get("nl.stadsgesprek", {}).get("token") for e in mine if e.text]
    assert len(tokens) == len(set(tokens))
    noted = re.findall(r"Uw stelling is (S\d+)", "\n".join(e.text for e in mine))
    assert sorted(noted, key=lambda number: int(number[1:])) == [f"S{n}" for n in range(1, 11)]


def test_what_waits_for_one_person_comes_as_one_message(evening: Evening) -> None:
    """While the limits hold there are fewer messages than were answered: what was read well before
    the first answer is answered in it."""
    fewer = 0
    for neighbour in evening.neighbours:
        assert neighbour.watch is not None
        here = [e for e in neighbour.watch.in_room(neighbour.direct) if e.at < evening.lifted_at]
        first = next((e for e in here if e.sender == evening.bot and e.text), None)
        if first is None:
            continue
        reads = neighbour.watch.reads(neighbour.direct)
        before = [at for _, at in reads if at is not None and at + UNDER_WAY < first.at]
        if neighbour.statement and len(before) > 1:
            assert "Typ: ja." in first.text, neighbour.name
            assert part("statement_noted") in first.text, neighbour.name
            fewer += 1
    assert fewer


def test_joins_come_first(evening: Evening) -> None:
    """What waits for the server's count of joins holds up nobody; once that has room, the join is
    next."""
    events = evening.everything()
    mine = [e for e in events if e.sender == evening.bot and e.at < evening.lifted_at]
    joins = [e for e in mine if e.kind == "m.room.member"]
    invited = {
        e.room: e.at
        for e in events
        if e.kind == "m.room.member" and e.key == evening.bot and e.sender != evening.bot
    }
    had_room = quick.room_for([one.at for one in joins])
    waited = 0
    for before, join in pairwise(joins):
        if invited[join.room] < before.at:  # it waited all that time
            waited += 1
            since = max(before.at, had_room[join.at] + quick.RETRIED)
            ahead = [e for e in mine if since < e.at < join.at]
            assert len(ahead) <= AHEAD, _told([before, *ahead, join])
    assert waited > 10


def test_the_staff_room_comes_next(evening: Evening) -> None:
    answer = evening.answers_to_staff()[0]
    assert answer.at < evening.lifted_at
    ahead = [
        e
        for e in evening.everything()
        if e.sender == evening.bot and evening.asked_at < e.at < answer.at
        if e.kind != "m.room.member"
    ]
    assert len(ahead) <= AHEAD, _told(ahead)


def _told(events: list[Event]) -> str:
    return "; ".join(f"{e.at} {e.kind} {e.text[:40]!r}" for e in events)
