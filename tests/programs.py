"""Starts ``stadsgesprek`` as a process of its own, without waiting for its imports each time.

The first call starts an interpreter that imports the program (``tests/forking``), and each program
is a fork of that: with streams, surroundings, folder, signals and end of its own. What only a start
from nothing can show is tried with ``COMMAND``.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
MODULE = "bot.cli.main"
COMMAND = (sys.executable, "-m", MODULE)


def _readable(told: IO[bytes], seconds: float | None) -> bool:
    """Whether there is something to read within a time; also where a test has many files open,
    which ``select`` cannot wait for."""
    poll = select.poll()
    poll.register(told, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


class _Forking:
    """The interpreter that has imported the program, started when it is first asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: socket.socket | None = None

    def ask(self, line: bytes, fds: Sequence[int]) -> None:
        with self._lock:
            if self._line is None:
                self._line = self._started()
            sent = socket.send_fds(self._line, [line], fds)
            self._line.sendall(line[sent:])

    def _started(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.forking"],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
            )

        def end() -> None:
            ours.close()
            process.wait()

        atexit.register(end)
        return ours


_forking = _Forking()


class Program:
    """A running program, called like a ``subprocess.Popen``. By default its output can be read from
    ``stdout``, it has no input, and its errors go to those of the tests. ``module`` is another
    module that starts it."""

    def __init__(
        self,
        words: Sequence[str | Path],
        *,
        module: str = MODULE,
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
            _forking.ask(json.dumps(job).encode() + b"\n", [*streams, told])
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
