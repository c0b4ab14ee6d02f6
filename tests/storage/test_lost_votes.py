"""Promise 11: a write-ahead log that is gone, cut, damaged or zeroed after a kill is seen, and the
database refused as it is; no acknowledged vote goes missing unnoticed."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.cli.health import faults_of
from bot.cli.unusable import sentence
from bot.town import keys
from dialogues.events import AdviceAwaited
from rounds.registry import record
from storage.database import Unusable
from storage.reader import Reader
from storage.sidecar import sidecar
from tests.storage.kept import BEGIN, KEY, NAME, rolled_back, store, vote

VOTES = 12


def cast(file: str, out: Connection) -> None:
    """In a process of its own: votes one by one, each told when it is committed."""
    kept = store(Path(file))
    ballots = sorted(kept.journal.read_all()[NAME].states[0].box.books["S1"].votes)
    for number in range(VOTES):
        vote(kept, f"S{number % 3 + 1}", None if number < 3 else "pass", ballots[number % 8])
        out.send(number)
    signal.pause()


def killed(file: Path) -> None:
    """Votes are cast by a process that is then killed."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=cast, args=(str(file), there))
    process.start()
    for number in range(VOTES):
        assert here.poll(30)
        assert here.recv() == number
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()


@pytest.fixture
def left(filled: Path) -> Path:
    """What a kill left: the database, its write-ahead log and the sidecar."""
    keys.make(filled.with_name("town.key"), KEY)
    killed(filled)
    return filled


def log_of(file: Path) -> Path:
    return file.with_name(file.name + "-wal")


def gone(log: Path) -> None:
    log.unlink()


def emptied(log: Path) -> None:
    log.write_bytes(b"")


def zeroed(log: Path) -> None:
    log.write_bytes(bytes(log.stat().st_size))


def headless(log: Path) -> None:
    """The log with zeros where it begins, as a disk may leave a sector."""
    log.write_bytes(bytes(512) + log.read_bytes()[512:])


DAMAGES: tuple[Callable[[Path], None], ...] = (gone, emptied, zeroed, headless)


def content(file: Path) -> list[bytes]:
    """What stands in the database and its log; to SQLite an empty log is none."""
    return [path.read_bytes() if path.exists() else b"" for path in (file, log_of(file))]


def refused_as_it_is(file: Path) -> str:
    """The sentence with which ``check`` names it. Starting is refused too, and changes no byte."""
    before = content(file)
    with pytest.raises(Unusable) as refused:
        store(file)
    assert refused.value.code == "behind"
    assert content(file) == before
    (fault,) = faults_of(file, named=True)
    assert fault.what == sentence(refused.value)
    return fault.what


def test_a_kill_alone_loses_nothing(left: Path) -> None:
    assert faults_of(left, named=True) == []
    reader = Reader.of(left, record())
    folded = reader.folded(NAME)
    assert folded is not None
    assert folded.dialogue.position == 30 + VOTES
    assert sidecar(left).read_text().split() == [str(30 + VOTES), folded.head]
    reader.close()
    store(left).close()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_lost_log_is_found(left: Path, damage: Callable[[Path], None]) -> None:
    damage(log_of(left))
    assert "row 42" in refused_as_it_is(left)


def test_a_log_cut_or_flipped_anywhere_is_found(left: Path, tmp_path: Path) -> None:
    """Whatever a cut or a flipped byte loses, the acknowledged votes are there or it is seen."""
    log = log_of(left).read_bytes()
    draw = random.Random(6)
    pages = sorted({0, 24, 31, 32, len(log) - 1, *(draw.randrange(len(log)) for _ in range(20))})
    for number, at in enumerate([*pages, *pages]):
        there = tmp_path / str(number) / left.name
        there.parent.mkdir()
        for path in (left, left.with_name("town.key"), sidecar(left)):
            shutil.copy(path, there.with_name(path.name))
        flipped = log[:at] + bytes([log[at] ^ 0x40]) + log[at + 1 :]
        log_of(there).write_bytes(log[:at] if number < len(pages) else flipped)
        faults = [fault.what for fault in faults_of(there, named=True)]
        reader = Reader.of(there, record()) if not faults else None
        folded = reader.folded(NAME) if reader is not None else None
        assert faults or (folded is not None and folded.dialogue.position == 42), at
        if reader is not None:
            reader.close()


def test_a_database_that_lost_everything_is_found(left: Path) -> None:
    """The file itself emptied or gone, with its log."""
    gone(log_of(left))
    left.write_bytes(b"")
    assert "row 0" in refused_as_it_is(left)
    left.unlink()
    assert "row 0" in refused_as_it_is(left)


def test_the_head_is_noted_only_after_the_commit(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So after a power cut it is never newer than the journal; of what is rolled back it says
    nothing."""
    kept = store(filled)
    noted: list[tuple[int, bool]] = []
    note = kept.upkeep._sidecar.note

    def watched(row: int, digest: bytes) -> None:
        noted.append((row, kept._db.in_transaction))
        note(row, digest)

    monkeypatch.setattr(kept.upkeep._sidecar, "note", watched)
    ballot = next(iter(kept.journal.read_all()[NAME].states[0].box.books["S1"].votes))
    vote(kept, "S1", None, ballot)
    with rolled_back(kept):
        kept.journal.append(NAME, BEGIN, "clock", AdviceAwaited())
    with kept.transaction():
        kept.settings.write("town", "Haarlem")  # no line: no head
    vote(kept, "S1", "agree", ballot)
    assert noted == [(31, False), (32, False)]
    kept._db.close()


def test_a_head_that_cannot_be_written_leaves_the_commit(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store(filled)
    ballot = next(iter(kept.journal.read_all()[NAME].states[0].box.books["S1"].votes))
    vote(kept, "S1", None, ballot)
    handle = kept.upkeep._sidecar._handle
    os.close(handle)  # as a file system that went away
    vote(kept, "S1", "agree", ballot)
    assert kept.journal.read_all()[NAME].position == 32
    assert sidecar(filled).read_text().split()[0] == "31"
    kept.upkeep._sidecar._handle = -1
    kept.close()
    assert sidecar(filled).read_text().split()[0] == "32"
