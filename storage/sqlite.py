"""The SQLite file: opening and locking it."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from storage import schema
from storage.database import Unusable, passing


def connect(file: Path, *, read_only: bool = False, lasting: bool = True) -> sqlite3.Connection:
    """A connection in autocommit mode with the project's settings; the caller begins and commits.

    Where it is not ``lasting``, no COMMIT waits for the disk, and the rollback journal is in
    memory: after a power cut or a kill the file may be damaged. Only for what can be made again.

    Any thread may use it, one at a time: the engine thread owns the writing one. Raises
    ``Unusable`` where it cannot be opened, or must not be.
    """
    connection = _open_to_read(file) if read_only else _open_to_write(file)
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA trusted_schema = OFF")
        if not read_only:
            connection.execute(f"PRAGMA journal_mode = {'WAL' if lasting else 'MEMORY'}")
            connection.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'OFF'}")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA foreign_keys = ON")
        _check_schema(connection)
        if not read_only:
            schema.apply(connection)
        elif schema.pristine(connection):
            raise Unusable("empty", file=str(file))
    except UnicodeDecodeError as error:  # the schema itself
        connection.close()
        raise Unusable("damaged", file=str(file)) from error
    except sqlite3.DatabaseError as error:
        connection.close()
        code = {"busy": "locked", "full": "full"}.get(passing(error), "damaged")
        raise Unusable(code, file=str(file)) from error
    except Unusable:
        connection.close()
        raise
    return connection


def on_disk(file: Path) -> None:
    """Wait until the disk confirms that it has the whole file."""
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _open_to_read(file: Path) -> sqlite3.Connection:
    if not file.exists():
        raise Unusable("missing", file=str(file))
    _check_ordinary(file)
    address = f"{file.resolve().as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)


def _check_ordinary(file: Path) -> None:
    """Refuse a folder, a pipe or a device, which SQLite would wait for or cannot open."""
    if file.exists() and not file.is_file():
        raise Unusable("no_file", file=str(file))


def _open_to_write(file: Path) -> sqlite3.Connection:
    _check_ordinary(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    # Made readable for its owner alone before SQLite fills it; its helpers inherit that.
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    return sqlite3.connect(file, isolation_level=None, check_same_thread=False)


def _check_schema(connection: sqlite3.Connection) -> None:
    """Refuse a database written by a newer program, or one that is not ours."""
    if schema.of_something_else(connection):
        raise Unusable("not_ours")
    unknown = schema.unknown(connection)
    if unknown:
        raise Unusable("newer", schema=unknown[-1])


@contextmanager
def lock(file: Path) -> Iterator[IO[str]]:
    """Lock the database for one process, by flock on a file beside it; ``Unusable`` when it is
    taken.

    A symbolic link leads to the same lock as the file it names.
    """
    file = Path(os.path.realpath(file))
    _check_ordinary(file)
    path = file.with_name(file.name + ".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Unusable("in_use", file=str(file)) from error
        yield handle
