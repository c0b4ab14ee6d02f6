"""The store: the parts that last, on one connection, with one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from dialogues.aggregates import DIALOGUE, Fold, kind_of
from dialogues.dialogue import Dialogue
from dialogues.fold import evolve
from dialogues.record import TOWN, next_hash, read, start_hash
from storage.inbox import Inbox
from storage.journal import Journal, all_rows, lines
from storage.outbox import Outbox
from storage.people import People
from storage.places import Places
from storage.posts import Posts
from storage.sources import Sources
from storage.sqlite import Unusable, check_sidecar, connect, write_sidecar

#: Erased words are gone from the disk after so long at the latest, while the program runs.
CLEANED_AFTER = timedelta(hours=12)

#: The setting that says since when the file has to be cleaned of erased words.
_UNCLEANED = "uncleaned_since"

_DIALOGUES = {DIALOGUE: Fold(Dialogue, evolve)}


class NotNow(Exception):  # noqa: N818 - what the program answers
    """Nothing can be kept at this moment; whoever asks may try again."""


def _not_now(error: sqlite3.OperationalError) -> NotNow:
    return NotNow("full" if "full" in str(error) else "busy")


class Store:
    """Opened by one process at a time (``storage.sqlite.lock``), used by the engine thread."""

    def __init__(self, file: Path, chance: Callable[[int], bytes]) -> None:
        self.file = file
        self._db = connect(file)
        self.has_sidecar = check_sidecar(file, self._db)
        self.journal = Journal(self._db, chance)
        self.inbox = Inbox(self._db)
        self.posts = Posts(self._db)
        self.outbox = Outbox(self._db, self.posts)
        self.people = People(self._db, chance)
        self.places = Places(self._db)
        self.sources = Sources(self._db)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction: all of it or nothing. Raises ``NotNow`` when the disk is full or
        somebody else holds the file, in which case nothing happened either."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self.flush()
            self._db.execute("COMMIT")
        except BaseException as error:
            self._rollback()
            if isinstance(error, sqlite3.OperationalError):
                raise _not_now(error) from error
            raise

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of a transaction that is undone alone when it fails; what came before it stays.

        What the parts kept back is written first, so that nothing of it is forgotten then. Raises
        ``NotNow`` as a transaction does, and then all of that has to be given up.
        """
        try:
            self.flush()
            self._db.execute("SAVEPOINT part")
            try:
                yield
                self.flush()
            except BaseException:
                self._back()
                raise
            self._db.execute("RELEASE part")
        except sqlite3.OperationalError as error:
            raise _not_now(error) from error

    def _back(self) -> None:
        """Undo what was done since the savepoint, and forget everything at hand of it."""
        if self._db.in_transaction:  # a full disk may have ended it
            self._db.execute("ROLLBACK TO part")
            self._db.execute("RELEASE part")
        self._drop()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A look outside a transaction; raises ``NotNow`` as those do."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise _not_now(error) from error

    def flush(self) -> None:
        """Write what the parts kept back for one go."""
        self.inbox.flush()
        self.journal.flush()
        self.posts.flush()

    def _rollback(self) -> None:
        """Undo the transaction, and forget everything at hand that it may have touched."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._drop()

    def _drop(self) -> None:
        for part in (self.inbox, self.journal, self.people, self.places, self.posts):
            part.drop()

    def read_all(self, folds: Mapping[str, Fold] = _DIALOGUES) -> dict[str, Any]:
        """The states of these kinds of aggregates, folded from the journal in one read that checks
        every chain, those of other kinds too."""
        states: dict[str, Any] = {}
        of: dict[str, Fold | None] = {}
        for dialogue, chain, seq, line, stored in all_rows(self._db):
            if dialogue not in of:
                fold = of[dialogue] = folds.get(kind_of(dialogue)) if dialogue != TOWN else None
                if fold is not None:
                    states[dialogue] = fold.blank(dialogue)
                self.journal.remember(dialogue, chain, 0, start_hash(dialogue))
            head = self.journal.head(dialogue)
            digest = next_hash(head.hash, line)
            if digest != stored or seq != head.seq + 1:
                raise Unusable("chain_broken", dialogue=dialogue, line=head.seq + 1)
            head.seq, head.hash = seq, digest
            fields, fold = read(line), of[dialogue]
            if fold is not None:
                fold.evolve(states[dialogue], fields.event, fields.at, fields.by)
        return states

    def read_one(self, id: str, fold: Fold = _DIALOGUES[DIALOGUE]) -> Any:
        """One aggregate's state, folded again (after a rollback)."""
        state = fold.blank(id)
        for line in lines(self._db, id):
            fields = read(line)
            fold.evolve(state, fields.event, fields.at, fields.by)
        return state

    def lines(self, dialogue: str, upto: int | None = None) -> Iterator[bytes]:
        return lines(self._db, dialogue, upto)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file and put the head beside it."""
        self._outside("PRAGMA wal_checkpoint(TRUNCATE)")
        write_sidecar(self.file, self._db)

    def _outside(self, statement: str) -> None:
        """Something that cannot be part of a transaction; raises ``NotNow`` as those do."""
        with self.reading():
            self._db.execute(statement).fetchall()

    def note_head(self) -> None:
        """Put the journal's head beside the database (after a closing)."""
        write_sidecar(self.file, self._db)

    def clean(self, now: int) -> None:
        """The night's work: forget old causes and lapsed questions, and leave no copy of erased
        words on the disk."""
        with self.transaction():
            self.inbox.clean(now)
            self.places.clean(now)
        self._outside("VACUUM")
        self.checkpoint()
        with self.transaction():
            self.inbox.set_setting(_UNCLEANED, "")

    def clean_when_due(self, now: int, after: timedelta) -> None:
        """Clean when bytes of erased words may be on the disk for longer than ``after``."""
        since = self.uncleaned_since()
        if since and now - since >= after.total_seconds() * 1000:
            self.clean(now)

    def mark_uncleaned(self, now: int) -> None:
        """Words were erased: their bytes must be gone from the disk within a day."""
        if not self.uncleaned_since():
            self.inbox.set_setting(_UNCLEANED, str(now))

    def uncleaned_since(self) -> int:
        """Since when (ms) bytes of erased words may still be on the disk; 0: there are none."""
        return int(self.inbox.settings([_UNCLEANED]).get(_UNCLEANED) or 0)

    def close(self) -> None:
        """End; what could not be moved out of the write-ahead log now is still safe in it."""
        with suppress(NotNow, OSError):
            self.checkpoint()
        self._db.close()

    @property
    def connection(self) -> sqlite3.Connection:
        return self._db
