"""Promise 33: databases of every released schema open and are complete; newer ones are refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from rounds.registry import record
from storage.database import Unusable
from storage.migrations import KNOWN
from storage.reader import Reader
from storage.sqlite import connect
from tests.storage.kept import HERE, NAME, store, vote

STORED = sorted(HERE.glob("schema_*.sql"))


def built(stored: Path, file: Path) -> None:
    db = sqlite3.connect(file)
    db.executescript(stored.read_text())
    db.close()


def schema(db: sqlite3.Connection) -> dict[str, str]:
    """Every table and index by name, however the text is laid out."""
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in rows if not name.startswith("sqlite_")}


def test_every_released_schema_is_stored() -> None:
    assert [path.stem.removeprefix("schema_") for path in STORED] == [name[1:5] for name in KNOWN]


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.stem)
def test_a_stored_database_opens_whole(stored: Path, file: Path) -> None:
    built(stored, file)
    kept = store(file)
    state = kept.journal.read_all()[NAME]
    books = state.states[0].box.books
    assert {number: book.voters for number, book in books.items()} == {"S1": 8, "S2": 8, "S3": 8}
    assert kept.texts.words(state.items.by_number["S1"].text.ref) == "Stelling 1 van een bewoner"
    assert kept.places.dialogue("console/personal/anna") == NAME
    assert not kept.inbox.claim(1_796_148_000_000, bytes(16))
    assert [row.slot for row in kept.queue.waiting()] == ["card-0"]
    position = state.position
    ballot = next(iter(books["S1"].votes))
    vote(kept, "S1", None, ballot)
    assert kept.journal.read_all()[NAME].position == position + 1
    assert kept.journal.read_all()[NAME].states[0].box.books["S1"].voters == 7
    kept.close()
    Reader.of(file, record()).check_chain(NAME)


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.stem)
def test_a_migrated_database_is_like_a_new_one(stored: Path, file: Path, tmp_path: Path) -> None:
    """Where this fails for the newest schema before its release: python -m tests.storage.kept."""
    built(stored, file)
    migrated, fresh = connect(file), connect(tmp_path / "new.db")
    assert schema(migrated) == schema(fresh)
    migrated.close()
    fresh.close()


def test_opening_twice_migrates_once(file: Path) -> None:
    for _ in range(2):
        kept = store(file)
        rows = kept._db.execute("SELECT name FROM _sqlite_migrations").fetchall()
        assert [row[0] for row in rows] == list(KNOWN)
        kept.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_schema_is_refused(filled: Path, read_only: bool) -> None:
    before = filled.read_bytes()
    db = sqlite3.connect(filled)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('stadsgesprek', 'm9999_later', '2030')"
    )
    db.commit()
    db.close()
    with pytest.raises(Unusable) as refused:
        connect(filled, read_only=read_only)
    assert (refused.value.code, refused.value.data) == ("newer", {"schema": "m9999_later"})
    assert len(before) == filled.stat().st_size


def test_what_is_not_ours_is_refused(file: Path) -> None:
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    with pytest.raises(Unusable, match="not_ours"):
        connect(file)


def test_what_is_no_database_is_refused(file: Path) -> None:
    file.write_bytes(b"Geachte raad, " * 1000)
    with pytest.raises(Unusable, match="damaged"):
        connect(file)


def test_reading_makes_no_file(file: Path) -> None:
    with pytest.raises(Unusable, match="missing"):
        Reader.of(file, record())
    assert not file.exists()


def test_a_reader_changes_nothing(filled: Path) -> None:
    before = filled.read_bytes()
    reader = Reader.of(filled, record())
    assert reader.dialogues() == (NAME,)
    assert reader.whole()
    folded = reader.folded(NAME)
    assert folded is not None
    assert folded.dialogue.position == 3 + 3 + 24
    with pytest.raises(sqlite3.OperationalError):
        reader.db.execute("DELETE FROM journal")
    reader.close()
    assert filled.read_bytes() == before
