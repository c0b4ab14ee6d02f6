"""A copy of a town's database while it is in use, and putting one back.

The copy is made by SQLite from one moment of the file (``VACUUM INTO``), so that writers go on
meanwhile and no byte of an erased row is in it. What lies beside the database comes with it: the
town's key, and a platform's own store. A backup is a folder that gets its name once everything in
it is written and was read again; a folder without that name is none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from storage import journal, moving, opening
from storage.beside import room_for
from storage.database import Served, Where, or_not_now
from storage.sidecar import Sidecar, sidecar
from storage.sqlite import connect

#: The names in a backup's folder.
DATABASE, KEY, LIST = "stadsgesprek.db", "town.key", "backup.json"

#: How a backup's folder is called: when it was made, in UTC.
_NAME = "stadsgesprek-%Y%m%dT%H%M%SZ"

#: How the folder is called to which a restore moves what lay there: when that was, in UTC.
_ASIDE = "before-restore-%Y%m%dT%H%M%SZ"

_SCHEMA = "backup/1"


class Made(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """backup.json: when it was made (UTC ISO), how many rows the journal has and the hash of the
    last one, and every file in the folder with its SHA-256."""

    schema: str
    at: str
    rows: int
    head: str
    files: dict[str, str]


class BadBackup(Exception):  # noqa: N818 - says what it is
    """A folder that is no backup, or not as it was made; the message says which file."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept with a database: the file of the key (None: it is left out), and folders of
    platforms, such as the keys of the bot's device."""

    key: Path | None
    folders: Sequence[Path] = ()


def make(where: Where, into: Path, beside: Beside, now: datetime) -> Path:
    """Write a backup into the folder ``into`` and return its folder. Raises ``Unusable``,
    ``NotNow`` and ``OSError``; then there is no new backup."""
    into.mkdir(parents=True, exist_ok=True)
    final = into / now.astimezone(UTC).strftime(_NAME)
    with room_for(into / "backup") as room:
        rows, head = _copy(where, room / DATABASE)
        noted = Sidecar(room / DATABASE)
        noted.write(rows, head)
        noted.close()
        if beside.key is not None:
            shutil.copyfile(beside.key, room / KEY)
            (room / KEY).chmod(0o600)
        for folder in beside.folders:
            _copy_folder(folder, room / folder.name)
        files = {str(path.relative_to(room)): _sum(path) for path in _files(room)}
        made = Made(
            _SCHEMA, now.astimezone(UTC).isoformat(timespec="seconds"), rows, head.hex(), files
        )
        (room / LIST).write_bytes(msgspec.json.format(msgspec.json.encode(made)) + b"\n")
        for path in _files(room):
            _on_disk(path)
        read(room)
        room.rename(final)
        _on_disk(into)
    return final


def _copy(where: Where, to: Path) -> tuple[int, bytes]:
    """Copy a database as it is at this moment; returns the last row's number and hash."""
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with or_not_now(), closing(opening.connect(where, read_only=True)) as source:
        if isinstance(where, Served):
            with closing(connect(to)) as target:
                moving.copy(source, target)
        else:
            source.execute("VACUUM INTO ?", (str(to),))
    with closing(connect(to, read_only=True)) as copy:
        return journal.last_row(copy)


def _copy_folder(folder: Path, to: Path) -> None:
    """Copy the files of a platform's store; a database among them by SQLite, since it is in use."""
    for path in _files(folder) if folder.is_dir() else ():
        there = to / path.relative_to(folder)
        there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.suffix == ".db":
            address = f"{path.resolve().as_uri()}?mode=ro"
            with or_not_now(), closing(sqlite3.connect(address, uri=True)) as source:
                source.execute("VACUUM INTO ?", (str(there),))
        elif not path.name.endswith(("-wal", "-shm", "-journal")):
            shutil.copyfile(path, there)
        if there.exists():
            there.chmod(0o600)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(folder: Path) -> Made:
    """What a backup says of itself, after every file was held against its sum and the database was
    checked by SQLite. Raises ``BadBackup``, and ``Unusable`` for a database that cannot be used."""
    try:
        made = msgspec.json.decode((folder / LIST).read_bytes(), type=Made)
    except FileNotFoundError as error:
        raise BadBackup(f"{folder} is no backup: it has no {LIST}") from error
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadBackup(f"{folder / LIST} cannot be read") from error
    found = {str(path.relative_to(folder)) for path in _files(folder)} - {LIST}
    for name in sorted(found ^ set(made.files)):
        what = "does not belong to it" if name in found else "is missing"
        raise BadBackup(f"{folder / name} {what}")
    for name, digest in made.files.items():
        if _sum(folder / name) != digest:
            raise BadBackup(f"{folder / name} is not as it was written")
    with closing(connect(folder / DATABASE, read_only=True)) as database:
        row = database.execute("PRAGMA integrity_check(1)").fetchone()
        rows, head = journal.last_row(database)
    if row != ("ok",) or (rows, head.hex()) != (made.rows, made.head):
        raise BadBackup(f"{folder / DATABASE} is damaged")
    return made


def backups(into: Path) -> list[Path]:
    """The folders of the backups in a folder, the oldest first."""
    return [folder for folder, _ in _named(into, "stadsgesprek-*", _NAME)]


def made_at(folder: Path) -> datetime:
    """When a backup was made, by the name of its folder."""
    return datetime.strptime(folder.name, _NAME).replace(tzinfo=UTC)


def put_aside(file: Path) -> list[tuple[Path, datetime]]:
    """The folders to which restores moved what lay in the place of a database, the oldest first,
    each with when that was."""
    return _named(file.parent, "before-restore-*", _ASIDE)


def _named(into: Path, pattern: str, name: str) -> list[tuple[Path, datetime]]:
    found = []
    for path in into.glob(pattern) if into.is_dir() else ():
        with suppress(ValueError):
            found.append((path, datetime.strptime(path.name, name).replace(tzinfo=UTC)))
    return sorted(found)


def remove_old(into: Path, keep: int) -> None:
    """Leave the newest backups of a folder, at least one."""
    for folder in backups(into)[: -max(keep, 1)]:
        with room_for(into / "removed") as room:
            folder.rename(room / folder.name)  # at once: half a backup is never listed


def restore(folder: Path, file: Path, beside: Beside, now: datetime) -> Path | None:
    """Put a backup that was read back in place of the database, which must not be in use; returns
    the folder to which what lay there was moved, None where nothing did. The caller has the lock.
    Raises ``OSError``: then what lay there is back in its place.

    All is copied first, and moved to its place in an order in which the database is refused until
    the end: the sidecar that says how far the journal was changes last. Killed half-way, restoring
    again does the rest.

    A platform's store that is there stays: its keys were used since, and older ones are no good.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(now.astimezone(UTC).strftime(_ASIDE))
    moved: list[tuple[Path, Path]] = []
    unguarded = not sidecar(file).exists()
    with room_for(file) as room:
        fresh = _staged(folder, room, file, beside)
        try:
            _move_aside(fresh, file, aside, moved)
            for there, place in fresh:
                there.replace(place)
            _on_disk(file.parent)
        except BaseException:
            if unguarded:
                sidecar(file).unlink(missing_ok=True)
            for was, place in moved:
                was.replace(place)
            with suppress(OSError):
                aside.rmdir()
            raise
    return aside if moved else None


def is_of_another(folder: Path, file: Path, beside: Beside) -> bool:
    """Whether the key in the place of a backup's key is that of another database: that of the
    backup is not there, and its key is another one. Restored, it would take the other's key."""
    if beside.key is None or file.exists() or not (folder / KEY).exists():
        return False
    return beside.key.exists() and not _same(folder / KEY, beside.key)


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def _staged(folder: Path, room: Path, file: Path, beside: Beside) -> list[tuple[Path, Path]]:
    """Copies of a backup's files, and the place of each, in the order in which they go there: the
    sidecar last. A platform's store that is not there is put in its place at once."""
    for to in beside.folders:
        if (folder / to.name).is_dir() and not to.exists():
            with room_for(to) as near:
                shutil.copytree(folder / to.name, near / to.name)
                (near / to.name).rename(to)
    wanted = [(folder / DATABASE, file, 0o600), (sidecar(folder / DATABASE), sidecar(file), 0o644)]
    if beside.key is not None and (folder / KEY).exists() and not _same(folder / KEY, beside.key):
        wanted.insert(0, (folder / KEY, beside.key, 0o600))
    staged = []
    for number, (source, place, mode) in enumerate(wanted):
        copy = room / str(number)
        shutil.copyfile(source, copy)
        copy.chmod(mode)
        _on_disk(copy)
        staged.append((copy, place))
    return staged


def _move_aside(
    fresh: Sequence[tuple[Path, Path]], file: Path, aside: Path, moved: list[tuple[Path, Path]]
) -> None:
    """Move what lies there to the folder ``aside``, and note it in ``moved``; the sidecar is copied
    and stays. Where there is none, that of the backup is put there: nobody takes the empty place
    for a town that begins."""
    guard = sidecar(file)
    places = [file.with_name(file.name + end) for end in ("-wal", "-shm")]
    places += [place for _, place in fresh if place != guard]
    if guard.exists():
        aside.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(guard, aside / guard.name)
        moved.append((aside / guard.name, guard))
    elif file.exists():
        shutil.copyfile(fresh[-1][0], guard)
    for place in places:
        if place.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            place.rename(aside / place.name)
            moved.append((aside / place.name, place))
