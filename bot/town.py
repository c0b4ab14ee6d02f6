"""The town a process works for: its name, zone and key, its rooms, and the limits it set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.platforms.base import Place, PlaceKind
from dialogues.format import Format


@dataclass(frozen=True, slots=True)
class Rooms:
    """Which places are a room, and which staff room belongs to it, by the names people use."""

    rooms: Mapping[str, tuple[Place, ...]]
    staff: Mapping[str, tuple[Place, ...]]
    staff_of: Mapping[str, str]

    def room_at(self, place: Place) -> str | None:
        """The name of the room at a place."""
        return next((name for name, places in self.rooms.items() if place in places), None)

    def staff_places(self, room: str) -> tuple[Place, ...]:
        return self.staff.get(self.staff_of.get(room, ""), ())

    def rooms_of_staff(self, place: Place) -> tuple[str, ...]:
        """The rooms that a staff room is for."""
        names = [name for name, places in self.staff.items() if place in places]
        return tuple(room for room, staff in self.staff_of.items() if staff in names)


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings that are the town's, not a format's (docs/settings.md)."""

    objection_days: int = 14
    hint_minutes: int = 10
    near_duplicates_among: int = 500


@dataclass(slots=True)
class Town:
    """``key`` makes receipts and hides causes; ``simulated`` marks every dialogue opened here;
    ``account`` is the bot's own on Matrix, which a card's link opens a conversation with."""

    name: str
    zone: ZoneInfo
    language: str
    key: bytes
    rooms: Rooms
    formats: Mapping[str, Format]
    address: str = "stadsgesprek"
    account: str = ""
    simulated: bool = False
    limits: Limits = field(default_factory=Limits)


def console_rooms(names: tuple[str, ...], staff: str = "staf") -> Rooms:
    """Rooms of the console: each name is one place, and one staff room is for all."""
    return Rooms(
        {name: (Place("console", PlaceKind.ROOM, name),) for name in names},
        {staff: (Place("console", PlaceKind.STAFF, staff),)},
        dict.fromkeys(names, staff),
    )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(at: datetime) -> int:
    """A moment as whole milliseconds since 1970, exactly."""
    delta = at - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000
