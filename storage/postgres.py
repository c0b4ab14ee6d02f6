"""A town's database on a PostgreSQL server: its connection, its lock, and its errors.

Only this file and ``postgres_session`` know the library; a town in a file never imports it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any

import psycopg

from storage import postgres_schema
from storage.database import Database, Failed, NotNow, Rows, Served, TakenOver, Unusable
from storage.postgres_session import opened
from storage.postgres_sql import said, written
from storage.postgres_waiting import NOTHING, Values, Waiting, waits

#: Errors that pass, by their code or its first two characters.
_PASSING = {
    "08": "busy",  # the connection is lost
    "40": "busy",  # a deadlock or a transaction that has to be tried again
    "53": "busy",  # out of memory or of connections
    "53100": "full",
    "55P03": "busy",  # a lock was not to be had
    "57014": "busy",  # cancelled
    "57P": "busy",  # the server ends or begins
    "58030": "full",  # it cannot write
}

#: What ends a transaction, whatever became of it.
_ENDS = frozenset({"COMMIT", "ROLLBACK"})

#: So many rows wait for the next statement, at most.
_FEW = 100

#: So many rows of a large answer are fetched at a time.
_AT_A_TIME = 1000

#: The numbers of all locks of towns that are held in this database.
_HELD = (
    "SELECT classid::bigint << 32 | objid::bigint FROM pg_locks WHERE locktype = 'advisory'"
    " AND objsubid = 1 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)

#: Leaves word who has the town, in place of who had it.
_HOLD = "WITH gone AS (DELETE FROM holder) INSERT INTO holder (token) VALUES (?)"

#: Looks at what a schema holds (None: nothing) before anything of it is changed. Raises
#: ``Unusable``.
Look = Callable[[Database | None], None]


class Server:
    """A ``Database`` on a server, and the town's lock with it.

    The lock is the session's, so that who lost the connection has lost the lock too. A connection
    that is lost ends its transaction, and is made again at the next statement outside one, where
    nobody else had the town meanwhile: then what its reader knows is still true.
    """

    def __init__(self, served: Served, *, read_only: bool = False) -> None:
        self._served = served
        self._read_only = read_only
        self._inside = False
        self._holder = secrets.token_hex(16)
        self._later = Waiting()
        self._pg = opened(served, read_only)

    # -- as sqlite3.Connection ----------------------------------------------------------------

    @property
    def in_transaction(self) -> bool:
        """Also where the connection was lost in one: it has to be given up."""
        return self._inside

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> Rows:
        if self._inside and waits(statement):
            self._later.put(statement, (values,))
            return NOTHING
        if statement.startswith("ROLLBACK"):
            self._later.clear()  # only what came after the savepoint waits
        found = self._now(statement, values)
        if statement.startswith("BEGIN"):
            self._inside = True
        elif statement in _ENDS and found is not None:
            self._inside = False
            if found.statusmessage != statement:  # COMMIT of what failed before is a ROLLBACK
                raise Failed("25P02")
        return found or NOTHING

    def executemany(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> Rows:
        self._later.put(statement, rows)
        if not (self._inside and waits(statement) and len(rows) <= _FEW):
            self._now("SELECT 1", ())
        return NOTHING

    def _now(self, statement: str, values: tuple[Any, ...]) -> psycopg.Cursor[Any] | None:
        """Send a statement behind those that wait, and wait for what comes of it; None for the
        ROLLBACK of a transaction that was lost with its connection."""
        if not self._inside:
            self._again()
        later = list(self._later.taken())
        try:
            return self._sent(later, statement, values)
        except psycopg.Error as error:
            if statement == "ROLLBACK" and self._pg.closed:
                self._inside = False
                return None
            raise self.failed(error) from None

    def _sent(
        self, later: Sequence[tuple[str, Values]], statement: str, values: Values
    ) -> psycopg.Cursor[Any]:
        """One that begins a transaction shows that the connection was lost since the last one: it
        is made again."""
        if later:
            with self._pg.pipeline():
                for each, rows in later:
                    self._pg.execute(said(each), rows)
                return self._pg.execute(said(statement), values, binary=True)
        try:
            return self._pg.execute(said(statement), values, binary=True)
        except psycopg.Error:
            if not (statement.startswith("BEGIN") and self._pg.closed):
                raise
        self._again()
        return self._pg.execute(said(statement), values, binary=True)

    def close(self) -> None:
        with suppress(psycopg.Error):
            self._pg.close()

    def stream(self, statement: str) -> Rows:
        """Rows that are too many to hold: read from the server a part at a time."""
        if self._later:
            self._now("SELECT 1", ())
        return _Stream(self, self._pg, said(statement))

    @contextmanager
    def aside(self) -> Iterator[Server]:
        """Another session with the same schema, for a moment, which may make tables."""
        other = Server(self._served)
        try:
            yield other
        finally:
            other.close()

    def renamed(self, name: str) -> None:
        """Give the town's schema another name: nobody finds the town in it any more."""
        postgres_schema.rename(self, self._served.schema, name)

    def script(self, statement: str) -> None:
        """Run a statement as it stands, with the types of SQLite's tables written as the
        server's."""
        self.execute(written(statement))

    # -- the lock -----------------------------------------------------------------------------

    def lock(self) -> None:
        """Take the town's lock for this session. Raises ``Unusable`` where another has it."""
        if not self._locked():
            raise Unusable("in_use", file=str(self._served))

    def hold(self) -> None:
        """Leave word who has the lock."""
        self.execute(_HOLD, (self._holder,))

    def _locked(self) -> bool:
        (found,) = self.execute(
            "SELECT pg_try_advisory_lock(?)", (lock_number(self._served.schema),)
        ).fetchone()
        return bool(found)

    def _again(self) -> None:
        """Make a lost connection again. Raises ``NotNow`` where that cannot be now, as long as the
        server has not noticed that the old one is gone, and ``TakenOver``."""
        if not self._pg.closed:
            return
        try:
            self._pg = opened(self._served, self._read_only)
        except Unusable:
            raise NotNow("busy") from None
        if self._read_only:
            return
        locked, found = self._locked(), self.execute("SELECT token FROM holder").fetchone()
        if not locked or found != (self._holder,):
            self._pg.close()
            raise NotNow("busy") if found == (self._holder,) else TakenOver

    def failed(self, error: psycopg.Error) -> Failed | NotNow:
        """The error without its text, which may hold values."""
        code = error.sqlstate or ("08006" if self._pg.closed else type(error).__name__)
        reason = passing(code)
        return NotNow(reason) if reason else Failed(code)


class _Stream:
    """Rows as they come in. The session does nothing else until the last was fetched."""

    rowcount = -1

    def __init__(self, server: Server, pg: psycopg.Connection[Any], statement: str):
        self._failed = server.failed
        size = _AT_A_TIME if psycopg.capabilities.has_stream_chunked() else 1
        self._rows = pg.cursor().stream(statement, binary=True, size=size)

    def fetchmany(self, size: int) -> list[Any]:
        try:
            return list(islice(self._rows, size))
        except psycopg.Error as error:
            raise self._failed(error) from None

    def fetchone(self) -> Any:
        return next(iter(self.fetchmany(1)), None)

    def fetchall(self) -> list[Any]:
        return list(self)

    def __iter__(self) -> Iterator[Any]:
        while part := self.fetchmany(_AT_A_TIME):
            yield from part


def connect(served: Served, *, read_only: bool = False, look: Look | None = None) -> Server:
    """A connection to a town's schema, which is made where it is not there and brought up to this
    program's; to write to it takes the town's lock first. Raises ``Unusable``."""
    server = Server(served, read_only=read_only)
    try:
        if not read_only:
            server.lock()
        had = postgres_schema.applied(server, served.schema)
        if read_only and not had:
            raise Unusable("missing" if had is None else "empty", file=str(served))
        if look is not None:
            look(server if had else None)
        if not read_only:
            if had is None:
                postgres_schema.make(server, served.schema)
            postgres_schema.apply(server, had or ())
            server.hold()
    except NotNow as error:
        server.close()
        code = "full" if str(error) == "full" else "locked"
        raise Unusable(code, file=str(served)) from None
    except Failed as error:
        server.close()
        raise Unusable("refuses", file=str(served), state=str(error)) from None
    except Unusable:
        server.close()
        raise
    return server


def taken(towns: Sequence[Served]) -> set[Served]:
    """Those of some towns in one database that somebody has, by one question. Raises
    ``Unusable``."""
    server = Server(towns[0], read_only=True)
    try:
        rows = server.execute(_HELD).fetchall()
    except psycopg.Error as error:
        raise Unusable("unreachable", why=str(server.failed(error))) from None
    finally:
        server.close()
    held = {number for (number,) in rows}
    return {town for town in towns if lock_number(town.schema) in held}


def lock_number(schema: str) -> int:
    """The number by which a town's lock is known in its database."""
    digest = hashlib.sha256(f"stadsgesprek/{schema}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def passing(code: str) -> str:
    """Why nothing can be stored at this moment, ``busy`` or ``full``; "" for an error that will
    not pass."""
    return _PASSING.get(code) or _PASSING.get(code[:3]) or _PASSING.get(code[:2], "")
