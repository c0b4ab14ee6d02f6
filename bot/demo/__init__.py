"""``stadsgesprek demo``: an evening in an invented street, held by 25 simulated residents.

It is a transcript like any other, played through the same engine, and what it writes is a real
bundle that ``verify`` checks.
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
from pathlib import Path

from advice import bundle
from bot.commandline.playing import hand_over
from bot.commandline.saying import FINE, WRONG, complain, say
from bot.demo.evening import BEGIN, lines
from bot.demo.showing import Show
from bot.replay import Played, Settings, play
from bot.terminal.paper import Paper

_BEFORE = (
    "SIMULATED: the street, the people and what they find are invented; the bot is the real one.\n"
    "An evening of 90 minutes in about one. The bot speaks Dutch, as it would in a Dutch town."
)
_AFTER = "All of this was SIMULATED: nobody lives in this Zomerstraat, and no council was asked."

Forward = Callable[[int, int, datetime], None]


def run(out: Path, fast: bool = False) -> int:
    """Play the evening and write its bundle; returns the exit code."""
    stranger = _stranger(out)
    if stranger:
        return complain(f"{out} holds {stranger}, which is not ours; name another folder")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    say(_BEFORE)
    try:
        with _progress() as forward:
            sleep = _no_sleep if fast else time.sleep
            played = evening(_paper(), sleep, forward)
    except KeyboardInterrupt:
        return complain("stopped; nothing was written", WRONG)
    say(f"\n{_AFTER}\nThe files are a real bundle, with the clerk's files:")
    code = hand_over(played.bundles, out, json_wanted=False)
    if code == FINE:
        _next(out, next(iter(played.bundles.values())).files)
    return code


def evening(paper: Paper, sleep: Callable[[float], None], forward: Forward) -> Played:
    """Play the transcript and show a selection of it."""
    show = Show(paper, sleep, forward)
    return play(lines(), Settings(clerk=True, chat=True), progress=show)


def _next(out: Path, files: dict[str, bytes]) -> None:
    command = Path(sys.argv[0])
    name = str(command) if command.name == "stadsgesprek" else "stadsgesprek"
    if command.is_absolute() and command.is_relative_to(Path.cwd()):
        name = str(command.relative_to(Path.cwd()))
    say(f"\nRead:   {out / 'advies.html'} (in a browser)")
    say(f"Check:  {name} verify {out} --expect {bundle.manifest_hash(files)}")


def _stranger(out: Path) -> str:
    """Something in the folder that is no file of a bundle, so that nobody waits for nothing."""
    if not out.exists():
        return ""
    if not out.is_dir():
        return out.name
    return next(
        (entry.name for entry in sorted(out.iterdir()) if entry.name not in bundle.NAMES), ""
    )


def _no_sleep(_seconds: float) -> None:
    """Go on at once."""


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
        say(f"  ({number * 100 // total}% of the evening)")
