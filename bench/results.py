"""``bench/results.md``: what one run measured, with the machine and what else it had to do.

The file is written by ``python -m bench --results`` and by nothing else; ``quick.py`` makes the
README's figures of it.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.figures import Figure, Spread, seconds

#: Where the results stand.
FILE = Path(__file__).with_name("results.md")

#: An fsync under so many ms is what the goals are for.
FSYNC = 0.3

_HEAD = ("what", "figure", "against", "spread", "goal", "held", "fsync", "load")

_SAYS = """\
Made by `python -m bench --results`; [docs/benchmarks.md](../docs/benchmarks.md) says what each line
means. A ratio is the median of pairs that ran in turns, and its spread the lowest and the highest
of them. *fsync* is the median time of an fsync just before (the goals are for less than {fsync}
ms), *load* how many processes wanted one of the {cores} cores when a line was done: where that is
more than {cores}, times by the clock are longer than on a machine of its own.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, with the time of an fsync in ms before it and the load of the machine after it."""

    figure: Figure
    fsync: float
    load: float


def fsync_ms(folder: Path) -> float:
    """The median time of an fsync of a page, in ms."""
    with (folder / "fsync").open("wb", buffering=0) as handle:

        def once() -> None:
            handle.write(bytes(4096))
            os.fsync(handle.fileno())

        return median(seconds(once) for _ in range(100)) * 1000


def load() -> float:
    """How many processes ran or waited for a processor, as the mean of the last minute."""
    return os.getloadavg()[0]


def page(measured: Sequence[Measured], left_out: Sequence[str], at: datetime) -> str:
    """The file: the machine, a row a figure, and which subjects this run ``left_out``."""
    lines = ["# Results", "", _SAYS.format(fsync=FSYNC, cores=os.cpu_count()), *_machine(at), ""]
    lines += [_row(_HEAD), _row(["---"] * len(_HEAD))]
    lines += [_row(_cells(each)) for each in measured]
    aims = [each for each in measured if each.figure.goal is not None]
    held = [each for each in aims if each.figure.reached]
    slow = sum(each.fsync >= FSYNC for each in held)
    lines += ["", f"{len(held)} of {len(aims)} goals held, {slow} of them on a slow disk."]
    if left_out:
        lines[-1] += f" Not measured in this run: {', '.join(left_out)}."
    return "\n".join(lines) + "\n"


def write(measured: Sequence[Measured], left_out: Sequence[str], file: Path) -> None:
    file.write_text(page(measured, left_out, datetime.now(UTC)), encoding="utf-8")


def _machine(at: datetime) -> list[str]:
    system, cores = platform.uname(), os.cpu_count()
    return [
        f"- {at:%Y-%m-%d %H:%M} UTC, commit {_commit()}",
        f"- {system.system} {system.release}, {_processor()}, {cores} cores, {_memory()}",
        f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
    ]


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = [row.partition(":")[2].strip() for row in told.splitlines() if "model name" in row]
    return names[0] if names else platform.machine()


def _memory() -> str:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 1e9:.0f} GB"


def _commit() -> str:
    command = ["git", "rev-parse", "--short=8", "HEAD"]
    told = subprocess.run(command, cwd=FILE.parent, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"


def _cells(each: Measured) -> list[str]:
    figure = each.figure
    against = "" if figure.ratio is None else f"{figure.ratio:.2f} to {figure.against}"
    goal = "" if figure.goal is None else str(figure.goal)
    return [
        figure.name.strip(),
        f"{number(figure.value)} {figure.unit}".strip(),
        against,
        _spread(figure.spread),
        goal,
        _held(each),
        f"{each.fsync:.2f} ms",
        f"{each.load:.1f}",
    ]


def _held(each: Measured) -> str:
    """Whether a goal was held. On a slow disk a ratio to plain SQLite says little: both wait."""
    if each.figure.reached is None:
        return ""
    told = "yes" if each.figure.reached else "**no**"
    return told if each.fsync < FSYNC else f"{told}, on a slow disk"


def _spread(found: Spread | None) -> str:
    return "" if found is None else f"{found.low:.2f} to {found.high:.2f} in {found.runs} pairs"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def number(value: float) -> str:
    """A figure in three digits, or whole from a hundred on."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def rows(written: str) -> dict[str, dict[str, str]]:
    """The rows of a results file by what was measured, each by the columns' heads; of rows that
    are called alike the first."""
    found: dict[str, dict[str, str]] = {}
    for line in written.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == len(_HEAD):
            found.setdefault(cells[0], dict(zip(_HEAD, cells, strict=True)))
    return {name: row for name, row in found.items() if name not in (_HEAD[0], "---")}
