"""The outbox: messages and work on messages that the bot has still to do, apart from answers.

A row waits, is frozen and sent, and is deleted once its message is posted. Of one slot in one place
at most one row waits: a later message replaces the waiting one, never the one in flight. A row that
was in flight when the program ended, or when no answer came, has landed: it may have been posted,
so it keeps its words and its token and is looked for before it is sent again.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from dataclasses import replace
from itertools import islice, takewhile
from types import MappingProxyType

from storage.database import Database
from storage.posts import standing_in, stood_before
from storage.rows import COLUMNS, TAP, Cards, Next, Row, Work, priority, row_of
from storage.watched import AtHand, Found, Watched

#: After so many permanent errors a row is parked and staff is told.
ATTEMPTS = 5

#: How many messages to one person are sent as one, at most.
_TOGETHER = 20

#: ``COLUMNS``, then: what the row edits, whether it landed, whether it is posted
#: again. A row waits for what is in flight in its slot, and for what landed there before it: two of
#: a slot that were frozen together when the program ended do not wait for each other.
_ROWS = f"""
SELECT {COLUMNS}, {standing_in("o")}, state = 'landed', {stood_before("o")}
FROM outbox AS o WHERE state IN ('waiting', 'landed') AND NOT EXISTS (
    SELECT 1 FROM outbox AS f
    WHERE f.dialogue = o.dialogue AND f.slot = o.slot AND f.place = o.place AND f.slot != ''
        AND (f.state = 'flying' AND f.id != o.id OR f.state = 'landed' AND f.id < o.id))
"""  # noqa: S608 - no values

#: Whether a row is a message that will stand below all earlier ones of its place.
_NEW = f"(work = 'say' AND {standing_in('o')} IS NULL)"

#: What goes next of all.
_FIRST = f"{_ROWS} AND place >= ? AND place < ? AND work != 'leave' ORDER BY {priority(_NEW)}, id"

#: Whether exactly this message waits.
_WAITS = (
    "SELECT 1 FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
    " AND state = 'waiting' AND work = 'say' AND message = ?"
)


class Outbox:
    """Puts rows in, and takes them back. Queries on a slot say ``slot != ''``, without which SQLite
    does not use its index."""

    def __init__(self, connection: Watched) -> None:
        self._db = connection
        self._waits = Found(connection, _WAITS)
        self._newest: int | None = None

    def drop(self) -> None:
        """Look again for the newest row: the transaction was rolled back."""
        self._newest = None

    def put(
        self, token: str, place: str, dialogue: str, slot: str, message: bytes, at: str
    ) -> None:
        """Add a message; where one of the same slot waits in that place, it is replaced."""
        if slot and self._waits.there((dialogue, slot, place, message)):
            return  # looking is cheaper than writing it again
        if slot:
            changed = self._db.execute(
                "UPDATE outbox SET message = ?, at = ?"
                " WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
                " AND state = 'waiting' AND work = 'say'",
                (message, at, dialogue, slot, place),
            ).rowcount
            if changed:
                return
        self._add(token, place, dialogue, slot, message, at, Work.SAY, "")

    def do(
        self, token: str, place: str, dialogue: str, slot: str, work: Work, target: str, at: str
    ) -> None:
        """Add work on a posted message; the same work twice is done once."""
        known = self._db.execute(
            "SELECT 1 FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
            " AND work = ? AND target = ?",
            (dialogue, slot, place, work, target),
        ).fetchone()
        if known is None:
            self._add(token, place, dialogue, slot, b"", at, work, target)

    def _add(self, *row: str | bytes) -> None:
        (self._newest,) = self._db.execute(
            "INSERT INTO outbox (token, place, dialogue, slot, message, at, work, target)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            row,
        ).fetchone()

    def unsay(self, dialogue: str, slot: str, place: str) -> bool:
        """Delete the messages of a slot that wait; False when one of them may have been sent."""
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
        """Delete the messages of a slot in a place, those being sent included."""
        self._db.execute(
            "DELETE FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND place = ?"
            " AND work = 'say'",
            (dialogue, slot, place),
        )

    def moved(self, place: str) -> None:
        """A room has a successor: delete work on what was posted there, and cards and items that
        may have been posted there already."""
        self._db.execute(
            "DELETE FROM outbox WHERE place = ? AND (work != 'say' OR state IN ('flying', 'landed')"
            " AND (slot GLOB 'card-*' OR slot GLOB 'item-*'))",
            (place,),
        )

    def forget(self, place: str) -> None:
        """Delete the rows of somebody's personal conversation."""
        self._db.execute("DELETE FROM outbox WHERE place = ?", (place,))

    def newest(self) -> int:
        """The id below which no new row comes; 0 before the first. Every answer asks for it."""
        if self._newest is None:
            (newest,) = self._db.execute("SELECT max(id) FROM outbox").fetchone()
            self._newest = int(newest or 0)
        return self._newest

    def says(self, dialogue: str, slot: str, place: str = "") -> bool:
        """Whether a message of a slot waits or is being sent, to a place or to any."""
        found = self._db.execute(
            "SELECT 1 FROM outbox WHERE dialogue = ? AND slot = ? AND slot != '' AND work = 'say'"
            " AND (? = '' OR place = ?)",
            (dialogue, slot, place, place),
        ).fetchone()
        return found is not None

    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        found = self._db.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
        return dict(found)


class Queue:
    """The rows that go next. ``connection`` is that of whoever writes rows and posts."""

    def __init__(self, connection: Watched) -> None:
        self._db = connection
        self._next = AtHand(connection, row_of)  # every answer asks for it

    def waiting(self, most: int = 100, shut: frozenset[str] = frozenset()) -> list[Row]:
        """The next rows to send, oldest first; none of a slot with a message in flight or landed,
        and none for the places in ``shut``."""
        rows = self._db.execute(f"{_ROWS} ORDER BY id")
        return [row_of(row) for row in islice((r for r in rows if r[2] not in shut), most)]

    def next(
        self,
        platform: str,
        shut: Container[str] = (),
        later: Container[int] = (),
        cards: Cards = Cards.NOW,
        *,
        answers: Mapping[str, int] = MappingProxyType({}),
        staff: bool = False,
    ) -> Next:
        """The row of a platform that has priority; none for the places in ``shut``, none of the ids
        in ``later``, and while ``answers`` wait none that can wait for them. ``answers`` gives by
        place the newest row that its next answer comes after: later messages wait for it. With
        ``staff`` only rows for staff rooms."""
        alone, behind = None, False
        places = f"{platform}/staff" if staff else platform  # GLOB: a new plan for each value
        for row in self._next.every(_FIRST, (f"{places}/", f"{places}0")):
            if row.place in shut or row.id in later:
                continue
            after = row.new and row.id > answers.get(row.place, row.id)
            if after or (answers and row.slot == TAP):
                behind = True
            elif not row.edits_card or cards is Cards.NOW:
                return Next(row)
            else:
                alone = alone or row
        return Next(alone if cards is Cards.ALONE else None, behind, alone is not None)

    def together(self, row: Row, answer: int | None = None) -> list[Row]:
        """The rows behind this one that wait for the same person about the same dialogue, up to the
        first that is no such row, or comes after an answer that waits behind row ``answer``."""
        rows = self._db.execute(
            f"{_ROWS} AND place = ? AND id > ? AND {_NEW} ORDER BY id", (row.place, row.id)
        )
        behind = (row_of(other) for other in rows)
        same = takewhile(
            lambda other: not other.slot and not other.landed and other.dialogue == row.dialogue,
            takewhile(lambda other: answer is None or other.id <= answer, behind),
        )
        return list(islice(same, _TOGETHER))

    def merge(self, row: Row, others: list[Row], message: bytes) -> Row:
        """Put the messages of ``others`` into ``row``, and delete ``others``; none of them was sent
        yet."""
        self._db.execute("UPDATE outbox SET message = ? WHERE id = ?", (message, row.id))
        self._db.executemany("DELETE FROM outbox WHERE id = ?", [(o.id,) for o in others])
        return replace(row, message=message)

    def first(self, place: str, later: Collection[int] = ()) -> int | None:
        """The oldest message that is still to be sent to a place, apart from edits and the ids in
        ``later``."""
        rows = self._db.execute(f"{_ROWS} AND place = ? AND {_NEW} ORDER BY id", (place,))
        return next((row[0] for row in rows if row[0] not in later), None)

    def upto(self, place: str, newest: int) -> list[Row]:
        """The messages that wait for a place, up to the row ``newest``, oldest first."""
        rows = self._db.execute(
            f"{_ROWS} AND place = ? AND id <= ? AND {_NEW} ORDER BY id", (place, newest)
        )
        return [row_of(row) for row in rows]

    def leaves(self, platform: str) -> list[tuple[int, str]]:
        """The conversations of a platform that are to be left, oldest first: the row's id, and the
        place."""
        return self._db.execute(
            "SELECT id, place FROM outbox WHERE work = 'leave' AND place >= ? AND place < ?"
            " ORDER BY id",
            (f"{platform}/", f"{platform}0"),
        ).fetchall()


class Flights:
    """The rows being sent: each is frozen until its message is posted or it waits again."""

    def __init__(self, connection: Database) -> None:
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
