"""Limits how many messages of one person and of one room are handled.

What is over is handed on as ``Flooded``, so that it is known and changes nothing. It is judged by
the events' own times: what was said over hours while the bot was down is no flood. New accounts
have the same allowance as others, and staff has no limit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.platforms.facts import (
    Chose,
    Edited,
    Fact,
    Flooded,
    Marked,
    Reacted,
    Removed,
    Said,
    Stale,
    Submitted,
    Unreacted,
)
from bot.platforms.places import PlaceKind


@dataclass(frozen=True, slots=True)
class Allowance:
    """A token bucket: this many messages at once, and then this many a second."""

    at_once: float
    a_second: float


#: The allowance of one person; nobody reads and answers this much by hand.
PERSON = Allowance(300, 1.0)

#: The allowance of a room, for everybody in it together; a personal conversation has none.
ROOM = Allowance(3000, 50.0)

#: With this many buckets, those that are full again are dropped.
_MANY = 20_000

_COUNTED = (Said, Chose, Stale, Reacted, Unreacted, Marked, Submitted, Edited, Removed)


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime

    def full(self, allowance: Allowance, at: datetime) -> bool:
        since = (at - self.at).total_seconds()
        return self.left + since * allowance.a_second >= allowance.at_once

    def take(self, allowance: Allowance, at: datetime) -> bool:
        if at > self.at:
            more = (at - self.at).total_seconds() * allowance.a_second
            self.left, self.at = min(self.left + more, allowance.at_once), at
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass(slots=True)
class Flood:
    """The buckets of all persons and rooms, kept for as long as the bot runs."""

    people: dict[str, _Bucket] = field(default_factory=dict)
    rooms: dict[str, _Bucket] = field(default_factory=dict)

    def kept(self, facts: Iterable[Fact], now: datetime) -> tuple[Fact, ...]:
        """The facts, with those beyond the allowance replaced by ``Flooded``."""
        return tuple(self._one(fact, now) for fact in facts)

    def _one(self, fact: Fact, now: datetime) -> Fact:
        if not isinstance(fact, _COUNTED) or fact.origin.roles:
            return fact
        origin, at = fact.origin, min(fact.origin.at, now)
        passes = _taken(self.people, origin.account, PERSON, at)
        if passes and origin.place.kind is not PlaceKind.PERSONAL:
            passes = _taken(self.rooms, origin.place.name, ROOM, at)
        return fact if passes else Flooded(origin)


def _taken(buckets: dict[str, _Bucket], key: str, allowance: Allowance, at: datetime) -> bool:
    bucket = buckets.get(key)
    if bucket is None:
        if len(buckets) > _MANY:
            for full in [k for k, kept in buckets.items() if kept.full(allowance, at)]:
                del buckets[full]
        bucket = buckets[key] = _Bucket(allowance.at_once, at)
    return bucket.take(allowance, at)
