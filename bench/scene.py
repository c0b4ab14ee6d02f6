"""Prepares a town for measuring: rooms, known people and open rounds.

People and ballots are made with the parts of the program that always make them, statements come in
as facts; only the clock is set by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.figures import seconds
from bot.engine.engine import BATCH, Engine
from bot.platforms.capabilities import Capabilities
from bot.platforms.console import CAPABILITIES
from bot.platforms.facts import Chose, Fact, Origin, Submitted
from bot.platforms.messages import Meaning
from bot.platforms.places import Place, PlaceKind
from bot.runtime import chance
from bot.runtime.builtin import formats as built_in
from bot.runtime.clock import VirtualClock
from bot.town.town import STAFF, Rooms, Town
from dialogues.charter import BallotMode, Level, Phase
from dialogues.core import Context
from dialogues.intents import Hour, OpenDialogue, SetCharter, StartDialogue
from rounds import registry
from storage.store import Store

BEGIN = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
END = BEGIN + timedelta(days=30)
ZONE = ZoneInfo("Europe/Amsterdam")
KEY = bytes(range(32))

#: The bytes of the hash beside a line of the journal.
HASH = 32

#: The choices of a ballot on statements, in the order in which they come by.
CHOICES = ("agree", "disagree", "agree", "pass", "disagree")

_CONSOLE = {"console": CAPABILITIES}

_CHARTER: dict[str, object] = {
    "level": Level.THINK,
    "decider": "de gemeenteraad",
    "answer_by": date(2027, 2, 1),
    "fixed": "het budget",
    "open": "de inrichting",
    "phase": Phase.PREPARATION,
}


def town_of(names: tuple[str, ...], networks: tuple[str, ...]) -> Town:
    """A town whose rooms are on each of these networks, and share a staff room."""
    rooms = {name: tuple(Place(one, PlaceKind.ROOM, name) for one in networks) for name in names}
    staff = {STAFF: tuple(Place(one, PlaceKind.STAFF, STAFF) for one in networks)}
    named = Rooms(rooms, staff, dict.fromkeys(names, STAFF))
    return Town("Haarlem", ZONE, "nl", KEY, named, built_in())


class Scene:
    """An engine on a file of its own. Each fact is a millisecond after the one before it. Every
    room is on each of the ``networks``; what people do here, they do on the first."""

    def __init__(
        self,
        file: Path,
        rooms: int = 1,
        seed: int = 1,
        networks: Mapping[str, Capabilities] = _CONSOLE,
    ) -> None:
        self.clock = VirtualClock(BEGIN)
        self.rooms = tuple(f"kamer{number}" for number in range(1, rooms + 1))
        self._network = next(iter(networks))
        town = town_of(self.rooms, tuple(networks))
        draw = chance.seeded(seed)
        self.store = Store(file, draw, registry.record(), KEY)
        self.engine = Engine(
            self.store,
            town,
            draw,
            self.clock,
            lambda _w, _t, _m: None,
            registry.vocabulary(),
            registry.talks(),
            networks,
        )
        self._count = 0

    def open(self, statements: int, ballot: BallotMode = BallotMode.CONFIDENTIAL) -> None:
        """Open a round of statements in every room, with this many statements."""
        ledger = self.engine.ledger
        wall = END.astimezone(ZONE).replace(tzinfo=None).isoformat(timespec="minutes")
        plan = ledger.town.formats["polis"]
        context = Context(BEGIN, "clock")
        charter = SetCharter({**_CHARTER, "ballot": ballot})
        for room in self.rooms:
            opened = OpenDialogue(f"Gesprek {room}", room, plan, "Haarlem", ZONE.key, "nl")
            with self.store.transaction():
                for intent in (opened, charter, StartDialogue(Hour(END, wall))):
                    ledger.act(room, intent, context)
            self.engine.take_jobs()
            facts: list[Fact] = [
                Submitted(
                    self._origin(f"schrijver-{room}-{number % 10}"),
                    "statement",
                    {"text": f"Stelling {number}: in deze straat is plaats voor {number} bomen."},
                    Meaning(room),
                )
                for number in range(1, statements + 1)
            ]
            self.receive(facts)

    def known(self, room: str, people: int) -> tuple[str, ...]:
        """People who took part in a room before: their person, participant and ballot exist."""
        accounts = tuple(f"{room}-{number}" for number in range(people))
        with self.store.transaction():
            for account in accounts:
                person = self.store.people.person(self._network, account)
                participant = self.store.participants.participant(room, person)
                self.store.ballots.ballot(room, participant, 0)
        return accounts

    def votes(self, accounts: Sequence[str], statements: int, first: int = 0) -> Iterator[Chose]:
        """Choices without end: everybody on each statement, then everybody again.

        The second time somebody chooses differently, so that each fact is an event.
        """
        number, room = first, accounts[0].rpartition("-")[0]
        choices = [
            [Meaning(room, f"S{item}", choice, 0) for choice in CHOICES]
            for item in range(1, statements + 1)
        ]
        while True:
            turn, person = divmod(number, len(accounts))
            choice = (number + number // (len(accounts) * statements)) % len(CHOICES)
            yield Chose(self._origin(accounts[person]), choices[turn % statements][choice])
            number += 1

    def _origin(self, account: str) -> Origin:
        self._count += 1
        at = BEGIN + timedelta(milliseconds=self._count)
        place = Place(self._network, PlaceKind.PERSONAL, account)
        return Origin(f"$gebeurtenis-{self._count:032x}", at, place, account)

    def receive(self, facts: Sequence[Fact]) -> None:
        """Handle facts in batches, each with its own COMMIT."""
        for start in range(0, len(facts), BATCH):
            batch = facts[start : start + BATCH]
            last = batch[-1]
            assert isinstance(last, Chose | Submitted)
            self.clock.set(last.origin.at)
            self.engine.receive(batch).whole()

    def timed(self, facts: Iterator[Chose], count: int) -> float:
        """The seconds that this many facts take; making them is not counted."""
        spent = 0.0
        for _ in range(0, count, BATCH):
            batch = list(islice(facts, BATCH))
            spent += seconds(self.receive, batch)
        return spent

    def votes_in(self, room: str) -> int:
        """The number of votes in the first round of a room."""
        box = self.engine.ledger.states[room].states[0].box
        return sum(len(book.votes) for book in box.books.values())

    def row_width(self) -> int:
        """The bytes of the last room's newest event as the journal keeps it: line and hash."""
        return len(self.store.reader().lines(self.rooms[-1])[-1]) + HASH

    def close(self) -> None:
        self.store.close()
