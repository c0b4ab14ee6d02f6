"""Errors that pass are ``NotNow`` and are tried again; a fault of the database never is."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rounds.statements.rules import VoteCast
from storage.database import NotNow, Unusable, or_not_now, passing
from storage.sqlite import connect
from storage.store import Store
from tests.storage.kept import BEGIN, NAME, fill, of_a_file, store

BUSY = (
    "BUSY", "BUSY_RECOVERY", "BUSY_SNAPSHOT", "LOCKED", "LOCKED_SHAREDCACHE", "PROTOCOL",
)  # fmt: skip
FULL = ("FULL", "IOERR_FSYNC", "IOERR_SHMSIZE", "IOERR_TRUNCATE", "IOERR_WRITE")
STAYS = (
    "CANTOPEN", "CONSTRAINT_UNIQUE", "CORRUPT", "CORRUPT_INDEX", "ERROR", "IOERR",
    "IOERR_CORRUPTFS", "IOERR_READ", "IOERR_SHORT_READ", "MISUSE", "NOTADB", "READONLY",
    "READONLY_DBMOVED", "SCHEMA",
)  # fmt: skip


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Another program holds the write lock."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """No file of this process may become larger than so many bytes, as under a quota."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def vote(kept: Store, setting: str = "") -> None:
    with kept.transaction():
        kept.journal.append(NAME, BEGIN, "b1", VoteCast(0, "S1", "agree", ""))
        if setting:
            kept.settings.write(setting, "")


@pytest.mark.parametrize(
    ("name", "reason"),
    [*((n, "busy") for n in BUSY), *((n, "full") for n in FULL), *((n, "") for n in STAYS)],
)
def test_sqlites_code_says_whether_it_passes(name: str, reason: str) -> None:
    """Not the text of an error, in which the name of a table may say anything."""
    error = sqlite3.OperationalError("no such table: full, busy or locked")
    error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{name}")
    assert passing(error) == reason


def test_an_error_of_pythons_own_module_stays() -> None:
    assert passing(sqlite3.ProgrammingError("Cannot operate on a closed database.")) == ""


@of_a_file
def test_a_held_database_passes(kept: Store) -> None:
    fill(kept)
    kept._db.execute("PRAGMA busy_timeout = 10")
    before = kept.journal.read_one(NAME).position
    with held(kept.file), pytest.raises(NotNow, match="busy"):
        vote(kept)
    vote(kept)
    assert kept.journal.read_one(NAME).position == before + 1


@of_a_file
def test_no_more_pages_pass(kept: Store) -> None:
    fill(kept)
    (pages,) = kept._db.execute("PRAGMA page_count").fetchone()
    kept._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NotNow, match="full"), kept.transaction():
        kept.settings.write("long", "x" * 100_000)
    kept._db.execute("PRAGMA max_page_count = 1000000")
    vote(kept)


@of_a_file
def test_a_file_that_may_not_grow_passes(kept: Store) -> None:
    """An error of input and output, as a quota or a full network disk gives."""
    fill(kept)
    before = kept.journal.read_one(NAME).position
    size = kept.file.with_name(f"{kept.file.name}-wal").stat().st_size
    with no_file_over(size), pytest.raises(NotNow, match="full") as raised:
        vote(kept)
    assert isinstance(raised.value.__cause__, sqlite3.OperationalError)
    assert raised.value.__cause__.sqlite_errorname == "SQLITE_IOERR_WRITE"
    vote(kept)
    assert kept.journal.read_one(NAME).position == before + 1


@of_a_file
def test_a_missing_table_is_a_fault(kept: Store) -> None:
    """As an error comes of what the program itself does wrong: each time, and for ever."""
    fill(kept)
    before = kept.journal.head(NAME).seq
    kept._db.execute("ALTER TABLE settings RENAME TO full_busy_locked")
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        vote(kept, "a")
    assert kept.journal.head(NAME).seq == before
    with pytest.raises(sqlite3.OperationalError, match="no such table"), or_not_now():
        kept.settings.read(["a"])
    vote(kept)  # what does not need that table goes on


def test_a_malformed_file_is_a_fault(filled: Path) -> None:
    kept = store(filled)
    (page, root) = kept._db.execute(
        "SELECT (SELECT page_size FROM pragma_page_size), rootpage FROM sqlite_master"
        " WHERE name = 'settings'"
    ).fetchone()
    kept._db.close()
    with filled.open("r+b") as raw:
        raw.seek(page * (root - 1))
        raw.write(b"\xff" * page)
    kept = store(filled)
    with pytest.raises(sqlite3.DatabaseError, match="malformed"), kept.transaction():
        kept.settings.write("a", "b")
    with pytest.raises(sqlite3.DatabaseError, match="malformed"), or_not_now():
        kept.settings.read(["a"])
    kept._db.close()


def test_opening_tells_them_apart_too(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is no damaged database, whose mending would be to go back to a backup."""
    for code, said in (("BUSY", "locked"), ("FULL", "full"), ("CORRUPT", "damaged")):
        error = sqlite3.OperationalError("whatever it says")
        error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{code}")

        def fails(_: object, error: sqlite3.Error = error) -> None:
            raise error

        monkeypatch.setattr("storage.schema.apply", fails)
        with pytest.raises(Unusable, match=said):
            connect(filled)
