"""``export --agenda``: writes what a town planned, as a calendar and as data; with ``--clerk`` also
the journals that both were made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from advice import manifest
from advice.planned import Named, Shown
from bot.cli.export import NoDatabase, database
from bot.cli.output import FINE, WRONG, complain, config_at, written
from bot.cli.unusable import sentence
from bot.documents.agenda import NO_LINKS, put, remove_pages, town_files
from bot.playback.replay import STAFF
from bot.town import keys
from bot.town.config import NAME, Config, load
from bot.town.config_file import ConfigError
from dialogues.dialogue import Dialogue
from dialogues.record import BrokenJournal
from meetings.meeting import Meeting
from rounds import registry
from storage.reader import Reader
from storage.sqlite import Unusable

_NO_CONFIG = (
    "which rooms are of young people stands in the config, and what is planned there is in no "
    "public file; name the config with --config"
)


class NoConfig(Exception):  # noqa: N818 - says what is missing
    """There is no config that tells which rooms may stand in a public file."""


def export_agenda(
    out: Path, db: Path | None, config: Path | None, json_wanted: bool, clerk: bool = False
) -> int:
    """Run ``stadsgesprek export --agenda``; returns the exit code."""
    try:
        file = database(db, config)
        found = config_of(db, config)
        reader = Reader.of(file, registry.record())
        try:
            shown = Shown(shown_rooms(file, found), reader.words)
            files = _files(reader, found, shown, clerk)
        finally:
            reader.close()
        for name, data in files.items():
            put(out / name, data)
        if clerk:
            remove_pages(out, files)
    except (ConfigError, NoDatabase, NoConfig) as error:
        return complain(str(error))
    except Unusable as error:
        return complain(sentence(error))
    except BrokenJournal as error:
        return complain(f"the journal is damaged ({error}); restore a backup", WRONG)
    except OSError as error:
        return complain(f"{out} cannot be written ({error.strerror})")
    if not files:
        return complain("nothing was ever planned, so no agenda was written", FINE)
    listing = files.get(manifest.AGENDA)
    written(out, sorted(files), manifest.sha256(listing) if listing else "", json_wanted)
    return FINE


def _files(reader: Reader, config: Config | None, shown: Shown, clerk: bool) -> dict[str, bytes]:
    folded = [reader.folded(name) for name in reader.dialogues()]
    dialogues = [each.dialogue for each in folded if each is not None]
    meetings = reader.meetings()
    if config is not None:
        town = config.file.town
        named = Named(town.name, town.zone, town.language)
    else:
        named = named_by([*meetings, *dialogues])
    links = config.links if config is not None else NO_LINKS
    return town_files(named, dialogues, meetings, shown, reader if clerk else None, links)


def named_by(planned: Sequence[Dialogue | Meeting]) -> Named:
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


def shown_rooms(file: Path, config: Config | None) -> Callable[[str], bool]:
    """Whether what is planned in a room may stand in a public file. A kept replay has no config,
    and no rooms of young people. Raises ``NoConfig``."""
    if config is not None:
        shown = {room.name for room in config.file.rooms}.difference(config.youth)
        return shown.__contains__
    if keys.beside(file).name == keys.SHARED:
        raise NoConfig(_NO_CONFIG)
    return lambda room: room != STAFF
