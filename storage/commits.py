"""How transactions are committed: each by itself, or many in one COMMIT.

A town's database keeps every transaction by itself: nothing is answered before it lasts. A database
that can be made again from its source (a replay's) need not survive a power cut: there up to
``TOGETHER`` transactions share a COMMIT, each a savepoint of its own, so that one that fails is
undone alone as ever.
"""

from __future__ import annotations

import sqlite3
from typing import Protocol

from storage.database import Database

#: How many transactions share a COMMIT in a database that can be made again.
TOGETHER = 1000


class Commits(Protocol):
    """Begins and ends transactions, one at a time."""

    def begin(self) -> None: ...

    def end(self) -> None:
        """End the transaction: its changes stay."""

    def back(self) -> None:
        """Roll the transaction back."""

    def now(self) -> None:
        """Commit what was ended and is not in the file yet."""


class EachOne:
    """Every transaction has its own COMMIT."""

    def __init__(self, connection: Database) -> None:
        self._db = connection

    def begin(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        self._db.execute("COMMIT")

    def back(self) -> None:
        if self._db.in_transaction:  # a full disk may have ended it
            self._db.execute("ROLLBACK")

    def now(self) -> None:
        """Do nothing: every transaction has been committed."""


class ManyTogether:
    """A COMMIT after ``most`` transactions, and whenever ``now`` is called.

    When the disk is full SQLite may undo everything that was not committed, earlier transactions
    included. After that every transaction is refused, as on a full disk.
    """

    def __init__(self, connection: Database, most: int = TOGETHER) -> None:
        self._db = connection
        self._most = most
        self._ended = 0
        self._inside = False
        self._lost = False

    def begin(self) -> None:
        self._check()
        if not self._ended:
            self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("SAVEPOINT one")
        self._inside = True

    def end(self) -> None:
        self._db.execute("RELEASE one")
        self._inside = False
        self._ended += 1
        if self._ended >= self._most:
            self.now()

    def back(self) -> None:
        if self._db.in_transaction and self._inside:
            self._db.execute("ROLLBACK TO one")
            self._db.execute("RELEASE one")
            if not self._ended:
                self._db.execute("ROLLBACK")
        elif self._ended:
            self._lost = True
        self._inside = False

    def now(self) -> None:
        self._check()
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._ended = 0

    def _check(self) -> None:
        """Raise when transactions that had ended were undone."""
        self._lost = self._lost or (self._ended > 0 and not self._db.in_transaction)
        if self._lost:
            raise _full()


def _full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("transactions that were not committed yet are gone")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error
