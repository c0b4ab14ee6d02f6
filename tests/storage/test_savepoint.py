"""A part of a transaction that fails is undone alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.runtime.chance import seeded
from dialogues import events as ev
from dialogues.core import Text
from dialogues.record import next_hash, start_hash
from rounds.registry import record
from storage.database import Where
from storage.store import Store
from tests.storage.kept import KEY

AT = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)


@pytest.fixture
def store(where: Where) -> Store:
    return Store(where, seeded("savepoint"), record(), KEY)


def reason(number: int) -> ev.ReasonGiven:
    return ev.ReasonGiven(f"R{number}", "S1", f"b{number}", Text(f"zin {number}"), False)


def part(store: Store, *, fails: bool) -> None:
    with store.savepoint():
        store.journal.append("a", AT, "clock", ev.ItemApproved("V1"))
        store.journal.append("a", AT, "clock", reason(2))
        store.inbox.claim(2, b"two")
        store.places.heard("console/room/straat")
        store.people.person("console", "bram")
        store.flush()
        store.journal.append("a", AT, "clock", ev.ItemApproved("V2"))
        store.inbox.claim(3, b"three")
        if fails:
            raise ZeroDivisionError


def sound(store: Store, count: int) -> None:
    lines = store.reader().lines("a")
    assert len(lines) == count
    head = start_hash("a")
    for line in lines:
        head = next_hash(head, line)
    assert (store.journal.head("a").seq, store.journal.head("a").hash) == (count, head)


@pytest.mark.parametrize("fails", [False, True])
def test_what_came_before_and_after_stays(store: Store, fails: bool) -> None:
    with store.transaction():
        first = store.journal.append("a", AT, "clock", reason(1))
        assert store.inbox.claim(1, b"one")
        store.people.person("console", "anna")
        try:
            part(store, fails=fails)
        except ZeroDivisionError:
            assert fails
        store.journal.append("a", AT, "clock", ev.ItemApproved("V3"))
        assert not store.inbox.claim(1, b"one")
        assert store.inbox.claim(2, b"two") is fails
        assert store.inbox.claim(3, b"three") is fails
    sound(store, 2 if fails else 5)
    assert store.texts.words(first.text.ref) == "zin 1"
    assert len([line for line in store.reader().lines("a") if b"R2" in line]) == (not fails)
    assert store.people.known("console", "anna") is not None
    assert (store.people.known("console", "bram") is None) is fails
    store.close()


def test_what_cannot_be_written_fails_in_its_own_part(store: Store) -> None:
    with store.transaction():
        store.journal.append("a", AT, "clock", ev.ItemApproved("V3"))
        with pytest.raises(TypeError), store.savepoint():
            store.journal.append("a", AT, "clock", ev.ItemApproved(object()))
    sound(store, 1)
    store.close()


def test_the_whole_can_still_be_undone(store: Store) -> None:
    with pytest.raises(KeyError):
        whole(store)
    assert store.reader().lines("a") == []
    assert store.journal.head("a").seq == 0
    with store.transaction():
        assert store.inbox.claim(2, b"two")
    store.close()


def whole(store: Store) -> None:
    with store.transaction():
        part(store, fails=False)
        raise KeyError
