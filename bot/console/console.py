"""``stadsgesprek console``: one engine in one process, in which one person plays everybody.

All that touches the database happens in one thread of its own: lines come to it from the prompt
(or from a pipe), rings from the timekeeper.
"""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from bot.console.terminal import moves
from bot.console.terminal.paper import Paper
from bot.console.terminal.piped import talk
from bot.console.terminal.settings import Settings, key_of
from bot.console.terminal.table import Table
from bot.runtime.timekeeper import Timekeeper
from storage.opening import lock


def run(given: Settings) -> None:
    """Play until the person ends it; raises ``KeyFault`` or ``Unusable`` for the key or the
    database."""
    with lock(given.db):
        _play(given)


def _play(given: Settings) -> None:
    live = sys.stdin.isatty() and sys.stdout.isatty()
    console = ConsoleThread(given, key_of(given.db), live)
    try:
        if live:
            console.at_the_prompt()
        else:
            console.through_a_pipe(sys.stdin.buffer)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        console.close()


def _write(text: str) -> None:
    """Whatever standard output is at this moment (the prompt puts its own there)."""
    sys.stdout.write(text)
    sys.stdout.flush()


class ConsoleThread:
    """The engine's thread, with the console's ``Table`` in it and the timekeeper that wakes it."""

    def __init__(self, given: Settings, key: bytes, live: bool) -> None:
        colours = live and "NO_COLOR" not in os.environ
        width = (lambda: shutil.get_terminal_size().columns) if live else None
        paper = Paper(_write, colours, width)
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        self._given = given
        self._thread = ThreadPoolExecutor(1, "engine")
        self._redraw: Callable[[], None] = lambda: None
        try:
            self.table = self._thread.submit(Table, given, key, paper, not live).result()
        except BaseException:
            self._thread.shutdown()
            raise
        self.timekeeper = Timekeeper(self.table.clock, self._ring)

    def at_the_prompt(self) -> None:
        """Play at an interactive prompt."""
        from bot.console.terminal import live

        history = live.History(self._given.history)
        table = self.table
        table.forgotten = history.forget
        screen = live.Live(
            lambda: table.view,
            lambda: live.clock_words(table.local_now(), table.memory.ahead is not None),
            history,
            table.words.language == "en",
        )
        self._open()
        self._redraw = screen.redraw
        asyncio.run(live.run(screen, self.line))

    def through_a_pipe(self, lines: Iterable[bytes]) -> None:
        """Play the lines of standard input; output is plain text."""
        self._open()
        talk(lines, lambda text: self.line(text).result())

    def line(self, text: str) -> Future[bool]:
        return self._thread.submit(moves.line, self.table, text)

    def close(self) -> None:
        """Ring no more, finish what runs, and close the database."""
        self.timekeeper.stop()
        self._thread.submit(self.table.close).result()
        self._thread.shutdown()

    def _open(self) -> None:
        self.table.arm(self.timekeeper.set)
        self._thread.submit(self.table.open).result()

    def _ring(self) -> None:
        self._thread.submit(self.table.tick).add_done_callback(self._rung)

    def _rung(self, done: Future[None]) -> None:
        error = done.exception()
        if error is not None:
            sys.stderr.write("".join(traceback.format_exception(error)))
        self._redraw()
