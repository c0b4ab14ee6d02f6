"""A backup is made while the database is in use, is read again, and can be put back."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.cli.backups import is_old, make_backup, restore_backup
from bot.cli.health import faults_of
from bot.runtime.nightly import next_night
from bot.town import keys
from bot.town.config import load
from rounds import registry
from storage import backup
from storage.backup import BadBackup, Beside
from storage.forgetting import clean_store
from storage.reader import Reader
from storage.sqlite import lock
from tests.engine.bots import KEY, Bot
from tests.replay.playing import CHARTER, sound

NOW = datetime(2026, 12, 1, 2, 15, tzinfo=UTC)
WORDS = "Er moeten meer bomen komen."


@pytest.fixture(name="town")
def _town(tmp_path: Path) -> Bot:
    """A town of which the database is open: a statement with votes on it."""
    folder = tmp_path / "town"
    folder.mkdir()
    keys.make(folder / "town.key", KEY)
    made = Bot(folder / "town.db")
    made.staff(f"gesprek nieuw stellingenronde Ons gesprek {CHARTER} in=zomerstraat")
    made.staff("gesprek start")
    made.say("anna", f"stelling {WORDS}")
    for n in range(6):
        made.say(f"buur{n}", "stem S1 eens")
    return made


def beside(town: Bot) -> Beside:
    return Beside(keys.beside(town.file))


def lines(file: Path) -> list[bytes]:
    reader = Reader.of(file, registry.record())
    try:
        return reader.lines("ons-gesprek")
    finally:
        reader.close()


def test_what_is_committed_is_in_it_while_the_database_is_in_use(town: Bot, tmp_path: Path) -> None:
    made = backup.make(town.file, tmp_path / "out", beside(town), NOW)
    assert made.name == "stadsgesprek-20261201T021500Z"
    assert lines(made / backup.DATABASE) == lines(town.file)
    sound(made / backup.DATABASE, KEY)
    assert faults_of(made / backup.DATABASE, named=True) == []
    assert (made / "town.key").stat().st_mode & 0o077 == 0
    assert (made / backup.DATABASE).stat().st_mode & 0o077 == 0


def test_votes_go_on_meanwhile(town: Bot, tmp_path: Path) -> None:
    """Backups one after the other in another thread: no vote waits for them, each is whole."""
    made: list[Path] = []
    ended = threading.Event()

    def copy() -> None:
        for n in range(5):
            at = NOW + timedelta(seconds=n)
            made.append(backup.make(town.file, tmp_path / "out", beside(town), at))
        ended.set()

    thread = threading.Thread(target=copy)
    thread.start()
    votes = 0
    while not ended.is_set():
        assert "Uw code" in town.say(f"stemmer{votes}", "stem S1 oneens")
        votes += 1
    thread.join()
    assert len(made) == 5
    known = lines(town.file)
    for folder in made:
        copied = lines(folder / backup.DATABASE)
        assert known[: len(copied)] == copied


def test_what_was_erased_is_in_no_byte_of_it(town: Bot, tmp_path: Path) -> None:
    town.say("anna", "vergeetmij")
    town.say("anna", "ja, vergeet mij")
    made = backup.make(town.file, tmp_path / "out", beside(town), NOW)
    for path in made.iterdir():
        assert WORDS.encode() not in path.read_bytes()
    clean_store(town.session.store, 1)  # else the test itself could not tell


def test_the_drill(town: Bot, tmp_path: Path) -> None:
    """The database is lost; the backup is put back; everything of before it counts."""
    db, out = town.file, tmp_path / "out"
    assert make_backup(out, False, db, None) == 0
    before = lines(db)
    town.say("laat", "stem S1 oneens")  # after the backup: this one is lost, and that is said
    town.close()
    db.write_bytes(b"damaged")
    (made,) = backup.backups(out)
    assert restore_backup(made, db, None) == 0
    assert lines(db) == before
    sound(db, KEY)
    again = Bot(db, now=NOW + timedelta(hours=20))
    assert "Uw code" in again.say("buur1", "stem S1 oneens")
    again.close()


def test_what_lay_there_is_moved_aside_and_kept(town: Bot, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert make_backup(out, False, town.file, None) == 0
    town.say("laat", "stem S1 oneens")
    newer = lines(town.file)
    town.close()
    (made,) = backup.backups(out)
    assert restore_backup(made, town.file, None) == 0
    (aside,) = town.file.parent.glob("before-restore-*")
    assert lines(aside / town.file.name) == newer


def test_the_key_of_another_town_in_the_same_folder_stays(
    town: Bot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The town's own key stays where it is, and a backup with another key is not put beside it."""
    out = tmp_path / "out"
    assert make_backup(out, False, town.file, None) == 0
    (made,) = backup.backups(out)
    assert restore_backup(made, town.file.with_name("second.db"), None) == 0
    assert not list(town.file.parent.glob("before-restore-*"))
    key = keys.beside(town.file)
    key.write_bytes(other := key.read_bytes()[::-1])
    assert restore_backup(made, town.file.with_name("third.db"), None) == 2
    assert f"{key} is the key of another database" in capsys.readouterr().err
    assert key.read_bytes() == other
    assert not town.file.with_name("third.db").exists()


def test_who_was_forgotten_since_is_back_and_that_is_said(
    town: Bot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = backup.make(town.file, tmp_path / "out", beside(town), NOW)
    town.say("anna", "vergeetmij")
    town.say("anna", "ja, vergeet mij")
    town.close()
    assert restore_backup(made, town.file, None) == 0
    said = capsys.readouterr().out
    assert "What was erased since is in it again (journals: ons-gesprek, town)." in said
    assert "type vergeetmij once more" in said


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("nothing", "Nothing had been erased since."),
        ("no database", "Whoever was forgotten since is in it again."),
        ("a damaged one", "Whoever was forgotten since is in it again."),
    ],
)
def test_what_was_erased_since_is_said_as_far_as_it_is_known(
    town: Bot, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, says: str
) -> None:
    made = backup.make(town.file, tmp_path / "out", beside(town), NOW)
    town.close()
    if what == "no database":
        for path in town.file.parent.glob("town.db*"):
            path.unlink()
    elif what == "a damaged one":
        town.file.write_bytes(b"damaged")
    assert restore_backup(made, town.file, None) == 0
    assert says in capsys.readouterr().out


def test_a_database_in_use_is_not_replaced(
    town: Bot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert make_backup(out, False, town.file, None) == 0
    (made,) = backup.backups(out)
    before = lines(town.file)
    with lock(town.file):
        assert restore_backup(made, town.file, None) == 2
    assert "in use" in capsys.readouterr().err
    assert lines(town.file) == before


@pytest.mark.parametrize("name", [backup.DATABASE, "town.key", "journal.head"])
def test_a_flipped_byte_is_named_and_nothing_is_restored(
    town: Bot, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = backup.make(town.file, tmp_path / "out", beside(town), NOW)
    town.close()
    data = bytearray((made / name).read_bytes())
    data[len(data) // 2] ^= 1
    (made / name).write_bytes(data)
    before = town.file.read_bytes()
    assert restore_backup(made, town.file, None) == 2
    assert name in capsys.readouterr().err
    assert town.file.read_bytes() == before


def test_a_folder_that_is_no_backup_or_lacks_a_file_is_refused(town: Bot, tmp_path: Path) -> None:
    made = backup.make(town.file, tmp_path / "out", beside(town), NOW)
    (made / "more.txt").write_text("x")
    with pytest.raises(BadBackup, match=r"more\.txt does not belong"):
        backup.read(made)
    (made / "more.txt").unlink()
    (made / "town.key").unlink()
    with pytest.raises(BadBackup, match=r"town\.key is missing"):
        backup.read(made)
    with pytest.raises(BadBackup, match="is no backup"):
        backup.read(tmp_path)


def test_one_that_failed_leaves_nothing(
    town: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_on_disk", full)
    with pytest.raises(OSError, match="No space"):
        backup.make(town.file, tmp_path / "out", beside(town), NOW)
    assert list((tmp_path / "out").iterdir()) == []


def test_the_newest_stay(tmp_path: Path) -> None:
    for day in range(1, 6):
        (tmp_path / f"stadsgesprek-202612{day:02}T021500Z").mkdir()
    (tmp_path / "mine").mkdir()
    backup.remove_old(tmp_path, 2)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["mine", "stadsgesprek-20261204T021500Z", "stadsgesprek-20261205T021500Z"]


def test_an_old_one_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[town]\nname = "Haarlem"\n[backup]\nfolder = "kept"\nold_days = 2\n')
    config = load(path, registry.kinds())
    assert is_old(config, NOW)
    (tmp_path / "kept" / "stadsgesprek-20261129T021500Z").mkdir(parents=True)
    assert not is_old(config, NOW)
    assert is_old(config, NOW + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-12-01T01:00+00:00", "2026-12-01T02:15+00:00"),
        ("2026-12-01T02:15+00:00", "2026-12-02T02:15+00:00"),
        ("2027-03-28T00:00+00:00", "2027-03-28T01:15+00:00"),  # summer time begins at 1:00
        ("2026-10-25T00:00+00:00", "2026-10-25T02:15+00:00"),  # and ends
    ],
)
def test_it_is_made_at_the_towns_hour(now: str, then: str) -> None:
    found = next_night(datetime.fromisoformat(now), time(3, 15), ZoneInfo("Europe/Amsterdam"))
    assert found == datetime.fromisoformat(then)
