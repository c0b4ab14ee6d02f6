"""Each chat event is handled once: claimed first, remembered for ninety days."""

from __future__ import annotations

import random

from storage.database import Where
from storage.forgetting import clean_store
from storage.inbox import REMEMBERED
from storage.store import Store
from tests.storage.kept import rolled_back, store

NOW = 1_796_148_000_000


def cause(number: int) -> bytes:
    return number.to_bytes(16)


def test_an_event_is_claimed_once(kept: Store, where: Where) -> None:
    with kept.transaction():
        assert kept.inbox.claim(NOW, cause(1))
        assert not kept.inbox.claim(NOW, cause(1))
        assert kept.inbox.claim(NOW, cause(2))
        assert kept.inbox.claim(NOW + 1, cause(1))
    with kept.transaction():
        assert not kept.inbox.claim(NOW, cause(1))
    kept.close()
    opened = store(where)
    with opened.transaction():
        assert not opened.inbox.claim(NOW, cause(2))
        assert opened.inbox.claim(NOW - 1, cause(2))
    opened.close()


def test_a_claim_that_was_rolled_back_can_be_made_again(kept: Store) -> None:
    with rolled_back(kept):
        assert kept.inbox.claim(NOW, cause(1))
    with kept.transaction():
        assert kept.inbox.claim(NOW, cause(1))


def test_what_failed_is_claimed_too(kept: Store) -> None:
    """Also where it is newer than all that was claimed before."""
    with kept.transaction():
        assert kept.inbox.claim(NOW, cause(1))
        kept.inbox.claim_failed(NOW + 5, cause(2))
    assert kept.reader().failed() == 1
    with kept.transaction():
        assert not kept.inbox.claim(NOW + 5, cause(2))


def test_any_order_any_number_of_times(kept: Store) -> None:
    """Promise 3: ten thousand deliveries of a thousand events in batches, some rolled back."""
    chance = random.Random(3)
    handled: dict[tuple[int, int], int] = {}
    for _ in range(100):
        batch: list[tuple[int, int]] = []
        fails = chance.random() < 0.2
        try:
            with kept.transaction():
                for _ in range(100):
                    number = chance.randrange(1000)
                    event = (NOW + number // 3, number)
                    if kept.inbox.claim(event[0], cause(number)):
                        batch.append(event)
                if fails:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            continue
        for event in batch:
            handled[event] = handled.get(event, 0) + 1
    assert set(handled.values()) == {1}
    assert kept._db.execute("SELECT count(*) FROM inbox").fetchone()[0] == len(handled)


def test_events_are_forgotten_after_ninety_days(kept: Store) -> None:
    with kept.transaction():
        kept.inbox.claim(NOW - REMEMBERED - 1, cause(1))
        kept.inbox.claim(NOW - REMEMBERED, cause(2))
    clean_store(kept, NOW)
    rows = kept._db.execute("SELECT cause FROM inbox").fetchall()
    assert [row[0] for row in rows] == [cause(2)]


def test_a_cursor_moves_and_its_read_back_never_goes_back(kept: Store) -> None:
    assert kept.cursors.cursor("matrix") == ("", 0)
    kept.cursors.move("matrix", "s1", 10)
    kept.cursors.move("matrix", "s2", 5)
    kept.cursors.move("discord", "d1", 1)
    assert kept.cursors.cursor("matrix") == ("s2", 10)


def test_settings_are_kept(kept: Store) -> None:
    kept.settings.write("a", "1")
    kept.settings.write("a", "2")
    assert kept.settings.read(("a", "b")) == {"a": "2"}
