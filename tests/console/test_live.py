"""The console on a pseudo-terminal: prompt, bar, colours, and messages while somebody types.

Its clock is moved by hand: no test waits for an hour to come.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import stat
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.console.terminal.words import Words
from tests.console.by_hand import CLOCK, set_clock
from tests.console.test_piped import OPENED, words
from tests.sentences import console_says, says, wording

#: Environment variables that override the size of the terminal.
_SIZE = frozenset({"COLUMNS", "LINES"})


#: How long something is waited for, in seconds.
PATIENCE = 60


class Terminal:
    """The console behind a pseudo-terminal."""

    def __init__(self, folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.seen = ""
        self._clock, self._now = folder / "clock", datetime.now(UTC)
        self.move(timedelta())
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.console.by_hand", *words(folder)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={k: v for k, v in os.environ.items() if k not in _SIZE}
            | {"TERM": "xterm-256color", CLOCK: str(self._clock)},
            start_new_session=True,
        )
        os.close(theirs)

    def move(self, ahead: timedelta) -> None:
        """Move the program's clock."""
        self._now += ahead
        set_clock(self._clock, self._now)

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def wait_for(self, pattern: str) -> str:
        """Wait for a pattern; returns the output up to it, without what was returned before."""
        found = self.until(lambda seen: re.search(pattern, seen) is not None)
        match = re.search(pattern, _plain(self.seen))
        assert match is not None
        self.seen = _plain(self.seen)[match.end() :]
        return found

    def until(self, true: Callable[[str], bool]) -> str:
        """Wait until this is true of what stands there since the last pattern; returns it with its
        colours."""
        end = time.monotonic() + PATIENCE
        while not true(_plain(self.seen)):
            assert time.monotonic() < end, f"it did not appear in {_plain(self.seen)!r}"
            if select.select([self._ours], [], [], 0.2)[0]:
                self.seen += self._read()
        return self.seen

    def _read(self) -> str:
        """New output; a request for the cursor's position is answered as terminals do."""
        try:
            text = os.read(self._ours, 65_536).decode(errors="replace")
        except OSError:  # the other side was closed
            return ""
        for _ in range(text.count("\x1b[6n")):
            self.type("\x1b[10;1R")
        return text

    def end(self, seconds: float = PATIENCE) -> int:
        """Type Ctrl-D, again if it came before the prompt, until the program ends; returns its exit
        code."""
        end, again = time.monotonic() + seconds, 0.0
        while self.process.poll() is None and time.monotonic() < end:
            if time.monotonic() >= again:
                self.type("\x04")
                again = time.monotonic() + 2
            if select.select([self._ours], [], [], 0.1)[0]:
                self._read()
        os.close(self._ours)
        return self.process.wait(timeout=10)


def _plain(text: str) -> str:
    text = re.sub(r"\x1b\[[0-9]*C", " ", text)
    return re.sub(r"\x1b(\[[0-9;?]*[A-Za-z]|[=>])", "", text)


def test_a_person_at_the_prompt(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    try:
        terminal.wait_for("anna@zomerstraat> ")
        for line in OPENED.replace("start\n", 'start tot="over 1 minuut"\n').splitlines():
            terminal.type(line + "\r")
        terminal.until(lambda seen: says(seen, "card", round=1))
        terminal.type("/wie anna\r/plek prive\r")
        terminal.wait_for("anna@prive> ")
        terminal.type("stell")
        terminal.wait_for(r"stell(?!\w)")  # the bar has the word too
        terminal.type("\t")
        terminal.wait_for(r"(?<!\w)ing(?!\w)|> stelling(?!\w)")
        terminal.type(" De bus moet vaker rijden\r")
        answer = terminal.until(lambda seen: says(seen, "statement_noted", item="S1"))
        assert "\x1b[1m[anna]" in answer.replace("\x1b[94m", "")
        counted = wording("statements_card", statements=1, collecting=True)
        terminal.type("/wie\r")
        terminal.until(lambda seen: counted.removesuffix(".") in seen)  # in the bar
        terminal.type("/klok +5s\r")
        terminal.until(lambda seen: console_says(seen, "clock", ahead=Words("nl").ahead(5)))
        terminal.type("dit is nog niet kl")
        terminal.wait_for("niet kl")
        terminal.move(timedelta(minutes=1))
        terminal.until(lambda seen: says(seen, "round_result", round=1))
        terminal.wait_for("niet kl")  # what was being typed stands below it again
        terminal.seen = ""
        terminal.type("\x03")  # Ctrl-C clears the line
        terminal.type("/wie\r")
        who = {"who": "anna", "roles": Words("nl").resident}
        terminal.until(lambda seen: console_says(seen, "who", **who))
        assert terminal.end() == 0  # Ctrl-D ends
    finally:
        terminal.process.kill()
    history = tmp_path / "x.db.history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert "nog niet kl" not in history.read_text()
    assert "De bus moet vaker rijden" in history.read_text()


def test_the_terminal_echoes_nothing_by_itself_until_the_end(tmp_path: Path) -> None:
    """Not while a line is handled, nor while something is written above the prompt."""
    terminal = Terminal(tmp_path)
    echoes, over = [], threading.Event()

    def looks() -> None:
        while not over.is_set():
            echoes.append(bool(termios.tcgetattr(terminal._ours)[3] & termios.ECHO))

    try:
        terminal.wait_for("anna@zomerstraat> ")
        watching = threading.Thread(target=looks)
        watching.start()
        for line in OPENED.splitlines():
            terminal.type(line + "\r")
        terminal.until(lambda seen: says(seen, "card", round=1))
        over.set()
        watching.join()
        assert len(echoes) > 100
        assert not any(echoes)
        assert terminal.end() == 0
    finally:
        over.set()
        terminal.process.kill()


def test_forgetting_empties_the_history(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    try:
        terminal.wait_for("anna@zomerstraat> ")
        terminal.type("/plek prive\rprivacy\r")
        terminal.until(lambda seen: says(seen, "privacy"))
        terminal.type("vergeetmij\rja, vergeet mij\r")
        terminal.until(lambda seen: says(seen, "forgotten"))
        terminal.type("/uit\r")
        assert terminal.end() == 0
    finally:
        terminal.process.kill()
    assert "privacy" not in (tmp_path / "x.db.history").read_text()


def test_no_heavy_library_at_help() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from bot.cli.main import main;"
        "CliRunner().invoke(main, ['console', '--help']);"
        "print([m for m in ('prompt_toolkit', 'rich', 'apscheduler', 'babel') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
