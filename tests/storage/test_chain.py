"""Promise 27: any alteration of the journal is found at the next start.

One of four alterations at a time on a copy of the rows; ``read_all`` finds it, or the sidecar,
which knows the number and the hash of the last row.
"""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import cast

import msgspec
import pytest

from dialogues.core import Text
from dialogues.record import BrokenJournal, next_hash
from rounds.registry import record
from rounds.statements.rules import StatementGiven, VoteCast
from storage.database import Database, Rows, Served, Unusable, Where
from storage.journal import all_rows
from storage.opening import connect
from storage.reader import Reader
from storage.sidecar import check_sidecar
from storage.soundness import Unsound
from storage.store import Store
from tests.generated import drawing, figure, some
from tests.storage.kept import BEGIN, KEY, NAME, fill, rolled_back, store, vote

ALTERATIONS = some(1_000)
OTHER = "het-plein"


@pytest.fixture
def two(where: Where) -> Store:
    """Two dialogues, closed properly and open again."""
    opened = store(where)
    fill(opened)
    fill(opened, name=OTHER)
    opened.close()
    return store(where)


def test_a_start_reads_the_rows_as_they_lie(tmp_path: Path) -> None:
    """Going by chain and sorting all of it afterwards takes longer than reading it."""
    db = cast(sqlite3.Connection, connect(tmp_path / "d.db"))
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    all_rows(db)
    db.set_trace_callback(None)
    (statement,) = [one for one in asked if "hash" in one]
    plan = [str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert "SCAN journal" in plan
    assert not [step for step in plan if "ORDER BY" in step]
    db.close()


def found(kept: Store) -> bool:
    """Whether a start would refuse this journal."""
    try:
        check_sidecar(kept.where, kept._db)
        kept.journal.read_all()
    except Unusable as refused:
        return refused.code in ("behind", "other_history", "chain_broken", "row_missing")
    return False


def flip(db: sqlite3.Connection, chance: random.Random, rows: int) -> None:
    """One bit of a line or of a hash."""
    row, column = chance.randint(1, rows), chance.choice(("line", "hash"))
    value = db.execute(f"SELECT {column} FROM journal WHERE row = {row}").fetchone()[0]  # noqa: S608
    bits = bytearray(value)
    bits[chance.randrange(len(bits))] ^= 1 << chance.randrange(8)
    altered = (bytes(bits), row)
    db.execute(f"UPDATE journal SET {column} = ? WHERE row = ?", altered)  # noqa: S608


def remove(db: sqlite3.Connection, chance: random.Random, rows: int) -> None:
    """One row, or one and all after it."""
    row = chance.randint(1, rows)
    sign = chance.choice(("=", ">="))
    db.execute(f"DELETE FROM journal WHERE row {sign} ?", (row,))  # noqa: S608


def reorder(db: sqlite3.Connection, chance: random.Random, rows: int) -> None:
    """Two rows with their lines and hashes in each other's place."""
    one, other = chance.sample(range(1, rows + 1), 2)
    lines = {
        row: db.execute("SELECT line, hash FROM journal WHERE row = ?", (row,)).fetchone()
        for row in (one, other)
    }
    for row, (line, digest) in ((one, lines[other]), (other, lines[one])):
        db.execute("UPDATE journal SET line = ?, hash = ? WHERE row = ?", (line, digest, row))


def add(db: sqlite3.Connection, chance: random.Random, rows: int) -> None:
    """A vote of somebody's own with a right hash, and the rows after it moved up.

    Not after the very last row: that is a journal that goes on, and only a head shown later knows.
    """
    row = chance.randint(1, rows - 1)
    chain, seq, digest = db.execute(
        "SELECT chain, seq, hash FROM journal WHERE row = ?", (row,)
    ).fetchone()
    name = NAME if chain == 1 else OTHER
    line = record().write(name, seq + 1, BEGIN, "bvals", VoteCast(0, "S1", "agree", ""))
    later = db.execute(
        "SELECT row FROM journal WHERE chain = ? AND seq > ? ORDER BY seq DESC", (chain, seq)
    ).fetchall()
    for (number,) in later:
        db.execute("UPDATE journal SET seq = seq + 1 WHERE row = ?", (number,))
    db.execute("UPDATE journal SET row = -row WHERE row > ?", (row,))
    db.execute("UPDATE journal SET row = 1 - row WHERE row < 0")
    db.execute(
        "INSERT INTO journal (row, chain, seq, line, hash) VALUES (?, ?, ?, ?, ?)",
        (row + 1, chain, seq + 1, line, next_hash(digest, line)),
    )


def test_a_journal_that_nobody_touched_is_accepted(two: Store) -> None:
    assert not found(two)
    two.close()


def test_every_alteration_is_found(two: Store) -> None:
    chance, db = drawing(27), two._db
    rows = db.execute("SELECT count(*) FROM journal").fetchone()[0]
    missed = []
    # what finds them is the same: on a server, where reading takes longer, a few
    alterations = ALTERATIONS // 10 if isinstance(two.where, Served) else ALTERATIONS
    for number in range(alterations):
        alter = (flip, remove, reorder, add)[number % 4]
        db.execute("BEGIN")
        alter(db, chance, rows)
        if not found(two):
            missed.append((number, alter.__name__))
        db.execute("ROLLBACK")
    figure("alterations", alterations)
    assert not missed
    assert not found(two)
    two.close()


def test_a_journal_that_grows_while_it_is_looked_at_is_accepted(two: Store) -> None:
    """As ``check`` does beside a running bot: between any two of its questions rows are added."""
    reader = connect(two.where, read_only=True)

    class Growing:
        def execute(self, statement: str, values: tuple[object, ...] = ()) -> Rows:
            vote(two, "S1", "agree", "b1")
            return reader.execute(statement, values)

    assert check_sidecar(two.where, cast(Database, Growing()))
    reader.close()
    two.close()


def test_the_last_line_of_an_older_dialogue_is_missed(two: Store) -> None:
    """Its own chain holds without it; the rows of the journal have a hole."""
    db = two._db
    last = db.execute("SELECT max(row) FROM journal WHERE chain = 1").fetchone()[0]
    db.execute("DELETE FROM journal WHERE row = ?", (last,))
    two.journal.read_all()
    with pytest.raises(Unusable, match="row_missing"):
        Reader(db, record()).sidecar(two.file)
    db.close()


def test_a_line_altered_with_its_hash_is_found_at_the_next(two: Store) -> None:
    """Whoever can compute SHA-256 has to alter every row after it, and then the sidecar knows."""
    db = two._db
    line, before = db.execute(
        "SELECT j.line, p.hash FROM journal AS j JOIN journal AS p ON p.row = j.row - 1"
        " WHERE j.row = 20"
    ).fetchone()
    altered = bytes(line).replace(b'"choice":"agree"', b'"choice":"pass"')
    altered = altered.replace(b'"choice":"disagree"', b'"choice":"agree"')
    assert altered != bytes(line)
    digest = next_hash(bytes(before), altered)
    db.execute("UPDATE journal SET line = ?, hash = ? WHERE row = 20", (altered, digest))
    assert found(two)
    head = digest
    for row in range(21, 31):
        raw = bytes(db.execute("SELECT line FROM journal WHERE row = ?", (row,)).fetchone()[0])
        head = next_hash(head, raw)
        db.execute("UPDATE journal SET hash = ? WHERE row = ?", (head, row))
    assert not found(two)  # a whole chain made anew: only a head that was shown can tell
    two._db.close()


def test_check_names_the_line(filled: Path) -> None:
    opened = store(filled)
    opened._db.execute("UPDATE journal SET line = line || ' ' WHERE seq = 7")
    opened._db.close()
    with pytest.raises(BrokenJournal) as broken:
        Reader.of(filled, record()).check_chain(NAME)
    assert broken.value.line == 7


def test_words_that_were_not_sealed_are_named(filled: Path) -> None:
    opened = store(filled)
    ref = opened.journal.read_all()[NAME].items.by_number["S2"].text.ref
    assert opened.reader().unsound(KEY) == []
    opened._db.execute("UPDATE texts SET words = 'Iets anders' WHERE ref = ?", (ref,))
    assert opened.reader().unsound(KEY) == [Unsound("text_changed", NAME, ref)]
    opened._db.close()


def test_what_waits_is_dropped_with_the_transaction(kept: Store) -> None:
    fill(kept)
    before = kept.journal.head(NAME).seq
    with rolled_back(kept):
        kept.journal.append(NAME, BEGIN, "b1", VoteCast(0, "S1", "agree", ""))
        given = StatementGiven(0, "S4", "p1", Text("Wat niemand zei"), False, False)
        ref = kept.journal.append(NAME, BEGIN, "p1", given).text.ref
        assert kept.journal.head(NAME).seq == before + 2
        assert kept.texts.words(ref) == "Wat niemand zei"
    assert kept.journal.head(NAME).seq == before
    assert kept.texts.words(ref) is None
    assert kept.journal.read_one(NAME).position == before
    with kept.transaction():
        kept.journal.append(NAME, BEGIN, "b1", VoteCast(0, "S1", "agree", ""))
    assert kept.journal.read_one(NAME).position == before + 1
    assert len(kept.reader().texts(NAME)) == 3
    assert not found(kept)


def test_words_stand_apart_from_the_lines(kept: Store) -> None:
    fill(kept)
    lines = kept.reader().lines(NAME)
    assert not any(b"Stelling 1" in line for line in lines)
    ref = msgspec.json.decode(lines[3])[5]["text"][0]
    assert kept.texts.words(ref) == "Stelling 1 van een bewoner"
    with kept.transaction():
        kept.texts.erase(ref)
    assert kept.texts.words(ref) is None
    assert kept.reader().lines(NAME) == lines
    assert not found(kept)
