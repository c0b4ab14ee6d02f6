"""Puts files in their place whole: a file, or a folder with all that is in it.

Whoever looks meets what stood there before or what stands there now, never half of it, also when
the disk is full, the program is killed or the power goes. What is new is written beside its place
first, and changes places with what stands there. Where the machine cannot do that at once, there is
a moment in which nothing stands there; a program killed just then leaves it to the next one to put
it back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from advice import bundle
from storage.beside import OURS, exchanged, room_for


class Occupied(Exception):  # noqa: N818 - says what happened
    """The folder holds something that is not ours to replace; ``name`` is the first such entry."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(f"{folder}: {name}")
        self.folder = folder
        self.name = name


def put_bundle(files: Mapping[str, bytes], folder: Path) -> None:
    """Put a bundle in its folder, in the place of an earlier one. Raises ``Occupied`` where the
    folder holds anything that is not of a bundle, and ``OSError``."""
    put_folder(files, folder, bundle.is_ours)


def put_folder(files: Mapping[str, bytes], folder: Path, ours: Callable[[str], bool]) -> None:
    """Put files, by their paths in it, in a folder, in the place of what is there. Raises
    ``Occupied`` where it holds anything whose name is not ``ours``, and ``OSError``."""
    folder = Path(folder).absolute()
    if folder.is_symlink():
        folder = folder.resolve()
    _refuse_strangers(folder, ours)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _beside(folder) as room:
        new = room / "new"
        new.mkdir()
        for name, data in files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            write(new / name, data)
        _swap(new, folder, room / "old")


def put_file(path: Path, data: bytes) -> None:
    """Put a file, in the place of an earlier one. Raises ``OSError``."""
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path) as room:
        write(room / "new", data)
        move(room / "new", path)


def write(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a new file that everybody may read; ``lasting``: it is on the disk when this returns,
    else the caller sees to that. Raises ``OSError``."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        if lasting:
            os.fsync(file.fileno())
    path.chmod(0o644)


def move(path: Path, to: Path) -> None:
    """Move what was written to its place."""
    path.replace(to)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder for a while, on the disk of a path. It stays where it holds the only copy of what
    stood there."""

    def put_back(left: Path) -> None:
        if not path.exists() and (left / "old").exists():
            (left / "old").rename(path)

    with room_for(path, put_back) as room:
        try:
            yield room
        finally:
            put_back(room)


def _refuse_strangers(folder: Path, ours: Callable[[str], bool]) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise Occupied(folder.parent, folder.name)
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(OURS):
            continue  # left by a program that was killed
        if not ours(entry.name) or entry.is_symlink() or not entry.is_file():
            raise Occupied(folder, entry.name)


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Move the new folder to the place of the old one, which is moved back should that fail."""
    if not folder.exists():
        new.rename(folder)
        return
    if exchanged(new, folder):
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
