"""Output of the command line: results on standard output, errors on standard error."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.town.config import Config, load
from bot.town.config_file import ConfigError
from rounds import registry

FINE, WRONG, MISUSED = 0, 1, 2


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(text: str, code: int = MISUSED) -> int:
    """Write one sentence to standard error; returns ``code`` as the exit code."""
    sys.stderr.write(f"stadsgesprek: {text}\n")
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
    "written",
]
