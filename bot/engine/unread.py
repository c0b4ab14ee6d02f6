"""Facts that are not read as words: a dropped message, a stale press, who came or left, rights."""

from __future__ import annotations

from datetime import datetime

from bot.desk import arriving
from bot.desk.asker import Reply
from bot.desk.gathering import asking as gathering
from bot.desk.services import Services
from bot.desk.which import spoken_at
from bot.desk.youth import said_in
from bot.platforms.facts import (
    Flooded,
    Joined,
    Left,
    Origin,
    Passed,
    PersonalFact,
    Rights,
    Stale,
)
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from dialogues.core import Notice

#: The types of such facts.
UNREAD = frozenset({Passed, Flooded, Joined, Left, Rights, Stale})


def unread(services: Services, fact: PersonalFact, now: datetime) -> list[Reply]:
    """Handle such a fact, and give what its author is told."""
    if isinstance(fact, Flooded):
        return _flooded(services, fact, now)
    if isinstance(fact, Stale):
        return _stale(services, fact)
    if isinstance(fact, Joined | Left | Rights):
        arriving.arrived(services, fact, now)
    if isinstance(fact, Passed):
        gathering.not_read(services, fact, now)
    return []


def _stale(services: Services, fact: Stale) -> list[Reply]:
    """Tell a person why what they did means nothing. Nothing is kept of them."""
    origin, people = fact.origin, services.store.people
    place = Place(origin.place.platform, PlaceKind.PERSONAL, origin.account)
    person = people.known(place.platform, place.name)
    own = people.language(person) if person is not None else ""
    language, notice = _language(services, origin, place, own), Notice(fact.why.value, {})
    return [Reply(place, (notice,), origin.cause, language=language, handle=origin.handle)]


def _language(services: Services, origin: Origin, place: Place, own: str) -> str:
    """The language for somebody: their ``own``, else that of their program, else that of their
    conversation; in a room of young people as it is said to them."""
    language = own or origin.language or spoken_at(services, str(place))
    return said_in(services, origin, language)


def _flooded(services: Services, fact: Flooded, now: datetime) -> list[Reply]:
    """Tell a person now and then that messages beyond their allowance are dropped."""
    origin, people = fact.origin, services.store.people
    place = Place(origin.place.platform, PlaceKind.PERSONAL, origin.account)
    person = people.known(place.platform, place.name)
    if place != origin.place and person is None:
        return []
    at = milliseconds(min(origin.at, now))
    every = services.town.limits.hint_minutes * 60_000
    if not services.store.places.hint(str(place), at, every):
        return []
    own = people.language(person) if person is not None else ""
    language, notice = _language(services, origin, place, own), Notice("too_much", {})
    return [Reply(place, (notice,), origin.cause, language=language, handle=origin.handle)]
