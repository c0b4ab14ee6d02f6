"""What goes next is at hand while nothing is written, and always what a new look would find."""

from __future__ import annotations

import pytest

from storage.outbox import Queue
from storage.posts import Post
from storage.rows import Cards, Next, Work
from storage.store import Store
from storage.watched import Watched
from tests.generated import drawing, some
from tests.storage.kept import rolled_back

AT = "2026-12-01T18:00:00+00:00"
PLACES = ("console/room/zomerstraat", "console/staff/staf", "console/personal/anna")
SLOTS = ("card-0", "work", "")
WAYS = ("put", "do", "freeze", "unfreeze", "thaw", "take", "drop", "unsay", "posted", "step",
        "merge", "forget")  # fmt: skip


class Change:
    """Something that is written, at random."""

    def __init__(self, kept: Store) -> None:
        self.kept, self.chance, self.number = kept, drawing(7), 0

    def __call__(self) -> None:
        kept, chance = self.kept, self.chance
        self.number += 1
        token, place, slot = f"t{self.number}", chance.choice(PLACES), chance.choice(SLOTS)
        rows = kept._db.execute("SELECT id, token FROM outbox").fetchall()
        one, known = chance.choice(rows) if rows else (0, "")
        waits = kept.queue.waiting()
        match chance.choice(WAYS):
            case "put":
                kept.outbox.put(token, place, "straat", slot, token.encode(), AT)
            case "do":
                kept.outbox.do(token, place, "straat", slot, Work.PIN, "$m", AT)
            case "freeze":
                kept.flights.freeze(one)
            case "unfreeze":
                kept.flights.unfreeze(one, chance.random() < 0.5)
            case "thaw":
                kept.flights.thaw(one)
            case "take":
                kept.flights.take(known)
            case "drop":
                kept.flights.drop(one)
            case "unsay":
                kept.outbox.unsay("straat", slot, place)
            case "posted":
                kept.slots.posted(known, f"$m{self.number}")
            case "step":
                kept.posts.step_down(Post("straat", slot, place, f"$m{self.number - 1}"))
            case "merge" if waits:
                kept.queue.merge(waits[0], waits[1:2], token.encode())
            case "forget":
                kept.outbox.forget(place)


def looked(kept: Store, queue: Queue, platform: str = "console") -> list[Next]:
    answers = {PLACES[2]: 3}
    return [
        queue.next(platform, shut, (2,), cards, answers=answers if many else {}, staff=staff)
        for shut in ((), (PLACES[0],))
        for cards in Cards
        for many in (False, True)
        for staff in (False, True)
    ]


def anew(kept: Store) -> list[Next]:
    return looked(kept, Queue(Watched(kept._db)))


@pytest.mark.parametrize("undone", [False, True])
def test_it_is_what_a_new_look_finds_whatever_was_written(kept: Store, undone: bool) -> None:
    change = Change(kept)
    for _ in range(some(400)):
        change()
        assert looked(kept, kept.queue) == anew(kept)
        if undone and change.chance.random() < 0.2:
            with rolled_back(kept):
                change()
                assert looked(kept, kept.queue) == anew(kept)
            assert looked(kept, kept.queue) == anew(kept)


def test_while_nothing_is_written_nothing_is_asked(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer asks for it, and the card that a vote changed waits nearly always already."""
    kept.outbox.put("t0", PLACES[0], "straat", "card-0", b"nul", AT)
    kept.slots.posted("t0", "$m0")
    kept.outbox.put("t1", PLACES[0], "straat", "card-0", b"een", AT)
    found = kept.queue.next("console", cards=Cards.LATER, answers={PLACES[2]: 0})
    asked: list[str] = []
    execute = Watched.execute

    def counted(self: Watched, statement: str, values: tuple[object, ...] = (), /) -> object:
        asked.append(statement)
        return execute(self, statement, values)

    monkeypatch.setattr(Watched, "execute", counted)
    kept.outbox.put("t2", PLACES[0], "straat", "card-0", b"een", AT)
    assert [one.lstrip()[:6] for one in asked] == ["SELECT"]
    asked.clear()
    assert found == kept.queue.next("console", cards=Cards.LATER, answers={PLACES[2]: 0})
    assert asked == []
