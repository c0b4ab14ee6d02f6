"""The console on a pseudo-terminal: prompt, bar, colours, and messages while somebody types."""

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
import time
from pathlib import Path

from tests.console.test_piped import OPENED, words
from tests.programs import COMMAND

#: Environment variables that override the size of the terminal.
_SIZE = frozenset({"COLUMNS", "LINES"})


class Terminal:
    """The console behind a pseudo-terminal."""

    def __init__(self, folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.seen = ""
        self.process = subprocess.Popen(
            [*COMMAND, *words(folder)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={k: v for k, v in os.environ.items() if k not in _SIZE}
            | {"TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(theirs)

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def wait_for(self, pattern: str, seconds: float = 60) -> str:
        """Wait for a pattern; returns the output up to it, without what was returned before."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            match = re.search(pattern, _plain(self.seen))
            if match:
                found, self.seen = self.seen, _plain(self.seen)[match.end() :]
                return found
            if select.select([self._ours], [], [], 0.2)[0]:
                self.seen += self._read()
        raise AssertionError(f"{pattern!r} did not appear in {_plain(self.seen)!r}")

    def _read(self) -> str:
        """New output; a request for the cursor's position is answered as terminals do."""
        try:
            text = os.read(self._ours, 65_536).decode(errors="replace")
        except OSError:  # the other side was closed
            return ""
        for _ in range(text.count("\x1b[6n")):
            self.type("\x1b[10;1R")
        return text

    def end(self, seconds: float = 60) -> int:
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
        terminal.wait_for(r"\[zomerstraat\] Stem mee! Ronde 1 van")
        terminal.type("/wie anna\r/plek prive\r")
        terminal.wait_for("anna@prive> ")
        terminal.type("stell")
        terminal.wait_for(r"stell(?!\w)")  # the bar has the word too
        terminal.type("\t")
        terminal.wait_for(r"(?<!\w)ing(?!\w)|> stelling(?!\w)")
        terminal.type(" De bus moet vaker rijden\r")
        answer = terminal.wait_for("Dank u. Uw stelling is S1")
        assert "\x1b[1m[anna]" in answer.replace("\x1b[94m", "")
        terminal.type("/wie\r")
        terminal.wait_for("1 stelling tot nu toe")  # in the bar
        terminal.type("/klok +58s\r")
        terminal.wait_for("5. seconden vooruit")
        terminal.type("dit is nog niet kl")
        terminal.wait_for(r"\[zomerstraat\] Ronde 1 is klaar. Niemand stemde.[\s\S]*niet kl")
        terminal.type("\x03")  # Ctrl-C clears the line
        terminal.type("/wie\r")
        terminal.wait_for(r"U bent anna \(bewoner\)")
        assert terminal.end() == 0  # Ctrl-D ends
    finally:
        terminal.process.kill()
    history = tmp_path / "x.db.history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert "nog niet kl" not in history.read_text()
    assert "De bus moet vaker rijden" in history.read_text()


def test_forgetting_empties_the_history(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    try:
        terminal.wait_for("anna@zomerstraat> ")
        terminal.type("/plek prive\rprivacy\r")
        terminal.wait_for("Ik bewaar alleen wat u mij geeft")
        terminal.type("vergeetmij\rja, vergeet mij\r")
        terminal.wait_for("Ik ken u niet meer")
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
