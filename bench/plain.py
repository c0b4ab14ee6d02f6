"""Plain SQLite: one event row a fact, as fast as it writes them, with the same settings."""

from __future__ import annotations

from pathlib import Path

from storage.sqlite import connect


class Plain:
    """A table with a number and one value; nothing is looked up, counted or answered."""

    def __init__(self, file: Path, width: int) -> None:
        self._db = connect(file)
        self._db.execute("CREATE TABLE events (row INTEGER PRIMARY KEY, event BLOB NOT NULL)")
        self._event = bytes(width)

    def write(self, rows: int, batch: int) -> None:
        """Write rows in batches of one ``executemany`` and one COMMIT."""
        for _ in range(0, rows, batch):
            events = [(self._event,)] * batch
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT INTO events (event) VALUES (?)", events)
            self._db.execute("COMMIT")

    def close(self) -> None:
        self._db.close()
