"""Promise 27: what somebody did to the database besides the journal is found by ``check``."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli.health import faults_of
from bot.town import keys
from dialogues import events as ev
from storage.forgetting import destroy_links, forget_person
from storage.soundness import Unsound
from storage.store import Store
from tests.storage.kept import BEGIN, KEY, NAME, store

#: What was done, what is found, and of how many or which.
DONE = {
    "DELETE FROM texts WHERE ref = (SELECT min(ref) FROM texts)": "text_lost",
    "DELETE FROM texts": "text_lost text_lost text_lost",
    "UPDATE texts SET words = '!' WHERE ref = (SELECT max(ref) FROM texts)": "text_changed",
    "UPDATE texts SET dialogue = 'elders'": "unknown_dialogue text_lost text_lost text_lost",
    "DELETE FROM ballots": "ballots_lost",
    "UPDATE ballots SET participant = 'p' || ballot": "participants_lost links_changed",
    "UPDATE ballots SET round = round + 1": "links_changed",
    "UPDATE ballots SET dialogue = 'elders'": "unknown_dialogue ballots_lost",
    "DELETE FROM participants": "participants_lost",
    "UPDATE participants SET person = 'h' || person": "accounts_lost links_changed",
    "DELETE FROM accounts": "accounts_lost",
    "UPDATE accounts SET account = account || '-2'": "accounts_changed",
    "CREATE TRIGGER t AFTER INSERT ON journal BEGIN SELECT 1; END": "not_of_ours",
    "CREATE VIEW tallies AS SELECT * FROM journal": "not_of_ours",
    "CREATE TABLE notes (words TEXT)": "not_of_ours",
    "CREATE INDEX mine ON journal (line)": "not_of_ours",
    "DROP INDEX journal_seq": "schema_changed",
    "ALTER TABLE texts ADD COLUMN more TEXT": "schema_changed",
}  # fmt: skip


@pytest.fixture
def sound(filled: Path) -> Path:
    keys.make(filled.with_name("town.key"), KEY)
    return filled


def found(kept: Store) -> list[str]:
    return [fault.code for fault in kept.reader().unsound(KEY)]


def test_what_the_program_left_is_sound(sound: Path) -> None:
    kept = store(sound)
    assert found(kept) == []
    kept.close()
    assert faults_of(sound, named=True) == []


@pytest.mark.parametrize(("statement", "codes"), DONE.items())
def test_what_was_done_is_found(sound: Path, statement: str, codes: str) -> None:
    db = sqlite3.connect(sound)
    with db:
        db.execute(statement)
    db.close()
    kept = store(sound)
    assert found(kept) == codes.split()
    kept.close()
    assert len(faults_of(sound, named=True)) == len(codes.split())


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [("ballots", "ballot", "participant"), ("participants", "participant", "person"),
     ("accounts", "account", "person")],
)  # fmt: skip
def test_links_exchanged_between_two_are_found(
    sound: Path, table: str, key: str, column: str
) -> None:
    """Each stands behind the other's: nothing is missing, and all totals stay as they were."""
    db = sqlite3.connect(sound)
    (one, mine), (other, theirs) = db.execute(f"SELECT {key}, {column} FROM {table} LIMIT 2")  # noqa: S608
    with db:
        change = f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {key} = ?"  # noqa: S608
        db.execute(change, ("somebody", one))
        db.execute(change, (mine, other))
        db.execute(change, (theirs, one))
    db.close()
    kept = store(sound)
    (fault,) = kept.reader().unsound(KEY)
    assert fault.code in ("links_changed", "accounts_changed")
    assert fault.what == 2
    assert kept.reader().unsound(None) == []  # without the key nobody can tell
    kept.close()


def test_rows_of_a_chain_that_is_not_there_are_found(sound: Path) -> None:
    db = sqlite3.connect(sound)
    with db:
        db.execute("INSERT INTO journal (chain, seq, line, hash) VALUES (9, 1, x'', x'')")
    db.close()
    (fault,) = faults_of(sound, named=True)
    assert fault.what.startswith("row 31 of the journal belongs to no dialogue")


def test_what_the_program_erases_is_no_fault(sound: Path) -> None:
    """Somebody forgotten, with their words, and links destroyed after the days for objections."""
    kept = store(sound, seed=2)
    state = kept.journal.read_all()[NAME]
    item = state.items.by_number["S1"]
    person = kept.participants.person_of(item.author)
    assert person is not None
    with kept.transaction():
        kept.texts.erase(item.text.ref)
        kept.journal.append(NAME, BEGIN, "clock", ev.TextErased(item.text.ref, "S1"))
        forget_person(kept, person, "console/personal/x", 1)
        kept.journal.append("town", BEGIN, "clock", ev.PersonForgotten(1))
    assert found(kept) == []
    with kept.transaction():
        destroy_links(kept, NAME, BEGIN)
        at = BEGIN + timedelta(days=15)
        kept.journal.append(NAME, at, "clock", ev.LinksDestroyed(0, 0, 0))
    assert found(kept) == []
    kept.close()


def test_one_more_than_was_forgotten_is_found(sound: Path) -> None:
    kept = store(sound)
    with kept.transaction():
        two = "SELECT participant FROM participants LIMIT 2"
        kept._db.execute(f"DELETE FROM participants WHERE participant IN ({two})")  # noqa: S608
        kept.journal.append("town", BEGIN, "clock", ev.PersonForgotten(0))
    assert kept.reader().unsound(KEY) == [Unsound("participants_lost", NAME, 1)]
    kept.close()
