"""The comparison for votes: plain SQLite with the same settings, one row for each fact."""

from __future__ import annotations

from pathlib import Path

from bench.figures import seconds
from bench.scene import HASH
from storage.sqlite import connect

_INSERT = "INSERT INTO events (chain, seq, line, hash) VALUES (?, ?, ?, ?)"


class Plain:
    """A table with the journal's columns; nothing is looked up, counted or answered."""

    def __init__(self, file: Path, width: int) -> None:
        self._db = connect(file)
        self._db.execute(
            "CREATE TABLE events (row INTEGER PRIMARY KEY, chain INTEGER NOT NULL,"
            " seq INTEGER NOT NULL, line BLOB NOT NULL, hash BLOB NOT NULL)"
        )
        self._line = bytes(width - HASH)
        self._hash = bytes(HASH)

    def timed(self, rows: int, batch: int) -> float:
        """The seconds for so many rows, each with its ``execute``, in batches of one COMMIT."""
        spent = 0.0
        for start in range(0, rows, batch):
            events = [(1, seq, self._line, self._hash) for seq in range(start, start + batch)]
            spent += seconds(self._write, events)
        return spent

    def _write(self, events: list[tuple[int, int, bytes, bytes]]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        for event in events:
            self._db.execute(_INSERT, event)
        self._db.execute("COMMIT")

    def close(self) -> None:
        self._db.close()
