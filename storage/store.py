"""``Store``: all tables on one connection, changed in one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dialogues.record import Record
from storage.codes import Codes
from storage.commits import Commits, EachOne, ManyTogether
from storage.cursors import Cursors
from storage.forms import Forms
from storage.inbox import Inbox
from storage.journal import Journal, last_row
from storage.offers import Offers
from storage.outbox import Flights, Outbox
from storage.participants import Participants
from storage.people import People
from storage.places import Places
from storage.posts import Posts
from storage.reader import Reader
from storage.settings import Settings
from storage.sidecar import Sidecar, check_file
from storage.slots import Slots
from storage.sources import Sources
from storage.sqlite import connect, on_disk, passing
from storage.texts import Texts


class NotNow(Exception):  # noqa: N818 - what the program answers
    """Nothing can be stored at this moment (``busy`` or ``full``); the caller may try again."""


class Store:
    """Opened by one process at a time (``storage.sqlite.lock``), used by the engine thread.

    ``key`` is the town's. ``lasting`` False: for a database that can be made again; see
    ``connect`` and ``ManyTogether``.
    """

    def __init__(
        self,
        file: Path,
        chance: Callable[[int], bytes],
        record: Record,
        key: bytes,
        lasting: bool = True,
    ) -> None:
        self.file = file
        self.record = record
        self.lasting = lasting
        self.has_sidecar = check_file(file)
        self._db = connect(file, lasting=lasting)
        self._commits: Commits = EachOne(self._db) if lasting else ManyTogether(self._db)
        self._sidecar = Sidecar(file)
        self.texts = Texts(self._db, chance)
        self.journal = Journal(self._db, self.texts, record)
        self.inbox = Inbox(self._db)
        self.cursors = Cursors(self._db)
        self.settings = Settings(self._db)
        self.codes = Codes(self._db, chance, key)
        self.people = People(self._db, chance, key)
        self.participants = Participants(self._db, chance, key)
        self.places = Places(self._db)
        self.forms = Forms(self._db)
        self.offers = Offers(self._db)
        self.sources = Sources(self._db)
        self.posts = Posts(self._db, self.places)
        self.outbox = Outbox(self._db)
        self.flights = Flights(self._db)
        self.slots = Slots(self.outbox, self.flights, self.posts, self.places)

    # -- transactions -------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction: all of it or nothing. Raises ``NotNow`` when the disk is full or
        somebody else holds the file; nothing happened then either. Any other error of SQLite is
        raised as it is."""
        with self.reading():
            try:
                self._commits.begin()
                yield
                self.flush()
                head = self._new_head()
                self._commits.end()
            except BaseException:
                self._rollback()
                raise
        if head is not None:
            self._sidecar.note(*head)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of a transaction that is rolled back alone when it fails; what came before it
        stays.

        The parts' waiting rows are written first, so that they are not lost then. Raises ``NotNow``
        as a transaction does; then the whole transaction has to be given up.
        """
        with self.reading():
            self.flush()
            self._db.execute("SAVEPOINT part")
            try:
                yield
                self.flush()
            except BaseException:
                self._back()
                raise
            self._db.execute("RELEASE part")

    def _back(self) -> None:
        """Roll back to the savepoint, and drop the caches and waiting rows."""
        if self._db.in_transaction:  # a full disk may have ended it
            self._db.execute("ROLLBACK TO part")
            self._db.execute("RELEASE part")
        self._drop()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A read outside a transaction; raises ``NotNow`` as a transaction does."""
        try:
            yield
        except sqlite3.Error as error:
            reason = passing(error)
            if reason:
                raise NotNow(reason) from error
            raise

    def flush(self) -> None:
        """Write the rows that the parts collected."""
        for part in (self.inbox, self.journal, self.texts, self.places):
            part.flush()

    def _new_head(self) -> tuple[int, bytes] | None:
        """The journal's last row for the sidecar; None where nothing was added, or where the
        sidecar is written at the end alone."""
        if not (self.lasting and self.journal.grew):
            return None
        self.journal.grew = False
        return last_row(self._db)

    def _rollback(self) -> None:
        """Roll the transaction back, and drop the caches and waiting rows."""
        self._drop()
        self._commits.back()

    def _drop(self) -> None:
        parts = (
            self.inbox, self.journal, self.texts, self.people, self.participants, self.places
        )  # fmt: skip
        for part in parts:
            part.drop()

    # -- reading ------------------------------------------------------------------------------

    def reader(self) -> Reader:
        """A reader of what is committed (in a transaction: also of its own changes), for the
        store's thread."""
        return Reader(self._db, self.record)

    # -- the file -----------------------------------------------------------------------------

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file, and write the sidecar."""
        self._outside("PRAGMA wal_checkpoint(TRUNCATE)")
        self._write_head()

    def vacuum(self) -> None:
        """Rewrite the whole file, without the bytes of deleted rows."""
        self._outside("VACUUM")

    def _outside(self, statement: str) -> None:
        """Run a statement that cannot be part of a transaction; raises ``NotNow`` as a transaction
        does."""
        with self.reading():
            self._commits.now()
            self._db.execute(statement).fetchall()

    def note_head(self) -> None:
        """Write the sidecar and wait for the disk (after a closing). Raises ``OSError``."""
        self._commits.now()
        if self.lasting:
            self._write_head()

    def _write_head(self) -> None:
        if not self.lasting:
            on_disk(self.file)  # the sidecar is never newer than the journal
        self._sidecar.write(*last_row(self._db))

    def close(self) -> None:
        """Close the database. What cannot be moved out of the write-ahead log now stays safe in
        it."""
        with suppress(NotNow, OSError):
            self.checkpoint()
        self._sidecar.close()
        self._db.close()
