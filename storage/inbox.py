"""The inbox: which chat events were handled already, and where each platform's reading stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

from storage.sqlite import insert

#: How long handled events are remembered, in milliseconds; older facts are refused.
REMEMBERED = 90 * 24 * 3600 * 1000


class Inbox:
    """Keys are (the event's own time in ms, HMAC of its id), so that new rows lie together."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._waiting: dict[tuple[int, bytes], None] = {}
        row = connection.execute("SELECT max(at) FROM inbox").fetchone()
        self._newest: int = row[0] or 0

    def claim(self, at: int, cause: bytes) -> bool:
        """Claim an event; False when it was handled already. Written by ``flush``.

        An event newer than all known ones cannot be known, and costs no look-up.
        """
        key = (at, cause)
        if key in self._waiting:
            return False
        if at > self._newest:
            self._newest = at
        elif self._known(key):
            return False
        self._waiting[key] = None
        return True

    def _known(self, key: tuple[int, bytes]) -> bool:
        found = self._db.execute("SELECT 1 FROM inbox WHERE at = ? AND cause = ?", key).fetchone()
        return found is not None

    def claim_failed(self, at: int, cause: bytes) -> None:
        """Claim an event that could not be handled, so that it stops nothing."""
        self._newest = max(self._newest, at)
        self._db.execute(
            "INSERT OR IGNORE INTO inbox (at, cause, failed) VALUES (?, ?, 1)", (at, cause)
        )

    def flush(self) -> None:
        if self._waiting:
            insert(
                self._db,
                "INSERT OR IGNORE INTO inbox (at, cause) VALUES (?, ?)",
                list(self._waiting),
            )
            self._waiting.clear()

    def drop(self) -> None:
        self._waiting.clear()

    def clean(self, now: int) -> None:
        """Forget events older than 90 days."""
        self._db.execute("DELETE FROM inbox WHERE at < ?", (now - REMEMBERED,))

    def failed(self) -> int:
        row = self._db.execute("SELECT count(*) FROM inbox WHERE failed = 1").fetchone()
        return int(row[0])

    def cursor(self, platform: str) -> tuple[str, int]:
        """A platform's cursor, and to when it was read back completely (ms); ("", 0) when new."""
        row = self._db.execute(
            "SELECT cursor, read_back_at FROM cursors WHERE platform = ?", (platform,)
        ).fetchone()
        return (str(row[0]), int(row[1])) if row else ("", 0)

    def read_back(self) -> dict[str, datetime]:
        """To when each platform was read back completely."""
        rows = self._db.execute("SELECT platform, read_back_at FROM cursors")
        return {name: datetime.fromtimestamp(at / 1000, UTC) for name, at in rows}

    def set_cursor(self, platform: str, cursor: str, read_back_at: int) -> None:
        self._db.execute(
            "INSERT INTO cursors (platform, cursor, read_back_at) VALUES (?, ?, ?)"
            " ON CONFLICT (platform) DO UPDATE SET cursor = excluded.cursor,"
            " read_back_at = max(read_back_at, excluded.read_back_at)",
            (platform, cursor, read_back_at),
        )

    def settings(self, keys: Iterable[str]) -> dict[str, str]:
        """The stored settings among ``keys``."""
        found = {}
        for key in keys:
            row = self._db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
            if row:
                found[key] = str(row[0])
        return found

    def set_setting(self, key: str, value: str) -> None:
        self._db.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
