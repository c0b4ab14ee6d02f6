"""A second kind of aggregate in the ledger: a town's tally that counts, and ends by itself."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.ledger.aggregates import Aggregate
from bot.ledger.ledger import Ledger
from bot.ledger.outgoing import Outgoing
from bot.runtime import chance
from bot.town.town import Town, console_rooms
from dialogues.aggregates import Fold
from dialogues.core import Audience, Context, Notice, Refused
from dialogues.intents import OpenDialogue
from dialogues.record import Record
from rounds import registry
from storage.messages import decode
from storage.store import Store
from tests.engine.bots import FORMATS, KEY, ROOMS, START

NAME = "tally/bankjes"
ENDS = START + timedelta(hours=1)

#: A tally with this value raises an error while its end is announced.
UNLUCKY = 13


@dataclass(frozen=True, slots=True)
class Counted:
    count: int


@dataclass(frozen=True, slots=True)
class Count:
    count: int


@dataclass(frozen=True, slots=True)
class End:
    at: datetime


@dataclass(slots=True)
class Tally:
    id: str
    room: str = ROOMS[0]
    position: int = 0
    total: int = 0
    ended: bool = False


def decide(tally: Tally, intent: Count | End, _context: Context) -> tuple[Counted, ...]:
    if tally.ended:
        raise Refused("tally_ended")
    return (Counted(0 if isinstance(intent, End) else intent.count),)


def evolve(tally: Tally, event: Counted, _at: datetime, _by: str) -> None:
    tally.position += 1
    tally.total += event.count
    tally.ended = tally.ended or not event.count


def next_due(tally: Tally) -> End | None:
    return None if tally.ended or not tally.position else End(ENDS)


def kind(outgoing: Outgoing) -> Aggregate:
    def announce(tally: Tally, written: Counted, _said: Counted, at: datetime) -> None:
        notice = Notice("counted", {"total": tally.total}, Audience.ROOM, slot="tally")
        outgoing.tell(tally, notice, at)
        if tally.ended:
            outgoing.changed.card(tally, 0)
            outgoing.jobs.append((tally.id, tally.position))
        if tally.total == UNLUCKY and tally.ended:
            raise ZeroDivisionError

    return Aggregate(Fold(Tally, evolve), decide, announce, next_due)


#: Reads and writes the events of tallies besides those of dialogues.
RECORD = Record(registry.kinds(), (Counted,))


class Always:
    """Everything said is in, and everything opens at its hour."""

    def now(self) -> datetime:
        return START

    def settled(self, _state: object, _at: datetime) -> bool:
        return True

    def opens(self, _state: object, at: datetime) -> datetime:
        return at


class Ledgered:
    """A ledger with tallies beside dialogues, on a file."""

    def __init__(self, file: Path) -> None:
        rooms = console_rooms(ROOMS)
        town = Town("Haarlem", ZoneInfo("Europe/Amsterdam"), "nl", KEY, rooms, FORMATS)
        self.alarms: list[str] = []
        self.went_out: tuple[bool, list[tuple[str, int]]] = (False, [])
        self.store = Store(file, chance.seeded(str(file)), RECORD, KEY)
        self.ledger = Ledger(
            self.store, town, chance.seeded(str(file)), self.alarms.append, {"tally": kind}
        )

    def count(self, count: int, at: datetime = START) -> None:
        with self.store.transaction():
            self.ledger.act(NAME, Count(count), Context(at, "somebody"))
        self.ledger.committed()

    def run_due(self, now: datetime) -> None:
        with self.store.transaction():
            self.ledger.run_due(now, Always())
        self.went_out = bool(self.ledger.outgoing.changed), [*self.ledger.outgoing.jobs]
        self.ledger.committed()

    @property
    def tally(self) -> Tally | None:
        return self.ledger.aggregates.get(NAME)

    def waits(self) -> list[tuple[str, object]]:
        rows = self.store.queue.waiting()
        return [(row.place, decode(row.message).data["total"]) for row in rows]


@pytest.fixture
def town(tmp_path: Path) -> Ledgered:
    return Ledgered(tmp_path / "town.db")


def test_it_counts_and_its_room_hears_of_it_once_a_slot(town: Ledgered) -> None:
    town.count(2)
    town.count(3)
    assert town.tally == Tally(NAME, position=2, total=5)
    assert town.waits() == [(f"console/room/{ROOMS[0]}", 5)]
    assert town.ledger.states == {}  # it is no dialogue


def test_it_is_read_again_from_its_journal_and_the_chain_is_checked(town: Ledgered) -> None:
    town.count(2)
    file = town.store.file
    town.store.close()
    again = Ledgered(file)
    assert again.tally == Tally(NAME, position=1, total=2)
    assert len(again.store.reader().lines(NAME)) == 1
    reader = again.store.reader()
    reader.check_chain(NAME)
    assert reader.dialogues() == ()
    assert (
        again.store.journal.read_all({}) == {}
    )  # who does not know the kind only checks the chain
    again.store.close()


def test_it_ends_by_itself(town: Ledgered) -> None:
    assert town.ledger.next_due() is None
    town.count(2)
    assert town.ledger.next_due() == (NAME, End(ENDS))
    town.run_due(ENDS - timedelta(seconds=1))
    assert not town.tally.ended
    town.run_due(ENDS)
    assert town.tally.ended
    assert town.went_out == (True, [(NAME, 2)])
    assert town.ledger.next_due() is None
    with pytest.raises(Refused, match="tally_ended"):
        town.count(1)


def test_of_an_end_that_breaks_nothing_goes_out_but_that_it_broke(town: Ledgered) -> None:
    town.count(UNLUCKY)
    town.run_due(ENDS)
    assert town.tally == Tally(NAME, position=1, total=UNLUCKY)
    assert town.went_out == (False, [])
    assert town.alarms == ["ZeroDivisionError"]
    told = [(row.place, decode(row.message).template) for row in town.store.queue.waiting()]
    assert told == [(f"console/room/{ROOMS[0]}", "counted"), ("console/staff/staf", "stands_still")]
    assert town.ledger.next_due() is None


def test_what_is_rolled_back_never_happened(town: Ledgered) -> None:
    def fails(count: int) -> None:
        with suppress(ZeroDivisionError), town.store.transaction():
            town.ledger.act(NAME, Count(count), Context(START, "somebody"))
            raise ZeroDivisionError
        town.ledger.rolled_back()

    fails(4)
    assert town.tally is None
    assert town.ledger.next_due() is None
    town.count(2)
    fails(4)
    assert town.tally == Tally(NAME, position=1, total=2)
    assert town.waits() == [(f"console/room/{ROOMS[0]}", 2)]
    town.count(3)
    assert town.tally.total == 5


def test_a_dialogue_stands_beside_it(town: Ledgered) -> None:
    opened = OpenDialogue(
        "Bankjes", ROOMS[0], FORMATS["polis"], "Haarlem", "Europe/Amsterdam", "nl"
    )
    with town.store.transaction():
        town.ledger.act("bankjes", opened, Context(START, "vera"))
    town.count(1)
    assert list(town.ledger.states) == ["bankjes"]
    assert town.store.reader().dialogues() == ("bankjes",)
