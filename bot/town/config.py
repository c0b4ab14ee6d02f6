"""Reads and checks config.toml, once, at the start. An unknown key is an error.

File names in it are relative to its own folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from advice.writing.theme import NEUTRAL, Theme
from bot.town import keys, reading
from bot.town.alarms import AlarmWords, alarm_words
from bot.town.config_checks import check
from bot.town.config_file import ConfigError, File
from bot.town.formats import FormatError
from bot.town.formats import load as load_formats
from bot.town.links import room_links
from bot.town.theming import theme
from bot.town.town import Limits
from dialogues.format import Format
from dialogues.kinds import Kinds
from storage.database import Served, Where, beside

#: The name of the config file that is used where none is given.
NAME = "config.toml"


@dataclass(frozen=True, slots=True)
class Config:
    """A checked config: the contents of the file, and what is derived from it."""

    path: Path
    file: File
    zone: ZoneInfo
    formats: dict[str, Format]
    theme: Theme = NEUTRAL

    @property
    def database(self) -> Where:
        storage = self.file.storage
        file = self.path.parent / storage.file
        return Served(storage.database, storage.schema, file) if storage.database else file

    @property
    def key_file(self) -> Path:
        return beside(self.database).with_name(keys.SHARED)

    @property
    def agenda(self) -> Path | None:
        """The file that the town's calendar is kept in, where one is named."""
        named = self.file.town.agenda
        return self.path.parent / named if named else None

    @property
    def backups(self) -> Path | None:
        """The folder of backups, where one is named."""
        named = self.file.backup.folder
        return self.path.parent / named if named else None

    @property
    def links(self) -> dict[str, str]:
        """The links that lead to the rooms, by the names of these."""
        return room_links(self.file)

    @property
    def youth(self) -> dict[str, AlarmWords]:
        """The rooms of young people, each with its alarm words."""
        return {r.name: alarm_words(r.alarm_words) for r in self.file.rooms if r.youth}

    @property
    def limits(self) -> Limits:
        values = self.file.limits
        return Limits(
            values.objection_days,
            values.hint_minutes,
            values.near_duplicates_among,
            values.card_messages,
            values.card_minutes,
            values.meeting_support,
            values.ruling_days,
            values.pause_hours,
        )


def load(path: Path, kinds: Kinds) -> Config:
    """Read and check a config, with formats of these ``kinds`` of rounds. Raises
    ``ConfigError``."""
    file = _read(path)
    try:
        zone = ZoneInfo(file.town.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        why = f"{file.town.zone!r} is no time zone; write one like Europe/Amsterdam"
        raise ConfigError(path, "town.zone", why) from error
    check(path, file)
    try:
        folder = path.parent / file.town.formats if file.town.formats else None
        formats = load_formats(kinds, folder)
    except FormatError as error:
        raise ConfigError(error.file, error.key, error.reason) from error
    return Config(path, file, zone, formats, theme(path, file.theme))


def _read(path: Path) -> File:
    try:
        data = reading.toml(path)
    except FileNotFoundError as error:
        why = "there is no such file; `stadsgesprek init` writes one"
        raise ConfigError(path, "", why) from error
    except OSError as error:
        raise ConfigError(path, "", f"the file cannot be read ({error.strerror})") from error
    except reading.BadText as error:
        raise ConfigError(path, "", str(error)) from error
    try:
        return msgspec.convert(data, File)
    except RecursionError as error:
        raise ConfigError(path, "", "too much stands within itself") from error
    except msgspec.ValidationError as error:
        key, why = _explained(str(error))
        raise ConfigError(path, key, why) from error


_AT = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<field>[^`]*)`")
_MISSING = re.compile(r"Object missing required field `(?P<field>[^`]*)`")


def _explained(message: str) -> tuple[str, str]:
    """A message of msgspec as the key, and a sentence that says what to do."""
    at = _AT.search(message)
    path = at["path"] if at else ""
    what = message[: at.start()] if at else message
    for pattern, sentence in (
        (_UNKNOWN, "this key is unknown; remove it or correct its spelling"),
        (_MISSING, "this key is missing; add it"),
    ):
        found = pattern.match(what)
        if found:
            return f"{path}.{found['field']}".strip("."), sentence
    return path, f"{what[:1].lower()}{what[1:]}"
