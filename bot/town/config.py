"""Reads and checks config.toml, once, at the start. An unknown key is an error.

File names in it are relative to its own folder.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from bot.town import reading
from bot.town.alarms import AlarmWords, alarm_words
from bot.town.formats import FormatError
from bot.town.formats import load as load_formats
from bot.town.town import Limits
from commands.cleaning import visible
from dialogues.format import Format
from dialogues.kinds import Kinds

#: The name of the config file that is used where none is given.
NAME = "config.toml"

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_RoomName = Annotated[str, msgspec.Meta(pattern=r"^[\w-]{1,40}$")]
_AlarmWord = Annotated[str, msgspec.Meta(min_length=2, max_length=80)]
_Days = Annotated[int, msgspec.Meta(ge=1, le=365)]


class ConfigError(Exception):
    """A config that cannot be used: the file, the key (may be ""), and what to do about it."""

    def __init__(self, file: Path, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key + ': ' if key else ''}{reason}")
        self.file = file
        self.key = key
        self.reason = reason


class Town(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``formats``: a folder of the town's own formats."""

    name: _Name
    zone: str = "Europe/Amsterdam"
    language: Literal["nl", "en"] = "nl"
    address: str = ""
    formats: str = ""


class Storage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    file: str = "stadsgesprek.db"


class Matrix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    homeserver: str
    user: str
    password_file: str = ""
    token_file: str = ""
    store: str = "matrix-store"
    trusted: list[str] = []
    threads: bool = False
    limits_lifted: bool = False
    polls: bool = False


class Discord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token_file: str = ""
    guild: int = 0


class Room(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``youth``: a room of young people; ``alarm_words`` are added to the general ones."""

    name: _RoomName
    staff: str = "staf"
    matrix: str = ""
    discord: int = 0
    youth: bool = False
    alarm_words: list[_AlarmWord] = []


class StaffRoom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: _RoomName
    matrix: str = ""
    discord: int = 0


class RoleNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who has which role: accounts on Matrix, server roles on Discord."""

    moderator: list[str] = []
    official: list[str] = []
    councillor: list[str] = []
    clerk: list[str] = []
    youth_worker: list[str] = []


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    matrix: RoleNames = RoleNames()
    discord: RoleNames = RoleNames()


class LimitValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The limits of a town, as opposed to the settings of a format (docs/settings.md)."""

    objection_days: _Days = 14
    hint_minutes: Annotated[int, msgspec.Meta(ge=0, le=1440)] = 10
    near_duplicates_among: Annotated[int, msgspec.Meta(ge=0, le=500)] = 500
    card_messages: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 30
    card_minutes: Annotated[int, msgspec.Meta(ge=0, le=1440)] = 30


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole config file."""

    town: Town
    storage: Storage = Storage()
    matrix: Matrix | None = None
    discord: Discord | None = None
    rooms: list[Room] = []
    staff_rooms: list[StaffRoom] = []
    roles: Roles = Roles()
    limits: LimitValues = LimitValues()


@dataclass(frozen=True, slots=True)
class Config:
    """A checked config: the contents of the file, and what is derived from it."""

    path: Path
    file: File
    zone: ZoneInfo
    formats: dict[str, Format]

    @property
    def database(self) -> Path:
        return self.path.parent / self.file.storage.file

    @property
    def key_file(self) -> Path:
        return self.database.with_name("town.key")

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
    _check_blank(path, file)
    _check_accounts(path, file)
    _check_homeserver(path, file)
    _check_rooms(path, file)
    _check_store(path, file)
    try:
        folder = path.parent / file.town.formats if file.town.formats else None
        formats = load_formats(kinds, folder)
    except FormatError as error:
        raise ConfigError(error.file, error.key, error.reason) from error
    return Config(path, file, zone, formats)


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


def _check_blank(path: Path, file: File) -> None:
    """Refuse names in which nothing can be read."""
    given = {"town.name": file.town.name, "storage.file": file.storage.file}
    if file.matrix is not None:
        given |= {"matrix.homeserver": file.matrix.homeserver, "matrix.user": file.matrix.user}
    for key, value in given.items():
        if not visible(value).strip():
            raise ConfigError(path, key, "this is blank; write a name")


#: An account on Matrix.
_ACCOUNT = re.compile(r"@[^\s:@]+:[^\s@]+")


def _check_accounts(path: Path, file: File) -> None:
    """Refuse what is no account with its server: nobody would have that role."""
    for key, account in _accounts(file):
        if not _ACCOUNT.fullmatch(account):
            why = f"{account!r} is no account; write it with its server, like @vera:haarlem.example"
            raise ConfigError(path, key, why)


def _accounts(file: File) -> Iterator[tuple[str, str]]:
    if file.matrix is not None:
        yield "matrix.user", file.matrix.user
        yield from (("matrix.trusted", account) for account in file.matrix.trusted)
    for role in RoleNames.__struct_fields__:
        for account in getattr(file.roles.matrix, role):
            yield f"roles.matrix.{role}", account


def _check_homeserver(path: Path, file: File) -> None:
    """Refuse an address that is none, or over which passwords and words would go in the open."""
    if file.matrix is None:
        return
    try:
        address = urlsplit(file.matrix.homeserver.strip())
        host = address.hostname or ""
        _ = address.port
    except ValueError:
        host = ""
    if not host or address.scheme not in ("http", "https") or address.query or address.fragment:
        why = f"{file.matrix.homeserver!r} is no address; write one like https://matrix.haarlem.example"
        raise ConfigError(path, "matrix.homeserver", why)
    if address.scheme == "http" and not _at_home(host):
        why = "with http the password and all that is said go over the internet in the open"
        raise ConfigError(path, "matrix.homeserver", f"{why}; use https")


def _at_home(host: str) -> bool:
    """Whether a host is this machine or in its own network, by its address or as a name alone."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host.endswith(".localhost") or "." not in host


def _check_store(path: Path, file: File) -> None:
    """Refuse a store that holds the config or the database: it is made readable for its owner
    alone, and what is in it belongs to the client library."""
    if file.matrix is None:
        return
    here = path.parent.resolve()
    store = (here / file.matrix.store).resolve()
    database = (here / file.storage.file).resolve()
    if any(held == store or store in held.parents for held in (here, database)):
        why = f"{file.matrix.store!r} is no folder of its own; write one like 'matrix-store'"
        raise ConfigError(path, "matrix.store", why)


def _check_apart(path: Path, file: File) -> None:
    """Refuse two rooms that are one on a platform: what is said there would be in one alone."""
    seen: dict[tuple[str, str | int], str] = {}
    every: list[Room | StaffRoom] = [*file.rooms, *file.staff_rooms]
    for room in every:
        where: list[tuple[str, str | int]] = [("matrix", room.matrix), ("discord", room.discord)]
        for platform, name in where:
            if not name:
                continue
            other = seen.setdefault((platform, name), room.name)
            if other != room.name:
                why = f"{other!r} and {room.name!r} are both {name!r}; give each its own"
                raise ConfigError(path, f"rooms.{platform}", why)


def _check_rooms(path: Path, file: File) -> None:
    _check_apart(path, file)
    staff = [room.name for room in file.staff_rooms]
    names = [room.name for room in file.rooms]
    for name in {n for n in names + staff if (names + staff).count(n) > 1}:
        raise ConfigError(path, "rooms", f"the name {name!r} is used twice; give each its own")
    for room in file.rooms:
        if staff and room.staff not in staff:
            why = f"room {room.name!r} names the staff room {room.staff!r}, which is not listed"
            raise ConfigError(path, "rooms.staff", f"{why}; add it under [[staff_rooms]]")
        if room.alarm_words and not room.youth:
            why = f"room {room.name!r} has alarm words and is no room of young people"
            raise ConfigError(path, "rooms.alarm_words", f"{why}; set youth = true or remove them")
