"""Settings that the program itself stores: a text for each key."""

from __future__ import annotations

from collections.abc import Iterable

from storage.database import Database

#: Since when (ms) the file has to be cleaned of erased words; "": it has not.
UNCLEANED = "uncleaned_since"


class Settings:
    """The stored settings. Not cached: no vote needs them."""

    def __init__(self, connection: Database) -> None:
        self._db = connection

    def read(self, keys: Iterable[str]) -> dict[str, str]:
        """The stored settings among ``keys``."""
        found = {}
        for key in keys:
            row = self._db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
            if row:
                found[key] = str(row[0])
        return found

    def uncleaned_since(self) -> int:
        """Since when (ms) bytes of erased words may still be on the disk; 0: there are none."""
        return int(self.read([UNCLEANED]).get(UNCLEANED) or 0)

    def write(self, key: str, value: str) -> None:
        """Store a setting."""
        self._db.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
