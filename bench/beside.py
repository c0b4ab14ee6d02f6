"""``python -m bench.beside DIR``: this program beside another checkout of it.

What is compared is the processor's time: of a pressed vote, in one busy round and over 500 rooms;
of a start, and of a document. Each run is in a process of its own and in turns, so that what else
the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.figures import pairs

HERE = Path(__file__).resolve().parent.parent

#: Run in a checkout, with how many votes, rooms, statements and people a room: prints the µs of
#: CPU and the calls of functions (those of libraries too) that a vote takes. It uses of ``Scene``
#: what every commit since 24 November has.
_RUN = """
import cProfile, pstats, sys, tempfile, time
from itertools import islice
from pathlib import Path
from bench.scene import Scene

votes, rooms, statements, people = map(int, sys.argv[1:5])
with tempfile.TemporaryDirectory(dir=sys.argv[5]) as folder:
    scene = Scene(Path(folder) / "votes.db", rooms)
    scene.open(statements)
    each = [scene.votes(scene.known(room, people), statements) for room in scene.rooms]
    coming = (next(one) for _ in iter(int, 1) for one in each)
    scene.receive(list(islice(coming, votes)))
    spent = 0.0
    for _ in range(0, votes, 100):
        batch = list(islice(coming, 100))
        began = time.process_time()
        scene.receive(batch)
        spent += time.process_time() - began
    seen = cProfile.Profile()
    for _ in range(10):
        batch = list(islice(coming, 100))
        seen.enable()
        scene.receive(batch)
        seen.disable()
    print(spent / votes * 1e6, pstats.Stats(seen).total_calls / 1000)
    scene.close()
"""

#: Run in a checkout, with a module and the function that measures there: prints its figures by
#: name, measured once each and in seconds of CPU.
_FIGURES = """
import importlib, json, sys, tempfile, time
from pathlib import Path

def of_processor(run):
    began = time.process_time()
    run()
    return time.process_time() - began

subject = importlib.import_module(sys.argv[1])
subject.seconds, subject.RUNS = of_processor, 1
with tempfile.TemporaryDirectory(dir=sys.argv[3]) as folder:
    found = getattr(subject, sys.argv[2])(Path(folder))
print(json.dumps({figure.name.strip(): figure.value for figure in found}))
"""

#: Of votes: rooms, statements in each, people in each.
_VOTES = {"votes, one busy round": (1, 30, 1_000), "votes, over 500 rooms": (500, 5, 20)}

#: Of the rest: where it is measured.
_OTHERS = {
    "start": ("bench.start", "measure_journal"),
    "document": ("bench.document", "measure"),
}


class Checkout:
    """A checkout in which something is timed; ``calls`` are those of the last votes, a vote."""

    def __init__(self, folder: Path, scratch: str) -> None:
        self._folder = folder
        self._scratch = scratch
        self.calls = 0.0

    def timed(self, votes: int, sizes: tuple[int, ...]) -> float:
        """The µs of CPU that a vote takes. Raises ``CalledProcessError``."""
        said = self._run(_RUN, *map(str, (votes, *sizes)))
        spent, self.calls = map(float, said.split())
        return spent

    def figures(self, module: str, function: str) -> dict[str, float]:
        """Seconds of CPU by the names of figures. Raises ``CalledProcessError``."""
        found: dict[str, float] = json.loads(self._run(_FIGURES, module, function))
        return found

    def _run(self, script: str, *arguments: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", script, *arguments, self._scratch],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(self._folder), "PYTHONHASHSEED": "0"},
            check=True,
            capture_output=True,
            text=True,
        )
        return ran.stdout


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.beside", description=__doc__)
    parser.add_argument("checkout", type=Path, help="the folder of the other one")
    parser.add_argument("subjects", nargs="*", help=f"votes, {', '.join(_OTHERS)} (default: votes)")
    parser.add_argument("--votes", type=int, default=10_000, help="how many, each run")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--dir", help="where the databases stand (default: the temporary folder)")
    given = parser.parse_intermixed_args()
    with tempfile.TemporaryDirectory(dir=given.dir) as scratch:
        ours, theirs = Checkout(HERE, scratch), Checkout(given.checkout.resolve(), scratch)
        for subject in given.subjects or ["votes"]:
            if subject == "votes":
                _votes(ours, theirs, given.votes, given.pairs)
            else:
                _figures(ours, theirs, subject, given.pairs)


def _votes(ours: Checkout, theirs: Checkout, votes: int, count: int) -> None:
    for name, sizes in _VOTES.items():
        found = pairs(
            lambda sizes=sizes: ours.timed(votes, sizes),  # type: ignore[misc]
            lambda sizes=sizes: theirs.timed(votes, sizes),  # type: ignore[misc]
            count,
        )
        calls = f", calls {ours.calls:.0f} against {theirs.calls:.0f}"
        _say(name, "µs", found.first, found.second, found.ratios, calls)


def _figures(ours: Checkout, theirs: Checkout, subject: str, count: int) -> None:
    """What both measure under one name."""
    found = []
    for _ in range(count):
        mine = ours.figures(*_OTHERS[subject])
        found.append((mine, theirs.figures(*_OTHERS[subject])))
    for name in [one for one in found[0][0] if one in found[0][1]]:
        each = [(mine[name], other[name]) for mine, other in found]
        first, second = (median(side) for side in zip(*each, strict=True))
        _say(name, "s", first, second, tuple(one / two for one, two in each))


def _say(
    name: str, unit: str, first: float, second: float, ratios: tuple[float, ...], more: str = ""
) -> None:
    print(
        f"{name}: {first:.3g} {unit} CPU against {second:.3g},"
        f" ratio {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}){more};"
        f" load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
