"""A town's database opened and locked, whichever it is.

The server's library is imported where a town is on a server, and nowhere else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from storage import schema, sqlite
from storage.database import Database, Rows, Served, Unusable, Where


def connect(where: Where, *, read_only: bool = False, lasting: bool = True) -> Database:
    """A connection as ``sqlite.connect`` or ``postgres.connect`` gives it; on a server everything
    is ``lasting``. Raises ``Unusable``."""
    if not isinstance(where, Served):
        return sqlite.connect(where, read_only=read_only, lasting=lasting)
    return connect_served(where, read_only=read_only)


def connect_served(
    where: Served,
    *,
    read_only: bool = False,
    look: Callable[[Database | None], None] | None = None,
) -> Database:
    """The same for a server; ``look`` is called with what the schema holds (None: nothing) before
    anything of it is changed, and may refuse it. Raises ``Unusable``."""
    try:
        from storage import postgres
    except ModuleNotFoundError as error:
        raise Unusable("no_library") from error
    return postgres.connect(where, read_only=read_only, look=look)


def there(where: Where) -> bool:
    """Whether there is a database, whatever is in it. Raises ``Unusable`` for a server that cannot
    tell."""
    if not isinstance(where, Served):
        return where.exists()
    try:
        connect(where, read_only=True).close()
    except Unusable as error:
        if error.code in ("bad_address", "no_library", "unreachable"):
            raise
        return error.code != "missing"
    return True


@contextmanager
def lock(where: Where) -> Iterator[None]:
    """Lock a town for one process; ``Unusable`` when it is taken. On a server the connection that
    writes has the lock: a session that is lost has lost it too."""
    if isinstance(where, Served):
        yield
    else:
        with sqlite.lock(where):
            yield


def free(towns: Sequence[Where]) -> list[Where]:
    """Those of some towns that nobody has, as far as that can be told without opening them: a file
    tells it when it is locked, and a server is asked once for all of its towns. Raises
    ``Unusable``."""
    served: dict[str, list[Served]] = {}
    for where in towns:
        if isinstance(where, Served):
            served.setdefault(where.address, []).append(where)
    taken: set[Where] = set()
    if served:
        from storage import postgres

        taken.update(*map(postgres.taken, served.values()))
    return [where for where in towns if where not in taken]


def streamed(db: Database, statement: str) -> Rows:
    """The rows of a statement that may find more than can be held."""
    if isinstance(db, sqlite3.Connection):
        return db.execute(statement)
    from storage import postgres

    assert isinstance(db, postgres.Server)
    return db.stream(statement)


def shapes(db: Database) -> tuple[Mapping[tuple[str, str], str], Mapping[tuple[str, str], str]]:
    """What a database should have besides rows, and what it has: each by its kind and name."""
    if isinstance(db, sqlite3.Connection):
        return schema.expected(), schema.schema(db)
    from storage import postgres, postgres_schema

    assert isinstance(db, postgres.Server)
    with db.aside() as other:
        return postgres_schema.expected(other), postgres_schema.shape(db)


def tables(db: Database) -> list[str]:
    """The names of the tables that the migrations made."""
    if isinstance(db, sqlite3.Connection):
        found = (name for kind, name in schema.schema(db) if kind == "table")
        return sorted(name for name in found if not name.startswith("_"))
    from storage import postgres, postgres_schema

    assert isinstance(db, postgres.Server)
    return postgres_schema.tables(db)


def columns(db: Database, table: str) -> list[str]:
    """The names of a table's columns, sorted."""
    if isinstance(db, sqlite3.Connection):
        rows = db.execute("SELECT name FROM pragma_table_info(?)", (table,))
        return sorted(str(row[0]) for row in rows)
    from storage import postgres, postgres_schema

    assert isinstance(db, postgres.Server)
    return postgres_schema.columns(db, table)


def numbered_on(db: Database, table: str) -> None:
    """Have rows that a table numbers itself get higher numbers than those that were put in with
    theirs; SQLite sees to that alone."""
    if not isinstance(db, sqlite3.Connection):
        from storage import postgres, postgres_schema

        assert isinstance(db, postgres.Server)
        postgres_schema.numbered_on(db, table)


def renamed(db: Database, name: str) -> None:
    """Give the schema of a town on a server another name."""
    from storage import postgres

    assert isinstance(db, postgres.Server)
    db.renamed(name)


def waits_for_disk(db: Database) -> bool:
    """Whether what was confirmed survives a power cut; a server may have been told not to care."""
    if isinstance(db, sqlite3.Connection):
        return True
    return bool(db.execute("SELECT current_setting('fsync') = 'on'").fetchone()[0])


def whole(db: Database) -> bool:
    """Whether SQLite's own check finds the file intact; a server looks after its own."""
    if not isinstance(db, sqlite3.Connection):
        return True
    try:
        row = db.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(row) and row[0] == "ok"
