"""The schema that a database has: brought up to this program's, and looked at."""

from __future__ import annotations

import sqlite3
from functools import cache

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from storage.database import Database as AnyDatabase
from storage.migrations import KNOWN, MIGRATIONS


def apply(connection: sqlite3.Connection) -> None:
    """Bring the schema up to this program's: run the migrations that it did not have yet."""
    if not set(KNOWN) <= set(_applied(connection)):
        MIGRATIONS.apply(_database(connection))


def of_something_else(connection: sqlite3.Connection) -> bool:
    """Whether a database has tables but none of our migrations."""
    tables = _tables(connection)
    return bool(tables) and Migrations.migrations_table not in tables


def schema(connection: AnyDatabase) -> dict[tuple[str, str], str]:
    """Whatever a database has, by type and name: the SQL that made it, however it is laid out.
    SQLite's own tables and indexes are left out."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {
        (kind, name): " ".join(sql.split())
        for kind, name, sql in rows
        if not name.startswith("sqlite_")
    }


@cache
def expected() -> dict[tuple[str, str], str]:
    """The schema of a database that all migrations were run on."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        apply(connection)
        return schema(connection)
    finally:
        connection.close()


def pristine(connection: sqlite3.Connection) -> bool:
    """Whether a database has no tables at all."""
    return not _tables(connection)


def unknown(connection: sqlite3.Connection) -> list[str]:
    """The migrations a database had that this program does not know, in their order."""
    return [name for name in _applied(connection) if name not in KNOWN]


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in found]


def _applied(connection: sqlite3.Connection) -> list[str]:
    """The migrations that a database had, in their order. Asked here and not of sqlite-utils, which
    asks for all tables each time: this is part of every opening of every file."""
    if Migrations.migrations_table not in _tables(connection):
        return []
    asked = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid"
    return [name for (name,) in connection.execute(asked, (MIGRATIONS.name,))]


def _database(connection: sqlite3.Connection) -> Database:
    """The connection as sqlite-utils takes it, with no setting of its own put on it."""
    return Database(connection, recursive_triggers=False, execute_plugins=False)
