"""A folder for a while, beside the place for which something is written; and two things that
change places at once.

It is locked for as long as it is in use, so what a program left that was killed is known, and is
removed by the next one.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: How the names of these folders begin, so that nobody else's is ever taken for one.
OURS = ".stadsgesprek-"

#: Of renameat2: paths are taken as they are, and the two change places.
_HERE, _EXCHANGE = -100, 2

#: What it answers where the kernel or the disk cannot do that.
_CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP})


def nothing(_left: Path) -> None:
    """The default for ``saved``: nothing of what was left is of use."""


@contextmanager
def room_for(path: Path, saved: Callable[[Path], None] = nothing) -> Iterator[Path]:
    """A new folder on the disk of what is to stand at ``path``, gone afterwards. What was left of
    earlier ones for the same is removed first, after ``saved`` took what it needs of it. Raises
    ``OSError``."""
    folder, prefix = path.parent, f"{OURS}{path.name}-"
    for left in folder.glob(f"{glob.escape(prefix)}*"):
        if (handle := _locked(left)) is not None:
            saved(left)
            shutil.rmtree(left, ignore_errors=True)
            os.close(handle)
    while (handle := _locked(room := Path(tempfile.mkdtemp(prefix=prefix, dir=folder)))) is None:
        continue  # another program has just taken it for something that was left
    try:
        yield room
    finally:
        os.close(handle)
        shutil.rmtree(room, ignore_errors=True)


def _locked(folder: Path) -> int | None:
    """A handle that holds a folder; None where another has it, or it is none (any more)."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if folder.exists():
            return handle
    except OSError:
        pass
    os.close(handle)
    return None


def exchanged(one: Path, other: Path) -> bool:
    """Have two things that are there change places, so that each place always holds one of them;
    False where this machine cannot. Raises ``OSError``."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    error = ctypes.get_errno()
    if error in _CANNOT:
        return False
    raise OSError(error, os.strerror(error), str(other))
