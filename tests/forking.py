"""An interpreter with the program imported, which only forks it on request: see ``tests/programs``.

What is asked for comes over the socket on standard input: a line of JSON, with four file
descriptors. Three are the program's streams; on the fourth is told which process it is and, once
it has ended, with which exit code (negative: by which signal).
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

#: The slow imports of ``run`` and ``console``.
_KNOWN = (
    *("bot.cli.console", "bot.cli.export", "bot.cli.health", "bot.cli.play", "bot.cli.run"),
    *("bot.cli.setup", "bot.platforms.matrix"),
)


def serve(asked: socket.socket) -> dict[str, Any]:
    """Fork for each request. Returns in the forked program alone, with what it has to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests and the program
    while True:
        line, fds, *_ = socket.recv_fds(asked, 65_536, 4)
        with suppress(ChildProcessError):  # the keepers that have ended
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        while line and not line.endswith(b"\n"):
            line += asked.recv(65_536)
        if not line:
            os._exit(0)
        if os.fork() == 0:
            asked.close()
            keep(*fds)
            return dict(json.loads(line))
        for fd in fds:
            os.close(fd)


def keep(stdin: int, stdout: int, stderr: int, told: int) -> None:
    """Wait for the program and report its exit. Returns in the program alone."""
    program = os.fork()
    if program == 0:
        os.close(told)
        for number, fd in enumerate((stdin, stdout, stderr)):
            os.dup2(fd, number)
            os.close(fd)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        return
    for fd in (stdin, stdout, stderr):
        os.close(fd)
    os.write(told, b"%d\n" % program)
    _, status = os.waitpid(program, 0)
    os.write(told, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def become(module: str, words: list[str], folder: str, surroundings: dict[str, str]) -> None:
    """Run a module as ``python -m`` does, and end the interpreter with it."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(surroundings)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]
    sys.argv = ["stadsgesprek", *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    for name in _KNOWN:
        importlib.import_module(name)
    gc.freeze()  # what was imported stays one memory for all of them
    become(**serve(socket.socket(fileno=os.dup(0))))
