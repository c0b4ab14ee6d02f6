"""Open questions: what the bot asked somebody in a place, until it is answered or lapses.

They survive a restart and are no part of the journal: only what comes of an answer is.
"""

from __future__ import annotations

import msgspec

from dialogues.core import Light
from storage.database import Database, blob, insert

#: How long an open question stays open, in milliseconds.
LAPSES = 24 * 3600 * 1000


class Form(Light, frozen=True):
    """An open question; ``data`` holds the answers so far, ``since`` is in milliseconds.

    ``person``: who was asked, in a place where others talk too; "" in a place of one person.
    """

    kind: str
    dialogue: str
    data: dict[str, object]
    since: int
    person: str = ""


class Forms:
    """The open questions: of each kind at most one for a person in a place; a new one replaces
    it. They are written together: people are asked something after every third vote."""

    def __init__(self, connection: Database) -> None:
        self._connection = connection
        self._waiting: dict[tuple[str, str, str], tuple[str, bytearray, int]] = {}

    @property
    def _db(self) -> Database:
        """The connection, with the questions that waited written."""
        self.flush()
        return self._connection

    def flush(self) -> None:
        """Write the questions that wait; the caller commits."""
        if self._waiting:
            insert(
                self._connection,
                "INSERT INTO forms (place, person, kind, dialogue, data, since)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [value for key, values in self._waiting.items() for value in key + values],
                " ON CONFLICT (place, person, kind) DO UPDATE SET dialogue = excluded.dialogue,"
                " data = excluded.data, since = excluded.since",
            )
            self._waiting.clear()

    def drop(self) -> None:
        """Forget the questions that wait: the transaction was rolled back."""
        self._waiting.clear()

    def open(self, place: str, person: str, at: int) -> list[Form]:
        """The questions that a person could answer in a place at that moment, newest first. One
        older than 24 hours has lapsed, and one asked later was not there to be answered."""
        rows = self._db.execute(
            "SELECT kind, dialogue, data, since, person FROM forms WHERE place = ?"
            " AND person IN ('', ?) AND since BETWEEN ? AND ? ORDER BY since DESC, kind",
            (place, person, at - LAPSES, at),
        )
        return [_form(row) for row in rows]

    def stands(self, place: str, kind: str, since: int, at: int) -> bool:
        """Whether the question of a kind that was asked in a place then is open for anybody."""
        row = self._db.execute(
            "SELECT 1 FROM forms WHERE place = ? AND kind = ? AND since = ? AND since >= ?",
            (place, kind, since, at - LAPSES),
        ).fetchone()
        return row is not None

    def form(self, place: str, kind: str, at: int, person: str = "") -> Form | None:
        """The open question of a kind in a place, with ``person`` theirs, or None."""
        row = self._db.execute(
            "SELECT kind, dialogue, data, since, person FROM forms"
            " WHERE place = ? AND kind = ? AND person = ? AND since >= ?",
            (place, kind, person, at - LAPSES),
        ).fetchone()
        return _form(row) if row else None

    def ask(self, place: str, form: Form) -> None:
        """Store an open question of a place, or its next step."""
        values = form.dialogue, blob(msgspec.json.encode(form.data)), form.since
        self._waiting[place, form.person, form.kind] = values

    def of_kind(self, kind: str, at: int) -> list[Form]:
        """Every open question of a kind, oldest first."""
        rows = self._db.execute(
            "SELECT kind, dialogue, data, since, person FROM forms WHERE kind = ? AND since >= ?"
            " ORDER BY since",
            (kind, at - LAPSES),
        )
        return [_form(row) for row in rows]

    def lapsed(self, kind: str, at: int) -> list[Form]:
        """The questions of a kind that lapsed, until they are deleted."""
        rows = self._db.execute(
            "SELECT kind, dialogue, data, since, person FROM forms WHERE kind = ? AND since < ?",
            (kind, at - LAPSES),
        )
        return [_form(row) for row in rows]

    def about(self, kind: str, dialogue: str, at: int) -> tuple[str, Form] | None:
        """The newest open question of a kind about a dialogue, with its place."""
        row = self._db.execute(
            "SELECT place, kind, dialogue, data, since, person FROM forms"
            " WHERE kind = ? AND dialogue = ? AND since >= ? ORDER BY since DESC, place LIMIT 1",
            (kind, dialogue, at - LAPSES),
        ).fetchone()
        if row is None:
            return None
        return str(row[0]), _form(row[1:])

    def over(self, kind: str, dialogue: str) -> None:
        """Delete the questions of a kind about a dialogue, wherever they were asked."""
        self._db.execute("DELETE FROM forms WHERE kind = ? AND dialogue = ?", (kind, dialogue))

    def answered(self, place: str, kind: str, person: str = "") -> None:
        """Delete the open question of a kind in a place; with ``person`` theirs."""
        self._db.execute(
            "DELETE FROM forms WHERE place = ? AND kind = ? AND person = ?", (place, kind, person)
        )

    def remove(self, place: str, but: str = "") -> None:
        """Delete every open question of a place, but those of one kind."""
        self._db.execute("DELETE FROM forms WHERE place = ? AND kind != ?", (place, but))

    def clean(self, now: int) -> int:
        """Delete the questions that lapsed; returns how many."""
        return self._db.execute("DELETE FROM forms WHERE since < ?", (now - LAPSES,)).rowcount

    def give(self, gone: str, kept: str) -> None:
        """Make the questions that were put to one person where others talk too another's; a
        question of the same kind in the same place stays theirs."""
        self._db.execute(
            "UPDATE forms SET person = ?1 WHERE person = ?2 AND NOT EXISTS ("
            " SELECT 1 FROM forms AS o WHERE o.person = ?1"
            " AND o.place = forms.place AND o.kind = forms.kind)",
            (kept, gone),
        )
        self._db.execute("DELETE FROM forms WHERE person = ?", (gone,))

    def forget(self, person: str, accounts: list[str]) -> None:
        """Delete questions that were put to a person where others talk too, and those about what
        their accounts said in a room, which are stored with the message."""
        self._db.execute("DELETE FROM forms WHERE person = ? AND person != ''", (person,))
        rows = self._db.execute("SELECT place, person, data FROM forms WHERE kind = 'gather'")
        theirs = [
            (place, asked)
            for place, asked, data in rows.fetchall()
            if msgspec.json.decode(data).get("account") in accounts
        ]
        self._db.executemany(
            "DELETE FROM forms WHERE kind = 'gather' AND place = ? AND person = ?", theirs
        )


def _form(row: tuple[str, str, bytes, int, str]) -> Form:
    return Form(row[0], row[1], msgspec.json.decode(row[2]), int(row[3]), row[4])
