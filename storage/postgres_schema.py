"""A town's schema on a server: made by the same migrations as a file's, in one transaction.

Two tables are there besides theirs: ``migrations`` says which of them ran, and ``holder`` who has
the town's lock. No column with words, names or accounts has statistics, which would keep some of
its values where nobody erases them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from storage.database import Rows, Unusable
from storage.migrations import KNOWN, STEPS

#: The tables besides those of the migrations.
_BESIDES = ("holder", "migrations")

_OURS = (
    'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, "number" INTEGER NOT NULL)',
    "CREATE TABLE IF NOT EXISTS holder (token TEXT PRIMARY KEY)",
)


class Runs(Protocol):
    """What runs statements on a server."""

    def execute(self, statement: str, values: tuple[Any, ...] = ..., /) -> Rows: ...

    def script(self, statement: str) -> None: ...


#: Whether there is a schema of this name, and whether it has our note of migrations: looked up by
#: name, since a list of tables is sought among those of all towns.
_THERE = """
SELECT c.oid IS NOT NULL FROM pg_namespace AS n
    LEFT JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = 'migrations'
        AND c.relkind = 'r'
WHERE n.nspname = ?
"""


def applied(db: Runs, schema: str) -> list[str] | None:
    """The migrations that a schema had: none where it is empty, None where it is not there. Raises
    ``Unusable`` where a newer program wrote it, or it is not ours."""
    row = db.execute(_THERE, (schema,)).fetchone()
    if row is None:
        return None
    if not row[0]:
        if _tables(db):
            raise Unusable("not_ours")
        return []
    found = db.execute('SELECT name FROM migrations ORDER BY "number"').fetchall()
    names = [str(name) for (name,) in found]
    unknown = [name for name in names if name not in KNOWN]
    if unknown:
        raise Unusable("newer", schema=unknown[-1])
    return names


def make(db: Runs, schema: str) -> None:
    """Make an empty schema."""
    db.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')


def _tables(db: Runs) -> list[str]:
    rows = db.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
    )
    return [str(row[0]) for row in rows]


def tables(db: Runs) -> list[str]:
    """The names of the tables that the migrations made."""
    return [name for name in _tables(db) if name not in _BESIDES]


def columns(db: Runs, table: str) -> list[str]:
    """The names of a table's columns, sorted."""
    rows = db.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = ?",
        (table,),
    )
    return sorted(str(row[0]) for row in rows)


def numbered_on(db: Runs, table: str) -> None:
    """Have the numbers that a table gives go on after the highest that it has."""
    rows = db.execute(
        "SELECT format('SELECT setval(%L, coalesce(max(%I), 0) + 1, false) FROM %I',"
        " pg_get_serial_sequence(quote_ident(table_name), column_name), column_name, table_name)"
        " FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = ? AND is_identity = 'YES'",
        (table,),
    )
    for (statement,) in rows.fetchall():
        db.execute(statement)


def rename(db: Runs, schema: str, name: str) -> None:
    """Give a schema another name."""
    db.execute(f'ALTER SCHEMA "{schema}" RENAME TO "{name}"')


def apply(db: Runs, had: Sequence[str]) -> None:
    """Run the migrations that the schema did not have yet: all of them, or none."""
    if len(had) == len(STEPS):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        _migrate(db, had)
        _without_statistics(db)
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _migrate(db: Runs, had: Sequence[str]) -> None:
    for statement in _OURS:
        db.script(statement)
    for number, step in enumerate(STEPS, 1):
        if step.__name__ not in had:
            step(_Scripted(db))
            db.execute("INSERT INTO migrations VALUES (?, ?)", (step.__name__, number))


class _Scripted:
    """What a migration runs its statements on."""

    def __init__(self, db: Runs) -> None:
        self._db = db

    def execute(self, statement: str) -> None:
        self._db.script(statement)


def _without_statistics(db: Runs) -> None:
    rows = db.execute(
        "SELECT format('ALTER TABLE %I ALTER COLUMN %I SET STATISTICS 0', table_name, column_name)"
        " FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND data_type IN ('text', 'bytea')"
    )
    for (statement,) in rows.fetchall():
        db.execute(statement)


# -- what a schema has ----------------------------------------------------------------------------

#: Whatever a schema has, by kind and name: columns, indexes, and what changes what is written and
#: read. The namespace is the value.
_SHAPE = """
SELECT 'column', c.relname || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
    o.collname, CASE WHEN a.attnotnull THEN 'not null' END, a.attidentity,
    pg_get_expr(d.adbin, d.adrelid))
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
    LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
    LEFT JOIN pg_collation AS o ON o.oid = a.attcollation
WHERE c.relnamespace = ?1 AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'index', c.relname,
    regexp_replace(pg_get_indexdef(c.oid), ' ON [^ ]*[.]', ' ON ')
FROM pg_class AS c WHERE c.relnamespace = ?1 AND c.relkind = 'i'
UNION ALL SELECT 'trigger', c.relname || '.' || t.tgname, ''
FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE c.relnamespace = ?1 AND NOT t.tgisinternal
UNION ALL SELECT 'rule', c.relname || '.' || r.rulename, ''
FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class WHERE c.relnamespace = ?1
UNION ALL SELECT 'function', p.proname, '' FROM pg_proc AS p WHERE p.pronamespace = ?1
"""

Shape = Mapping[tuple[str, str], str]


def shape(db: Runs) -> Shape:
    """Whatever the schema has, by kind and name."""
    return _shape(db, "SELECT current_schema()::regnamespace::oid::bigint")


def expected(db: Runs) -> Shape:
    """What a schema has on which all migrations were run: they are run on tables for a moment."""
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute("SET LOCAL search_path = pg_temp")
        _migrate(db, [])
        return _shape(db, "SELECT pg_my_temp_schema()::bigint")
    finally:
        db.execute("ROLLBACK")


def _shape(db: Runs, which: str) -> Shape:
    (namespace,) = db.execute(which).fetchone()
    rows = db.execute(_SHAPE.replace("?1", f"{int(namespace)}::oid"))
    return {(kind, name): said for kind, name, said in rows.fetchall()}
