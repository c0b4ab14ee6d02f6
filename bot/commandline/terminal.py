"""console and demo: the dialogue on a terminal."""

from __future__ import annotations

from pathlib import Path


def play_console(db: Path | None, config: Path | None) -> int:
    """``stadsgesprek console``."""
    from bot.console import run

    return run(db, config)


def play_demo(out: Path, fast: bool) -> int:
    """``stadsgesprek demo``."""
    from bot.demo import run

    return run(out, fast)
