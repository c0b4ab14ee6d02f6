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

from storage.posts import Post, Posts
from storage.rows import Cards, Landed, Row, Work, row_of

#: After so many permanent errors a row is parked and staff is told.
ATTEMPTS = 5

#: At most so many messages to one person go out as one.
_TOGETHER = 20


_ROWS = """
SELECT id, token, place, dialogue, slot, message, at,
    (SELECT p.message FROM posts AS p WHERE p.dialogue = o.dialogue AND p.slot = o.slot
        AND p.place = o.place AND o.slot != '' AND p.state = 'standing'),
    state = 'landed', work, target,
    EXISTS (SELECT 1 FROM posts AS p WHERE p.dialogue = o.dialogue AND p.slot = o.slot
        AND p.place = o.place AND o.slot != '' AND p.state != 'standing')
FROM outbox AS o WHERE state IN ('waiting', 'landed') AND NOT EXISTS (
    SELECT 1 FROM outbox AS f WHERE f.state IN ('flying', 'landed') AND f.id != o.id
        AND f.dialogue = o.dialogue AND f.slot = o.slot AND f.place = o.place AND f.slot != '')
"""

#: Staff rooms first, then a document and the news before it in their order, a card, whatever else
#: a room sees, and persons.
_WEIGHT = """
CASE WHEN place GLOB '*/staff/*' THEN 0 WHEN place GLOB '*/personal/*' THEN 4
    WHEN slot = '' OR slot GLOB 'document-*' THEN 1 WHEN slot GLOB 'card-*' THEN 2 ELSE 3 END
"""


class Outbox:
    """Queries on a slot say ``slot != ''``, without which SQLite does not use the index on it."""

    def __init__(self, connection: sqlite3.Connection, posts: Posts) -> None:
        self._db = connection
        self._posts = posts

    # -- what waits ---------------------------------------------------------------------------

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

    def waiting(self, most: int = 100, shut: frozenset[str] = frozenset()) -> list[Row]:
        """The next rows to send, oldest first; none of a slot whose message is in flight or has
        landed, and none for the places that are ``shut``."""
        rows = self._db.execute(f"{_ROWS} ORDER BY id")
        return [row_of(row) for row in islice((r for r in rows if r[2] not in shut), most)]

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
            row = row_of(raw)
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
        return [row_of(other) for other in islice(rows, _TOGETHER)]

    def merge(self, row: Row, others: list[Row], message: bytes) -> Row:
        """``row`` says from now on what ``others`` said too; nothing of them was sent yet."""
        self._db.execute("UPDATE outbox SET message = ? WHERE id = ?", (message, row.id))
        self._db.executemany("DELETE FROM outbox WHERE id = ?", [(o.id,) for o in others])
        return replace(row, message=message)

    def drop(self, id: int) -> None:
        """It is not done any more."""
        self._db.execute("DELETE FROM outbox WHERE id = ?", (id,))

    def unsay(self, dialogue: str, slot: str, place: str) -> bool:
        """Let go of what waits in a slot; False when something of it may have been sent."""
        states = self._db.execute(
            "SELECT state FROM outbox WHERE dialogue = ? AND slot = ? AND slot != ''"
            " AND place = ? AND work = 'say' AND state != 'parked'",
            (dialogue, slot, place),
        ).fetchall()
        if any(state != "waiting" for (state,) in states):
            return False
        self._db.execute(
            "DELETE FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
            " AND work = 'say'",
            (dialogue, slot, place),
        )
        return True

    # -- in flight ----------------------------------------------------------------------------

    def flying(self) -> list[Row]:
        """Rows that were on their way when the program ended."""
        rows = self._db.execute(
            "SELECT id, token, place, dialogue, slot, message, at, '', 0, work, target, 0"
            " FROM outbox WHERE state = 'flying' ORDER BY id"
        )
        return [row_of(row) for row in rows]

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

    def posted(self, token: str, message: str, at: int = 0) -> Landed | None:
        """The platform has it (``at``, ms): keep where a slot's message stands, and let the row
        go. None when no row has this token (any more)."""
        found = self._db.execute(
            "DELETE FROM outbox WHERE token = ? RETURNING id, token, place, dialogue, slot,"
            " message, at, '', 0, work, target, 0",
            (token,),
        ).fetchone()
        if found is None:
            return None
        row = row_of(found)
        if row.work is not Work.SAY:
            return Landed(row, message, fresh=False)
        post = Post(row.dialogue, row.slot, row.place, message)
        return Landed(row, message, self._posts.stands(token, post, at))

    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        return dict(
            self._db.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
        )

    def slot_of(self, message: str) -> tuple[str, str]:
        """Dialogue and slot of a message of ours or of an author; empty when it has none."""
        return self._posts.slot_of(message)

    def has_slot(self, dialogue: str, slot: str) -> bool:
        """Whether there is a message of this slot, standing or on its way."""
        found = self._db.execute(
            "SELECT 1 FROM posts WHERE dialogue = ? AND slot = ? AND state = 'standing'"
            " UNION SELECT 1 FROM outbox WHERE dialogue = ? AND slot = ? AND slot != ''"
            " AND work = 'say'",
            (dialogue, slot, dialogue, slot),
        ).fetchone()
        return found is not None
