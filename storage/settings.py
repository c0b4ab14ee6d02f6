"""Settings that the program itself stores: a text for each key."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


class Settings:
    """The stored settings. Not cached: no vote needs them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def read(self, keys: Iterable[str]) -> dict[str, str]:
        """The stored settings among ``keys``."""
        found = {}
        for key in keys:
            row = self._db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
            if row:
                found[key] = str(row[0])
        return found

    def write(self, key: str, value: str) -> None:
        """Store a setting."""
        self._db.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
