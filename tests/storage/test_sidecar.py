"""Promise 11: a database behind its sidecar, or of another history, is refused; and one writer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rounds.registry import record
from storage.database import Unusable
from storage.reader import Reader
from storage.sidecar import sidecar
from storage.sqlite import lock
from tests.storage.kept import NAME, fill, store, vote


def refused(file: Path) -> Unusable:
    with pytest.raises(Unusable) as found:
        store(file)
    return found.value


def ballot(file: Path) -> str:
    opened = store(file)
    found = next(iter(opened.journal.read_all()[NAME].states[0].box.books["S1"].votes))
    opened._db.close()
    return found


def test_the_sidecar_holds_the_last_row_and_its_hash(filled: Path) -> None:
    opened = store(filled)
    row, digest, *_ = sidecar(filled).read_text().split()
    assert int(row) == opened.journal.read_all()[NAME].position
    assert digest == opened.journal.head(NAME).hash.hex()
    assert opened.has_sidecar
    opened.close()


def test_the_default_database_has_the_documented_sidecar(tmp_path: Path) -> None:
    assert sidecar(tmp_path / "stadsgesprek.db").name == "journal.head"
    assert sidecar(tmp_path / "other.db").name == "other.db.head"


def test_without_a_sidecar_it_opens_and_can_warn(filled: Path) -> None:
    sidecar(filled).unlink()
    opened = store(filled)
    assert not opened.has_sidecar
    opened.close()
    assert sidecar(filled).exists()


def test_an_older_copy_is_refused(filled: Path, tmp_path: Path) -> None:
    whose = ballot(filled)
    older = tmp_path / "older.db"
    shutil.copy(filled, older)
    opened = store(filled)
    vote(opened, "S1", None, whose)
    last = opened.journal.read_all()[NAME].position
    opened.close()
    shutil.copy(older, filled)
    fault = refused(filled)
    assert (fault.code, fault.data) == ("behind", {"row": last, "last": last - 1})
    with pytest.raises(Unusable, match="behind"):
        Reader.of(filled, record()).sidecar(filled)


def test_a_lost_write_ahead_log_is_refused(filled: Path, tmp_path: Path) -> None:
    whose = ballot(filled)
    opened = store(filled)
    vote(opened, "S1", None, whose)
    opened.upkeep.note_head()  # as after a closing, without a checkpoint
    shutil.copy(filled, tmp_path / "cut.db")
    opened._db.close()
    for end in ("-wal", "-shm"):
        filled.with_name(filled.name + end).unlink(missing_ok=True)
    shutil.copy(tmp_path / "cut.db", filled)
    assert refused(filled).code == "behind"


def test_another_history_is_refused(filled: Path) -> None:
    opened = store(filled)
    opened._db.execute("UPDATE journal SET hash = ? WHERE row = 30", (bytes(32),))
    opened._db.close()
    fault = refused(filled)
    assert (fault.code, fault.data) == ("other_history", {"row": 30})


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\xff\xfe", b"12"])
def test_a_sidecar_that_says_nothing_is_refused(filled: Path, content: bytes) -> None:
    sidecar(filled).write_bytes(content)
    assert refused(filled).code in ("sidecar_unreadable", "other_history", "behind")


def test_an_empty_journal_has_a_sidecar_too(file: Path) -> None:
    store(file).close()
    assert sidecar(file).read_text().splitlines()[0].split() == ["0"]
    opened = store(file)
    assert opened.has_sidecar
    fill(opened)
    opened.close()
    assert store(file).has_sidecar


def test_the_sidecar_is_written_whole(filled: Path) -> None:
    opened = store(filled)
    opened.upkeep.checkpoint()
    opened.close()
    names = {path.name for path in filled.parent.iterdir()}
    assert names == {"stadsgesprek.db", "journal.head"}


def test_the_lock_excludes_another_holder(file: Path) -> None:
    with lock(file), pytest.raises(Unusable, match="in_use"), lock(file):
        pass
    with lock(file):
        pass


def test_the_lock_excludes_another_process_and_ends_with_it(file: Path) -> None:
    holding = (
        "import sys; from pathlib import Path; from storage.sqlite import lock\n"
        "with lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Unusable, match="in_use"), lock(file):
            pass
        other.kill()
        other.wait()
        with lock(file):
            pass


def test_two_names_of_one_file_exclude_each_other(file: Path, tmp_path: Path) -> None:
    """Whether the link leads to the file or to its folder, and whether the file is there yet."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link, folder = elsewhere / "link.db", tmp_path / "folder"
    link.symlink_to(file)
    folder.symlink_to(file.parent)
    for there in (False, True):
        assert file.exists() is there
        for one, other in ((file, link), (link, file), (folder / file.name, link)):
            with lock(one), pytest.raises(Unusable, match="in_use"), lock(other):
                pass
        store(file).close()
    with lock(file), lock(tmp_path / "other.db"):
        pass


def test_two_names_of_one_file_have_one_sidecar(filled: Path, tmp_path: Path) -> None:
    """An older copy that is opened by another name is behind all the same."""
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(filled)
    assert sidecar(link) == sidecar(filled)
    opened = store(link)
    assert opened.has_sidecar
    opened.close()
    assert [path.name for path in link.parent.iterdir()] == ["link.db"]
