"""The town of a process: its name, time zone and key, its rooms, and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.platforms.places import Place, PlaceKind
from bot.town.alarms import AlarmWords
from dialogues.format import Format

#: What the staff room is called where no config names one.
STAFF = "staf"

#: Prefix of the name of a staff room that was tied by word; no name in a config has it.
_TIED = "tied to "


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms by name, each with its places and its staff rooms.

    ``youth`` are the rooms of young people, each with its alarm words; ``pictures`` those of others
    in which a result has a picture.
    """

    rooms: Mapping[str, tuple[Place, ...]]
    staff: Mapping[str, tuple[Place, ...]]
    staff_of: Mapping[str, str]
    youth: Mapping[str, AlarmWords] = field(default_factory=dict)
    pictures: frozenset[str] = frozenset()
    _at: dict[Place, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, places in self.rooms.items():
            for place in places:
                self._at.setdefault(place, name)

    def room_at(self, place: Place) -> str | None:
        """The name of the room at a place, which nearly every fact asks for."""
        return self._at.get(place)

    def staff_places(self, room: str) -> tuple[Place, ...]:
        return self.staff.get(self.staff_of.get(room, ""), ())

    def rooms_of_staff(self, place: Place) -> tuple[str, ...]:
        """The rooms that a staff room is for."""
        names = [name for name, places in self.staff.items() if place in places]
        return tuple(room for room, staff in self.staff_of.items() if staff in names)

    def is_published(self, room: str) -> bool:
        """Whether what is planned in a room may stand in public files: not that of young people,
        nor of staff."""
        return room in self.rooms and room not in self.youth

    def is_staff(self, place: Place) -> bool:
        """Whether a place is the staff room of any room."""
        return any(place in places for places in self.staff.values())

    def tied(self, room: str, place: Place) -> Rooms:
        """A copy with ``place`` as the staff room of a room on its platform; other platforms keep
        theirs."""
        others = tuple(p for p in self.staff_places(room) if p.platform != place.platform)
        name = f"{_TIED}{room}"
        return replace(
            self,
            staff={**self.staff, name: (place, *others)},
            staff_of={**self.staff_of, room: name},
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a town, as opposed to the settings of a format (docs/settings.md)."""

    objection_days: int = 14
    hint_minutes: int = 10
    near_duplicates_among: int = 500
    card_messages: int = 30
    card_minutes: int = 30
    meeting_support: int = 10
    ruling_days: int = 2
    pause_hours: int = 24


@dataclass(slots=True)
class Town:
    """``key`` is the secret of receipts and hashed ids; ``simulated`` marks every dialogue opened
    here; ``agenda`` is the file that the town's calendar is kept in, where there is one; ``links``
    lead to its rooms, where these have one. ``category``: of its selection list; what is
    destroyed is accounted for under it. ``responsible`` for personal data is this body ("": the
    town), and ``complaints`` about them go there."""

    name: str
    zone: ZoneInfo
    language: str
    key: bytes
    rooms: Rooms
    formats: Mapping[str, Format]
    address: str = "stadsgesprek"
    simulated: bool = False
    limits: Limits = field(default_factory=Limits)
    agenda: Path | None = None
    category: str = ""
    responsible: str = ""
    complaints: str = ""
    links: Mapping[str, str] = field(default_factory=dict)


def console_rooms(
    names: tuple[str, ...],
    staff: str = STAFF,
    youth: Mapping[str, AlarmWords] = MappingProxyType({}),
) -> Rooms:
    """The rooms of a console: each name is one place, and they share one staff room."""
    return Rooms(
        {name: (Place("console", PlaceKind.ROOM, name),) for name in names},
        {staff: (Place("console", PlaceKind.STAFF, staff),)},
        dict.fromkeys(names, staff),
        youth=youth,
    )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: The milliseconds of a day.
_DAY = 24 * 3600 * 1000


def milliseconds(at: datetime) -> int:
    """A moment as whole milliseconds since 1970, exactly. Every fact asks for its own, and dividing
    one time by another takes twice as long."""
    since = at - _EPOCH
    return since.days * _DAY + since.seconds * 1000 + since.microseconds // 1000
