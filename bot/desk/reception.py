"""Who is asking, and when it was said: the person, roles and time behind a fact.

A platform's own times are believed as far as they can be true: not before what was read back
already, and not after now.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.desk.asker import Asker
from bot.ledger import Ledger
from bot.platforms.base import (
    Computed,
    Fact,
    Looked,
    Origin,
    PlaceKind,
    Posted,
    Tick,
    Trouble,
)
from dialogues.core import Role
from dialogues.dialogue import Dialogue

#: How long a closing waits for a platform that has not read back to it.
READ_BACK = timedelta(minutes=15)


class Reception:
    """``clock`` gives now in UTC; ``instant`` names the platforms of which everything said so far
    is known at any moment (console, replay)."""

    def __init__(
        self, ledger: Ledger, clock: Callable[[], datetime], instant: frozenset[str]
    ) -> None:
        self._ledger = ledger
        self._people = ledger.store.people
        self._places = ledger.store.places
        self._rooms = ledger.town.rooms
        self._clock = clock
        self._instant = instant
        self._read_back: dict[str, datetime] = {}
        self._roles: dict[frozenset[str], tuple[frozenset[Role], str]] = {}
        self._causes = hmac.new(ledger.town.key, b"inbox/1", "sha256")

    # -- when ---------------------------------------------------------------------------------

    def cause(self, event: str) -> bytes:
        """A chat event's id as it is kept: nobody without the town's key can look it up."""
        code = self._causes.copy()
        code.update(event.encode(errors="surrogatepass"))
        return code.digest()[:16]

    def clamped(self, origin: Origin, now: datetime) -> datetime:
        """The fact's own time, not before what was read back and not after now."""
        at = origin.at if origin.at.tzinfo is UTC else origin.at.astimezone(UTC)
        if origin.late:
            return min(at, now)
        earliest = self._read_back.get(origin.place.platform)
        if earliest is not None and at < earliest:
            return earliest
        return min(at, now) if earliest is None or now >= earliest else earliest

    def read_back(self, platform: str, at: datetime) -> None:
        """Everything said on a platform until this moment is in."""
        self._read_back[platform] = at

    def answered(self, platform: str, at: datetime) -> None:
        """Where nothing older can still arrive, whatever is handled is read back."""
        if platform in self._instant:
            self._read_back[platform] = at

    def settled(self, dialogue: Dialogue, at: datetime) -> bool:
        """Whether every platform of a room has read back to a moment; after 15 minutes anyway."""
        for place in self._rooms.rooms.get(dialogue.room, ()):
            if place.platform in self._instant:
                continue
            read = self._read_back.get(place.platform)
            if (read is None or read < at) and self._clock() < at + READ_BACK:
                return False
        return True

    # -- who ----------------------------------------------------------------------------------

    def asker(self, origin: Origin, at: datetime, cause: bytes) -> Asker | None:
        """The known person behind a fact, with what the platform says of their roles."""
        person = self._people.known(origin.place.platform, origin.account)
        if person is None and not origin.roles:
            return None
        if person is None:
            return self.newcomer(origin, at, cause)
        return self._with_roles(origin, at, cause, person)

    def newcomer(self, origin: Origin, at: datetime, cause: bytes) -> Asker:
        """Somebody of whom nothing was known until now."""
        person = self._people.person(origin.place.platform, origin.account)
        return self._with_roles(origin, at, cause, person)

    def _with_roles(self, origin: Origin, at: datetime, cause: bytes, person: str) -> Asker:
        known = self._roles.get(origin.roles)
        if known is None:
            named = frozenset(Role(role) for role in origin.roles)
            known = self._roles[origin.roles] = (named, ",".join(sorted(origin.roles)))
        roles, now = known
        kept = self._people.roles(person)
        if kept != now:
            if roles and not kept:
                self._ledger.withdraw_votes(person, at, origin.order)
            self._people.set_roles(person, now)
        if origin.place.kind is PlaceKind.PERSONAL:
            self._places.belongs(str(origin.place), person)
        settled = origin.place.platform in self._instant
        return Asker(origin, at, roles, cause, settled, person, instant=settled)


def moment(fact: Fact) -> datetime:
    """When a fact was: its platform's own time; before everything for what has none."""
    if isinstance(fact, Posted):
        return datetime.min.replace(tzinfo=UTC)
    if isinstance(fact, Tick) or isinstance(fact, Computed):  # noqa: SIM101 - every fact comes by
        return fact.at
    if isinstance(fact, Trouble | Looked):
        return fact.at
    return fact.origin.at
