"""``stadsgesprek demo``: plays an evening of 25 simulated residents in an invented street.

It is a transcript like any other, played through the same engine, so its bundle is a real one that
``verify`` checks.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.console.terminal.paper import Paper
from bot.playback.demo.evening import lines
from bot.playback.demo.showing import Show
from bot.playback.demo.stage import BEGIN
from bot.playback.replay import Played, Settings, play

Forward = Callable[[int, int, datetime], None]


def run(fast: bool = False) -> Played:
    """Play the evening on this terminal; with ``fast`` there are no pauses."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    with _progress() as forward:
        return evening(_paper(), _no_sleep if fast else time.sleep, forward)


def evening(paper: Paper, sleep: Callable[[float], None], forward: Forward) -> Played:
    """Play the transcript and show a selection of it."""
    show = Show(paper, sleep, forward)
    return play(lines(), Settings(clerk=True, chat=True), progress=show)


def _no_sleep(_seconds: float) -> None:
    """The pause of a fast demo: none."""


def _paper() -> Paper:
    live = sys.stdout.isatty()
    width = (lambda: shutil.get_terminal_size().columns) if live else None
    return Paper(_write, live and "NO_COLOR" not in os.environ, width)


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


@contextmanager
def _progress() -> Iterator[Forward]:
    """A bar on a terminal, a line for every tenth part elsewhere."""
    if not sys.stdout.isatty():
        yield _in_lines
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(None),
        TextColumn("{task.percentage:.0f}%"),
    )
    with Progress(*columns, transient=True, refresh_per_second=8) as bar:
        task = bar.add_task("19:26")

        def forward(number: int, total: int, at: datetime) -> None:
            clock = f"{at.astimezone(BEGIN.tzinfo):%H:%M}"
            bar.update(task, completed=number, total=total, description=clock)

        yield forward


def _in_lines(number: int, total: int, _at: datetime) -> None:
    if number * 10 // total != (number - 1) * 10 // total:
        _write(f"  ({number * 100 // total}% of the evening)\n")
