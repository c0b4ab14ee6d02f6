"""Asks a process for its figures while it runs: one line in, one line of JSON out."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Figures = dict[str, float]

ROOT = Path(__file__).parents[1]


def answer(figures: Callable[[], Figures]) -> None:
    """In the measured process: answer each line; at the end of input, end as by SIGTERM."""

    def work() -> None:
        for _ in sys.stdin:
            sys.stdout.write(json.dumps(figures()) + "\n")
            sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=work, name="marks", daemon=True).start()


class Measured:
    """A started process that answers with its figures; made once it has written ``ready``."""

    def __init__(self, module: str, arguments: Sequence[str], log: Path) -> None:
        env = {key: kept for key, kept in os.environ.items() if not key.startswith("STADSGESPREK_")}
        with log.open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=ROOT,
                env=env,
            )
        self._log = log
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        if self._line(60) != "ready":
            raise RuntimeError(f"{module} did not start: {log.read_text()[-2000:]}")

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.strip())
        self._lines.put("")

    def _line(self, seconds: float) -> str:
        try:
            return self._lines.get(timeout=seconds)
        except queue.Empty:
            return ""

    def mark(self) -> Figures:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        line = self._line(30)
        if not line:
            raise RuntimeError(f"a measured process ended: {self._log.read_text()[-2000:]}")
        found: dict[str, Any] = json.loads(line)
        return found

    def wait(self, name: str, most: float, seconds: float = 90) -> Figures:
        """Ask until a figure is at least ``most``, or ``seconds`` have passed; returns the last
        answer."""
        end = time.monotonic() + seconds
        while True:
            found = self.mark()
            if found[name] >= most or time.monotonic() > end:
                return found
            time.sleep(0.3)

    def end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
