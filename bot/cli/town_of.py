"""Which database a command reads, of which town it is, which rooms may stand in public files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from advice.town.planned import Named
from bot.cli.output import config_at
from bot.town import keys
from bot.town.config import NAME, Config, load
from bot.town.town import STAFF
from commitments.commitment import Commitment
from dialogues.dialogue import Dialogue
from meetings.meeting import Meeting
from rounds import registry
from storage.database import Where

_NO_CONFIG = (
    "which rooms are of young people stands in the config, and what is planned there is in no "
    "public file; name the config with --config"
)


class NoDatabase(Exception):  # noqa: N818 - says what is missing
    """Neither a database nor a config was named, and there is no config here."""


def database(db: Path | None, config: Path | None) -> Where:
    """The database to read: ``db`` if given, else that of ``config``, else of the config in this
    folder."""
    if db is not None:
        return db
    found = config_at(config)
    if found is None:
        raise NoDatabase("name a database with --db, or a config.toml with --config")
    return found.database


class NoConfig(Exception):  # noqa: N818 - says what is missing
    """There is no config that tells which rooms may stand in a public file."""


def named_by(planned: Sequence[Commitment | Dialogue | Meeting]) -> Named:
    """The town as what was planned last there names it."""
    for last in planned[-1:]:
        return Named(last.town, last.zone, last.language)
    return Named("", "UTC", "nl")


def config_of(db: Path | None, named: Path | None) -> Config | None:
    """The config that was named; else, of a database that was named, the one beside it."""
    if named is None and db is not None:
        beside = db.with_name(NAME)
        return load(beside, registry.kinds()) if beside.exists() else None
    return config_at(named)


def shown_rooms(file: Where, config: Config | None) -> Callable[[str], bool]:
    """Whether what is planned in a room may stand in a public file. A kept replay has no config,
    and no rooms of young people. Raises ``NoConfig``."""
    if config is not None:
        shown = {room.name for room in config.file.rooms}.difference(config.youth)
        return shown.__contains__
    if keys.beside(file).name == keys.SHARED:
        raise NoConfig(_NO_CONFIG)
    return lambda room: room != STAFF
