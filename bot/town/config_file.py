"""What may stand in config.toml: a type for each table, and ``ConfigError``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

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
    """``formats``: a folder of the town's own formats; ``agenda``: the file of its calendar;
    ``responsible``: the body responsible for personal data, ``complaints`` where these go."""

    name: _Name
    zone: str = "Europe/Amsterdam"
    language: Literal["nl", "en"] = "nl"
    address: str = ""
    formats: str = ""
    agenda: str = ""
    responsible: str = ""
    complaints: str = ""


class Storage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``file``: the town's database, and the place beside which its key and sidecar lie;
    ``database``: the address of a PostgreSQL server that has the rows instead, "" for none, and
    ``schema`` the town's own name on it."""

    file: str = "stadsgesprek.db"
    database: str = ""
    schema: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,59}$")] = "stadsgesprek"


class Backup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``folder``: where backups go, "" where none are made by themselves; ``hour``: the town's hour
    at which `run` makes one each night; ``keep``: how many of them stay; ``old_days``: where the
    newest is older than so many days, staff hears of it."""

    folder: str = ""
    hour: Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "03:15"
    keep: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 14
    old_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 2


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
    """``youth``: a room of young people; ``alarm_words`` are added to the general ones. ``thread``:
    on Discord what is said of a dialogue stands in a thread under its first card; ``forum``: in a
    post of that forum channel. ``pictures``: results have a picture besides their words."""

    name: _RoomName
    staff: str = "staf"
    matrix: str = ""
    discord: int = 0
    thread: bool = False
    forum: int = 0
    youth: bool = False
    alarm_words: list[_AlarmWord] = []
    pictures: bool = False


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
    meeting_support: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 10
    ruling_days: Annotated[int, msgspec.Meta(ge=0, le=60)] = 2
    pause_hours: Annotated[int, msgspec.Meta(ge=1, le=168)] = 24


_Colour = Annotated[str, msgspec.Meta(pattern="^(#[0-9a-fA-F]{6})?$")]


class ThemeColours(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The colours of one surface, ``#rrggbb``; "" is ours (``advice/writing/theme.py``)."""

    accent: _Colour = ""
    signal: _Colour = ""
    ink: _Colour = ""
    soft: _Colour = ""
    paper: _Colour = ""
    ground: _Colour = ""
    line: _Colour = ""


class ThemeValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a town's documents look. ``logo``: a PNG or SVG file; ``logo_text``: its words."""

    logo: str = ""
    logo_text: Annotated[str, msgspec.Meta(max_length=200)] = ""
    light: ThemeColours = ThemeColours()
    dark: ThemeColours = ThemeColours()
    print: ThemeColours = ThemeColours()


_Years = Annotated[int, msgspec.Meta(ge=0, le=500)]


class Archive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who made the records: its name ("": the town's), its ``code`` in a ``register``; the
    ``selection`` list that the terms come from, with the ``category`` in it; and for how many years
    each kind of record is kept (0: for good, None: the town did not say)."""

    body: str = ""
    code: str = ""
    register: str = ""
    selection: str = ""
    category: str = ""
    advice_years: _Years | None = None
    report_years: _Years | None = None
    clerk_years: _Years | None = None
    decisions_years: _Years | None = None


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The town's site. ``address``: where a browser finds it; "": not known yet. ``forms``: the
    other forms in which it has documents, as far as what writes them is installed."""

    address: str = ""
    forms: list[Literal["pdf", "xlsx"]] = []


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole config file."""

    town: Town
    storage: Storage = Storage()
    backup: Backup = Backup()
    matrix: Matrix | None = None
    discord: Discord | None = None
    rooms: list[Room] = []
    staff_rooms: list[StaffRoom] = []
    roles: Roles = Roles()
    archive: Archive = Archive()
    limits: LimitValues = LimitValues()
    site: Site = Site()
    theme: ThemeValues = ThemeValues()
