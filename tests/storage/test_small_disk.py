"""Promise 9 on a disk that is really full: whatever writes says so and leaves what was there, and
goes on once there is room."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advice import bundle
from bot.cli.health import faults_of
from bot.documents.placing import put_bundle, put_file
from bot.town import keys
from storage import backup
from storage.backup import Beside
from storage.database import NotNow
from tests.engine.bots import KEY, RECEIPT, Bot
from tests.replay.playing import sound
from tests.site.town import small_town

NOW = datetime(2026, 12, 1, 2, 15, tzinfo=UTC)
OLD = dict.fromkeys(sorted(bundle.NAMES)[:3], b"oud")


@pytest.fixture(name="disk")
def _disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except OSError as error:
        pytest.skip(f"no mount here ({error.strerror})")
    if done.returncode:
        pytest.skip("only who may mount a disk can fill it")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not a byte is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while file.write(b"x" * size) == size:
                    continue
            except OSError:
                continue
    try:
        yield
    finally:
        ballast.unlink()


def test_no_receipt_while_it_is_full_and_the_same_message_counts_afterwards(disk: Path) -> None:
    keys.make(disk / "town.key", KEY)
    bot = Bot(disk / "town.db")
    bot.open()
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    votes = [bot.fact(f"buur{number}", "stem S1 eens") for number in range(40)]
    moderator = bot.fact("vera", "sluit ja", "staf", ("moderator",))
    kept = 0
    with full(disk):
        for fact in (*votes, moderator):  # some may still fit in what the file has
            before = len(bot.heard)
            try:
                bot.put(fact)
            except NotNow:
                assert not any(RECEIPT.search(m.plain) for m in bot.heard[before:])
            else:
                kept += 1
    assert kept < len(votes)
    for fact in votes:
        bot.put(fact)
    assert bot.tally("S1") == {"agree": len(votes)}
    assert bot.events().count("VoteCast S1") == len(votes)
    bot.put(moderator)
    assert bot.dialogue.open_frame is None
    bot.close()
    assert faults_of(bot.file, named=True) == []


Work = Callable[[Path], object]


def bundled(disk: Path) -> None:
    put_bundle(dict.fromkeys(OLD, b"nieuw" * 1_000), disk / "out")


def filed(disk: Path) -> None:
    put_file(disk / "agenda.ics", b"nieuw" * 1_000)


@pytest.mark.parametrize("work", [bundled, filed])
def test_files_stay_what_they_were(work: Work, disk: Path) -> None:
    put_bundle(OLD, disk / "out")
    put_file(disk / "agenda.ics", b"oud")
    with full(disk), pytest.raises(OSError, match="No space"):
        work(disk)
    assert {path.name: path.read_bytes() for path in (disk / "out").iterdir()} == OLD
    assert (disk / "agenda.ics").read_bytes() == b"oud"
    assert sorted(path.name for path in disk.iterdir()) == ["agenda.ics", "out"]
    work(disk)


def test_no_half_backup_and_no_half_restored_town(disk: Path, tmp_path: Path) -> None:
    keys.make(disk / "town.key", KEY)
    bot = Bot(disk / "town.db")
    bot.open()
    bot.say("anna", "stelling Er moeten meer bomen komen.")
    bot.close()
    beside = Beside(keys.beside(bot.file))
    (disk / "backups").mkdir()
    with full(disk), pytest.raises((OSError, NotNow)):
        backup.make(bot.file, disk / "backups", beside, NOW)
    assert list((disk / "backups").iterdir()) == []
    made = backup.make(bot.file, tmp_path / "elsewhere", beside, NOW)
    with full(disk), pytest.raises(OSError, match="No space"):
        backup.restore(made, bot.file, beside, NOW)
    sound(bot.file, KEY)
    assert {path.name for path in disk.iterdir()} <= {
        *("backups", "town.db", "town.db-shm", "town.db-wal", "town.db.head", "town.key"),
    }


def test_the_site_stays_what_it_was(disk: Path, tmp_path: Path) -> None:
    town = small_town(tmp_path)
    town.site = disk / "site"
    assert town.publish() == 0
    before = town.files()
    town.hold("plein", "De bushalte", "De bushalte gaat weg.")
    config = town.config.read_text("utf-8").replace('"zomerstraat"', '"zomerstraat"\nyouth = true')
    town.play().config.write_text(config, "utf-8")
    with full(disk):
        assert town.publish() != 0
        assert town.files() == before
    assert town.publish() == 0
    assert town.files() != before
