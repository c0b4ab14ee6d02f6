"""``make bench``: the speed figures of docs/benchmarks.md. ``--json`` for machines."""

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
    discord,
    disk,
    document,
    evening,
    facts,
    growth,
    hours,
    matrix,
    meetings,
    replay,
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
    "worst": worst.measure,
    "replay": replay.measure,
    "site": site.measure,
    "matrix": matrix.measure,
    "discord": discord.measure,
    "evening": evening.measure,
}


def main() -> int:
    """Measure and print. Whether a goal is reached is a figure, no failure: exit code 0."""
    arguments = _arguments()
    wanted = arguments.subject or list(SUBJECTS)
    found: list[Figure] = []
    if not arguments.json:
        print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory(prefix="stadsgesprek-bench-", dir=arguments.dir) as folder:
        for subject in wanted:
            figures = SUBJECTS[subject](Path(folder))
            found += figures
            if not arguments.json:
                for figure in figures:
                    print(line(figure), flush=True)
    if arguments.json:
        print(json.dumps([asdict(figure) | {"reached": figure.reached} for figure in found]))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("subject", nargs="*", help=f"only these: {', '.join(SUBJECTS)}")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of lines")
    parser.add_argument("--dir", help="where the databases stand (default: the temporary folder)")
    arguments = parser.parse_args()
    for subject in arguments.subject:
        if subject not in SUBJECTS:
            parser.error(f"no such subject: {subject}")
    return arguments


def line(figure: Figure) -> str:
    """One figure as a line: name, value, ratio, goal and whether it is reached."""
    parts = [f"{figure.name:<50} {_number(figure.value):>9} {figure.unit:<8}"]
    if figure.ratio is not None:
        parts.append(f"ratio {figure.ratio:.2f} to {figure.against}")
    if figure.goal is not None:
        parts.append(f"goal {figure.goal}: {'reached' if figure.reached else 'NOT reached'}")
    return "  ".join(parts).rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
