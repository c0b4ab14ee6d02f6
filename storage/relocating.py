"""A whole town from its file to a server, or back.

Both ends are locked meanwhile, so that no bot runs on either. What the town leaves is kept under
another name, where no program finds it: two databases of one town would each give receipts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage import opening, sqlite
from storage.beside import room_for
from storage.database import Database, Served, Unusable, or_damaged
from storage.journal import last_row
from storage.moving import Contents, copy, holds_rows
from storage.sidecar import Sidecar, check_file

#: How what a town left is called: when that was, in UTC.
_FOLDER, _SCHEMA = "moved-%Y%m%dT%H%M%SZ", "_moved_%Y%m%d%H%M%S"

#: The longest name of a schema.
_LONGEST = 63


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved, and where it was left."""

    contents: Contents
    left: str


def to_server(served: Served, now: datetime) -> Moved:
    """Move a town from the file of ``served`` to its schema. Raises ``Unusable``, ``NotNow`` and
    ``OSError``; then the town is in its file as before."""
    file = served.file
    if not file.exists():
        raise Unusable("missing", file=str(file))
    with sqlite.lock(file), or_damaged(file):
        check_file(file)
        with (
            closing(sqlite.connect(file)) as source,
            closing(opening.connect(served)) as target,
        ):
            _empty(target, str(served))
            found = copy(source, target)
            _write(file, last_row(target))
        left = file.with_name(now.astimezone(UTC).strftime(_FOLDER))
        left.mkdir(mode=0o700)
        for path in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
            if path.exists():
                path.rename(left / path.name)
        sqlite.on_disk(file.parent)
    return Moved(found, str(left))


def to_file(served: Served, now: datetime) -> Moved:
    """Move a town from its schema to the file of ``served``. Raises as ``to_server`` does; then the
    town is on the server as before."""
    file = served.file
    with opened(served) as source, sqlite.lock(file):
        if file.exists():
            raise Unusable("not_empty", file=str(file))
        with room_for(file) as room:
            fresh = room / file.name
            with closing(sqlite.connect(fresh)) as target:
                found = copy(source, target)
                head = last_row(target)
            sqlite.on_disk(fresh)
            _write(file, head)
            fresh.rename(file)
            sqlite.on_disk(file.parent)
        ending = now.astimezone(UTC).strftime(_SCHEMA)
        left = served.schema[: _LONGEST - len(ending)] + ending
        opening.renamed(source, left)
    return Moved(found, f"the schema {left}")


@contextmanager
def opened(served: Served) -> Iterator[Database]:
    """The connection to a town on a server, locked, where there is one and it is not behind its
    sidecar."""
    if not opening.there(served):
        raise Unusable("missing", file=str(served))
    with or_damaged(served):
        check_file(served)
        with closing(opening.connect(served)) as source:
            yield source


def _empty(db: Database, where: str) -> None:
    if holds_rows(db):
        raise Unusable("not_empty", file=where)


def _write(file: Path, head: tuple[int, bytes]) -> None:
    """The sidecar is that of the new database now, without what it said of a closed file."""
    noted = Sidecar(file)
    noted.write(*head)
    noted.close()
