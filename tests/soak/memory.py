"""The memory of a bot that runs beside the soak (``steady.py``), and whether it grew."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]

#: It may grow by so much, of what it is when it is warm.
MOST = 0.05

#: So much is said before that, so that every cache has what it will hold.
WARM = 6_000

#: Beginning and end are each this part of the time.
PART = 10

_MB = 1_000_000


class Memory:
    """What the bot told: seconds since it was warm, and bytes. ``ended``: it ended by itself."""

    def __init__(self) -> None:
        self.told_so_far: list[tuple[float, int]] = []
        self.ended = False

    @classmethod
    @contextmanager
    def of_a_bot(cls, folder: Path) -> Iterator[Memory]:
        """Run the bot as long as this lasts."""
        made = cls()
        town = folder / "steady"
        town.mkdir()
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.steady", str(town), str(WARM)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert program.stdout is not None
        reading = threading.Thread(target=made.read, args=(program.stdout,))
        reading.start()
        try:
            yield made
        finally:
            made.ended = program.poll() is not None
            program.terminate()
            program.wait()
            reading.join()

    def read(self, lines: Iterator[str]) -> None:
        for line in lines:
            seconds, held = json.loads(line)
            self.told_so_far.append((float(seconds), int(held)))

    def growth(self) -> float | None:
        """How much it grew, of what it was at the beginning; None where too little was told."""
        held = [value for _, value in self.told_so_far]
        part = len(held) // PART
        if not part:
            return None
        return median(held[-part:]) / median(held[:part]) - 1

    def holds(self) -> bool | None:
        grown = self.growth()
        if self.ended:
            return False
        return None if grown is None else grown <= MOST

    def told(self) -> str:
        grown = self.growth()
        if self.ended:
            return "the bot ended by itself"
        if grown is None:
            return "no time"
        over_time = ", ".join(f"{_minutes(at)}: {held / _MB:.1f} MB" for at, held in self.points())
        return f"{grown:+.1%} (at most {MOST:.0%}); {over_time}"

    def points(self) -> Sequence[tuple[float, int]]:
        """Six moments over the time."""
        last = len(self.told_so_far) - 1
        return [self.told_so_far[last * n // 5] for n in range(6)]


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} min"
