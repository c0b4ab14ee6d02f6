"""Cursors: how far each platform has been read, committed together with the last fact read."""

from __future__ import annotations

from datetime import UTC, datetime

from storage.database import Database


class Cursors:
    """The cursors by platform. A cursor is a string that only its platform understands."""

    def __init__(self, connection: Database) -> None:
        self._db = connection

    def cursor(self, platform: str) -> tuple[str, int]:
        """A platform's cursor, and the moment (ms) up to which everything was received; ("", 0)
        when new."""
        row = self._db.execute(
            "SELECT cursor, read_back_at FROM cursors WHERE platform = ?", (platform,)
        ).fetchone()
        return (str(row[0]), int(row[1])) if row else ("", 0)

    def position(self, platform: str) -> str:
        """A platform's cursor; "" when new."""
        return self.cursor(platform)[0]

    def read_back(self) -> dict[str, datetime]:
        """The moment up to which everything was received, by platform."""
        rows = self._db.execute("SELECT platform, read_back_at FROM cursors")
        return {name: datetime.fromtimestamp(at / 1000, UTC) for name, at in rows}

    def move(self, platform: str, cursor: str, read_back_at: int) -> None:
        """Store a platform's cursor, and the moment (ms) up to which everything was received; that
        moment never moves back."""
        self._db.execute(
            "INSERT INTO cursors (platform, cursor, read_back_at) VALUES (?, ?, ?)"
            " ON CONFLICT (platform) DO UPDATE SET cursor = excluded.cursor,"
            " read_back_at = CASE WHEN excluded.read_back_at > cursors.read_back_at"
            " THEN excluded.read_back_at ELSE cursors.read_back_at END",
            (platform, cursor, read_back_at),
        )
