"""``make soak HOURS=2``: the promises tried again and again, each time with other seeds.

Stops by itself, and prints a row for each promise: what was tried, its figures, whether it holds.
Exit code 1 where one does not. A bot runs beside it all the time, whose memory may not grow.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.memory import Memory
from tests.soak.trials import TRIALS, Trial

ROOT = Path(__file__).parents[2]

#: From so many hours on the tests try their long figures, after the first turn.
LONG_FROM = 1.0

#: How many run side by side, and how soon what was stopped has to be gone, in seconds.
TOGETHER, PATIENCE = 2, 10.0


_OPTIONS = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist")
_PYTEST = (sys.executable, "-m", "pytest", *_OPTIONS)


@dataclass
class Record:
    """What came of the runs of a trial; ``broken`` are the seeds with which it failed."""

    runs: int = 0
    broken: list[int] = field(default_factory=list)
    figures: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def done(self, trial: Trial) -> bool:
        """Whether as many were tried as are wanted."""
        counted = trial.counts[:1]
        return 0 < trial.wanted <= sum(sum(self.figures[name]) for name in counted)


class Soak:
    """Runs the trials until the time is over."""

    def __init__(self, seconds: float, folder: Path, wanted: Sequence[int]) -> None:
        self._ends = time.monotonic() + seconds
        self._long = seconds >= LONG_FROM * 3600
        self._folder = folder
        self._trials = [each for each in TRIALS if not wanted or each.promise in wanted]
        self.records = {trial: Record() for trial in self._trials}
        self._lock = threading.Lock()
        self._next = self._turns()

    def run(self) -> None:
        workers = [threading.Thread(target=self._work) for _ in range(TOGETHER)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def _turns(self) -> Iterator[tuple[Trial, int]]:
        """What to run next, with its seed: in the first turn each once, so that each is tried."""
        yield from ((trial, 1) for trial in self._trials)
        seed = 1
        while True:
            seed += 1
            most = max(trial.share for trial in self._trials)
            for part in range(most):
                for trial in self._trials:
                    if part < trial.share and not (part and self.records[trial].done(trial)):
                        yield trial, seed * 10 + part

    def _work(self) -> None:
        while time.monotonic() < self._ends:
            with self._lock:
                trial, seed = next(self._next)
            self._try(trial, seed)

    def _try(self, trial: Trial, seed: int) -> None:
        name = f"{self._trials.index(trial)}-{seed}"
        told, output = self._folder / f"{name}.figures", self._folder / f"{name}.txt"
        with output.open("wb") as out:
            program = subprocess.Popen(
                [*_PYTEST, f"--hypothesis-seed={seed}", *trial.tests],
                cwd=ROOT,
                env=self._surroundings(seed, told),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            code = _ended(program, self._ends)
        with self._lock:
            self._note(trial, seed, code, told)
        if code:
            print(output.read_text(encoding="utf-8", errors="replace")[-4000:], flush=True)
        told.unlink(missing_ok=True)
        output.unlink()

    def _surroundings(self, seed: int, told: Path) -> dict[str, str]:
        more = "few" if seed == 1 else "long" if self._long else ""
        mine = {"STADSGESPREK_TESTS": more, "STADSGESPREK_SEED": str(seed)}
        return {**os.environ, **mine, "STADSGESPREK_FIGURES": str(told)}

    def _note(self, trial: Trial, seed: int, code: int | None, told: Path) -> None:
        """What came of a run; one that was cut off at the end of the time counts for nothing."""
        if code is None:
            return
        record = self.records[trial]
        record.runs += 1
        for line in told.read_text(encoding="utf-8").splitlines() if told.exists() else ():
            name, value = json.loads(line)
            record.figures[name].append(value)
        if code:
            record.broken.append(seed)
        what = f"FAILS with seed {seed}" if code else "holds"
        print(f"promise {trial.promise}, run {record.runs}: {what}", flush=True)


def _ended(program: subprocess.Popen[bytes], ends: float) -> int | None:
    """Wait for a program; None where the time was over before, and it was stopped."""
    try:
        return program.wait(max(0.0, ends - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGTERM)
    try:
        program.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
    return None


@dataclass(frozen=True)
class Row:
    """A row of the table; ``holds`` None: it was not tried."""

    promise: str
    what: str
    figures: str
    holds: bool | None


def rows(records: dict[Trial, Record], memory: Memory) -> Iterator[Row]:
    for trial, record in records.items():
        if not record.runs:
            yield Row(str(trial.promise), trial.what, "no time", None)
            continue
        holds, told = not record.broken, [_times(record.runs)]
        told += [
            f"{sum(record.figures[name]):,.0f} {name}"
            for name in trial.counts
            if record.figures[name]
        ]
        for bound in trial.bounds:
            if record.figures[bound.figure]:
                value = bound.of(record.figures[bound.figure])
                told.append(f"{bound.name} {value:.2f} {bound.unit} (at most {bound.most:g})")
                holds = holds and value <= bound.most
        if record.broken:
            told.append(f"fails with seed {', '.join(map(str, record.broken[:5]))}")
        else:
            told.append("0 lost, 0 doubled" if trial.promise in (1, 2, 3, 12) else "0 fail")
        yield Row(str(trial.promise), trial.what, "; ".join(told), holds)
    yield Row("memory", "a bot that runs all the time", memory.told(), memory.holds())


def _times(runs: int) -> str:
    return "1 run" if runs == 1 else f"{runs:,} runs"


def printed(found: Sequence[Row]) -> str:
    word = {True: "yes", False: "NO", None: "not tried"}
    lines = ["| promise | tried by | figures | holds |", "| --- | --- | --- | --- |"]
    lines += [f"| {r.promise} | {r.what} | {r.figures} | {word[r.holds]} |" for r in found]
    return "\n".join(lines)


def main() -> int:
    asked = argparse.ArgumentParser(prog="make soak", description=__doc__)
    asked.add_argument("--hours", type=float, default=2.0, help="how long, 0.02 too")
    asked.add_argument("promises", type=int, nargs="*", help="only these")
    given = asked.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stadsgesprek-soak-") as name:
        folder = Path(name)
        with Memory.of_a_bot(folder) as memory:
            soak = Soak(given.hours * 3600, folder, given.promises)
            soak.run()
        found = list(rows(soak.records, memory))
    print(f"\n{(time.monotonic() - began) / 3600:.2f} hours\n\n{printed(found)}", flush=True)
    return 1 if any(row.holds is False for row in found) else 0


if __name__ == "__main__":
    sys.exit(main())
