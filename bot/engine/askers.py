"""Finds the author of a fact: the person behind the account, and the roles they have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.desk import held
from bot.desk.asker import Asker
from bot.ledger.ledger import Ledger
from bot.platforms.capabilities import Capabilities
from bot.platforms.facts import Origin
from bot.platforms.places import Place, PlaceKind
from commands.said import Where
from dialogues.core import Role
from storage.people import Known

#: Looked up once: reading an enum's member costs as much as a call, and every vote needs it.
_PERSONAL, _STAFF = PlaceKind.PERSONAL, PlaceKind.STAFF

#: The roles of a resident.
_NONE: frozenset[Role] = frozenset()

_WHERE = {
    PlaceKind.ROOM: Where.ROOM,
    PlaceKind.STAFF: Where.STAFF,
    PlaceKind.PERSONAL: Where.PERSONAL,
}


class Askers:
    """Finds the authors of facts. ``capabilities`` says by name what each platform can do."""

    def __init__(self, ledger: Ledger, capabilities: Mapping[str, Capabilities]) -> None:
        self._ledger = ledger
        self._people = ledger.store.people
        self._places = ledger.store.places
        self._town = ledger.town
        self._can = capabilities
        one = len(capabilities) == 1  # else a vote on the other network can turn out to be theirs
        self._at_once = one and not any(can.waits for can in capabilities.values())

    def asker(self, origin: Origin, at: datetime, moment: int, cause: bytes) -> Asker | None:
        """The author of a fact, with the roles that the platform gives; None when unknown and
        without a role. ``moment`` is ``at`` in milliseconds."""
        known = self._people.met(origin.place.platform, origin.account)
        if known is None:
            return self.newcomer(origin, at, moment, cause) if origin.roles else None
        roles = _NONE  # nearly always
        if origin.roles or known.roles:
            roles = self._roles(origin, at, known)
        place = answers = origin.place
        here = own = known.conversation
        if place.kind is _PERSONAL and place.name == origin.account:
            self._places.belongs(own, known.person)
        elif place.kind is _STAFF:
            here = str(place)
        else:
            answers = Place(place.platform, _PERSONAL, origin.account)
            if place.kind is _PERSONAL:
                self._places.belongs(str(place), known.person)
        return Asker(
            origin,
            at,
            moment,
            _WHERE[place.kind],
            roles,
            cause,
            self._can[place.platform],
            self._at_once,
            known,
            answers,
            here,
            own,
            roles,
        )

    def newcomer(self, origin: Origin, at: datetime, moment: int, cause: bytes) -> Asker:
        """The author of a fact, made known when new."""
        self._people.person(origin.place.platform, origin.account)
        asker = self.asker(origin, at, moment, cause)
        assert asker is not None
        return asker

    def _roles(self, origin: Origin, at: datetime, known: Known) -> frozenset[Role]:
        """The roles that the platform gives now, which are stored. The votes of who had none before
        and has one now are withdrawn."""
        roles, now = held.read(origin.roles)
        mine = origin.moderates
        if mine is not None and Role.MODERATOR in roles:
            if len(roles) == 1 and not mine.issuperset(self._town.rooms.rooms):
                now = held.partly(mine)
            if not self._moderated(origin.place, mine):
                roles = roles - {Role.MODERATOR}
        if known.roles != now:
            if now and (not known.roles or held.is_partly(known.roles)):
                rooms = mine if held.is_partly(now) else None
                self._ledger.withdraw_votes(known.person, at, origin.order, rooms)
            self._people.set_roles(origin.place.platform, origin.account, now)
            known.roles = now
        return roles

    def _moderated(self, place: Place, mine: frozenset[str]) -> bool:
        """Whether somebody who moderates these rooms is a moderator at a place; in a personal
        conversation, and in a place that is nothing yet, that depends on what is meant."""
        if place.kind is _PERSONAL:
            return True
        rooms = set(self._town.rooms.rooms_of_staff(place))
        room = self._town.rooms.room_at(place)
        rooms |= {room} if room is not None else set()
        return not rooms or not mine.isdisjoint(rooms)
