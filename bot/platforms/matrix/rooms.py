"""Which Matrix room is which place, and who has which power in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.facts import Right
from bot.platforms.matrix.events import Json, Seen, table, words
from bot.platforms.matrix.settings import NAME, Settings
from bot.platforms.matrix.store import Known, Named
from bot.platforms.places import Place, PlaceKind

#: From this power level on somebody is a moderator.
MODERATOR = 50

#: The join rules with which nobody joins without being let in.
_BY_INVITATION = frozenset({"invite", "knock", "private"})

#: In these versions of a room its creator has no power but what the levels give.
_OLDER = frozenset(str(number) for number in range(1, 12))


@dataclass(slots=True)
class Room:
    """What the state events of a room say: its creator, its power levels, its members."""

    created: Json = field(default_factory=dict)
    creator: str = ""
    levels: Json = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)
    replaced_by: str = ""
    replaced_at: str = ""
    encrypted: bool = False
    join_rule: str = "invite"
    seen_by_all: bool = False


@dataclass(slots=True)
class House:
    """All rooms that the bot is in. ``known`` is stored on disk."""

    settings: Settings
    known: Known
    rooms: dict[str, Room] = field(default_factory=dict)
    _roles: dict[str, frozenset[str]] = field(default_factory=dict)
    _moderators: frozenset[str] = frozenset()

    def place(self, room: str) -> Place | None:
        """The place of a room; None for rooms that the bot does not read. A closed room and its
        successor are the same place for a while."""
        named = (name for name, kept in self.known.named.items() if kept.room == room)
        name = next(named, self.known.moves.get(room))
        if name is not None:
            staff = name in self.settings.staff_rooms
            return Place(NAME, PlaceKind.STAFF if staff else PlaceKind.ROOM, name)
        if room in self.known.others:
            return Place(NAME, PlaceKind.STAFF, self.known.others[room])
        user = self.known.direct.get(room)
        if user is None or not self._between_two(room, user):
            return None
        return Place(NAME, PlaceKind.PERSONAL, user)

    def room(self, place: Place) -> str:
        """The id of the room of a place that the bot is in, or ""."""
        if place.kind is not PlaceKind.PERSONAL:
            named = self.known.named.get(place.name)
            if named is None:
                return self._other(place.name)
            return named.room if named.room in self.rooms else ""
        invited = ""
        for room, user in reversed(self.known.direct.items()):
            if user == place.name and room in self.rooms and self._between_two(room, user):
                if user in self.rooms[room].joined:
                    return room
                invited = invited or room  # opened by the bot, and not looked at yet
        return invited

    def _other(self, name: str) -> str:
        """The newest room whose name is the id of a room in no setting, or ""."""
        found = (r for r, other in reversed(self.known.others.items()) if other == name)
        return next((room for room in found if room in self.rooms), "")

    def moved(self, room: str) -> bool:
        """Whether a room is the successor of a closed one."""
        return room in self.known.moves or self.known.others.get(room, room) != room

    def is_moderator(self, user: str) -> bool:
        """Whether the config makes somebody a moderator, of the whole town."""
        return user in self.settings.roles.get("moderator", frozenset())

    def moderates(self, user: str) -> frozenset[str]:
        """The rooms of the config in which somebody is a moderator: all of them for a moderator of
        the config, else those in which they have the power level."""
        if self.is_moderator(user):
            return frozenset(self.settings.rooms)
        named = {name: self.known.named.get(name) for name in self.settings.rooms}
        return frozenset(
            name
            for name, kept in named.items()
            if kept is not None and user in powerful(self.rooms.get(kept.room))
        )

    def open_to_all(self, room: str) -> bool:
        """Whether people can join a room, or read it, without being invited."""
        state = self.rooms.get(room, Room())
        return state.seen_by_all or state.join_rule not in _BY_INVITATION

    def talks(self, place: Place) -> bool:
        """Whether somebody is in their personal conversation."""
        room = self.room(place)
        return bool(room) and place.name in self.rooms[room].joined

    def opened(self, user: str) -> bool:
        """Whether somebody has a personal conversation, or was just invited to one."""
        return any(
            other == user and (room not in self.rooms or self._between_two(room, user))
            for room, other in self.known.direct.items()
        )

    def spoken(self, room: str) -> bool:
        """Make this the resident's newest personal conversation, to which answers go; True when
        that is a change."""
        user = self.known.direct.get(room)
        mine = [r for r, u in self.known.direct.items() if u == user]
        if user is None or mine[-1] == room:
            return False
        self.known.direct[room] = self.known.direct.pop(room)
        return True

    def _between_two(self, room: str, user: str) -> bool:
        state = self.rooms.get(room)
        return state is not None and state.members - {self.settings.user} == {user}

    def roles(self, user: str) -> frozenset[str]:
        """The roles of an account: from the config, and from its power level in the config's
        rooms."""
        found = self._roles.get(user)
        if found is None:
            named = {role for role, users in self.settings.roles.items() if user in users}
            if user in self._moderators:
                named.add("moderator")
            found = self._roles[user] = frozenset(named)
        return found

    def roles_at(self, user: str, place: Place) -> frozenset[str]:
        """The roles of an account at one place: power in another room makes no moderator there."""
        mine = self.is_moderator(user) or place.name in self.moderates(user)
        return self.roles(user) - (frozenset() if mine else {"moderator"})

    def settle(self) -> None:
        """Compute the moderators again, because power levels may have changed."""
        strong = {
            user
            for name in self.settings.rooms
            if (named := self.known.named.get(name)) is not None
            for user in powerful(self.rooms.get(named.room))
        }
        now = frozenset(strong - {self.settings.user})
        if now != self._moderators:
            self._moderators = now
            self._roles.clear()

    def name(self, name: str, configured: str, room: str) -> None:
        self.known.named[name] = Named(configured, room)

    def learn(self, room: str, events: Iterable[Seen]) -> None:
        """Take in state events, in order."""
        state = self.rooms.setdefault(room, Room())
        for event in events:
            if event.state_key is not None:
                _learn(state, event)
                if event.type == "m.room.member":
                    self._direct(room, event)

    def _direct(self, room: str, event: Seen) -> None:
        """Recognise a personal conversation by the invitation that opened it."""
        invites = event if event.content.get("membership") == "invite" else None
        content = invites.content if invites is not None else event.before
        if content.get("is_direct") is not True or room in self.known.direct:
            return
        unsigned = table(event.source.get("unsigned"))
        by = event.sender if invites is not None else words(unsigned.get("prev_sender"))
        me = self.settings.user
        partner = by if event.state_key == me else event.state_key if by == me else ""
        if partner and partner != me:
            self.known.direct[room] = partner


def _learn(state: Room, event: Seen) -> None:
    if event.type == "m.room.member":
        membership, user = event.content.get("membership"), event.state_key or ""
        present = membership in ("join", "invite")
        (state.members.add if present else state.members.discard)(user)
        (state.joined.add if membership == "join" else state.joined.discard)(user)
    elif event.state_key != "":
        return
    elif event.type == "m.room.create":
        state.created, state.creator = event.content, event.sender
    elif event.type == "m.room.power_levels":
        state.levels = event.content
    elif event.type == "m.room.encryption":
        state.encrypted = True
    elif event.type == "m.room.join_rules":
        state.join_rule = words(event.content.get("join_rule"))
    elif event.type == "m.room.history_visibility":
        state.seen_by_all = event.content.get("history_visibility") == "world_readable"
    elif event.type == "m.room.tombstone":
        state.replaced_by = words(event.content.get("replacement_room"))
        state.replaced_at = event.sender.partition(":")[2]


def powerful(state: Room | None) -> set[str]:
    """The accounts with a moderator's power level in a room, its creators included."""
    if state is None:
        return set()
    levels = table(state.levels.get("users"))
    strong = {user for user, level in levels.items() if number(level, 0) >= MODERATOR}
    if words(state.created.get("room_version")) in _OLDER or not state.created:
        return strong if state.levels else strong | ({state.creator} - {""})
    if "room_version" not in state.created:
        return strong
    more = state.created.get("additional_creators")
    others = {user for user in more if isinstance(user, str)} if isinstance(more, list) else set()
    return strong | others | {state.creator}


def level(state: Room, user: str) -> int:
    """The power level of an account; a creator of a newer room is above all."""
    if user in powerful(state) - set(table(state.levels.get("users"))):
        return 1_000_000
    return number(
        table(state.levels.get("users")).get(user), number(state.levels.get("users_default"), 0)
    )


def needed(state: Room, event: str, is_state: bool) -> int:
    """The power level that sending an event takes."""
    default = (
        number(state.levels.get("state_default"), 50)
        if is_state
        else number(state.levels.get("events_default"), 0)
    )
    return number(table(state.levels.get("events")).get(event), default)


def lacking(state: Room, user: str, *, staff: bool = False) -> tuple[Right, ...]:
    """The rights that an account lacks of those that the bot needs in a room; fewer in a staff
    room."""
    mine = level(state, user)
    kind = "m.room.encrypted" if state.encrypted else "m.room.message"
    needs = {
        Right.WRITE: needed(state, kind, is_state=False),
        Right.PIN: 0 if staff else needed(state, "m.room.pinned_events", is_state=True),
        Right.REMOVE: 0 if staff else number(state.levels.get("redact"), 50),
    }
    return tuple(right for right, power in needs.items() if mine < power)


def number(value: Any, otherwise: int) -> int:
    """A power level, which older rooms may have as text; ``otherwise`` when it is no number."""
    if isinstance(value, bool):
        return otherwise
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            return otherwise
    return otherwise
