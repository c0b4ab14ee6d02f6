"""Promise 33: an upgrade that is killed leaves the old schema whole or the new one, never a part.

Every statement of a start on a stored database is a place to die: the process ends before it runs,
as by SIGKILL. The next start goes on from there, with everything that was kept.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from rounds.registry import record
from storage import schema as schemas
from storage.database import Unusable
from storage.migrations import KNOWN
from storage.reader import Reader
from storage.sqlite import connect
from tests.storage.kept import HERE, NAME, store

STORED = sorted(HERE.glob("schema_*.sql"))
OLDER = STORED[:-1]

#: How the child ends: killed at its place, or come to the end.
KILLED, DONE = 9, 0


def built(stored: Path, file: Path) -> None:
    db = sqlite3.connect(file)
    db.executescript(stored.read_text())
    db.close()


def rows(file: Path) -> dict[str, int]:
    """How many rows each table holds that was there before, without what notes the upgrades."""
    db = sqlite3.connect(file)
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
        for name in names
        if not name.startswith(("sqlite_", "_sqlite_"))
    }
    db.close()
    return found


def applied(file: Path) -> list[str]:
    db = sqlite3.connect(file)
    found = [name for (name,) in db.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    db.close()
    return found


def shape(file: Path) -> dict[tuple[str, str], str]:
    db = sqlite3.connect(file)
    try:
        return schemas.schema(db)
    finally:
        db.close()


def upgraded(file: Path, dies_at: int) -> int:
    """Open the file in a process that dies before its ``dies_at``-th statement; how it ended."""
    child = os.fork()
    if child == 0:
        _die(file, dies_at)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _die(file: Path, dies_at: int) -> None:
    ran, opened = 0, sqlite3.connect

    def counted(_statement: str) -> None:
        nonlocal ran
        ran += 1
        if ran == dies_at:
            os._exit(KILLED)

    def traced(*args: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = opened(*args, **named)
        connection.set_trace_callback(counted)
        return connection

    sqlite3.connect = traced
    try:
        connect(file)
    except BaseException:  # noqa: BLE001 - the parent has to see it
        os._exit(1)
    os._exit(DONE)


@pytest.mark.parametrize("stored", OLDER, ids=lambda path: path.stem)
def test_a_kill_at_every_statement_leaves_one_schema_or_the_other(
    stored: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.db"
    built(stored, whole)
    was, had, kept = shape(whole), applied(whole), rows(whole)
    place, ends = 0, []
    while True:
        place += 1
        file = tmp_path / f"{place}.db"
        file.write_bytes(whole.read_bytes())
        ended = upgraded(file, place)
        assert ended in (KILLED, DONE)
        done = applied(file)
        assert done[: len(had)] == had
        assert done == list(KNOWN[: len(done)])
        assert shape(file) == (schemas.expected() if len(done) == len(KNOWN) else was)
        assert {name: n for name, n in rows(file).items() if name in kept} == kept
        ends.append(len(done))
        if ended == DONE:
            break
        if place % 7 == 0:  # the next start goes on from there, and nothing is missing
            again = store(file)
            assert again.journal.read_all()[NAME].position > 0
            again.close()
            Reader.of(file, record()).check_chain(NAME)
            assert applied(file) == list(KNOWN)
    assert len(had) in ends, "no kill left the older schema"
    assert place > 10
    assert ends == sorted(ends)


@pytest.mark.parametrize("known", range(1, len(KNOWN)))
@pytest.mark.parametrize("read_only", [False, True])
def test_an_older_program_refuses_the_newer_database(
    known: int, read_only: bool, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled.read_bytes()
    monkeypatch.setattr(schemas, "KNOWN", KNOWN[:known])
    with pytest.raises(Unusable) as refused:
        connect(filled, read_only=read_only)
    assert (refused.value.code, refused.value.data["schema"]) == ("newer", KNOWN[-1])
    assert filled.read_bytes() == before
