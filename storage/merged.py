"""Participants that turned out to be one: their accounts were linked while both took part.

Contributions in the journal keep the participant under which they were given. Here stands which
one is the person's now; the row leads to nobody once that one is deleted.
"""

from __future__ import annotations

from storage.database import AT_HAND, Database
from storage.seals import seal_of


class Merged:
    """Which participants are another one now."""

    def __init__(self, connection: Database, key: bytes) -> None:
        self._db = connection
        self._key = key
        self._others: dict[str, frozenset[str]] = {}

    def drop(self) -> None:
        """Clear the cache."""
        self._others.clear()

    def merge(self, dialogue: str, gone: str, kept: str) -> None:
        """Store that ``gone`` is ``kept`` from now on, and whatever was ``gone`` already."""
        for participant in (*sorted(self.others(gone)), gone):
            self._db.execute(
                "INSERT INTO merged (participant, dialogue, kept, seal) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (participant) DO UPDATE SET dialogue = excluded.dialogue,"
                " kept = excluded.kept, seal = excluded.seal",
                (participant, dialogue, kept, _seal(self._key, participant, dialogue, kept)),
            )
        self.drop()

    def others(self, kept: str) -> frozenset[str]:
        """The participants that are this one now; cached, because every vote needs them."""
        found = self._others.get(kept)
        if found is None:
            if len(self._others) >= AT_HAND:
                self._others.clear()
            rows = self._db.execute("SELECT participant FROM merged WHERE kept = ?", (kept,))
            found = self._others[kept] = frozenset(str(row[0]) for row in rows)
        return found

    def now(self, participant: str) -> str:
        """What a participant is now: itself, or the one it was merged into."""
        row = self._db.execute(
            "SELECT kept FROM merged WHERE participant = ?", (participant,)
        ).fetchone()
        return str(row[0]) if row else participant


def merged(db: Database, dialogue: str) -> dict[str, str]:
    """Every participant of a dialogue that is another one now, with that one."""
    rows = db.execute("SELECT participant, kept FROM merged WHERE dialogue = ?", (dialogue,))
    return dict(rows.fetchall())


def changed_merged(db: Database, key: bytes, dialogue: str) -> int:
    """How many rows of a dialogue say something else than what was stored."""
    rows = db.execute(
        "SELECT participant, dialogue, kept, CAST(seal AS BLOB) FROM merged WHERE dialogue = ?",
        (dialogue,),
    )
    return len([1 for *values, seal in rows if seal != _seal(key, *values)])


def _seal(key: bytes, participant: str, dialogue: str, kept: str) -> bytes:
    return seal_of(key, "merged", participant, dialogue, kept)
