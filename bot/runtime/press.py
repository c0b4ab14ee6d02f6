"""``Press``: makes large documents in a process of their own, while the bot goes on.

A process is started for each document, one at a time, and only where it weighs. Where it ends
before it is done it is started once more; after that staff hears that the document could not be
made, as it does of any other.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime

import msgspec

from bot.documents.workshop import Printed, Workshop
from bot.engine.engine import Job
from bot.platforms.facts import Fact, NotComputed
from bot.runtime.printing import CANNOT, order_for
from storage.database import Where

#: How often a document is tried whose process ends by itself.
_TRIES = 2

#: How often its end is tried to be told, and how long in between, in seconds.
_AGAIN = 0.5

#: What is started; what it needs of Python's paths comes in its environment.
_PROGRAM = ("-P", "-m", "bot.runtime.printing")


def _surroundings() -> dict[str, str]:
    """What a process needs of this one's environment: where programs are, and what the library of a
    database server reads of it (its password file, among others)."""
    known = os.environ.items()
    return {name: value for name, value in known if name in ("PATH", "HOME") or name[:2] == "PG"}


class Press:
    """``begin`` is called in the engine's thread; in a thread of the press ``hear`` with the fact
    of what came of it (False: not now, try again), and ``alarm`` with a code or the type of an
    error."""

    def __init__(
        self,
        file: Where,
        key: bytes,
        shop: Workshop,
        clock: Callable[[], datetime],
        hear: Callable[[Fact], bool],
        alarm: Callable[[str], None],
    ) -> None:
        self._file, self._key, self._shop = file, key, shop
        self._clock, self._hear, self._alarm = clock, hear, alarm
        self._busy: set[Job] = set()
        self._one = threading.Lock()
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self._child: subprocess.Popen[bytes] | None = None

    def begin(self, job: Job) -> None:
        """Make a document, unless it is being made."""
        if job in self._busy or self._stopped.is_set():
            return
        self._busy.add(job)
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._make, args=(job,), name="press", daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """End what is being made; it is made when the program starts again."""
        self._stopped.set()
        child = self._child
        if child is not None:
            child.kill()
        for thread in self._threads:
            thread.join()

    def _make(self, job: Job) -> None:
        with self._one:
            made = self._tried(job)
        fact: Fact = NotComputed(self._clock(), job.dialogue, job.position)
        if made is not None:
            fact = self._shop.keep(job, made)
        while not self._stopped.is_set() and not self._hear(fact):
            self._stopped.wait(_AGAIN)
        self._busy.discard(job)

    def _tried(self, job: Job) -> Printed | None:
        order = order_for(self._file, self._key, job.dialogue, job.position)
        for _ in range(_TRIES):
            if self._stopped.is_set():
                return None
            try:
                code, said = self._run(msgspec.msgpack.encode(order))
                if not code:
                    return msgspec.msgpack.decode(said, type=Printed)
            except (OSError, msgspec.MsgspecError) as error:
                code, said = -1, type(error).__name__.encode()
            if code == CANNOT:
                self._alarm(said.decode("ascii", "replace"))
                return None
            if not self._stopped.is_set():
                self._alarm("document_process_ended")
        return None

    def _run(self, order: bytes) -> tuple[int, bytes]:
        """Run the process: how it ended, and what it wrote."""
        paths = os.pathsep.join(filter(None, sys.path))
        with subprocess.Popen(
            (sys.executable, *_PROGRAM),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": paths, **_surroundings()},
        ) as child:
            self._child = child
            if self._stopped.is_set():
                child.kill()
            said, _ = child.communicate(order)
            self._child = None
            return child.returncode, said
