"""A database that tells whether anything was written through it, and what was read before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from storage.database import Database, Rows

T = TypeVar("T")

#: So much of one reading is at hand at most.
_KEPT = 2_000


class Watched:
    """For tables that are written through this alone. ``changes`` is another number after each
    statement that is no ``SELECT``; what was read before may still be true while it is the same."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self.changes = 0

    @property
    def in_transaction(self) -> bool:
        return self._db.in_transaction

    def execute(self, statement: str, values: tuple[Any, ...] = (), /) -> Rows:
        if not statement.startswith(("SELECT", "\nSELECT")):
            self.changes += 1
        return self._db.execute(statement, values)

    def executemany(self, statement: str, rows: Sequence[tuple[Any, ...]], /) -> Rows:
        self.changes += 1
        return self._db.executemany(statement, rows)

    def drop(self) -> None:
        """The transaction was rolled back."""
        self.changes += 1

    def close(self) -> None:
        self._db.close()


class AtHand(Generic[T]):
    """What one statement found to its end, kept for as long as nothing is written, unless it is
    very much. ``made`` makes something of each row."""

    def __init__(self, watched: Watched, made: Callable[[tuple[Any, ...]], T]) -> None:
        self._watched = watched
        self._made = made
        self._kept: dict[tuple[str, ...], tuple[int, tuple[T, ...]]] = {}

    def every(self, statement: str, values: tuple[str, ...]) -> Iterator[T]:
        """All that a statement finds, which is asked only where that may have changed."""
        changes, known = self._watched.changes, self._kept.get(values)
        if known is not None and known[0] == changes:
            yield from known[1]
            return
        found: list[T] = []
        for one in map(self._made, self._watched.execute(statement, values)):
            found.append(one)
            yield one
            del found[_KEPT:]
        if len(found) < _KEPT:
            self._kept[values] = changes, tuple(found)


class Found:
    """Which values a statement finds something for: what it found is not asked again for as long
    as nothing is written. Where votes come from many rooms and no card is taken, each is there."""

    def __init__(self, watched: Watched, statement: str) -> None:
        self._watched = watched
        self._statement = statement
        self._changes = watched.changes
        self._found: set[tuple[Any, ...]] = set()

    def there(self, values: tuple[Any, ...]) -> bool:
        """Whether it finds anything."""
        if self._changes != self._watched.changes:
            self._found.clear()
            self._changes = self._watched.changes
        if values in self._found:
            return True
        found = self._watched.execute(self._statement, values).fetchone() is not None
        if found:
            self._found.add(values)
        return found
