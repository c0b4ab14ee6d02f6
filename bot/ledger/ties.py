"""Which staff room is whose: what moderators tied goes before what the config says."""

from __future__ import annotations

from bot.platforms.base import Place
from bot.town.town import Rooms, Town
from storage.store import Store

#: The setting that keeps which staff room was tied to a room begins so.
_TIE = "staff/"


class Ties:
    """Part of the engine's transaction: what is rolled back ties nothing."""

    def __init__(self, store: Store, town: Town) -> None:
        self._store = store
        self._town = town
        self._before: Rooms | None = None
        self.learn()

    def tie(self, room: str, place: Place) -> None:
        """A staff room belongs to a room from now on, whatever the config says."""
        self._store.settings.write(f"{_TIE}{place.platform}/{room}", str(place))
        self._before = self._before or self._town.rooms
        self._town.rooms = self._town.rooms.tied(room, place)

    def learn(self) -> None:
        """Put the staff rooms that moderators tied before those of the config."""
        rooms = self._town.rooms
        platforms = dict.fromkeys(p.platform for ps in rooms.rooms.values() for p in ps)
        keys = {f"{_TIE}{p}/{room}": room for p in platforms for room in rooms.rooms}
        for key, place in self._store.settings.read(keys).items():
            rooms = rooms.tied(keys[key], Place.parse(place))
        self._town.rooms = rooms

    def forget(self) -> None:
        """After a rollback."""
        self._town.rooms = self._before or self._town.rooms
        self._before = None

    def settle(self) -> None:
        """The transaction is over."""
        self._before = None
