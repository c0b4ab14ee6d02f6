"""The outbox: what the bot still has to say in rooms and to people who did not ask.

A row waits, is sent (frozen first), and is gone once its post is known. Of one slot in one place
at most one row waits: a later message replaces the waiting one, never the one in flight.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

#: After so many permanent errors a row is parked and staff is told.
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One message on its way. ``token`` names it to the platform and in its own echo.

    ``edits``: the platform's id of the earlier message of this slot, or "" for a new one.
    ``message``: the encoded notice.
    """

    id: int
    token: str
    place: str
    dialogue: str
    slot: str
    message: bytes
    at: str
    edits: str = ""


class Outbox:
    """Queries on a slot say ``slot != ''``, without which SQLite does not use the index on it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def put(
        self, token: str, place: str, dialogue: str, slot: str, message: bytes, at: str
    ) -> None:
        """Let a message wait; one with a slot takes the place of the one that waits there."""
        if slot:
            changed = self._db.execute(
                "UPDATE outbox SET message = ?, at = ?"
                " WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
                " AND state = 'waiting'",
                (message, at, dialogue, slot, place),
            ).rowcount
            if changed:
                return
        self._db.execute(
            "INSERT INTO outbox (token, place, dialogue, slot, message, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (token, place, dialogue, slot, message, at),
        )

    def waiting(self, most: int = 100) -> list[Row]:
        """The next rows to send, oldest first; none of a slot whose message is in flight."""
        rows = self._db.execute(
            "SELECT id, token, place, dialogue, slot, message, at,"
            " (SELECT message FROM posts WHERE posts.dialogue = o.dialogue AND posts.slot = o.slot"
            "  AND posts.place = o.place AND o.slot != '')"
            " FROM outbox AS o WHERE state = 'waiting' AND NOT EXISTS ("
            "  SELECT 1 FROM outbox AS f WHERE f.state = 'flying' AND f.dialogue = o.dialogue"
            "  AND f.slot = o.slot AND f.place = o.place AND f.slot != '')"
            " ORDER BY id LIMIT ?",
            (most,),
        )
        return [_row(row) for row in rows]

    def flying(self) -> list[Row]:
        """Rows that were on their way when the program ended."""
        rows = self._db.execute(
            "SELECT id, token, place, dialogue, slot, message, at FROM outbox"
            " WHERE state = 'flying' ORDER BY id"
        )
        return [_row((*row, "")) for row in rows]

    def land(self) -> None:
        """Let rows in flight wait again: on a platform that forgets, they were never seen."""
        self._db.execute("UPDATE outbox SET state = 'waiting' WHERE state = 'flying'")

    def freeze(self, id: int) -> None:
        """From now on this row does not change: it is being sent."""
        self._db.execute("UPDATE outbox SET state = 'flying' WHERE id = ?", (id,))

    def unfreeze(self, id: int) -> None:
        """It could not be sent yet; it waits again."""
        self._db.execute("UPDATE outbox SET state = 'waiting' WHERE id = ?", (id,))

    def thaw(self, id: int) -> None:
        """It was not sent after all; try again."""
        self._db.execute(
            "UPDATE outbox SET attempts = attempts + 1,"
            " state = CASE WHEN attempts + 1 >= ? THEN 'parked' ELSE 'waiting' END WHERE id = ?",
            (ATTEMPTS, id),
        )

    def posted(self, token: str, message: str) -> bool:
        """The platform has it: keep where a slot's message stands, and let the row go."""
        row = self._db.execute(
            "DELETE FROM outbox WHERE token = ? RETURNING place, dialogue, slot", (token,)
        ).fetchone()
        if row is None:
            return False
        place, dialogue, slot = row
        if slot:
            known = self._db.execute(
                "SELECT 1 FROM posts WHERE dialogue = ? AND slot = ? AND place = ?",
                (dialogue, slot, place),
            ).fetchone()
            if known is None:
                self._db.execute(
                    "INSERT INTO posts (token, place, dialogue, slot, message)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (token, place, dialogue, slot, message),
                )
        return True

    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        return dict(
            self._db.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
        )

    def slot_of(self, message: str) -> tuple[str, str]:
        """Dialogue and slot of one of our messages; empty when it has none or is not ours."""
        row = self._db.execute(
            "SELECT dialogue, slot FROM posts WHERE message = ?", (message,)
        ).fetchone()
        return (row[0], row[1]) if row else ("", "")

    def has_slot(self, dialogue: str, slot: str) -> bool:
        """Whether there is a message of this slot, standing or on its way."""
        found = self._db.execute(
            "SELECT 1 FROM posts WHERE dialogue = ? AND slot = ?"
            " UNION SELECT 1 FROM outbox WHERE dialogue = ? AND slot = ? AND slot != ''",
            (dialogue, slot, dialogue, slot),
        ).fetchone()
        return found is not None


def _row(row: tuple[Any, ...]) -> Row:
    number, token, place, dialogue, slot, message, at, edits = row
    return Row(number, token, place, dialogue, slot, bytes(message), at, edits or "")
