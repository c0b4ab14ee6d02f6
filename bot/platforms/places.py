"""Where people write: a room, a staff room, or a personal conversation with the bot."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class PlaceKind(StrEnum):
    ROOM = "room"
    STAFF = "staff"
    PERSONAL = "personal"


class Place(Struct, frozen=True, gc=False):
    """A place where people write: ``name`` is that of the room, or the account of a personal
    conversation."""

    platform: str
    kind: PlaceKind
    name: str

    def __str__(self) -> str:
        return "/".join((self.platform, self.kind, self.name))

    @classmethod
    def parse(cls, text: str) -> Place:
        platform, kind, name = text.split("/", 2)
        return cls(platform, PlaceKind(kind), name)
