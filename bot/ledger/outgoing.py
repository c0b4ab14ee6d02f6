"""What a transaction sends: notices into the outbox, changed cards, and requested jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

from bot.ledger import offered_words
from bot.ledger.changed import Changed
from bot.platforms.places import Place
from bot.town.town import Town, milliseconds
from dialogues.aggregates import DIALOGUE, State, kind_of
from dialogues.announce import card_changed
from dialogues.core import Audience, Notice, Value
from storage.messages import encode
from storage.rows import LIST, WORK
from storage.store import Store


@dataclass(frozen=True, slots=True)
class _Mark:
    changed: Changed
    jobs: int
    closed_a_round: bool
    alarmed: bool


class Outgoing:
    """Collects what a transaction sends. ``jobs``: the aggregates and journal lines for which a
    document was requested. ``alarmed``: a young person's words were reported to staff.
    ``closed_a_round``: a round was closed; ``opened``: dialogues whose first round was opened.
    ``after``: the newest row of the outbox before what the fact at hand did itself. ``unasked`` are
    the platforms on which the bot may write to people who asked for nothing; ``talking`` those on
    which people have a conversation with it, that it can write in at any time; ``listing`` those
    with a list of events."""

    def __init__(self, store: Store, town: Town, chance: Callable[[int], bytes]) -> None:
        self._store = store
        self._town = town
        self._chance = chance
        self.changed = Changed()
        self.jobs: list[tuple[str, int]] = []
        self.closed_a_round = False
        self.opened: list[str] = []
        self.alarmed = False
        self.after: int | None = None
        self.unasked: frozenset[str] = frozenset()
        self.talking: frozenset[str] = frozenset()
        self.listing: frozenset[str] = frozenset()

    def begins(self) -> None:
        """All that is told from here on comes after the answer to the fact at hand: what was due
        has happened, or the round opens that the answer is about."""
        self.after = self._store.outbox.newest()

    def token(self) -> str:
        """A fresh random token for a message."""
        return self._chance(10).hex()

    def tell(self, state: State, notice: Notice, at: datetime, only: Place | None = None) -> None:
        """Put a notice in the outbox for each place of its audience, or for ``only``."""
        message = None
        if notice.audience is Audience.STAFF:
            self._note(state, notice, at)
        for place in self._places(state, notice) if only is None else (only,):
            if message is None:
                message = encode(notice)
            self._store.outbox.put(
                self.token(), str(place), state.id, notice.slot, message, at.isoformat()
            )

    def lists(self, state: State, position: int, at: datetime) -> None:
        """Announce the list of a round to everybody who has a conversation about the dialogue; what
        is in it is made when it is sent. Not in a room of young people."""
        if state.room in self._town.rooms.youth:
            return
        message, slot = encode(Notice("round_list", {})), f"{LIST}{position}"
        for place in self._talking(state.id):
            token = sha256(f"{state.id}/{slot}/{place}".encode()).hexdigest()[:20]
            self._store.outbox.put(token, place, state.id, slot, message, at.isoformat())

    def _note(self, state: State, notice: Notice, at: datetime) -> None:
        for place in self._town.rooms.staff_places(state.room):
            now = milliseconds(at)
            offered_words.note(self._store.offers, str(place), state.id, notice.template, now)

    def _talking(self, dialogue: str) -> list[str]:
        """The conversations in which somebody takes part in a dialogue, where the bot may write
        unasked: who began with it, and who voted without that and talks of no other."""
        store = self._store
        found = set(store.places.talking(dialogue, self.unasked))
        for person in store.participants.with_ballots(dialogue) if self.unasked else ():
            for place in store.places.of_person(person):
                chosen = store.places.dialogue(place)
                if chosen in ("", dialogue) and place.partition("/")[0] in self.unasked:
                    found.add(place)
        return sorted(found)

    def say(self, place: Place, notice: Notice, at: datetime, about: str = "") -> None:
        """Put a notice for one place in the outbox, outside every slot."""
        message, token = encode(notice), self.token()
        self._store.outbox.put(token, str(place), about, "", message, at.isoformat())

    def tell_staff(
        self, template: str, at: datetime, data: Mapping[str, Value] = MappingProxyType({})
    ) -> None:
        """Put a notice that is about no dialogue in the outbox, for every staff room."""
        for place in dict.fromkeys(p for ps in self._town.rooms.staff.values() for p in ps):
            self.say(place, Notice(template, data, Audience.STAFF), at)

    def alarm(self, state: State, template: str, at: datetime) -> None:
        """Tell the staff room of an aggregate (every staff room, if it has none) that something
        failed, and what to do."""
        other = kind_of(state.id) != DIALOGUE
        data: dict[str, Value] = {"dialogue": getattr(state, "name", state.id), "other": other}
        if not self._town.rooms.staff_places(state.room):
            return self.tell_staff(template, at, data)
        return self.tell(state, Notice(template, data, Audience.STAFF), at)

    def _places(self, state: State, notice: Notice) -> Iterator[Place]:
        if notice.audience is Audience.ROOM:
            yield from self._town.rooms.rooms.get(state.room, ())
        elif notice.audience is Audience.STAFF:
            yield from self._town.rooms.staff_places(state.room)
        else:
            person = self._person(notice.person)
            if not person or self._store.people.quiet(person):
                return
            places = map(Place.parse, self._store.places.of_person(person))
            yield from sorted(places, key=lambda place: place.platform not in self.talking)[:1]

    def _person(self, participant: str) -> str | None:
        known = self._store.participants
        if participant.startswith("b"):
            participant = known.participant_of(participant) or ""
        return known.person_of(participant) if participant else None

    # -- cards --------------------------------------------------------------------------------

    def tell_card(self, state: State, index: int, at: datetime) -> None:
        """Put a card in the outbox now, above what comes after it."""
        self.changed.cards.pop((state.id, index), None)
        self.tell(state, card_changed(index), at)

    def tell_cards(self, at: datetime) -> None:
        """Put the changed cards in the outbox: one edit for each, however many votes came.

        The outbox only says that a card changed; its text is made when it is sent.
        """
        for (_, index), state in self.changed.cards.items():
            self.tell(state, card_changed(index), at)
        for about, notice in self.changed.messages.values():
            self.tell(about, notice, at)
        for state in self.changed.work.values():
            for post in self._store.posts.standing(state.id, WORK):
                notice = Notice("work_changed", {}, Audience.STAFF, slot=WORK)
                self.tell(state, notice, at, Place.parse(post.place))
        self.changed.clear()

    def mark(self) -> _Mark:
        """The present content, to go ``back`` to."""
        return _Mark(self.changed.copy(), len(self.jobs), self.closed_a_round, self.alarmed)

    def back(self, mark: _Mark) -> None:
        """A part of the transaction was undone: drop what was added since ``mark``."""
        self.changed = mark.changed
        del self.jobs[mark.jobs :]
        self.closed_a_round, self.alarmed = mark.closed_a_round, mark.alarmed

    def committed(self) -> None:
        """After the commit: drop everything collected."""
        self.changed.clear()
        self.jobs.clear()
        self.opened.clear()
        self.after = None
        self.closed_a_round = False
        self.alarmed = False
