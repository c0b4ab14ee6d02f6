"""A process forked for one piece of work, which can be killed at any point that it passes.

The work is done once to the end first: that lists the points, and with each what a kill there would
leave, which is what stands in its folder and what it had told. Where two points following on each
other leave the same, one kill is both.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tests.faults.steps import watched

#: What SQLite makes anew itself, and what only says that somebody is at work.
_NO_MATTER = ("-shm", ".lock")

#: What Python tells of changes of files, by the names of its audit events.
_CHANGES = frozenset(
    {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
)

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

#: Where a process is not killed: it lists its points, with what a kill at each would leave.
NEVER = -1

#: The same, where nobody asks what a kill would leave.
PASSED = -2


class Process:
    """What the work in the process is handed."""

    def __init__(self, into: int, folder: Path, die_at: int, but: str) -> None:
        self._into = into
        self._folder = folder
        self._but = but
        self._die_at = die_at
        self._told = 0
        self._begun = False
        self.points: list[str] = []
        self.left: list[tuple[int, bytes]] = []

    def watch(self) -> None:
        """Wrap the steps. It may be killed at any of their points once it ``begins``."""
        watched(self.at)

    def begins(self) -> None:
        """From now on it may be killed at any point."""
        self._begun = True

    def watch_files(self) -> None:
        """From now on it may be killed before any change of a file too, and before and after a
        wait for the disk."""
        watching = True

        def changes(event: str, given: tuple[Any, ...]) -> None:
            nonlocal watching
            if watching and (event in _CHANGES or (event == "open" and _to_write(given))):
                watching = False  # looking at the folder is no change of it
                self.at(f"before {event} {Path(os.fsdecode(given[0])).name}")
                watching = True

        fsync = os.fsync

        def waits(handle: int) -> None:
            self.at("before fsync")
            fsync(handle)
            self.at("after fsync")

        os.fsync = waits
        sys.addaudithook(changes)

    def at(self, point: str) -> None:
        if not self._begun:
            return
        if len(self.points) == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.points.append(point)
        if self._die_at == NEVER:  # which reads all that stands in the folder
            self.left.append((self._told, _standing(self._folder, self._but)))

    def tell(self, value: Any) -> None:
        """Tell the parent, which has it also where this process is killed right after."""
        self._told += 1
        self.put(value)

    def put(self, value: Any) -> None:
        data = pickle.dumps(value)
        os.write(self._into, len(data).to_bytes(4, "big") + data)


@dataclass
class Life:
    """What a process told, and whether it was killed; and where it was not to be, which points it
    passed and at which of them a kill leaves something else than at the one before."""

    told: list[Any] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    deaths: list[int] = field(default_factory=list)
    killed: bool = False


def lived(
    work: Callable[[Process], None], folder: Path, die_at: int = NEVER, but: str = ""
) -> Life:
    """Do ``work`` in a process of its own, which kills itself (SIGKILL) at the point with this
    number, counted from 0. All that it keeps is in ``folder``; what stands in ``but`` there makes
    no difference."""
    out, into = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(out)
        _live(work, Process(into, folder, die_at, but))
    os.close(into)
    with os.fdopen(out, "rb") as read:
        heard = _values(read.read())
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return Life(heard, killed=True)
    assert os.waitstatus_to_exitcode(status) == 0
    points, left = heard.pop()
    deaths = [n for n in range(len(left)) if n == 0 or left[n] != left[n - 1]]
    return Life(heard, points, deaths)


def _live(work: Callable[[Process], None], process: Process) -> None:
    """In the process: never returns."""
    gc.disable()  # it would look through all memory of the tests, which then is no longer shared
    try:
        work(process)
        process.put((process.points, process.left))
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, the parent hears of it
        traceback.print_exc()
        os._exit(1)


def _values(heard: bytes) -> list[Any]:
    found = []
    while heard:
        end = 4 + int.from_bytes(heard[:4], "big")
        found.append(pickle.loads(heard[4:end]))
        heard = heard[end:]
    return found


def _to_write(given: tuple[Any, ...]) -> bool:
    path, _mode, flags = given
    return isinstance(path, (str, bytes, os.PathLike)) and bool(flags & _WRITES)


def _standing(folder: Path, but: str) -> bytes:
    """A digest of everything that stands in a folder, but for what is in one of it."""
    made = blake2b(digest_size=16)
    for path in sorted(folder.rglob("*")):
        if not path.name.endswith(_NO_MATTER) and but not in path.relative_to(folder).parts:
            made.update(f"{path.relative_to(folder)} {path.is_file()} ".encode())
            made.update(path.read_bytes() if path.is_file() else b"")
    return made.digest()
