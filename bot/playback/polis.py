"""Imports a Polis export through the same engine: comments become statements, votes become votes.

``comments.csv`` and ``votes.csv`` as Polis writes them; 1 is agree. Comments that Polis moderated
out (-1) are left out with their votes. Order is that of the timestamps, then of the rows; the
clock follows the file.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.desk.names import slug
from bot.documents.handover import Handed
from bot.platforms.console import NAME, Console
from bot.platforms.facts import Chose, Fact, Origin, Submitted, Tick
from bot.platforms.messages import Meaning
from bot.platforms.places import Place, PlaceKind
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

ROOM = "polis"

_CHOICES = {"1": "agree", "-1": "disagree", "0": "pass"}
_BATCH = 100

#: The most time between facts of one batch: the engine refuses what is old by its
#: clock, and a conversation may have lasted for years.
_SPAN = timedelta(days=1)


class BadExport(Exception):  # noqa: N818 - says what it is
    """An export that cannot be read: which file, which row, and what is wrong."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One comment or vote; comments of a moment come before votes of it."""

    at: int
    kind: int
    row: int
    comment: str
    person: str
    value: str

    @property
    def key(self) -> tuple[int, int, int]:
        return (self.at, self.kind, self.row)


def take(folder: Path, settings: Settings, progress: Callable[[int, int], None]) -> Handed:
    """Import an export; returns its bundle. Raises ``BadExport``."""
    rows = _rows(folder)
    with tempfile.TemporaryDirectory(prefix="stadsgesprek-") as temporary:
        file = settings.db or Path(temporary) / "polis.db"
        return _Import(folder, rows, settings, file).run(progress)


def _rows(folder: Path) -> list[_Row]:
    """Every comment that was kept and every vote on one, in the order in which they happened."""
    comments = list(_comments(folder))
    kept = {row.comment for row, moderated in comments if moderated != "-1"}
    known = {row.comment for row, _ in comments}
    rows = [row for row, moderated in comments if moderated != "-1"]
    for number, line in _lines(folder / "votes.csv", _VOTE_KEYS):
        vote = line["vote"].strip()
        if vote not in _CHOICES:
            raise BadExport(f"votes.csv, row {number}: a vote is 1, 0 or -1, not {vote!r}")
        if line["comment-id"] not in known:
            raise BadExport(f"votes.csv, row {number}: there is no such comment in comments.csv")
        if line["comment-id"] in kept:
            at = _time(line, "votes.csv", number)
            rows.append(_Row(at, 1, number, line["comment-id"], line["voter-id"], vote))
    if not rows:
        raise BadExport(f"{folder} holds no comment that was kept")
    return sorted(rows, key=lambda row: row.key)


_COMMENT_KEYS = ("timestamp", "comment-id", "author-id", "moderated", "comment-body")
_VOTE_KEYS = ("timestamp", "comment-id", "voter-id", "vote")


def _comments(folder: Path) -> Iterator[tuple[_Row, str]]:
    seen: set[str] = set()
    for number, line in _lines(folder / "comments.csv", _COMMENT_KEYS):
        name = line["comment-id"]
        if name in seen:
            raise BadExport(f"comments.csv, row {number}: the comment {name} stands there twice")
        seen.add(name)
        at = _time(line, "comments.csv", number)
        row = _Row(at, 0, number, name, line["author-id"], line["comment-body"])
        yield row, line["moderated"].strip()


def _lines(file: Path, keys_needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with file.open(newline="", encoding="utf-8-sig") as handle:
            reader = csv.DictReader(handle)
            absent = [key for key in keys_needed if key not in (reader.fieldnames or ())]
            if absent:
                raise BadExport(f"{file.name} has no column {absent[0]!r}; is it a Polis export?")
            for number, line in enumerate(reader, 2):
                if any(line[key] is None for key in keys_needed):
                    raise BadExport(f"{file.name}, row {number}: a cell is missing")
                yield number, line
    except OSError as error:
        raise BadExport(f"{file} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadExport(f"{file} is no UTF-8 text") from error
    except csv.Error as error:
        raise BadExport(f"{file} is no table: {error}") from error


def _time(line: dict[str, str], file: str, number: int) -> int:
    try:
        at = int(line["timestamp"])
        datetime.fromtimestamp(at / 1000, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadExport(f"{file}, row {number}: the timestamp is no number of ms") from error
    return at


def _moment(milliseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def _title(folder: Path) -> str:
    """The topic in summary.csv where there is one, else the folder's name."""
    try:
        with (folder / "summary.csv").open(newline="", encoding="utf-8-sig") as handle:
            for row in csv.reader(handle):
                if len(row) > 1 and row[0] == "topic" and row[1].strip():
                    return row[1].strip()[:120]
    except (OSError, UnicodeDecodeError, csv.Error):
        pass
    return folder.resolve().name


class _Import:
    def __init__(self, folder: Path, rows: list[_Row], settings: Settings, file: Path) -> None:
        self._rows = rows
        self._settings = settings
        self._clock = VirtualClock(_moment(rows[0].at))
        draw = chance.seeded(settings.seed)
        key = draw(keys.LENGTH)
        if settings.db is not None:
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
        self._title = _title(folder)
        self._name = slug(self._title)
        platform = Console(lambda _message, _name: None)
        self._session = Session(
            file, town, draw, self._clock, platform, shows=lambda _place: False, lasting=False
        )
        self._numbers: dict[str, str] = {}
        self._waiting: list[Fact] = []
        self._since = _moment(rows[0].at)

    def run(self, progress: Callable[[int, int], None]) -> Handed:
        try:
            self._open()
            for done, row in enumerate(self._rows, 1):
                self._take(row)
                if done % _BATCH == 0 or done == len(self._rows):
                    progress(done, len(self._rows))
            self._flush()
            end = _moment(self._rows[-1].at) + timedelta(seconds=1)
            self._clock.set(end)
            self._session.put([Tick(end)])
            finish(self._session)
            return self._session.hand_over(self._name, self._settings.clerk)
        finally:
            self._session.close()

    def _open(self) -> None:
        """A dialogue with an open ballot that closes one second after the last row."""
        session, begin = self._session, _moment(self._rows[0].at)
        end = _moment(self._rows[-1].at) + timedelta(seconds=1)
        zone = session.town.zone
        wall = end.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")
        context = Context(begin, "clock")
        # What was agreed there is not known, so nothing is said of it; votes on Polis are open.
        values: dict[str, object] = {"ballot": BallotMode.OPEN}
        plan = session.town.formats["polis"]
        opened = OpenDialogue(
            self._title, ROOM, plan, session.town.name, zone.key, session.town.language
        )
        with session.store.transaction():
            for intent in (opened, SetCharter(values), StartDialogue(Hour(end, wall))):
                session.engine.ledger.act(self._name, intent, context)
        session.engine.take_jobs()

    @property
    def _letter(self) -> str:
        """The letter of what people contribute in the round."""
        (frame,) = self._session.engine.ledger.states[self._name].frames
        return next(letter.letter for letter in frame.machine.letters if letter.contribution)

    def _take(self, row: _Row) -> None:
        at = _moment(row.at)
        place = Place(NAME, PlaceKind.PERSONAL, f"p{row.person}")
        origin = Origin(
            f"{row.kind}/{row.row}", at, place, f"p{row.person}", order=f"{row.row:09d}"
        )
        if self._waiting and at - self._since > _SPAN:
            self._flush()
        if not self._waiting:
            self._since = at
        if row.kind:
            if row.comment in self._numbers:
                number = self._numbers[row.comment]
                means = Meaning(self._name, number, _CHOICES[row.value], 0)
                self._waiting.append(Chose(origin, means))
            if len(self._waiting) >= _BATCH:
                self._flush()
            return
        self._flush()
        items = self._session.engine.ledger.states[self._name].items
        expected = items.next_number(self._letter)
        self._waiting.append(
            Submitted(origin, "statement", {"text": row.value}, Meaning(self._name))
        )
        self._flush()
        if items.get(expected) is not None:
            self._numbers[row.comment] = expected

    def _flush(self) -> None:
        if self._waiting:
            last = self._waiting[-1]
            assert isinstance(last, Chose | Submitted)
            self._clock.set(last.origin.at)
            self._session.put(self._waiting)
            self._waiting = []
