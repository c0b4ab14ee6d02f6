"""Flights: the rows of the outbox that are being sent, until they are posted or wait again."""

from __future__ import annotations

import sqlite3

from storage.rows import COLUMNS, Row, row_of

#: After so many permanent errors a row is parked and staff is told.
ATTEMPTS = 5


class Flights:
    """The rows being sent: each is frozen meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def land(self) -> None:
        """At the start: rows in flight when the program ended will be sent again, unchanged."""
        self._db.execute("UPDATE outbox SET state = 'landed' WHERE state = 'flying'")

    def freeze(self, id: int) -> None:
        """Freeze a row: it is being sent, and does not change."""
        self._db.execute("UPDATE outbox SET state = 'flying' WHERE id = ?", (id,))

    def unfreeze(self, id: int, landed: bool = False) -> None:
        """A row could not be sent now and waits again; ``landed``: it may have been posted. Unless
        it landed, it gives way to a message put in its slot meanwhile."""
        if not landed:
            self._db.execute(
                "DELETE FROM outbox WHERE id = ? AND slot != '' AND work = 'say' AND EXISTS ("
                " SELECT 1 FROM outbox AS n WHERE n.dialogue = outbox.dialogue"
                " AND n.slot = outbox.slot AND n.slot != '' AND n.place = outbox.place"
                " AND n.state = 'waiting' AND n.work = 'say' AND n.id != outbox.id)",
                (id,),
            )
        state = "landed" if landed else "waiting"
        self._db.execute("UPDATE outbox SET state = ? WHERE id = ?", (state, id))

    def thaw(self, id: int) -> bool:
        """A row was refused: let it wait again; True when it was refused too often and is
        parked."""
        (state,) = self._db.execute(
            "UPDATE outbox SET attempts = attempts + 1,"
            " state = CASE WHEN attempts + 1 >= ? THEN 'parked' ELSE 'waiting' END WHERE id = ?"
            " RETURNING state",
            (ATTEMPTS, id),
        ).fetchone() or ("",)
        return bool(state == "parked")

    def take(self, token: str) -> Row | None:
        """Delete and return the row with this token, because it was carried out; None when there is
        none (any more)."""
        found = self._db.execute(
            f"DELETE FROM outbox WHERE token = ? RETURNING {COLUMNS}, '', 0, 0",  # noqa: S608
            (token,),
        ).fetchone()
        return row_of(found) if found is not None else None

    def drop(self, id: int) -> None:
        """Delete a row that need not be done any more."""
        self._db.execute("DELETE FROM outbox WHERE id = ?", (id,))

    def flies(self, dialogue: str, slot: str, place: str) -> bool:
        """Whether a message of a slot is being sent to a place at this moment."""
        found = self._db.execute(
            "SELECT 1 FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
            " AND state = 'flying' AND work = 'say'",
            (dialogue, slot, place),
        ).fetchone()
        return found is not None
