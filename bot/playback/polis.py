"""Imports a Polis export through the same engine: comments become statements, votes become votes.

1 is agree. Comments that Polis moderated out (-1) are left out with their votes. Order is that of
the timestamps, then of the rows; the clock follows the file.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.documents.handover import Handed
from bot.engine.engine import BATCH
from bot.ledger.names import free_id
from bot.platforms.console import NAME, Console
from bot.platforms.facts import Chose, Fact, Origin, Submitted, Tick
from bot.platforms.messages import Meaning
from bot.platforms.places import Place, PlaceKind
from bot.playback.polis_files import CHOICES, BadExport, Export, Row, read
from bot.playback.replay import Settings, finish
from bot.runtime import chance
from bot.runtime.builtin import formats
from bot.runtime.clock import VirtualClock
from bot.runtime.session import Session
from bot.town import keys
from bot.town.town import Town, console_rooms
from dialogues.charter import BallotMode
from dialogues.core import Context
from dialogues.intents import Hour, OpenDialogue, SetCharter, StartDialogue
from dialogues.items import Items
from storage.sidecar import sidecar

ROOM = "polis"

#: The most time between facts of one batch: the engine refuses what is old by its
#: clock, and a conversation may have lasted for years.
_SPAN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """The bundle of an import, and which rows of the export are not in it, a sentence each."""

    handed: Handed
    left_out: tuple[str, ...]


def take(
    folder: Path, settings: Settings, progress: Callable[[int, int], None], source: str = ""
) -> Taken:
    """Import an export; ``source`` is printed as where it comes from. Raises ``BadExport``; then
    nothing is left of a database that was to be kept."""
    (plan,) = formats()["polis"].rounds
    export = read(folder, plan.length)
    with tempfile.TemporaryDirectory(prefix="stadsgesprek-") as temporary:
        file = Path(temporary) / "polis.db"
        importing, left_out = _Import(export, settings, file, source), export.left_out
        del export  # the rows are given up once they are taken
        handed = importing.run(progress)
        if settings.db is not None:
            _keep(file, settings.db)
    return Taken(handed, left_out)


def _keep(file: Path, to: Path) -> None:
    """Move a finished database, with its key and its sidecar, to where it is kept."""
    to.parent.mkdir(parents=True, exist_ok=True)
    for made, kept in (
        (file, to),
        (keys.beside(file), to.with_name(to.name + ".key")),
        (sidecar(file), sidecar(to)),
    ):
        shutil.move(made, kept)


def _moment(milliseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


class _Import:
    def __init__(self, export: Export, settings: Settings, file: Path, source: str) -> None:
        rows = export.rows
        self._votes = export.votes
        self._rows = deque(rows)  # each is given up once it is taken
        self._end = _moment(rows[-1].at) + timedelta(seconds=1)
        self._source = source
        self._settings = settings
        self._clock = VirtualClock(_moment(rows[0].at))
        draw = chance.seeded(settings.seed)
        key = draw(keys.LENGTH)
        keys.make(file.with_name(file.name + ".key"), key)
        town = Town(
            "Polis",
            ZoneInfo(settings.zone),
            settings.language,
            key,
            console_rooms((ROOM,)),
            formats(),
            simulated=False,
        )
        self._title = export.title
        self._name = free_id(self._title, ())
        platform = Console(lambda _message, _name: None)
        self._session = Session(
            file, town, draw, self._clock, platform, shows=lambda _place: False, lasting=False
        )
        self._numbers: dict[str, str] = {}
        self._given: dict[str, Row] = {}
        self._waiting: list[Fact] = []
        self._since = _moment(rows[0].at)

    def run(self, progress: Callable[[int, int], None]) -> Handed:
        try:
            self._open()
            every = len(self._rows)
            for done in range(1, every + 1):
                self._take(self._rows.popleft(), done)
                if done % BATCH == 0 or done == every:
                    progress(done, every)
            self._flush()
            self._check()
            self._numbers.clear()
            self._clock.set(self._end)
            self._session.put([Tick(self._end)])
            finish(self._session)
            return self._session.hand_over(self._name, self._settings.clerk)
        finally:
            self._session.close()

    def _open(self) -> None:
        """A dialogue with an open ballot that closes one second after the last row."""
        session, begin, end = self._session, _moment(self._rows[0].at), self._end
        zone = session.town.zone
        wall = end.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")
        context = Context(begin, "clock")
        # What was agreed there is not known, so nothing is said of it; votes on Polis are open.
        values: dict[str, object] = {"ballot": BallotMode.OPEN}
        plan = session.town.formats["polis"]
        opened = OpenDialogue(
            self._title,
            ROOM,
            plan,
            session.town.name,
            zone.key,
            session.town.language,
            source=self._source,
        )
        with session.store.transaction():
            for intent in (opened, SetCharter(values), StartDialogue(Hour(end, wall))):
                session.engine.ledger.act(self._name, intent, context)
        session.engine.take_jobs()

    @cached_property
    def _letter(self) -> str:
        """The letter of what people contribute in the round."""
        (frame,) = self._session.engine.ledger.states[self._name].frames
        return next(letter.letter for letter in frame.machine.letters if letter.contribution)

    def _take(self, row: Row, place: int) -> None:
        at = _moment(row.at)
        there = Place(NAME, PlaceKind.PERSONAL, f"p{row.person}")
        origin = Origin(
            f"{row.vote:d}/{row.row}", at, there, f"p{row.person}", order=f"{place:09d}"
        )
        if self._waiting and at - self._since > _SPAN:
            self._flush()
        if not self._waiting:
            self._since = at
        if row.vote:
            means = Meaning(self._name, self._numbers[row.comment], CHOICES[row.value], 0)
            self._waiting.append(Chose(origin, means))
        else:
            number = self._items.next_number(self._letter, len(self._given))
            self._given[number], self._numbers[row.comment] = row, number
            means, values = Meaning(self._name), {"text": row.value}
            self._waiting.append(Submitted(origin, "statement", values, means))
        if len(self._waiting) >= BATCH:
            self._flush()

    @property
    def _items(self) -> Items:
        return self._session.engine.ledger.states[self._name].items

    def _check(self) -> None:
        """Hold what was taken against the files: no vote may be lost on the way."""
        state = self._session.engine.ledger.states[self._name]
        box = state.boxes[0]
        taken = sum(len(book.votes) for book in box.books.values()) if box is not None else 0
        if taken != self._votes:
            lost = self._votes - taken
            raise BadExport(f"votes.csv: {lost} votes could not be taken")

    def _flush(self) -> None:
        if self._waiting:
            last = self._waiting[-1]
            assert isinstance(last, Chose | Submitted)
            self._clock.set(last.origin.at)
            self._session.put(self._waiting)
            self._waiting = []
        if any(self._items.get(number) is None for number in self._given):
            raise BadExport(f"comments.csv, row {self._refused()}: the comment cannot be taken")
        self._given.clear()

    def _refused(self) -> int:
        """The row of the first comment that was not taken: its number went to another."""
        words = self._session.store.texts.words
        for number, row in self._given.items():
            item = self._items.get(number)
            if item is None or words(item.text.ref) != row.value:
                return row.row
        raise AssertionError
