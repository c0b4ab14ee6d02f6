"""New databases of the tests: copies of one on which all migrations were run.

Running them on every new file takes most of the time of a short test. A program that a test starts
runs them itself, and so does a database that has tables already.
"""

from __future__ import annotations

import sqlite3
from functools import cache

from storage import schema

_run = schema.apply


@cache
def _template() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _run(made)
    return made


def apply(connection: sqlite3.Connection) -> None:
    """Bring the schema up to the program's, as ``storage.schema.apply`` does."""
    if schema.pristine(connection):
        _template().backup(connection)
    else:
        _run(connection)
