"""INSERTs that nobody waits for the result of: they go with their transaction's next statement.

Rows of one text go in a few statements of many rows: what a statement costs besides its rows is
most of it. Nothing else waits, so nobody sees that rows of one table went before those of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

Values = tuple[Any, ...]

#: A statement of one row that only its values make: its table, columns and values, and what is done
#: with a row that is there.
_PLAIN = re.compile(
    r"INSERT INTO \"?(\w+)\"? \(([^()]*)\) VALUES (\(\?(?:, \?)*\))"
    r"( ON CONFLICT(?: \(([^()]*)\))? DO (?:NOTHING|UPDATE) ?[^?]*)?"
)

#: So many rows go in one statement: few numbers, so that the server keeps each text ready.
_SIZES = (64, 32, 16, 8, 4, 2, 1)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is known of a statement. ``opening`` and ``row`` come before ``ending``; ``key``: where
    the values are by which a row is found that is there, if that row is changed then."""

    table: str
    opening: str
    row: str
    ending: str
    key: tuple[int, ...]


@cache
def waits(statement: str) -> bool:
    """Whether a statement may wait."""
    return statement.startswith("INSERT") and "RETURNING" not in statement


@cache
def _shape(statement: str) -> _Shape | None:
    """None where rows may not go together."""
    found = _PLAIN.fullmatch(statement)
    if found is None or "SELECT" in statement:
        return None
    columns = found[2].split(", ")
    changes = found[5].split(", ") if found[5] and "NOTHING" not in found[4] else []
    key = tuple(columns.index(name) for name in changes)
    return _Shape(found[1], statement[: found.start(3)], found[3], found[4] or "", key)


@cache
def _of_many(shape: _Shape, rows: int) -> str:
    return shape.opening + ", ".join([shape.row] * rows) + shape.ending


@dataclass(slots=True)
class _Group:
    """Rows of one statement. ``keys`` are those by which rows of it are found; a statement changes
    no row twice."""

    statement: str
    rows: list[Values]
    keys: set[Values] = field(default_factory=set)

    def takes(self, shape: _Shape, rows: Sequence[Values]) -> bool:
        """Whether these rows may go with its own; then they do."""
        if shape.key:
            keys = {tuple(row[place] for place in shape.key) for row in rows}
            if len(keys) < len(rows) or keys & self.keys:
                return False
            self.keys |= keys
        self.rows += rows
        return True


@dataclass(slots=True)
class Waiting:
    """What waits, in the order in which it goes."""

    _groups: list[_Group] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self._groups)

    def put(self, statement: str, rows: Sequence[Values]) -> None:
        """Add rows of a statement."""
        shape = _shape(statement)
        if shape is None:
            self._groups += [_Group(statement, [row]) for row in rows]
        elif not self._joined(statement, shape, rows):
            fresh = _Group(statement, [])
            if fresh.takes(shape, rows):
                self._groups.append(fresh)
            else:
                for row in rows:
                    self.put(statement, [row])

    def _joined(self, statement: str, shape: _Shape, rows: Sequence[Values]) -> bool:
        """Whether the rows go with earlier ones of their statement. They pass nothing else of their
        table, and nothing of which it is not known what it reads."""
        for group in reversed(self._groups):
            if group.statement == statement:
                return group.takes(shape, rows)
            other = _shape(group.statement)
            if other is None or other.table == shape.table:
                return False
        return False

    def clear(self) -> None:
        """Drop what waits."""
        self._groups.clear()

    def taken(self) -> Iterator[tuple[str, Values]]:
        """The statements that give all rows, with their values; nothing waits any more."""
        groups, self._groups = self._groups, []
        for group in groups:
            shape, rows = _shape(group.statement), group.rows
            if shape is None:
                yield group.statement, rows[0]
                continue
            start = 0
            for size in _SIZES:
                while len(rows) - start >= size:
                    some = rows[start : start + size]
                    yield _of_many(shape, size), tuple(chain.from_iterable(some))
                    start += size


class Nothing:
    """The rows of a statement that waits, or could find none."""

    rowcount = 0

    def fetchone(self) -> Any:
        return None

    def fetchmany(self, _size: int, /) -> list[Any]:
        return []

    def fetchall(self) -> list[Any]:
        return []

    def __iter__(self) -> Iterator[Any]:
        return iter(())


NOTHING = Nothing()
