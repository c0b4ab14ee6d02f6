"""Measures many towns that several processes share on a PostgreSQL server, while one of these is
killed now and then: ``python -m bench.towns``; ``--towns 300 --people 3500`` for a region.

Every press is in the plan, so at the end each town is recounted: what has a receipt and is not
counted is lost, what stands in a journal twice is doubled.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

from bench.scene import KEY, Scene
from bench.town_worker import ROOM, Desk, Plan, Receipted, Took, work
from dialogues.receipts import receipts
from rounds import registry
from rounds.statements.rules import VoteCast
from storage.database import Served, Where
from storage.reader import Reader

_fork = multiprocessing.get_context("fork")


@dataclass
class Outcome:
    """What came of a run: votes answered in so many seconds, and what a recount found."""

    plan: Plan
    seconds: float = 0.0
    kills: int = 0
    steps: list[float] = field(default_factory=list)
    taken_over: list[float] = field(default_factory=list)
    receipted: int = 0
    counted: int = 0
    lost: int = 0
    doubled: int = 0
    finished: bool = True

    @property
    def sound(self) -> bool:
        wanted = self.plan.towns * self.plan.votes
        return self.lost == self.doubled == 0 and self.counted == wanted

    def lines(self) -> list[str]:
        rate, wanted = self.counted / self.seconds, self.plan.towns * self.plan.votes
        late = sorted(self.taken_over) or [0.0]
        steps = sorted(self.steps)
        return [
            f"{self.plan.towns} towns x {self.plan.people} people, {self.plan.processes} processes",
            f"  {self.counted:,} votes of {wanted:,} in {self.seconds:.0f} s, {rate:,.0f} a second",
            f"  a response of a network handled, p95   {_p95(steps) * 1000:.0f} ms",
            f"  killed {self.kills} times; a town taken over after, p95   {_p95(late):.1f} s",
            f"  lost {self.lost}, doubled {self.doubled}",
        ]


def _p95(values: Sequence[float]) -> float:
    return values[int(len(values) * 0.95)] if values else 0.0


class Fleet:
    """The processes of a run. ``towns`` are prepared: each has an open round."""

    def __init__(self, towns: list[Where], plan: Plan, seed: int = 1) -> None:
        self._towns, self._plan = towns, plan
        self._done = _fork.Array("b", plan.towns)
        self._draw = random.Random(seed)
        self._alive: dict[Connection, ForkProcess] = {}
        self._has: dict[int, Connection] = {}
        self._killed: dict[int, float] = {}
        self._begun = 0
        self.codes: list[set[str]] = [set() for _ in towns]
        self.outcome = Outcome(plan)

    def run(self, seconds: float) -> Outcome:
        """Until all is said and done, at most so many ``seconds``."""
        began = time.monotonic()
        for _ in range(self._plan.processes):
            self._begin()
        kill_at = began + self._plan.every
        while self._alive and time.monotonic() - began < seconds:
            self._hear(max(0.0, min(0.2, kill_at - time.monotonic())))
            if time.monotonic() >= kill_at and not all(self._done):
                self._kill()
                kill_at = time.monotonic() + self._plan.every
        self.outcome.seconds = time.monotonic() - began
        self.outcome.finished = all(self._done)
        for process in self._alive.values():
            process.kill()
            process.join()
        return self.outcome

    def _begin(self) -> None:
        here, there = _fork.Pipe(duplex=False)
        self._begun += 1
        given = (self._towns, self._plan, self._done, there, self._begun)
        process = _fork.Process(target=work, args=given)
        process.start()
        there.close()
        self._alive[here] = process

    def _hear(self, patience: float) -> None:
        for line in wait(list(self._alive), patience):
            assert isinstance(line, Connection)
            try:
                while line.poll():
                    self._note(line, line.recv())
            except EOFError:
                self._alive.pop(line).join()

    def _note(self, line: Connection, heard: Took | Receipted | None) -> None:
        match heard:
            case Took(town, at):
                self._has[town] = line
                if town in self._killed:
                    self.outcome.taken_over.append(at - self._killed.pop(town))
            case Receipted(town, codes, seconds):
                self.codes[town].update(codes)
                self.outcome.receipted += len(codes)
                self.outcome.steps.append(seconds)

    def _kill(self) -> None:
        """Kill a process wherever it is, and start another."""
        line, process = self._draw.choice(list(self._alive.items()))
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        now = time.monotonic()
        try:
            while line.poll():
                self._note(line, line.recv())
        except EOFError:
            pass
        del self._alive[line]
        for town, has in self._has.items():
            if has is line and not self._done[town]:
                self._killed.setdefault(town, now)
        self.outcome.kills += 1
        self._begin()


def prepare(towns: Sequence[Where], plan: Plan) -> None:
    """Open a round in each town, in as many processes as will share them."""
    parts = [towns[first :: plan.processes] for first in range(plan.processes)]
    made = [_fork.Process(target=_prepare, args=(part, plan)) for part in parts]
    for process in made:
        process.start()
    for process in made:
        process.join()
        assert process.exitcode == 0


def _prepare(towns: Sequence[Where], plan: Plan) -> None:
    for where in towns:
        scene = Scene(where, seed=1)
        scene.open(plan.items)
        scene.close()


def recount(towns: Sequence[Where], plan: Plan, codes: Sequence[set[str]], found: Outcome) -> None:
    """Hold what each town counted against what was said in it and what was receipted."""
    wanted = Counter((plan.item(n), plan.choice(n)) for n in range(plan.votes))
    for where, said in zip(towns, codes, strict=True):
        with closing(Reader.of(where, registry.record())) as reader:
            for chain in reader.chains():
                reader.check_chain(chain)
            cast = [line for line in reader.journal(ROOM) if isinstance(line.event, VoteCast)]
            folded = reader.folded(ROOM)
        assert folded is not None
        box = folded.dialogue.machine(0).box(folded.dialogue.states[0])
        assert box is not None
        found.counted += len(cast)
        found.lost += len(said - set(receipts(KEY, box.ballots())))
        once = Counter((line.by, line.event.item) for line in cast)
        found.doubled += sum(times - 1 for times in once.values())
        told = Counter((line.event.item, line.event.choice) for line in cast)
        found.lost += (wanted - told).total() if found.finished else 0
        found.doubled += (told - wanted).total()


def shared(towns: list[Where], plan: Plan, seconds: float, seed: int = 1) -> Outcome:
    """Prepare towns, have them shared, and recount them."""
    prepare(towns, plan)
    fleet = Fleet(towns, plan, seed)
    found = fleet.run(seconds)
    recount(towns, plan, fleet.codes, found)
    return found


def main() -> int:
    arguments = _arguments()
    plan = Plan(
        arguments.towns, arguments.people, arguments.items, arguments.processes, arguments.every
    )
    folder = Path(tempfile.mkdtemp(prefix="stadsgesprek-towns-", dir=arguments.dir))
    try:
        towns = _places(folder, plan, arguments.sqlite)
        if arguments.profile:
            _profile(towns[0], plan)
            return 0
        found = shared(towns, plan, arguments.seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(found.lines()))
    return 0 if found.lost == found.doubled == 0 else 1


def _places(folder: Path, plan: Plan, files: bool) -> list[Where]:
    """A place for each town: a file, or a schema on a server that is started here."""
    named = [folder / str(number) / "stadsgesprek.db" for number in range(plan.towns)]
    if files:
        return list(named)
    from tests import postgres

    if why := postgres.missing():
        sys.exit(why)
    address = postgres.large(plan.towns + 20).address
    return [Served(address, f"town{number}", file) for number, file in enumerate(named)]


def _profile(where: Where, plan: Plan) -> None:
    """One town in this process, with the functions that take most of its time."""
    import cProfile
    import pstats

    prepare([where], plan)
    desk = Desk(where, plan)
    profile, began = cProfile.Profile(), time.perf_counter()

    def all_of_it(step: Callable[[], object]) -> None:
        while not desk.done:
            step()

    profile.runcall(all_of_it, desk.step)
    print(f"{plan.votes / (time.perf_counter() - began):,.0f} votes a second, with the profiler")
    desk.close()
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)


def _arguments() -> argparse.Namespace:
    usual = Plan()
    parser = argparse.ArgumentParser("python -m bench.towns", description=__doc__)
    parser.add_argument("--towns", type=int, default=usual.towns)
    parser.add_argument("--people", type=int, default=usual.people, help="in each town")
    parser.add_argument("--items", type=int, default=usual.items, help="everybody votes on each")
    parser.add_argument("--processes", type=int, default=usual.processes)
    parser.add_argument("--every", type=float, default=usual.every, help="seconds between kills")
    parser.add_argument("--seconds", type=float, default=600, help="at most")
    parser.add_argument("--sqlite", action="store_true", help="each town in a file")
    parser.add_argument("--profile", action="store_true", help="one town, in one process")
    parser.add_argument("--dir", help="where files stand (default: the temporary folder)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
