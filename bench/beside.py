"""``python -m bench.beside DIR``: votes of this program beside those of another checkout of it.

What is compared is the processor's time of a pressed vote, in one busy round and over 500 rooms,
each run in a process of its own and in turns, so that what else the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

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

#: What is compared: rooms, statements in each, people in each.
_SUBJECTS = {"votes, one busy round": (1, 30, 1_000), "votes, over 500 rooms": (500, 5, 20)}


class Checkout:
    """A checkout in which votes are timed; ``calls`` are those of the last run, a vote."""

    def __init__(self, folder: Path, scratch: str) -> None:
        self._folder = folder
        self._scratch = scratch
        self.calls = 0.0

    def timed(self, votes: int, sizes: tuple[int, ...]) -> float:
        """The µs of CPU that a vote takes. Raises ``CalledProcessError``."""
        arguments = [*map(str, (votes, *sizes)), self._scratch]
        ran = subprocess.run(
            [sys.executable, "-c", _RUN, *arguments],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(self._folder), "PYTHONHASHSEED": "0"},
            check=True,
            capture_output=True,
            text=True,
        )
        spent, self.calls = map(float, ran.stdout.split())
        return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.beside", description=__doc__)
    parser.add_argument("checkout", type=Path, help="the folder of the other one")
    parser.add_argument("--votes", type=int, default=10_000, help="how many, each run")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--dir", help="where the databases stand (default: the temporary folder)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.dir) as scratch:
        ours, theirs = Checkout(HERE, scratch), Checkout(given.checkout.resolve(), scratch)
        for name, sizes in _SUBJECTS.items():
            found = pairs(
                lambda sizes=sizes: ours.timed(given.votes, sizes),  # type: ignore[misc]
                lambda sizes=sizes: theirs.timed(given.votes, sizes),  # type: ignore[misc]
                given.pairs,
            )
            told, load = found.spread, os.getloadavg()[0]
            print(
                f"{name}: {found.first:.1f} µs CPU against {found.second:.1f},"
                f" ratio {found.ratio:.2f} ({told.low:.2f} to {told.high:.2f}),"
                f" calls {ours.calls:.0f} against {theirs.calls:.0f}; load {load:.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
