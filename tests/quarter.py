"""Of a test that runs for each row of a table, ``make test-quick`` tries a quarter of the rows.

Which rows is drawn by the name of the test: the same for all workers and each time, and of a table
that has two sides some of each.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

#: Of a table of at most so many rows all are tried.
SHORT = 4

_PART = 4


def left_out(tests: Sequence[str]) -> set[str]:
    """Of the names of all tests, those that are left out."""
    rows: dict[str, list[str]] = {}
    for one in tests:
        rows.setdefault(one.partition("[")[0], []).append(one)
    return {row for name, table in rows.items() for row in _others(name, table)}


def _others(name: str, table: Sequence[str]) -> Iterable[str]:
    if len(table) <= SHORT:
        return ()
    left = len(table) - -(-len(table) // _PART)
    return random.Random(name).sample(table, left)
