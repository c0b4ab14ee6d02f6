"""The channels of the server that are rooms and staff rooms, and whose server roles mean what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.platforms.discord.settings import NAME, Settings
from bot.platforms.facts import Origin, Right, Rights
from bot.platforms.live import Unreachable
from bot.platforms.places import Place, PlaceKind

#: How long a place without a channel waits, in seconds.
_LATER = 300.0


class House:
    """Translates between places and channels. The names of server roles come from the client's
    guild, which is told as it is now."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.channels: dict[Place, int] = {
            Place(NAME, kind, name): channel
            for kind, named in (
                (PlaceKind.ROOM, settings.rooms),
                (PlaceKind.STAFF, settings.staff_rooms),
            )
            for name, channel in named.items()
        }
        self._places = {channel: place for place, channel in self.channels.items()}
        for name, forum in settings.forums.items():
            self._places[forum] = Place(NAME, PlaceKind.ROOM, name)

    def place(self, channel: Any) -> Place | None:
        """The place that a channel is, or that a thread is in; None for any other."""
        found = self._places.get(channel.id)
        return found or self._places.get(getattr(channel, "parent_id", None) or 0)

    def channel(self, place: Place) -> int:
        """The channel of a room or staff room; raises ``Unreachable`` where there is none."""
        channel = self.channels.get(place)
        if channel is None:
            raise Unreachable(_LATER)
        return channel

    def roles(self, member: Any) -> frozenset[str]:
        """The roles that a member's server roles stand for."""
        return self.named(getattr(member, "roles", ()))

    def named(self, held_here: Iterable[Any]) -> frozenset[str]:
        """The roles that these server roles stand for. A right in a channel gives none."""
        held = {named for role in held_here for named in (role.name, str(role.id))}
        return frozenset(
            r for r, named in self._settings.roles.items() if not held.isdisjoint(named)
        )


def personal(account: str) -> Place:
    return Place(NAME, PlaceKind.PERSONAL, account)


#: What the bot needs in a channel, and by which of Discord's permissions it has it.
_NEEDS = {
    Right.WRITE: ("view_channel", "send_messages"),
    Right.PIN: ("pin_messages",),
    Right.REMOVE: ("manage_messages",),
}


def lacking(house: House, guild: Any, now: datetime) -> Iterator[Rights]:
    """The rights that the bot lacks in its channels, told once for as long as that stays so."""
    for place, channel in house.channels.items():
        found = guild.get_channel(channel)
        may = found.permissions_for(guild.me) if found is not None else None
        lacks = tuple(
            right
            for right, named in _NEEDS.items()
            if may is None or not all(getattr(may, one) for one in named)
        )
        if lacks:
            cause = f"rights {channel} {'+'.join(lacks)}"
            yield Rights(Origin(cause, now, place, str(guild.me.id)), lacks, ())


def open_to_all(channel: Any) -> bool:
    """Whether everybody in the server can read a channel."""
    guild = getattr(channel, "guild", None)
    if guild is None or guild.default_role is None:
        return True
    return bool(channel.permissions_for(guild.default_role).view_channel)
