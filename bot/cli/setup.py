"""The commands ``init`` (write a config and the key) and ``check`` (report what is wrong)."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from bot.cli.backups import is_old
from bot.cli.health import Fault, faults_of
from bot.cli.leftovers import leftovers
from bot.cli.output import FINE, WRONG, as_json, complain, config_at, say
from bot.town import keys
from bot.town.config import Config, load
from bot.town.config_file import ConfigError
from bot.town.keys import KeyFault
from rounds import registry
from storage.backup import backups
from storage.opening import there


def write_config(path: Path) -> int:
    """Run ``stadsgesprek init``; returns the exit code."""
    if path.exists():
        return complain(f"{path} is there already; it was left as it is")
    text = files("bot.cli").joinpath("config.example.toml").read_text(encoding="utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        config = load(path, registry.kinds())
        made = not config.key_file.exists()
        keys.own(config.key_file, there(config.database))
    except KeyFault as error:
        path.unlink()
        return complain(f"{error}. {path} was not written")
    except OSError as error:
        return complain(f"{path} cannot be written ({error.strerror})")
    say(f"{path} is written. Fill in the town's name and rooms, then run: stadsgesprek check")
    say("For Matrix: take away the # under [matrix], and at each room's place there.")
    say("For Discord: the same under [discord] and [roles.discord]; see docs/discord.md.")
    if made:
        say(
            f"{config.key_file} is the town's key. Keep a copy in a safe place, apart from backups."
        )
    return FINE


def check_all(db: Path | None, config: Path | None, json_wanted: bool) -> int:
    """Run ``stadsgesprek check``; returns the exit code."""
    found = None
    faults: list[Fault] = []
    try:
        found = config_at(config)
    except ConfigError as error:
        faults.append(Fault("config", f"{error.key or error.file}: {error.reason}", ""))
    if db is None and found is None and not faults:
        return complain("name a database with --db, or a config.toml with --config")
    file = db or (found.database if found is not None else None)
    if file is not None:
        faults += faults_of(file, named=db is not None)
    if db is None and found is not None:
        faults += _agenda_faults(found)
        faults += _backup_faults(found)
        faults += _platform_faults(found)
    left = leftovers(file, found, datetime.now(UTC)) if file is not None else []
    if json_wanted:
        told = [{"where": f.where, "what": f.what, "mend": f.mend} for f in faults]
        as_json(told + [{"where": o.where, "what": o.what, "until": o.until} for o in left])
    else:
        for fault in faults:
            say(f"{fault.where}: {fault.what}" + (f" — {fault.mend}" if fault.mend else ""))
        if not faults:
            say("Nothing is wrong.")
        for one in left:
            say(f"{one.where}: {one.what} — {one.until}")
    return WRONG if faults else FINE


def _agenda_faults(config: Config) -> list[Fault]:
    """What keeps the town's calendar from being written; its folder is made where it is not
    there."""
    path = config.agenda
    if path is None:
        return []
    folder = next(one for one in path.parent.absolute().parents if one.exists())
    folder = path.parent if path.parent.exists() else folder
    if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        what = f"town.agenda: {path} cannot be written"
        return [Fault("config", what, "name a file in a folder where the bot may write")]
    return []


def _backup_faults(config: Config) -> list[Fault]:
    """That the newest backup is too old, where backups are to be made."""
    if not is_old(config, datetime.now(UTC)):
        return []
    known = backups(config.backups) if config.backups is not None else []
    what = f"the last good backup is {known[-1].name}" if known else "there is no backup yet"
    return [Fault("backup", what, "run: stadsgesprek backup")]


def _platform_faults(config: Config) -> list[Fault]:
    """The faults that a live platform finds when it logs in."""
    from bot.cli.networks import NoSecret, exposed
    from bot.cli.run import look_around

    faults = [
        Fault(file.name, f"{file} can be read by others", f"run: chmod 600 {file}")
        for file in exposed(config)
    ]
    try:
        return faults + [Fault(where, text, "") for where, text in look_around(config)]
    except (ConfigError, NoSecret) as error:
        return [*faults, Fault("config", str(error), "")]
