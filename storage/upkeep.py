"""What a database needs besides its transactions: its sidecar, and that erased words leave the
disk."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Protocol

from storage.commits import Commits
from storage.database import Database, NotNow, Served, Where, or_not_now
from storage.journal import Journal, last_row
from storage.postgres_sql import REWRITE
from storage.sidecar import Sidecar, note_rest
from storage.sqlite import on_disk


class Upkeep(Protocol):
    """Keeps the database of a store, outside transactions."""

    def checkpoint(self) -> bool:
        """Write the sidecar, and move what waits beside the tables into them; whether no deleted
        row is left on the disk by that. Raises ``NotNow`` and ``OSError``."""

    def vacuum(self) -> None:
        """Write everything anew from which rows are ever deleted, so that nothing of them is left.
        Raises ``NotNow``, also while another program reads what was there before."""

    def note_head(self) -> None:
        """Write the sidecar and wait for the disk (after a closing). Raises ``OSError``."""

    def new_head(self, journal: Journal) -> tuple[int, bytes] | None:
        """The journal's last row for the sidecar; None where nothing was added, or where the
        sidecar is written at the end alone."""

    def committed(self, head: tuple[int, bytes] | None) -> None:
        """Write a new head to the sidecar, which the database has confirmed already."""

    def end(self) -> None:
        """What can still be done before the connection is closed."""

    def closed(self) -> None:
        """Note how all was left, after that."""


def upkeep_of(where: Where, db: Database, commits: Commits, lasting: bool) -> Upkeep:
    """The upkeep of a database, whichever it is."""
    if isinstance(where, Served):
        return OfSchema(where, db)
    return OfFile(where, db, commits, lasting)


class OfFile:
    """Of a file: its write-ahead log, its sidecar, and rewriting it. Not ``lasting``: a database
    that can be made again; its sidecar is written at the end alone."""

    def __init__(self, file: Path, connection: Database, commits: Commits, lasting: bool) -> None:
        self._file = file
        self._db = connection
        self._commits = commits
        self._lasting = lasting
        self._sidecar = Sidecar(file)

    def checkpoint(self) -> bool:
        """The log is not empty while another program still reads what was there before."""
        ((waits, *_),) = self._outside("PRAGMA wal_checkpoint(TRUNCATE)")
        self._write_head()
        return not waits

    def vacuum(self) -> None:
        self._empty()
        self._outside("VACUUM")
        self._empty()

    def _empty(self) -> None:
        if not self.checkpoint():
            raise NotNow("busy")

    def _outside(self, statement: str) -> list[tuple[int, ...]]:
        """Run a statement that cannot be part of a transaction; what SQLite answers."""
        with or_not_now():
            self._commits.now()
            return self._db.execute(statement).fetchall()

    def note_head(self) -> None:
        self._commits.now()
        if self._lasting:
            self._write_head()

    def _write_head(self) -> None:
        if not self._lasting:
            on_disk(self._file)  # the sidecar is never newer than the journal
        self._sidecar.write(*last_row(self._db))

    def new_head(self, journal: Journal) -> tuple[int, bytes] | None:
        if not (self._lasting and journal.grew):
            return None
        journal.grew = False
        return journal.last()

    def committed(self, head: tuple[int, bytes] | None) -> None:
        if head is not None:
            self._sidecar.note(*head)

    def end(self) -> None:
        """Checkpoint for the last time. What cannot be moved out of the write-ahead log now stays
        safe in it."""
        with suppress(NotNow, OSError):
            self.checkpoint()
        self._sidecar.close()

    def closed(self) -> None:
        if self._lasting:
            note_rest(self._file)


class OfSchema:
    """Of a schema on a server. The sidecar lies beside the town's key, where the program runs: a
    server that lost what it had confirmed, or that was put back, is refused by it.

    Deleted rows stay in the server's files until a table is written anew. What its own log,
    archives and copies keep is for whoever runs it to say.
    """

    def __init__(self, served: Served, db: Database) -> None:
        self._db = db
        served.file.parent.mkdir(parents=True, exist_ok=True)
        self._sidecar = Sidecar(served.file)

    def checkpoint(self) -> bool:
        self.note_head()
        return False

    def vacuum(self) -> None:
        with or_not_now():
            for (statement,) in self._db.execute(REWRITE).fetchall():
                self._db.execute(statement)
        self.note_head()

    def note_head(self) -> None:
        """Each commit noted it already: where the server is away now, that stays."""
        with suppress(NotNow):
            self._sidecar.write(*last_row(self._db))

    def new_head(self, journal: Journal) -> tuple[int, bytes] | None:
        if not journal.grew:
            return None
        journal.grew = False
        return journal.last()

    def committed(self, head: tuple[int, bytes] | None) -> None:
        if head is not None:
            self._sidecar.note(*head)

    def end(self) -> None:
        with suppress(NotNow, OSError):
            self.checkpoint()
        self._sidecar.close()

    def closed(self) -> None:
        """Nothing: a server looks after its own files."""
