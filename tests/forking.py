"""An interpreter with a program imported, which only forks it on request: see ``tests/programs``.

It listens on the socket on standard input, and ends when nobody is connected any more. What is
asked for is a line of JSON, with four file descriptors. Three are the program's streams; on the
fourth is told which process it is and, once it has ended, with which exit code (negative: by which
signal). What every program makes first, and what the program imports only where it is needed, is
there too: it took most of what a short program does. Workers of pytest-xdist are such programs.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from contextlib import redirect_stdout, suppress
from typing import Any

#: The variable that holds the words with which pytest was started, as JSON.
ASKED = "STADSGESPREK_PYTEST"

#: The slow imports of each program; of a worker those of all tests, which it collects.
KNOWN: dict[str, tuple[str, ...]] = {
    "bare": ("click",),
    "worker": ("pytest",),
    "homeserver": ("synapse.app.homeserver",),
    "stadsgesprek": (
        *("bot.cli.console", "bot.cli.export", "bot.cli.health", "bot.cli.play", "bot.cli.run"),
        *("bot.cli.guarded", "bot.cli.keeping", "bot.cli.setup", "bot.runtime.printing"),
        *("bot.console.console", "bot.platforms.discord", "bot.platforms.matrix"),
        *("discord", "apscheduler.triggers.date", "concurrent.futures.thread"),
    ),
}


def make() -> None:
    """Make what a program makes once: the kinds of rounds, the words, the formats and the texts of
    each language, ready to be filled in."""
    from bot.runtime import builtin
    from bot.text.environment import compiled
    from rounds import registry

    builtin.formats()
    for made in (registry.record, registry.vocabulary, registry.talks, registry.pages):
        made()
    for catalogue in builtin.catalogues().values():
        for text in catalogue.texts.values():
            compiled(text)


class _Unlike:
    """Which modules could not be imported to their end: ``skipped`` by themselves, or ``wrong``."""

    def __init__(self) -> None:
        self.skipped: set[str] = set()
        self.wrong = False

    def pytest_collectreport(self, report: Any) -> None:
        if report.skipped:
            self.skipped.add(report.nodeid.removesuffix(".py").replace("/", "."))
        self.wrong = self.wrong or report.failed


def collect() -> None:
    """Have all tests imported that a run is asked for. pytest keeps what it imported in part too:
    that is forgotten here, and where something is wrong all is, so that each worker says it."""
    import pytest

    words, unlike = json.loads(os.environ[ASKED]), _Unlike()
    with open(os.devnull, "w", encoding="utf-8") as nothing, redirect_stdout(nothing):
        code = pytest.main([*words, "--collect-only", "-qq"], plugins=[unlike])
    fine = code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) and not unlike.wrong
    for name in list(sys.modules):
        if name in unlike.skipped or (name.partition(".")[0] == "tests" and not fine):
            del sys.modules[name]


#: What makes ready, by the program.
READY = {"stadsgesprek": make, "worker": collect}


def serve(listening: socket.socket) -> dict[str, Any]:
    """Fork for each request. Returns in the forked program alone, with what it has to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests and the program
    path = listening.getsockname()
    listening.setblocking(False)
    waiting = selectors.DefaultSelector()
    waiting.register(listening, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            asked = key.fileobj
            assert isinstance(asked, socket.socket)
            if asked is listening:
                _accept(listening, waiting)
                continue
            line, fds, *_ = socket.recv_fds(asked, 65_536, 4)
            with suppress(ChildProcessError):  # the keepers that have ended
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            while line and not line.endswith(b"\n"):
                line += asked.recv(65_536)
            if not line:
                waiting.unregister(asked)
                asked.close()
            elif os.fork() == 0:
                _close(waiting)
                keep(*fds)
                return dict(json.loads(line))
            for fd in fds:
                os.close(fd)
        if len(waiting.get_map()) == 1:
            with suppress(FileNotFoundError):
                os.unlink(path)
            if not _accept(listening, waiting):  # nobody came in the meantime
                os._exit(0)


def _accept(listening: socket.socket, waiting: selectors.BaseSelector) -> bool:
    """Whether somebody was there."""
    try:
        asked, _ = listening.accept()
    except BlockingIOError:
        return False
    asked.setblocking(True)
    waiting.register(asked, selectors.EVENT_READ)
    return True


def _close(waiting: selectors.BaseSelector) -> None:
    """A program has nothing of whoever asks for others."""
    for key in list(waiting.get_map().values()):
        assert isinstance(key.fileobj, socket.socket)
        key.fileobj.close()
    waiting.close()


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
    with suppress(BrokenPipeError):  # whoever asked for it is gone
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
    for name in KNOWN[sys.argv[1]]:
        importlib.import_module(name)
    READY.get(sys.argv[1], int)()
    gc.collect()
    gc.freeze()  # what was imported stays one memory for all of them
    become(**serve(socket.socket(fileno=os.dup(0))))
