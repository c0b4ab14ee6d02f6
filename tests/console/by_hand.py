"""``stadsgesprek`` with a clock that stands in a file, so that a test moves it by hand."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from bot.cli.main import main
from bot.runtime import clock, timekeeper

#: Names the file.
CLOCK = "TESTS_CLOCK"


def set_clock(file: Path, now: datetime) -> None:
    """Set the clock; a program that looks meanwhile sees the old time or the new."""
    new = file.with_suffix(".new")
    new.write_text(now.isoformat())
    new.replace(file)


def _of_file() -> datetime:
    return datetime.fromisoformat(Path(os.environ[CLOCK]).read_text())


if __name__ == "__main__":
    clock.system = _of_file
    timekeeper.NAP = timedelta(milliseconds=5)
    main()
