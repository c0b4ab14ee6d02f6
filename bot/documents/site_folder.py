"""The folder of a town's site: what stands in it, and how it becomes what it should be.

Files are compared first, and only those that differ are written: beside the site, then moved to
their place one by one, pages before those that lead to them. What is no longer there is removed at
the end. Wherever that is cut off, each page is whole, and the next time mends the rest.

A hidden file lists what we wrote, so that nothing of others is ever replaced or removed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from advice.site.records import Told
from bot.documents import placing

#: How the names begin of what we keep in the folder for ourselves.
_OURS = ".stadsgesprek-"

_LIST, _LOCK, _NEW = f"{_OURS}site.json", f"{_OURS}site.lock", f"{_OURS}new"

#: The page that leads to all others; it comes last.
_FIRST_PAGE = "index.html"

SCHEMA = "site-folder/1"


class NotOursError(Exception):
    """Something in the way that is not of a site of ours: ``name`` in ``folder``."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(f"{folder}: {name}")
        self.folder = folder
        self.name = name


class BusyError(Exception):
    """Another program is publishing in this folder."""


class Kept(msgspec.Struct, frozen=True):
    """What is kept of a dialogue: what it was made with, what the site tells of it, its files."""

    made_with: str
    told: Told
    files: list[str]


class _Stat(msgspec.Struct, frozen=True, array_like=True):
    """How a file looked when we had written it: its size and time of change (ns)."""

    size: int
    at: int


class _Made(msgspec.Struct, frozen=True, array_like=True):
    """What a file was made with, and its SHA-256."""

    key: str
    sha256: str


class _Listing(msgspec.Struct):
    """The hidden file. ``files``: None for one that was about to be written. ``made``: the files
    that take long to make."""

    schema: str = SCHEMA
    files: dict[str, _Stat | None] = {}
    dialogues: dict[str, Kept] = {}
    made: dict[str, _Made] = {}


class SiteFolder:
    """One time of publishing. ``opened`` gives it; then ``kept``, ``put`` and ``keep`` in any
    order, and ``finish``. Until that nothing of the site itself is changed."""

    def __init__(self, folder: Path, listing: _Listing) -> None:
        self._folder = folder
        self._was = listing
        self._now = _Listing()
        self._staged: dict[str, Path] = {}
        self._removed = 0

    @property
    def changed(self) -> int:
        """How many files were written or removed."""
        return len(self._staged) + self._removed

    def kept(self, name: str, made_with: str) -> Told | None:
        """What the site tells of a dialogue, where it was made with the same and all its files
        still stand there as we wrote them. They stay."""
        found = self._was.dialogues.get(name)
        if found is None or found.made_with != made_with:
            return None
        if not all(self._stands(path) for path in found.files):
            return None
        for path in found.files:
            self._now.files[path] = self._was.files[path]
            if path in self._was.made:
                self._now.made[path] = self._was.made[path]
        self._now.dialogues[name] = found
        return found.told

    def keep(self, name: str, one: Kept) -> None:
        """Keep what the site tells of a dialogue for the next time."""
        self._now.dialogues[name] = one

    def found(self, path: str, key: str) -> bytes | None:
        """A file that was made with what has this key, and is as it was written then."""
        made, place = self._was.made.get(path), self._folder / path
        if made is None or made.key != key or place.is_symlink():
            return None
        with suppress(OSError):
            data = place.read_bytes()
            return data if hashlib.sha256(data).hexdigest() == made.sha256 else None
        return None

    def made(self, path: str, key: str, data: bytes) -> None:
        """Know for the next time what a file was made with."""
        self._now.made[path] = _Made(key, hashlib.sha256(data).hexdigest())

    def put(self, path: str, data: bytes) -> None:
        """Have a file of the site. Raises ``NotOursError`` where something else stands there."""
        place = self._folder / path
        self._check(path)
        if path in self._was.files and _holds(place, data):
            self._now.files[path] = _stat(place)
            return
        staged = self._folder / _NEW / str(len(self._staged))
        placing.write(staged, data, lasting=False)
        self._staged[path] = staged
        self._now.files[path] = None

    def finish(self) -> None:
        """Bring the folder to what was put. Raises ``OSError``."""
        gone = sorted(set(self._was.files) - set(self._now.files))
        self._removed = len(gone)
        if self._staged or gone:
            os.sync()  # what is moved in place below is whole on the disk
            both = _Listing(
                files=self._was.files | self._now.files,
                dialogues=_same(self._was.dialogues, self._now.dialogues),
                made=self._now.made,
            )
            self._write(both)
            for path in sorted(self._staged, key=_order):
                self._move(path)
            for path in gone:
                self._remove(path)
            os.sync()
        if self._now != self._was:
            self._write(self._now)

    def _move(self, path: str) -> None:
        place = self._folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        placing.move(self._staged[path], place)
        self._now.files[path] = _stat(place)

    def _remove(self, path: str) -> None:
        """Remove a file of ours, and the folders that are empty then."""
        place = self._folder / path
        if place.parent.resolve() != place.parent or not place.parent.is_dir():
            return  # somebody put a link in its way, or took the folder away
        place.unlink(missing_ok=True)
        for parent in place.parents:
            if parent == self._folder or any(parent.iterdir()):
                return
            parent.rmdir()

    def _stands(self, path: str) -> bool:
        """Whether a file is as we wrote it, by its size and time."""
        was = self._was.files.get(path)
        return was is not None and was == _stat(self._folder / path)

    def _check(self, path: str) -> None:
        """Refuse a file of somebody else in the place of ours, and ways out of the folder."""
        place = self._folder / path
        for parent in place.parents:
            if parent == self._folder:
                break
            if parent.is_symlink() or (parent.exists() and not parent.is_dir()):
                raise NotOursError(self._folder, str(parent.relative_to(self._folder)))
        there = place.is_symlink() or place.exists()
        if there and (path not in self._was.files or place.is_symlink() or not place.is_file()):
            raise NotOursError(self._folder, path)

    def _write(self, listing: _Listing) -> None:
        staged = self._folder / _NEW / "list"
        placing.write(staged, msgspec.json.encode(listing), lasting=False)
        placing.move(staged, self._folder / _LIST)


@contextmanager
def opened(folder: Path) -> Iterator[SiteFolder]:
    """The folder of a site, which may be new or empty. Raises ``NotOursError``, ``BusyError``,
    ``OSError``."""
    folder = Path(os.path.realpath(folder))
    if folder.exists() and not folder.is_dir():
        raise NotOursError(folder.parent, folder.name)
    _refuse_strangers(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError from error
        fresh = folder / _NEW
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        try:
            yield SiteFolder(folder, _read(folder / _LIST))
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _refuse_strangers(folder: Path) -> None:
    """Refuse a folder that holds anything and is no site of ours."""
    if not folder.exists() or (folder / _LIST).is_file():
        return
    for entry in sorted(folder.iterdir()):
        if not entry.name.startswith(_OURS):
            raise NotOursError(folder, entry.name)


def _read(path: Path) -> _Listing:
    """The hidden file. One that is not there lists nothing; of one that this program does not know
    only the names of files are taken over, so that all is made anew."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return _Listing()
    try:
        names = msgspec.json.decode(data, type=_Names).files
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotOursError(path.parent, path.name) from None
    if any(map(_elsewhere, names)):
        raise NotOursError(path.parent, path.name)
    try:
        found = msgspec.json.decode(data, type=_Listing)
    except (msgspec.ValidationError, UnicodeDecodeError):
        return _Listing(files=dict.fromkeys(names))
    return found if found.schema == SCHEMA else _Listing(files=dict.fromkeys(names))


def _elsewhere(name: str) -> bool:
    """Whether this is no name of a file in the folder."""
    return ".." in Path(name).parts or Path(name).is_absolute() or not name or "\0" in name


class _Names(msgspec.Struct):
    """What every form of the hidden file has."""

    files: dict[str, object]


def _same(was: dict[str, Kept], now: dict[str, Kept]) -> dict[str, Kept]:
    return {name: each for name, each in was.items() if now.get(name) is each}


def _order(path: str) -> tuple[int, int, str]:
    """The deepest first, and the first page last of all."""
    return path == _FIRST_PAGE, -path.count("/"), path


def _stat(path: Path) -> _Stat | None:
    try:
        about = path.lstat()
    except OSError:
        return None
    return _Stat(about.st_size, about.st_mtime_ns)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
