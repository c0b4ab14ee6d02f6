"""The settings of a console: its database, its town and its rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.platforms.console import NAME
from bot.platforms.places import Place, PlaceKind
from bot.runtime.builtin import formats as built_in
from bot.town import keys
from bot.town.alarms import AlarmWords
from bot.town.config import Config
from bot.town.town import Limits, Rooms, Town
from dialogues.format import Format
from storage.database import Where, beside
from storage.opening import there

#: The database where none is named and there is no config.
DATABASE = Path("stadsgesprek-console.db")

ROOM = "zomerstraat"
STAFF = "staf"


@dataclass(frozen=True, slots=True)
class Settings:
    """``rooms``: each room's name with its staff room's."""

    db: Where
    town: str
    zone: ZoneInfo
    language: str
    address: str
    formats: dict[str, Format]
    limits: Limits
    rooms: dict[str, str]
    youth: dict[str, AlarmWords] = field(default_factory=dict)

    @property
    def history(self) -> Path:
        """The file with what was typed before."""
        file = beside(self.db)
        return file.with_name(file.name + ".history")


def settings(db: Path | None, config: Config | None) -> Settings:
    """The settings from a config, or of an invented town where there is none."""
    if config is None:
        zone = ZoneInfo("Europe/Amsterdam")
        formats, limits, rooms = built_in(), Limits(), {ROOM: STAFF}
        return Settings(
            db or DATABASE, "Haarlem", zone, "nl", "stadsgesprek", formats, limits, rooms
        )
    town = config.file.town
    rooms = {room.name: room.staff for room in config.file.rooms} or {ROOM: STAFF}
    return Settings(
        db or config.database,
        town.name,
        config.zone,
        town.language,
        town.address or "stadsgesprek",
        config.formats,
        config.limits,
        rooms,
        config.youth,
    )


def places(rooms: dict[str, str], youth: Mapping[str, AlarmWords]) -> Rooms:
    """The rooms as places of the console."""
    return Rooms(
        {name: (Place(NAME, PlaceKind.ROOM, name),) for name in rooms},
        {name: (Place(NAME, PlaceKind.STAFF, name),) for name in rooms.values()},
        dict(rooms),
        youth,
    )


def key_of(db: Where) -> bytes:
    """The key beside a database; a new database gets a new one when there is none.

    Raises ``KeyFault``: another key would give everybody another receipt.
    """
    return keys.own(keys.beside(db), there(db))


def town_of(given: Settings, key: bytes) -> Town:
    """The town of a console. All of its dialogues are marked as simulated."""
    return Town(
        given.town,
        given.zone,
        given.language,
        key,
        places(given.rooms, given.youth),
        given.formats,
        given.address,
        simulated=True,
        limits=given.limits,
    )
