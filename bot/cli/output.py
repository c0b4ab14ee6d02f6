"""Output of the command line: results on standard output, errors on standard error.

Names of files and words of others may stand in it: what moves a terminal, or begins another line of
an error, is written as its escape.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.town.config import Config, load
from bot.town.config_file import ConfigError
from rounds import registry

FINE, WRONG, MISUSED = 0, 1, 2

#: What moves a terminal or turns its lines round, and half letters of names that are no UTF-8.
_MOVES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def still(text: str) -> str:
    """A text that stays on its lines, whatever stands in it."""
    return _MOVES.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def say(text: str) -> None:
    sys.stdout.write(still(text) + "\n")
    sys.stdout.flush()


def complain(text: str, code: int = MISUSED, under: Sequence[str] = ()) -> int:
    """Write one sentence to standard error, and what it says in lines of their own ``under`` it;
    returns ``code`` as the exit code."""
    for number, each in enumerate((f"stadsgesprek: {text}", *under)):
        line = still(each).replace("\n", "\\n")
        sys.stderr.write(f"{'  ' if number else ''}{line}\n")
    return code


def as_json(value: object) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def written(folder: Path, names: list[str], hash_: str, json_wanted: bool) -> None:
    """Name the files that were written."""
    if json_wanted:
        as_json({"folder": str(folder), "files": names, "manifest": hash_})
        return
    for name in names:
        say(str(folder / name))


def config_at(path: Path | None) -> Config | None:
    """The config that was named, or the one in this folder; None where there is none."""
    if path is not None:
        return load(path, registry.kinds())
    here = Path("config.toml")
    return load(here, registry.kinds()) if here.exists() else None


__all__ = [
    "FINE",
    "MISUSED",
    "WRONG",
    "ConfigError",
    "as_json",
    "complain",
    "config_at",
    "say",
    "still",
    "written",
]
