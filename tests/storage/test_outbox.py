"""The outbox: one waiting row for each slot and place, and none sent twice."""

from __future__ import annotations

from storage.outbox import ATTEMPTS, Outbox, Queue
from storage.store import Store
from tests.storage.kept import ROOM, of_a_file, rolled_back

AT = "2026-12-01T18:00:00+00:00"


def put(outbox: Outbox, token: str, slot: str, message: bytes, place: str = ROOM) -> None:
    outbox.put(token, place, "straat", slot, message, AT)


def said(queue: Queue) -> list[tuple[str, bytes, str]]:
    return [(row.token, row.message, row.edits) for row in queue.waiting()]


def test_of_a_slot_only_the_newest_waits(kept: Store) -> None:
    put(kept.outbox, "t1", "card-0", b"een")
    put(kept.outbox, "t2", "card-0", b"twee")
    put(kept.outbox, "t3", "card-0", b"elders", "console/room/plein")
    put(kept.outbox, "t4", "card-1", b"ronde twee")
    assert said(kept.queue) == [
        ("t1", b"twee", ""), ("t3", b"elders", ""), ("t4", b"ronde twee", "")
    ]  # fmt: skip


def test_without_a_slot_every_message_goes(kept: Store) -> None:
    put(kept.outbox, "t1", "", b"een")
    put(kept.outbox, "t2", "", b"een")
    assert [row[0] for row in said(kept.queue)] == ["t1", "t2"]


def test_a_frozen_row_does_not_change_and_holds_back_the_next(kept: Store) -> None:
    put(kept.outbox, "t1", "card-0", b"een")
    kept.flights.freeze(kept.queue.waiting()[0].id)
    put(kept.outbox, "t2", "card-0", b"twee")
    put(kept.outbox, "t3", "card-0", b"drie")
    assert said(kept.queue) == []  # the edit waits until the first message's id is known
    assert kept.outbox.counts() == {"flying": 1, "waiting": 1}
    landed = kept.slots.posted("t1", "$m1")
    assert landed is not None
    assert (landed.row.message, landed.fresh) == (b"een", True)
    assert said(kept.queue) == [("t2", b"drie", "$m1")]


def test_an_edit_keeps_the_first_messages_id(kept: Store) -> None:
    put(kept.outbox, "t1", "card-0", b"een")
    kept.slots.posted("t1", "$m1")
    put(kept.outbox, "t2", "card-0", b"twee")
    kept.slots.posted("t2", "$m1")
    put(kept.outbox, "t3", "card-0", b"drie")
    assert said(kept.queue) == [("t3", b"drie", "$m1")]
    assert kept.slots.taken("straat", "card-0")
    assert not kept.slots.taken("straat", "card-9")


def test_an_echo_is_heard_once(kept: Store) -> None:
    put(kept.outbox, "t1", "card-0", b"een")
    assert kept.slots.posted("t1", "$m1")
    assert not kept.slots.posted("t1", "$m1")
    assert not kept.slots.posted("unknown", "$m2")


def test_rows_in_flight_land_after_a_crash(kept: Store) -> None:
    put(kept.outbox, "t1", "card-0", b"een")
    kept.flights.freeze(kept.queue.waiting()[0].id)
    kept.flights.land()
    assert said(kept.queue) == [("t1", b"een", "")]


def test_after_five_permanent_errors_a_row_is_parked(kept: Store) -> None:
    put(kept.outbox, "t1", "", b"een")
    number = kept.queue.waiting()[0].id
    for attempt in range(1, ATTEMPTS + 1):
        kept.flights.freeze(number)
        kept.flights.thaw(number)
        assert kept.outbox.counts() == {"waiting" if attempt < ATTEMPTS else "parked": 1}
    assert said(kept.queue) == []


def test_the_oldest_hundred_go_first(kept: Store) -> None:
    for number in range(150):
        put(kept.outbox, f"t{number:03}", "", b"")
    assert [row.token for row in kept.queue.waiting()] == [f"t{n:03}" for n in range(100)]
    assert len(kept.queue.waiting(most=7)) == 7


@of_a_file
def test_slots_are_found_by_their_index(kept: Store) -> None:
    """A row costs the same however many wait (a partial index needs its own condition)."""
    queries: list[str] = []
    kept._db.set_trace_callback(queries.append)
    put(kept.outbox, "t1", "card-0", b"een")
    kept.queue.waiting()
    kept.slots.taken("straat", "card-0")
    kept._db.set_trace_callback(None)
    for query in queries:
        if query.startswith("INSERT"):
            continue
        plan = [row[3] for row in kept._db.execute(f"EXPLAIN QUERY PLAN {query}")]
        assert not any(step in ("SCAN outbox", "SCAN f", "SCAN posts") for step in plan), query


def test_what_comes_after_an_answer_does_not_go_together_with_what_came_before(kept: Store) -> None:
    for token in ("t1", "t2", "t3"):
        put(kept.outbox, token, "", token.encode())
    first, second, third = kept.queue.waiting()
    assert kept.queue.together(first) == [second, third]
    assert kept.queue.together(first, second.id) == [second]
    assert kept.queue.together(first, first.id) == []


@of_a_file
def test_a_message_that_waits_is_not_looked_for_again_until_something_is_written(
    kept: Store,
) -> None:
    """Votes from many rooms change a card each, at every batch."""
    for token in ("t1", "t2"):
        put(kept.outbox, token, "card-0", b"een")
    queries: list[str] = []
    kept._db.set_trace_callback(queries.append)
    put(kept.outbox, "t3", "card-0", b"een")
    assert not queries
    kept._db.set_trace_callback(None)
    kept.flights.freeze(kept.queue.waiting()[0].id)
    put(kept.outbox, "t4", "card-0", b"een")  # the frozen one may be old
    assert kept.outbox.counts() == {"flying": 1, "waiting": 1}
    kept.outbox.let_go("straat", "card-0", ROOM)
    put(kept.outbox, "t5", "card-0", b"een")
    assert said(kept.queue) == [("t5", b"een", "")]
    with rolled_back(kept):
        kept.outbox.let_go("straat", "card-0", ROOM)
        put(kept.outbox, "t6", "card-0", b"een")
    put(kept.outbox, "t7", "card-0", b"een")
    assert said(kept.queue) == [("t5", b"een", "")]
