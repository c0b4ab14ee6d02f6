"""Roles as they are stored with an account: a string, which says where they hold.

Roles named in the config hold for the town; who is a moderator by the rights in a room is one for
the dialogues of that room alone.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from dialogues.core import Role

#: Before the rooms in which somebody is a moderator, where the stored role is not the town's.
_PARTLY = "moderator in "


@cache
def read(roles: frozenset[str]) -> tuple[frozenset[Role], str]:
    """Roles as the domain's values, and as the string that is stored."""
    return frozenset(Role(role) for role in roles), ",".join(sorted(roles))


def partly(rooms: Collection[str]) -> str:
    """What is stored of a moderator of these rooms."""
    return _PARTLY + ",".join(sorted(rooms))


def is_partly(stored: str) -> bool:
    """Whether stored roles hold in some rooms alone."""
    return stored.startswith(_PARTLY)


def holding(stored: str, room: str) -> frozenset[Role]:
    """The stored roles that hold for the dialogues of a room; "": for those of any."""
    if not is_partly(stored):
        return frozenset(map(Role, filter(None, stored.split(","))))
    rooms = stored.removeprefix(_PARTLY).split(",")
    return frozenset({Role.MODERATOR}) if room in ("", *rooms) else frozenset()


def rooms_of(stored: str) -> frozenset[str] | None:
    """The rooms for whose dialogues stored roles hold; None: for all."""
    return frozenset(stored.removeprefix(_PARTLY).split(",")) if is_partly(stored) else None
