"""The outbox: what the bot still has to say and do in rooms, and to people who did not ask.

A row waits, is sent (frozen first), and is gone once its post is known. Of one slot in one place
at most one row waits: a later message replaces the waiting one, never the one in flight. What was
in flight when the program ended, or when no answer came, has landed: it may stand already, so that
it keeps its words and its token and is asked for before it is sent again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container
from dataclasses import replace
from itertools import islice
from typing import Any

from storage.posts import standing_in, stood_before
from storage.rows import Cards, Row, Work

#: After so many permanent errors a row is parked and staff is told.
ATTEMPTS = 5

#: At most so many messages to one person go out as one.
_TOGETHER = 20

#: What ``_row`` makes a row of: the columns, what it edits, whether it landed, whether it comes
#: again.
_COLUMNS = "id, token, place, dialogue, slot, message, at, work, target"

_ROWS = f"""
SELECT {_COLUMNS}, {standing_in("o")}, state = 'landed', {stood_before("o")}
FROM outbox AS o WHERE state IN ('waiting', 'landed') AND NOT EXISTS (
    SELECT 1 FROM outbox AS f WHERE f.state IN ('flying', 'landed') AND f.id != o.id
        AND f.dialogue = o.dialogue AND f.slot = o.slot AND f.place = o.place AND f.slot != '')
"""  # noqa: S608 - no values

#: Staff rooms first, then a document and the news before it in their order, a card, whatever else
#: a room sees, and persons.
_WEIGHT = """
CASE WHEN place GLOB '*/staff/*' THEN 0 WHEN place GLOB '*/personal/*' THEN 4
    WHEN slot = '' OR slot GLOB 'document-*' THEN 1 WHEN slot GLOB 'card-*' THEN 2 ELSE 3 END
"""


class Outbox:
    """What waits. Queries on a slot say ``slot != ''``, without which SQLite does not use the index
    on it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    # -- putting in ---------------------------------------------------------------------------

    def put(
        self, token: str, place: str, dialogue: str, slot: str, message: bytes, at: str
    ) -> None:
        """Let a message wait; one with a slot takes the place of the one that waits there."""
        if slot and self._waits(place, dialogue, slot, message):
            return
        if slot:
            changed = self._db.execute(
                "UPDATE outbox SET message = ?, at = ?"
                " WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
                " AND state = 'waiting' AND work = 'say'",
                (message, at, dialogue, slot, place),
            ).rowcount
            if changed:
                return
        self._db.execute(
            "INSERT INTO outbox (token, place, dialogue, slot, message, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (token, place, dialogue, slot, message, at),
        )

    def _waits(self, place: str, dialogue: str, slot: str, message: bytes) -> bool:
        """Whether the very same waits there already: looking costs less than writing it again."""
        found = self._db.execute(
            "SELECT 1 FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
            " AND state = 'waiting' AND work = 'say' AND message = ?",
            (dialogue, slot, place, message),
        ).fetchone()
        return found is not None

    def do(
        self, token: str, place: str, dialogue: str, slot: str, work: Work, target: str, at: str
    ) -> None:
        """Let something be done to a message that stands; twice the same is once."""
        known = self._db.execute(
            "SELECT 1 FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
            " AND work = ? AND target = ?",
            (dialogue, slot, place, work, target),
        ).fetchone()
        if known is None:
            self._db.execute(
                "INSERT INTO outbox (token, place, dialogue, slot, message, at, work, target)"
                " VALUES (?, ?, ?, ?, x'', ?, ?, ?)",
                (token, place, dialogue, slot, at, work, target),
            )

    # -- taking back ---------------------------------------------------------------------------

    def unsay(self, dialogue: str, slot: str, place: str) -> bool:
        """Let go of what waits in a slot; False when something of it may have been sent."""
        states = self._db.execute(
            "SELECT state FROM outbox WHERE dialogue = ? AND slot = ? AND slot != ''"
            " AND place = ? AND work = 'say' AND state != 'parked'",
            (dialogue, slot, place),
        ).fetchall()
        if any(state != "waiting" for (state,) in states):
            return False
        self.let_go(dialogue, slot, place)
        return True

    def let_go(self, dialogue: str, slot: str, place: str) -> None:
        """Nothing of a slot is said there any more, whatever of it was on its way."""
        self._db.execute(
            "DELETE FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
            " AND work = 'say'",
            (dialogue, slot, place),
        )

    def moved(self, place: str) -> None:
        """A place goes on elsewhere: nothing is done to what was posted there, and what may stand
        there already is not said again."""
        self._db.execute(
            "DELETE FROM outbox WHERE place = ? AND (work != 'say' OR state IN ('flying', 'landed')"
            " AND (slot GLOB 'card-*' OR slot GLOB 'item-*'))",
            (place,),
        )

    def forget(self, place: str) -> None:
        """Delete what waits for somebody's own conversation."""
        self._db.execute("DELETE FROM outbox WHERE place = ?", (place,))

    # -- what goes next -----------------------------------------------------------------------

    def waiting(self, most: int = 100, shut: frozenset[str] = frozenset()) -> list[Row]:
        """The next rows to send, oldest first; none of a slot whose message is in flight or has
        landed, and none for the places that are ``shut``."""
        rows = self._db.execute(f"{_ROWS} ORDER BY id")
        return [_row(row) for row in islice((r for r in rows if r[2] not in shut), most)]

    def next(
        self,
        platform: str,
        shut: Container[str] = (),
        later: Container[int] = (),
        cards: Cards = Cards.NOW,
    ) -> Row | None:
        """The weightiest row of a platform; none for the places that are ``shut``, and not those
        with the ids ``later``."""
        # not GLOB: with a value in it SQLite would make a new plan each time
        ordered = f"{_ROWS} AND place >= ? AND place < ? ORDER BY {_WEIGHT}, id"
        alone = None
        for raw in self._db.execute(ordered, (f"{platform}/", f"{platform}0")):
            row = _row(raw)
            if row.place in shut or row.id in later:
                continue
            if not row.edits_card or cards is Cards.NOW:
                return row
            alone = alone or row
        return alone if cards is Cards.ALONE else None

    def together(self, row: Row) -> list[Row]:
        """What else waits for the same person about the same dialogue, oldest first."""
        rows = self._db.execute(
            f"{_ROWS} AND place = ? AND dialogue = ? AND slot = '' AND work = 'say'"
            " AND state = 'waiting' AND id != ? ORDER BY id",
            (row.place, row.dialogue, row.id),
        )
        return [_row(other) for other in islice(rows, _TOGETHER)]

    def merge(self, row: Row, others: list[Row], message: bytes) -> Row:
        """``row`` says from now on what ``others`` said too; nothing of them was sent yet."""
        self._db.execute("UPDATE outbox SET message = ? WHERE id = ?", (message, row.id))
        self._db.executemany("DELETE FROM outbox WHERE id = ?", [(o.id,) for o in others])
        return replace(row, message=message)

    def says(self, dialogue: str, slot: str) -> bool:
        """Whether a message of a slot is on its way to any place."""
        found = self._db.execute(
            "SELECT 1 FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND work = 'say'",
            (dialogue, slot),
        ).fetchone()
        return found is not None

    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        return counts(self._db)


class Flights:
    """What is being sent: each row is frozen, until its post is known or it waits again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def land(self) -> None:
        """What was in flight when the program ended is sent again, as it was."""
        self._db.execute("UPDATE outbox SET state = 'landed' WHERE state = 'flying'")

    def freeze(self, id: int) -> None:
        """From now on this row does not change: it is being sent."""
        self._db.execute("UPDATE outbox SET state = 'flying' WHERE id = ?", (id,))

    def unfreeze(self, id: int, landed: bool = False) -> None:
        """It could not be sent yet and waits again; ``landed`` when it may have been taken. What
        was surely not taken gives way to what was put in its slot meanwhile."""
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
        """It was refused: try again; True when it was refused too often and is parked."""
        (state,) = self._db.execute(
            "UPDATE outbox SET attempts = attempts + 1,"
            " state = CASE WHEN attempts + 1 >= ? THEN 'parked' ELSE 'waiting' END WHERE id = ?"
            " RETURNING state",
            (ATTEMPTS, id),
        ).fetchone() or ("",)
        return bool(state == "parked")

    def take(self, token: str) -> Row | None:
        """Its message is known: let the row go; None when no row has this token (any more)."""
        found = self._db.execute(
            f"DELETE FROM outbox WHERE token = ? RETURNING {_COLUMNS}, '', 0, 0",  # noqa: S608
            (token,),
        ).fetchone()
        return _row(found) if found is not None else None

    def drop(self, id: int) -> None:
        """It is not done any more."""
        self._db.execute("DELETE FROM outbox WHERE id = ?", (id,))

    def flies(self, dialogue: str, slot: str, place: str) -> bool:
        """Whether a message of a slot is on its way to a place at this moment."""
        found = self._db.execute(
            "SELECT 1 FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
            " AND state = 'flying' AND work = 'say'",
            (dialogue, slot, place),
        ).fetchone()
        return found is not None


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """How many rows are in each state."""
    return dict(db.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())


def _row(found: tuple[Any, ...]) -> Row:
    number, token, place, dialogue, slot, message, at, work, target, edits, landed, again = found
    return Row(
        number,
        token,
        place,
        dialogue,
        slot,
        bytes(message),
        at,
        edits or "",
        bool(landed),
        Work(work),
        target,
        bool(again),
    )
