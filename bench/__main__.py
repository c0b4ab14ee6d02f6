"""``make bench``: the speed figures of docs/benchmarks.md, and ``bench/results.md`` of them."""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench import (
    burst,
    discord,
    disk,
    document,
    evening,
    facts,
    growth,
    hours,
    imported,
    lag,
    matrix,
    meetings,
    million,
    night,
    odd,
    replay,
    results,
    site,
    start,
    worst,
)
from bench.figures import Figure

#: What is measured, in the order in which it is printed.
SUBJECTS: dict[str, Callable[[Path], list[Figure]]] = {
    "disk": disk.measure,
    "facts": facts.measure,
    "growth": growth.measure,
    "document": document.measure,
    "help": start.measure_help,
    "journal": start.measure_journal,
    "meetings": meetings.measure,
    "hours": hours.measure,
    "lag": lag.measure,
    "night": night.measure,
    "worst": worst.measure,
    "odd": odd.measure,
    "replay": replay.measure,
    "import": imported.measure,
    "million": million.measure,
    "people": million.measure_people,
    "site": site.measure,
    "matrix": matrix.measure,
    "burst": burst.measure,
    "discord": discord.measure,
    "evening": evening.measure,
}


def main() -> int:
    """Measure and print. Whether a goal is reached is a figure, no failure: exit code 0."""
    arguments = _arguments()
    wanted = arguments.subject or list(SUBJECTS)
    found: list[results.Measured] = []
    done: list[str] = []
    if not arguments.json:
        print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory(prefix="stadsgesprek-bench-", dir=arguments.dir) as folder:
        for subject in wanted:
            fsync = results.fsync_ms(Path(folder))
            figures = SUBJECTS[subject](Path(folder))
            load = results.load()
            found += [results.Measured(figure, fsync, load) for figure in figures]
            done.append(subject)
            if arguments.results:
                left_out = [subject for subject in SUBJECTS if subject not in done]
                results.write(found, left_out, results.FILE)
            if not arguments.json:
                for figure in figures:
                    print(line(figure), flush=True)
    if arguments.json:
        figures = [each.figure for each in found]
        print(json.dumps([asdict(figure) | {"reached": figure.reached} for figure in figures]))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("subject", nargs="*", help=f"only these: {', '.join(SUBJECTS)}")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of lines")
    parser.add_argument("--results", action="store_true", help=f"write {results.FILE.name}")
    parser.add_argument("--dir", help="where the databases stand (default: the temporary folder)")
    arguments = parser.parse_args()
    for subject in arguments.subject:
        if subject not in SUBJECTS:
            parser.error(f"no such subject: {subject}")
    return arguments


def line(figure: Figure) -> str:
    """One figure as a line: name, value, ratio, goal and whether it is reached."""
    parts = [f"{figure.name:<50} {results.number(figure.value):>9} {figure.unit:<8}"]
    if figure.ratio is not None:
        parts.append(f"ratio {figure.ratio:.2f} to {figure.against}")
    if figure.goal is not None:
        parts.append(f"goal {figure.goal}: {'reached' if figure.reached else 'NOT reached'}")
    return "  ".join(parts).rstrip()


if __name__ == "__main__":
    sys.exit(main())
