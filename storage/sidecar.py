"""The sidecar ``journal.head`` beside the database: the last row's number and hash.

A database whose journal is behind it was restored from an older copy or lost its write-ahead log,
and is refused: its chain would still verify, but votes with a receipt would be missing. It is noted
after every commit, when the disk has that commit, so after a power cut it is never newer than the
journal. Behind the head stands how the file looked when it was closed (``storage/resting.py``).
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from pathlib import Path

from storage import journal, resting
from storage.database import Database, Served, Unusable, Where, beside, or_damaged
from storage.opening import connect, connect_served

#: The length of what stands in a sidecar, filled up with spaces. It is less than a sector of any
#: disk, and always the same: one head is written over the other without a half one in between.
_LENGTH = 96

#: How the folders are called in which a file lies whose town was moved to a server.
MOVED = "moved-*"

#: The codes of a database in which nothing was ever kept, as far as it can tell itself.
NOTHING = frozenset({"empty", "missing"})


def sidecar(file: Path) -> Path:
    """The path of a database's sidecar: beside the file itself, even when opened by a link."""
    file = Path(os.path.realpath(file))
    return (
        file.with_name("journal.head")
        if file.name == "stadsgesprek.db"
        else file.with_name(file.name + ".head")
    )


class Sidecar:
    """The sidecar of a database that is open for writing; made at the first ``write``."""

    def __init__(self, file: Path) -> None:
        self._path = sidecar(file)
        self._handle = -1

    def write(self, row: int, digest: bytes) -> None:
        """Write it anew and wait for the disk. Raises ``OSError``."""
        fresh = self._path.with_name(self._path.name + ".new")
        handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            os.pwrite(handle, _content(row, digest), 0)
            os.fsync(handle)
            fresh.replace(self._path)
        except BaseException:
            os.close(handle)
            raise
        self.close()
        self._handle = handle

    def note(self, row: int, digest: bytes) -> None:
        """Write the head of a commit over the one before, without waiting for the disk.

        What cannot be written is left: the sidecar is older then, as it may be.
        """
        with suppress(OSError):
            if self._handle < 0:
                self.write(row, digest)
            else:
                os.pwrite(self._handle, _content(row, digest), 0)

    def close(self) -> None:
        """Close the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _content(row: int, digest: bytes) -> bytes:
    return f"{row} {digest.hex()}".ljust(_LENGTH - 1).encode() + b"\n"


def note_rest(file: Path) -> None:
    """Note behind the head how the closed database looks; what cannot be written is left."""
    with suppress(OSError):
        handle = os.open(sidecar(file), os.O_RDWR)
        try:
            note = resting.noted(file).encode() + b"\n"
            os.pwrite(handle, note, _LENGTH)
            os.ftruncate(handle, _LENGTH + len(note))
        finally:
            os.close(handle)


def check_sidecar(where: Where, connection: Database) -> bool:
    """Raise ``Unusable`` for a database behind its sidecar; False when it has none (worth a
    warning)."""
    _check_rows(connection)
    noted = _noted(beside(where))
    if noted is None:
        return False
    row, digest = noted
    if row == 0:
        return True
    found = journal.hash_of(connection, row)
    if found is None:
        raise Unusable("behind", row=row, last=journal.last_row(connection)[0])
    if found.hex() != digest:
        raise Unusable("other_history", row=row)
    return True


def check_rest(where: Where) -> None:
    """Raise ``Unusable`` where a byte of the file changed since it was closed."""
    if isinstance(where, Served):
        return
    file = where
    try:
        _, _, note = sidecar(file).read_text().partition("\n")
    except (OSError, ValueError):
        return
    if resting.has_changed(file, note):
        raise Unusable("damaged", file=str(file))


def check_file(where: Where) -> bool:
    """``check_sidecar`` before a file is opened for writing, which is what SQLite needs to throw a
    damaged write-ahead log away: a database that is refused stays as it is."""
    file = beside(where)
    check_rest(where)
    try:
        connection = connect(where, read_only=True)
    except Unusable as error:
        if error.code not in NOTHING:
            raise
        check_lost(where)
        return sidecar(file).exists()
    try:
        with or_damaged(where):
            return check_sidecar(where, connection)
    finally:
        connection.close()


def opened(where: Where, lasting: bool) -> tuple[Database, bool]:
    """A town's database to write to, and whether it has a sidecar. Raises ``Unusable``, also where
    it is behind that, before anything of it is changed.

    On a server one session does all of it: beginning one costs a server as much as fifty votes.
    """
    if not isinstance(where, Served):
        has = check_file(where)
        return connect(where, lasting=lasting), has
    has = sidecar(where.file).exists()
    return connect_served(where, look=partial(_check_schema, where)), has


def _check_schema(where: Served, db: Database | None) -> None:
    if db is None:
        check_lost(where)
        return
    with or_damaged(where):
        check_sidecar(where, db)


def check_lost(where: Where) -> None:
    """Raise ``Unusable`` where a database that is not there, or holds nothing, had rows before."""
    file = beside(where)
    noted = _noted(file)
    if noted is None or not noted[0]:
        return
    if isinstance(where, Served) and file.exists():
        raise Unusable("not_moved", where=str(where), file=str(file))
    left = sorted(file.parent.glob(MOVED)) if file is where else []
    if left:
        raise Unusable("moved_away", file=str(file), left=str(left[-1]))
    raise Unusable("behind", row=noted[0], last=0)


def _noted(file: Path) -> tuple[int, str] | None:
    """Row and hash in the sidecar; None where there is none."""
    path = sidecar(file)
    try:
        number, _, digest = path.read_text().strip().partition("\n")[0].partition(" ")
        return int(number), digest.strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Unusable("sidecar_unreadable", file=str(path)) from error


def _check_rows(connection: Database) -> None:
    """Raise ``Unusable`` for a journal with a hole: rows are numbered without gaps, and none is
    ever deleted.

    The chain of a dialogue alone does not show that its last line is gone, and a row of a chain
    that is not known stands in no dialogue.
    """
    count, last = journal.count_rows(connection)
    if count != last:
        raise Unusable("row_missing", rows=count, last=last)
    row = journal.row_of_no_chain(connection)
    if row:
        raise Unusable("unknown_chain", row=row)
