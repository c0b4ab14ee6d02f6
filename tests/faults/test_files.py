"""Killed at every point while files are put in their place: what stands there is the old or the
new, whole; and the next time mends the rest, with nothing left behind."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from advice import bundle
from bot.cli.health import faults_of
from bot.documents import placing
from bot.runtime import town_calendar
from bot.town import keys
from storage import backup
from storage.backup import BadBackup, Beside
from storage.database import Unusable
from storage.sidecar import sidecar
from storage.sqlite import lock
from tests.engine.bots import KEY, Bot
from tests.faults.dying import NEVER, Life, Process, lived
from tests.generated import figure
from tests.replay.playing import sound

FIRST, SECOND, THIRD, FOURTH = sorted(bundle.NAMES)[:4]
OLD = {FIRST: b"oud", SECOND: b"ook oud", THIRD: b"van toen"}
NEW = {FIRST: b"nieuw", SECOND: b"ook nieuw", FOURTH: b"van nu"}
NOW = datetime(2026, 12, 1, 2, 15, tzinfo=UTC)


def deaths(
    work: Callable[[Path], object], before: Callable[[Path], object], folder: Path
) -> Iterator[tuple[str, Path]]:
    """Have the work done in a folder in which something was done ``before``, killed at each of its
    points; each point, and the folder that is left."""

    base = folder / "base"
    base.mkdir()
    before(base)
    listed = _of(work, base, folder / "whole")
    figure("kills", len(listed.deaths))
    assert len(listed.deaths) > 3
    for number in listed.deaths:
        place = folder / str(number)
        died = _of(work, base, place, number)
        assert died.killed
        yield f"{number} {listed.points[number]}", place


def living(work: Callable[[Path], object], place: Path) -> Callable[[Process], None]:
    """The work of a process."""

    def lives(process: Process) -> None:
        process.watch()
        process.watch_files()
        process.begins()
        work(place)

    return lives


def _of(work: Callable[[Path], object], base: Path, place: Path, die_at: int = NEVER) -> Life:
    shutil.copytree(base, place)
    return lived(living(work, place), place, die_at)


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def put_new(place: Path) -> None:
    placing.put_bundle(NEW, place / "out")


def put_old(place: Path) -> None:
    (place / "out").mkdir()
    for name, data in OLD.items():
        (place / "out" / name).write_bytes(data)


def test_a_folder_is_the_old_or_the_new(tmp_path: Path) -> None:
    seen = set()
    for point, place in deaths(put_new, put_old, tmp_path):
        found = files(place / "out")
        assert found in (OLD, NEW), point
        seen.add(found == NEW)
        put_new(place)
        assert files(place) == {f"out/{name}": data for name, data in NEW.items()}, point
        assert [path.name for path in place.iterdir()] == ["out"], point
    assert seen == {False, True}


def test_where_two_cannot_change_places_at_once_the_next_time_puts_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "exchanged", lambda _one, _other: False)
    gone = 0
    for point, place in deaths(put_new, put_old, tmp_path):
        gone += not (place / "out").exists()
        with placing._beside(place / "out"):
            assert files(place / "out") in (OLD, NEW), point
        assert [path.name for path in place.iterdir()] == ["out"], point
    assert gone  # else the test could not tell


@pytest.mark.parametrize("by", [placing, town_calendar], ids=["placing", "calendar"])
def test_a_file_is_the_old_or_the_new(by: ModuleType, tmp_path: Path) -> None:
    def put(place: Path) -> None:
        by.put_file(place / "agenda.ics", b"nieuw")

    def before(place: Path) -> None:
        (place / "agenda.ics").write_bytes(b"oud")

    for point, place in deaths(put, before, tmp_path):
        assert (place / "agenda.ics").read_bytes() in (b"oud", b"nieuw"), point
        put(place)
        assert files(place) == {"agenda.ics": b"nieuw"}, point
        assert [path.name for path in place.iterdir()] == ["agenda.ics"], point


# -- a backup, and putting it back -----------------------------------------------------------------


def beside(db: Path) -> Beside:
    return Beside(keys.beside(db), (db.with_name("matrix"),))


def a_town(place: Path) -> None:
    """A town with votes, of which a backup was made; then others voted."""
    (place / "town").mkdir()
    keys.make(place / "town" / "town.key", KEY)
    bot = Bot(place / "town" / "town.db")
    bot.open()
    bot.say("zoe", "stelling Er moeten meer bomen komen.")
    for number in range(6):
        bot.say(f"buur{number}", "stem S1 eens")
    (place / "town" / "matrix").mkdir()
    (place / "town" / "matrix" / "device").write_text("sleutels")
    backup.make(bot.file, place / "backups", beside(bot.file), NOW)
    bot.say("laat", "stem S1 oneens")
    bot.close()


def made(place: Path) -> None:
    town, into = place / "town" / "town.db", place / "backups"
    backup.make(town, into, beside(town), NOW.replace(hour=3))
    backup.remove_old(into, 1)


def test_a_backup_that_is_listed_is_whole(tmp_path: Path) -> None:
    for point, place in deaths(made, a_town, tmp_path):
        kept = backup.backups(place / "backups")
        assert kept, point
        for folder in kept:
            backup.read(folder)
        made_again(place)
        assert [path.name for path in (place / "backups").iterdir()] == [
            "stadsgesprek-20261201T041500Z"
        ], point
        sound(place / "town" / "town.db", KEY)


def made_again(place: Path) -> None:
    town, into = place / "town" / "town.db", place / "backups"
    backup.make(town, into, beside(town), NOW.replace(hour=4))
    backup.remove_old(into, 1)


def put_back(place: Path, hour: int = 5) -> None:
    db = place / "town" / "town.db"
    (folder,) = backup.backups(place / "backups")
    with lock(db):
        backup.restore(folder, db, beside(db), NOW.replace(hour=hour))


def opened(db: Path) -> dict[object, int] | None:
    """What is counted in a town; None where it is refused. A town that begins is no answer."""
    try:
        bot = Bot(db)
    except Unusable:
        return None
    try:
        return bot.tally("S1")
    finally:
        bot.session.close()


@pytest.mark.parametrize("guarded", [True, False], ids=["with its sidecar", "without"])
def test_while_it_is_put_back_nobody_takes_it_for_a_new_town(guarded: bool, tmp_path: Path) -> None:
    def before(place: Path) -> None:
        a_town(place)
        if not guarded:
            sidecar(place / "town" / "town.db").unlink()

    late, restored = {"agree": 6, "disagree": 1}, {"agree": 6}
    seen = []
    for point, place in deaths(put_back, before, tmp_path):
        db = place / "town" / "town.db"
        again = place.with_name(place.name + "-again")
        shutil.copytree(place, again)
        seen.append(opened(db))
        assert seen[-1] in (late, restored, None), point
        put_back(again, hour=6)
        assert opened(again / "town" / "town.db") == restored, point
        assert faults_of(again / "town" / "town.db", named=True) == [], point
        assert not list((again / "town").glob(".*")), point
    assert seen[0] == late


def test_half_a_backup_would_be_seen(tmp_path: Path) -> None:
    a_town(tmp_path)
    (folder,) = backup.backups(tmp_path / "backups")
    with sqlite3.connect(folder / backup.DATABASE) as db:
        db.execute("DELETE FROM settings")
    with pytest.raises(BadBackup):
        backup.read(folder)


#: What is tried here: the work, and what is done before it.
TRIED = (
    (put_new, put_old),
    (lambda place: placing.put_file(place / "a.ics", b"nieuw"), lambda _place: None),
    (lambda place: town_calendar.put_file(place / "a.ics", b"nieuw"), lambda _place: None),
    (made, a_town),
    (put_back, a_town),
)
