"""In a database that can be made again many transactions share a COMMIT; each still fails alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.runtime.chance import seeded
from rounds.registry import record
from storage.commits import ManyTogether
from storage.database import NotNow
from storage.sqlite import connect
from storage.store import Store
from tests.storage.kept import KEY


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "town.db", seeded("commits"), record(), KEY, lasting=False)


def note(store: Store, name: str, *, fails: Callable[[], object] | None = None) -> None:
    with store.transaction():
        store.settings.write(name, "yes")
        if fails is not None:
            fails()
            raise ZeroDivisionError


def in_file(store: Store) -> list[str]:
    """The lines that another connection finds in the file."""
    other = sqlite3.connect(store.file)
    try:
        rows = other.execute("SELECT key FROM settings ORDER BY key").fetchall()
    finally:
        other.close()
    return [name for (name,) in rows]


def test_a_town_keeps_each_transaction_by_itself(tmp_path: Path) -> None:
    town = Store(tmp_path / "town.db", seeded("commits"), record(), KEY)
    note(town, "one")
    assert in_file(town) == ["one"]
    assert town._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert town._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    town.close()


def test_one_that_fails_is_undone_alone(store: Store) -> None:
    note(store, "one")
    with pytest.raises(ZeroDivisionError):
        note(store, "two", fails=list)
    note(store, "three")
    store.close()
    assert in_file(store) == ["one", "three"]


def test_the_first_of_all_may_fail(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        note(store, "one", fails=list)
    store.upkeep.vacuum()
    note(store, "two")
    store.close()
    assert in_file(store) == ["two"]


def test_what_stands_beside_the_file_is_never_ahead_of_it(store: Store) -> None:
    note(store, "one")
    store.upkeep.note_head()
    assert in_file(store) == ["one"]
    store.close()


def test_after_so_many_there_is_a_commit(tmp_path: Path) -> None:
    db = connect(tmp_path / "town.db", lasting=False)
    commits = ManyTogether(db, 2)
    open_after = []
    for _ in range(5):
        commits.begin()
        commits.end()
        open_after.append(db.in_transaction)
    assert open_after == [True, False, True, False, True]
    db.close()


def test_nothing_goes_on_after_what_was_kept_is_lost(store: Store) -> None:
    """As where a disk is full, and SQLite undoes everything since the last COMMIT."""
    note(store, "one")
    store._db.execute("ROLLBACK")
    for _ in range(2):
        with pytest.raises(NotNow, match="full"):
            store.upkeep.vacuum()
    with pytest.raises(NotNow, match="full"):
        note(store, "two")
    store.close()
    assert in_file(store) == []


def test_nothing_goes_on_after_it_was_lost_within_one(store: Store) -> None:
    note(store, "one")
    with pytest.raises(ZeroDivisionError):
        note(store, "two", fails=lambda: store._db.execute("ROLLBACK"))
    with pytest.raises(NotNow, match="full"):
        note(store, "two")
    store.close()
