"""Before a fact is handled: is it new, and at what time did it happen.

A platform's own times are believed as far as they can be true: not before what was read back
already, and not after now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, NamedTuple

from bot.ledger.ledger import Ledger
from bot.platforms.capabilities import Capabilities, ReadBack
from bot.platforms.facts import Fact, Origin
from bot.platforms.places import Place
from bot.town.town import milliseconds
from dialogues.dialogue import Dialogue
from storage.inbox import REMEMBERED

#: Facts older than this are refused: it is not remembered any more whether they were handled.
_REMEMBERED = timedelta(milliseconds=REMEMBERED)

#: How long a closing waits for a platform that has not read back to it.
READ_BACK = timedelta(minutes=15)

#: What is due to open is open from its hour on, if it opens at most so much later.
LATE = timedelta(minutes=2)

#: A platform counts as connected for so long after its last response.
CONNECTED = timedelta(minutes=2)


class Cursor(NamedTuple):
    """The position up to which a platform was read. Everything said there before ``read_back_at``
    has been received, except in ``places``, each of which has a moment of its own."""

    platform: str
    position: str
    read_back_at: datetime
    places: Mapping[Place, datetime] = MappingProxyType({})

    @property
    def everywhere(self) -> datetime:
        """The moment before which everything said in any place has been received."""
        return min([self.read_back_at, *self.places.values()])


class Reception:
    """Claims facts, and finds their time. ``clock`` gives now in UTC; ``capabilities``
    says by name what each platform can do."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Callable[[], datetime],
        capabilities: Mapping[str, Capabilities],
    ) -> None:
        self._ledger = ledger
        self._town = ledger.town
        self._clock = clock
        self._can = capabilities
        self._at_once = frozenset(name for name, can in capabilities.items() if not can.waits)
        self._read_back: dict[str, datetime] = ledger.store.cursors.read_back()
        self._apart: dict[str, Mapping[Place, datetime]] = {}
        self._began = clock()
        self._answered_at: dict[str, datetime] = {}
        self._hash = blake2b(b"inbox/1", key=ledger.town.key, digest_size=16)

    def claimed(self, batch: Sequence[Fact], now: datetime) -> list[tuple[Any, bytes, int]]:
        """The facts that were not handled before, each with its hashed id (b"" for one without an
        author) and its own time in milliseconds. Claimed together, because that takes half the
        time."""
        copied, oldest = self._hash.copy, now - _REMEMBERED
        read: list[tuple[Any, bytes, int]] = []
        for fact in batch:
            origin: Origin | None = getattr(fact, "origin", None)
            if origin is None:
                read.append((fact, b"", 0))
            elif origin.at >= oldest:
                made = copied()  # as ``cause`` does, without a call for each
                made.update(origin.cause.encode("utf-8", "surrogatepass"))
                read.append((fact, made.digest(), milliseconds(origin.at)))
        return self._ledger.store.inbox.fresh(read)

    # -- when ---------------------------------------------------------------------------------

    def cause(self, event: str) -> bytes:
        """The hash of a chat event's id, as it is stored; made with the town's key."""
        made = self._hash.copy()  # less than half of what an HMAC takes, and every fact has one
        made.update(event.encode("utf-8", "surrogatepass"))
        return made.digest()

    def clamped(self, origin: Origin, now: datetime) -> datetime:
        """The fact's own time, not before what was read back and not after now."""
        at = origin.at
        if at.tzinfo is not UTC:
            at = at.astimezone(UTC)
        if at > now:
            at = now
        if origin.late:
            return at
        place = origin.place
        # nearly always there are none apart, and this is asked of every fact
        earliest = self._known_to(place) if self._apart else self._read_back.get(place.platform)
        return at if earliest is None or at >= earliest else earliest

    def _known_to(self, place: Place) -> datetime | None:
        """The moment before which everything said in a place has been received, if any is known."""
        apart = self._apart.get(place.platform)
        return (apart and apart.get(place)) or self._read_back.get(place.platform)

    def read_back(self, cursor: Cursor) -> None:
        """Note up to when a platform's facts have been received; no moment ever moves back."""
        apart = {place: max(at, self._known_to(place) or at) for place, at in cursor.places.items()}
        name, at = cursor.platform, cursor.read_back_at
        self._read_back[name] = max(at, self._read_back.get(name, at))
        self._answered_at[name] = self._clock()
        if apart:
            self._apart[name] = apart
        else:
            self._apart.pop(name, None)

    def answered(self, platform: str, at: datetime) -> None:
        """Note the time of a handled fact, on a platform on which nothing older can still
        arrive."""
        if platform in self._at_once:
            self._read_back[platform] = at

    def now(self) -> datetime:
        """The time on the clock."""
        return self._clock()

    def settled(self, dialogue: Dialogue, at: datetime) -> bool:
        """Whether everything said before ``at`` has been received from every platform of a
        dialogue's room (the room and all personal conversations); True in any case 15 minutes after
        ``at``."""
        for place in self._town.rooms.rooms.get(dialogue.room, ()):
            can = self._can.get(place.platform)
            if can is not None and not can.waits:
                continue
            for read in (self._known_to(place), self._read_back.get(place.platform)):
                if (read is None or read < at) and self._clock() < at + READ_BACK:
                    return False
        return True

    def opens(self, dialogue: Dialogue, at: datetime) -> datetime | None:
        """When what is due to open at ``at`` opens: then, or now, where the bot was not there or
        comes more than ``LATE`` after it; None while no platform of the dialogue's room is
        connected."""
        places, now = self._town.rooms.rooms.get(dialogue.room, ()), self._clock()
        if not places:
            return at
        names = {place.platform for place in places if place.platform in self._can}
        if any(self._can[name].read_back is ReadBack.AT_ONCE for name in names):
            return at if at >= self._began - LATE else now
        if any(self._connected(name, now) for name in names):
            return at if at >= now - LATE else now
        return None

    def _connected(self, platform: str, now: datetime) -> bool:
        answered = self._answered_at.get(platform)
        return answered is not None and now - answered <= CONNECTED
