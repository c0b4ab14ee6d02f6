"""The database as a file: its write-ahead log, its sidecar, and rewriting it without old bytes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from storage.commits import Commits
from storage.database import Database, NotNow, or_not_now
from storage.journal import Journal, last_row
from storage.sidecar import Sidecar
from storage.sqlite import on_disk


class Upkeep:
    """Keeps the file of a store, outside transactions. Not ``lasting``: a database that can be made
    again; its sidecar is written at the end alone."""

    def __init__(self, file: Path, connection: Database, commits: Commits, lasting: bool) -> None:
        self._file = file
        self._db = connection
        self._commits = commits
        self._lasting = lasting
        self._sidecar = Sidecar(file)

    def checkpoint(self) -> bool:
        """Move the write-ahead log into the file, and write the sidecar; whether the log is empty
        now. It is not while another program still reads what was there before. Raises ``NotNow``
        and ``OSError``."""
        ((waits, *_),) = self._outside("PRAGMA wal_checkpoint(TRUNCATE)")
        self._write_head()
        return not waits

    def vacuum(self) -> None:
        """Rewrite the whole file, without the bytes of deleted rows. Raises ``NotNow``."""
        self._outside("VACUUM")

    def _outside(self, statement: str) -> list[tuple[int, ...]]:
        """Run a statement that cannot be part of a transaction; what SQLite answers."""
        with or_not_now():
            self._commits.now()
            return self._db.execute(statement).fetchall()

    def note_head(self) -> None:
        """Write the sidecar and wait for the disk (after a closing). Raises ``OSError``."""
        self._commits.now()
        if self._lasting:
            self._write_head()

    def _write_head(self) -> None:
        if not self._lasting:
            on_disk(self._file)  # the sidecar is never newer than the journal
        self._sidecar.write(*last_row(self._db))

    def new_head(self, journal: Journal) -> tuple[int, bytes] | None:
        """The journal's last row for the sidecar; None where nothing was added, or where the
        sidecar is written at the end alone."""
        if not (self._lasting and journal.grew):
            return None
        journal.grew = False
        return journal.last()

    def committed(self, head: tuple[int, bytes] | None) -> None:
        """Write a new head to the sidecar, which has to be in the file already."""
        if head is not None:
            self._sidecar.note(*head)

    def end(self) -> None:
        """Checkpoint for the last time. What cannot be moved out of the write-ahead log now stays
        safe in it."""
        with suppress(NotNow, OSError):
            self.checkpoint()
        self._sidecar.close()
