"""The open question of a place: its kind and the answers so far; deleted once it is answered.

It survives a restart and is no part of the journal: only what comes of a finished form is.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import msgspec

#: How long an open question of a place stays open, in milliseconds.
LAPSES = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Form:
    """An open question; ``data`` holds the answers so far, ``since`` is in milliseconds."""

    kind: str
    dialogue: str
    data: dict[str, object]
    since: int


class Forms:
    """The open questions, at most one in a place; a new one replaces the old."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def form(self, place: str, at: int) -> Form | None:
        """The open question of a place; one older than 24 hours has lapsed."""
        row = self._db.execute(
            "SELECT kind, dialogue, data, since FROM forms WHERE place = ?", (place,)
        ).fetchone()
        if row is None or at - int(row[3]) > LAPSES:
            return None
        return Form(row[0], row[1], msgspec.json.decode(row[2]), int(row[3]))

    def ask(self, place: str, form: Form) -> None:
        """Store the open question of a place, or its next step."""
        self._db.execute(
            "INSERT OR REPLACE INTO forms (place, kind, dialogue, data, since)"
            " VALUES (?, ?, ?, ?, ?)",
            (place, form.kind, form.dialogue, msgspec.json.encode(form.data), form.since),
        )

    def of_kind(self, kind: str, at: int) -> list[Form]:
        """Every open question of a kind, oldest first."""
        rows = self._db.execute(
            "SELECT kind, dialogue, data, since FROM forms WHERE kind = ? AND since >= ?"
            " ORDER BY since",
            (kind, at - LAPSES),
        )
        return [Form(row[0], row[1], msgspec.json.decode(row[2]), int(row[3])) for row in rows]

    def about(self, kind: str, dialogue: str, at: int) -> tuple[str, Form] | None:
        """The newest open question of a kind about a dialogue, with its place."""
        row = self._db.execute(
            "SELECT place, kind, dialogue, data, since FROM forms"
            " WHERE kind = ? AND dialogue = ? AND since >= ? ORDER BY since DESC, place LIMIT 1",
            (kind, dialogue, at - LAPSES),
        ).fetchone()
        if row is None:
            return None
        return str(row[0]), Form(row[1], row[2], msgspec.json.decode(row[3]), int(row[4]))

    def over(self, kind: str, dialogue: str) -> None:
        """Delete the questions of a kind about a dialogue, wherever they were asked."""
        self._db.execute("DELETE FROM forms WHERE kind = ? AND dialogue = ?", (kind, dialogue))

    def answered(self, place: str) -> None:
        """Delete the open question of a place."""
        self._db.execute("DELETE FROM forms WHERE place = ?", (place,))

    def clean(self, now: int) -> int:
        """Delete the questions that lapsed; returns how many."""
        return self._db.execute("DELETE FROM forms WHERE since < ?", (now - LAPSES,)).rowcount

    def forget(self, account: str) -> None:
        """Delete questions about what an account said in a room; these are stored with the
        message."""
        self._db.execute(
            "DELETE FROM forms WHERE kind = 'gather'"
            " AND json_extract(CAST(data AS TEXT), '$.account') = ?",
            (account,),
        )
