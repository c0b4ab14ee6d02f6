"""Starts ``stadsgesprek`` as a process of its own, without waiting for its imports each time.

The first call starts an interpreter that imports the program (``tests/forking``), for all workers
of a run, and each program is a fork of that: with streams, surroundings, folder, signals and end of
its own. What only a start from nothing can show is tried with ``COMMAND``. Homeservers start in the
same way.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, NoReturn

from tests.forking import KNOWN

ROOT = Path(__file__).parents[1]
MODULE = "bot.cli.main"
COMMAND = (sys.executable, "-m", MODULE)

#: The run of tests whose workers start programs together.
RUN = uuid.uuid4().hex


def _readable(told: IO[bytes], seconds: float | None) -> bool:
    """Whether there is something to read within a time; also where a test has many files open,
    which ``select`` cannot wait for."""
    poll = select.poll()
    poll.register(told, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


class _Forking:
    """The interpreter that has imported a program, started by the first worker that asks it."""

    def __init__(self, known: str) -> None:
        self._known = known
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None  # where it was started here

    def ask(self, line: bytes, fds: Sequence[int]) -> None:
        with self._lock:
            connected = self._connected()
            sent = socket.send_fds(connected, [line], fds)
            connected.sendall(line[sent:])

    def held(self) -> str:
        """Have it run until this process leaves it; the address at which it listens."""
        with self._lock:
            return str(self._connected().getpeername())

    def join(self, address: str) -> None:
        """Take the one that listens there, which somebody holds."""
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(address)

    def _connected(self) -> socket.socket:
        if self._line is None:
            self._line = self._reached()
        return self._line

    def _reached(self) -> socket.socket:
        address = Path(tempfile.gettempdir()) / f"sg-{self._known}-{RUN[:12]}"
        line = socket.socket(socket.AF_UNIX)
        lock = os.open(Path(__file__).parent, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            line.connect(str(address))
        except OSError:
            self._start(address)
            line.connect(str(address))
        finally:
            os.close(lock)
        return line

    def leave(self) -> None:
        """Whoever was connected last ends it."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _start(self, address: Path) -> None:
        address.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(address))
            listening.listen()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.forking", self._known],
                stdin=listening,
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
            )


_forking = {known: _Forking(known) for known in KNOWN}
for _each in _forking.values():
    atexit.register(_each.leave)


class Program:
    """A running program, called like a ``subprocess.Popen``. By default its output can be read from
    ``stdout``, it has no input, and its errors go to those of the tests. ``module`` is another
    module that starts it, ``known`` what it imports (``tests/forking``)."""

    def __init__(
        self,
        words: Sequence[str | Path],
        *,
        module: str = MODULE,
        known: str = "stadsgesprek",
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        stderr: IO[bytes] | None = None,
        folder: Path = ROOT,
        surroundings: Mapping[str, str] | None = None,
    ) -> None:
        self.args = [str(word) for word in words]
        self.returncode: int | None = None
        self.stdout: IO[str] | None = None
        job = {
            "module": module,
            "words": self.args,
            "folder": str(folder),
            "surroundings": dict(os.environ if surroundings is None else surroundings),
        }
        read, told = os.pipe()
        self._told = os.fdopen(read, "rb")
        ours = [told]
        if stdout is None:
            heard, said = os.pipe()
            self.stdout = os.fdopen(heard, encoding="utf-8")
            ours.append(said)
        with open(os.devnull, "rb") as nothing:
            streams = [
                (stdin or nothing).fileno(),
                stdout.fileno() if stdout is not None else ours[-1],
                stderr.fileno() if stderr is not None else 2,
            ]
            _forking[known].ask(json.dumps(job).encode() + b"\n", [*streams, told])
        for fd in ours:
            os.close(fd)
        number = self._told.readline()
        assert number, "tests.forking has ended"
        self.pid = int(number)

    def poll(self) -> int | None:
        """Its exit code, once it has ended."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def _ended(self, seconds: float | None) -> int | None:
        if self.returncode is None and _readable(self._told, seconds):
            self.returncode = int(self._told.readline())
            self._told.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def stand_in(module: str = MODULE, *words: str, known: str = "stadsgesprek") -> tuple[str, ...]:
    """What to start instead of an interpreter with this module and these words, and more of them:
    it ends as the program does, and has its streams, its folder and its surroundings. Whoever kills
    it kills not the program."""
    address = _forking[known].held()
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests import programs; "
        f"programs.be({known!r}, {address!r}, {module!r}, *sys.argv[1:])"
    )
    return ("-I", "-S", "-c", code, *words)


def be(known: str, address: str, module: str, *words: str) -> NoReturn:
    """In a stand-in: be the program until it ends."""
    _forking[known].join(address)
    program = Program(
        words,
        module=module,
        known=known,
        stdin=sys.stdin.buffer,
        stdout=sys.stdout.buffer,
        stderr=sys.stderr.buffer,
        folder=Path.cwd(),
    )
    code = program.wait()
    if code < 0:
        os.kill(os.getpid(), -code)
    os._exit(code)


def run(
    *words: str | Path,
    typed: bytes = b"",
    folder: Path = ROOT,
    surroundings: Mapping[str, str] | None = None,
    timeout: float = 60,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; ``typed`` is its input."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        with tempfile.TemporaryFile() as heard:
            heard.write(typed)
            heard.seek(0)
            program = Program(
                words,
                stdin=heard,
                stdout=said,
                stderr=errors,
                folder=folder,
                surroundings=surroundings,
            )
        try:
            code = program.wait(timeout)
        except subprocess.TimeoutExpired:
            program.kill()
            raise
        texts = []
        for file in (said, errors):
            file.seek(0)
            texts.append(file.read().decode())
    return subprocess.CompletedProcess(program.args, code, *texts)
