"""Staff rooms that moderators tied to rooms with ``gesprek staf``, which override the config's."""

from __future__ import annotations

from bot.platforms.places import Place
from bot.town.town import Rooms, Town
from storage.store import Store

#: The prefix of the settings that store which staff room was tied to a room.
_TIE = "staff/"


class Ties:
    """Part of the engine's transaction: after a rollback the ties are as before."""

    def __init__(self, store: Store, town: Town) -> None:
        self._store = store
        self._town = town
        self._before: Rooms | None = None
        self.learn()

    def tie(self, room: str, place: Place) -> None:
        """Make a place the staff room of a room, whatever the config says."""
        self._store.settings.write(f"{_TIE}{place.platform}/{room}", str(place))
        self._before = self._before or self._town.rooms
        self._town.rooms = self._town.rooms.tied(room, place)

    def learn(self) -> None:
        """Read the stored ties, and put them before the staff rooms of the config."""
        rooms = self._town.rooms
        platforms = dict.fromkeys(p.platform for ps in rooms.rooms.values() for p in ps)
        keys = {f"{_TIE}{p}/{room}": room for p in platforms for room in rooms.rooms}
        for key, place in self._store.settings.read(keys).items():
            rooms = rooms.tied(keys[key], Place.parse(place))
        self._town.rooms = rooms

    def rolled_back(self) -> None:
        """After a rollback: go back to the staff rooms from before the transaction."""
        self._town.rooms = self._before or self._town.rooms
        self._before = None

    def committed(self) -> None:
        """After the commit: the new ties are there to stay."""
        self._before = None
