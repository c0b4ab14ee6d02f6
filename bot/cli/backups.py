"""The commands ``backup`` and ``restore``, and how old the last backup is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.cli.health import faults_of
from bot.cli.leftovers import back_again
from bot.cli.output import FINE, WRONG, complain, config_at, say
from bot.cli.told import told
from bot.cli.town_of import database
from bot.town import keys
from bot.town.config import Config
from storage import backup
from storage.backup import Beside
from storage.database import NotNow, Served, Unusable, Where
from storage.opening import lock, there

_TO_A_FILE = (
    "a backup is put back in a file: name one with --db, or leave `database` off the config for "
    "now, and have `stadsgesprek move --to server` bring the town to its server again"
)

_OTHER_KEY = (
    "{key} is the key of another database, and with it no receipt in this backup would be right. "
    "Name a database in a folder of its own with --db"
)


@told
def make_backup(out: Path | None, without_key: bool, db: Path | None, config: Path | None) -> int:
    """Run ``stadsgesprek backup``; returns the exit code."""
    try:
        found = config_at(config)
        file = database(db, config)
        into = out or (found.backups if found is not None else None)
        if into is None:
            return complain("name a folder with --out, or [backup] folder in the config")
        if not there(file):
            raise Unusable("missing", file=str(file))
        made = backup.make(file, into, _beside(file, found, without_key), datetime.now(UTC))
        faults = faults_of(made / backup.DATABASE, named=True) if not without_key else []
        if faults:
            return complain(f"{made} was written, but {faults[0].what}", WRONG)
        if out is None and found is not None:
            backup.remove_old(into, found.file.backup.keep)
    except NotNow as error:
        why = "the disk is full" if str(error) == "full" else "the database is busy; try again"
        return complain(f"no backup was made: {why}", WRONG)
    except OSError as error:
        return complain(f"{error.filename or out} cannot be written ({error.strerror})", WRONG)
    say(str(made))
    return FINE


def _beside(file: Where, config: Config | None, without_key: bool = False) -> Beside:
    """What is kept with this database: its key, and the store of the bot's device on Matrix."""
    key = None if without_key else keys.beside(file)
    matrix = config.file.matrix if config is not None else None
    folders = [config.path.parent / matrix.store] if config is not None and matrix else []
    return Beside(key, folders)


@told
def restore_backup(folder: Path, db: Path | None, config: Path | None) -> int:
    """Run ``stadsgesprek restore``; returns the exit code."""
    try:
        found = config_at(config)
        file = database(db, config)
        if isinstance(file, Served):
            return complain(_TO_A_FILE)
        made = backup.read(folder)
        beside = _beside(file, found)
        if backup.is_of_another(folder, file, beside):
            return complain(_OTHER_KEY.format(key=beside.key))
        with lock(file):
            aside = backup.restore(folder, file, beside, datetime.now(UTC))
        faults = faults_of(file, named=True)
    except OSError as error:
        return complain(f"{error.filename or folder} cannot be used ({error.strerror})", WRONG)
    say(f"{file} is as it was on {made.at}: {made.rows} lines. What came later is not in it.")
    if aside is not None:
        say(f"What lay there was moved to {aside}.")
    say(back_again(aside / file.name if aside is not None else None, backup.made_at(folder)))
    for fault in faults:
        say(f"{fault.where}: {fault.what}" + (f" — {fault.mend}" if fault.mend else ""))
    return WRONG if faults else FINE


def is_old(config: Config, now: datetime) -> bool:
    """Whether backups are to be made, and the newest is older than the config allows, or absent."""
    into = config.backups
    if into is None:
        return False
    known = backup.backups(into)
    newest = backup.made_at(known[-1]) if known else None
    return newest is None or now - newest > timedelta(days=config.file.backup.old_days)
