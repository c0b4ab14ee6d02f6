"""The inbox: which chat events were handled, so that each has its effect once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from storage.database import Database, blob, insert

T = TypeVar("T")

#: How long handled events are remembered, in milliseconds; older facts are refused.
REMEMBERED = 90 * 24 * 3600 * 1000


class Inbox:
    """Handled events, by (the event's own time in ms, keyed hash of its id), so that new rows lie
    together."""

    def __init__(self, connection: Database) -> None:
        self._db = connection
        self._waiting: dict[tuple[int, bytes], None] = {}
        row = connection.execute("SELECT max(at) FROM inbox").fetchone()
        self._newest: int = row[0] or 0

    def claim(self, at: int, cause: bytes) -> bool:
        """Claim an event; False when it was handled already."""
        return bool(self.fresh([(None, cause, at)]))

    def fresh(self, events: Iterable[tuple[T, bytes, int]]) -> list[tuple[T, bytes, int]]:
        """Claim events, each with its hashed id (b"": it has none and is always fresh) and its own
        time; returns those that were not handled before. ``flush`` writes the claims.

        An event newer than all known ones cannot have been claimed, and costs no look-up.
        """
        found, waiting = [], self._waiting
        for event in events:
            _, cause, at = event
            if cause:
                key = (at, cause)
                if key in waiting:
                    continue
                if at > self._newest:
                    self._newest = at
                elif self._known(key):
                    continue
                waiting[key] = None
            found.append(event)
        return found

    def _known(self, key: tuple[int, bytes]) -> bool:
        found = self._db.execute("SELECT 1 FROM inbox WHERE at = ? AND cause = ?", key).fetchone()
        return found is not None

    def claim_failed(self, at: int, cause: bytes) -> None:
        """Claim an event whose handling failed, so that it is not tried again."""
        self._newest = max(self._newest, at)
        self._db.execute(
            "INSERT INTO inbox (at, cause, failed) VALUES (?, ?, 1) ON CONFLICT DO NOTHING",
            (at, cause),
        )

    def flush(self) -> None:
        """Write the claims; the caller commits."""
        if self._waiting:
            insert(
                self._db,
                "INSERT INTO inbox (at, cause) VALUES (?, ?)",
                [value for at, cause in self._waiting for value in (at, blob(cause))],
                " ON CONFLICT DO NOTHING",
            )
            self._waiting.clear()

    def drop(self) -> None:
        """Drop the claims that were not written: their transaction was rolled back."""
        self._waiting.clear()

    def clean(self, now: int) -> None:
        """Delete events older than 90 days."""
        self._db.execute("DELETE FROM inbox WHERE at < ?", (now - REMEMBERED,))


def failed(db: Database) -> int:
    """How many chat events could not be handled."""
    return int(db.execute("SELECT count(*) FROM inbox WHERE failed = 1").fetchone()[0])
