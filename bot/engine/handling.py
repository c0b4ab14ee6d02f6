"""Handles one fact within a transaction: of the clock, of a platform, or of a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.desk import arriving, polling, posts
from bot.desk.answer import answer, concerns, refused
from bot.desk.asker import Asker, Reply
from bot.desk.gathering import asking as gathering
from bot.desk.gathering import consent
from bot.desk.gathering import question as plaintalk
from bot.desk.services import Services
from bot.desk.which import spoken
from bot.engine.askers import Askers
from bot.engine.reception import Reception
from bot.platforms.facts import (
    Computed,
    Erased,
    Fact,
    Flooded,
    Joined,
    Left,
    Looked,
    NotComputed,
    Origin,
    Passed,
    PersonalFact,
    Posted,
    Rights,
    Said,
    Stale,
    Tick,
    Trouble,
)
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from commands.said import Where
from dialogues.core import Audience, Context, Notice, Refused, Value
from dialogues.intents import IssueAdvice, RequestAdvice
from storage.offers import ON_ITS_WAY

#: The facts that are one more message in a room, and those that ask nothing of the bot.
_HEARD = frozenset({Said, Passed, Flooded})
_UNASKING = frozenset({Passed, Flooded, Joined, Left, Rights, Stale})


class Handling:
    """Handles facts, one at a time. ``fault`` is called with the name of each step."""

    def __init__(
        self,
        services: Services,
        reception: Reception,
        askers: Askers,
        clock: Callable[[], datetime],
        fault: Callable[[str], None],
    ) -> None:
        self._services = services
        self._ledger = services.ledger
        self._store = services.store
        self._reception = reception
        self._askers = askers
        self._clock = clock
        self._fault = fault

    def by_nobody(self, fact: Fact, refusal: Refused | None = None) -> list[Reply]:
        """Handle a fact without an author: time passed, a message was posted, a job is done,
        trouble."""
        if isinstance(fact, Posted):
            if fact.message:
                posts.stands(self._ledger, fact.token, fact.message, self._clock())
                now = self._clock()
                at, after = (now, ON_ITS_WAY) if fact.at is None else (fact.at, 0)
                place = self._store.offers.stood(fact.token, milliseconds(at), after)
                if place:
                    polling.ask_next(self._services, place, now)
            consent.stood(self._services, fact, self._clock())
        elif isinstance(fact, Tick):
            self._ledger.run_due(fact.at, self._reception)
        elif isinstance(fact, Trouble):
            self._ledger.outgoing.tell_staff(f"trouble_{fact.code}", self._clock())
        elif isinstance(fact, Computed):
            self._computed(fact)
        elif isinstance(fact, NotComputed):
            self._ledger.outgoing.alarm(self._ledger.states[fact.dialogue], "no_document", fact.at)
        elif isinstance(fact, Erased):
            self._once_more(fact.dialogue, fact.position, fact.at)
        elif isinstance(fact, Looked):
            return self._looked(fact, refusal)
        return []

    def _computed(self, fact: Computed) -> None:
        if self._ledger.states[fact.dialogue].erased_since_advice:
            self._once_more(fact.dialogue, fact.position, fact.at)
            return
        context = Context(fact.at, "clock")
        intent = IssueAdvice(fact.position, fact.manifest)
        events = self._ledger.act(fact.dialogue, intent, context)
        state = self._ledger.states[fact.dialogue]
        if events:
            data: dict[str, Value] = {"dialogue": fact.dialogue, "position": fact.position}
            notice = Notice("advice", data, Audience.ROOM, slot=f"document-{fact.position}")
            self._ledger.tell(state, notice, fact.at)

    def _once_more(self, dialogue: str, position: int, at: datetime) -> None:
        """Words in an advice were erased before it was sent: request its next version, with the
        same figures, which can no longer be taken."""
        advice = self._ledger.states[dialogue].advice
        if advice is not None and advice.position == position:
            figures = RequestAdvice(advice.contributed, advice.voted, advice.total)
            self._ledger.act(dialogue, figures, Context(at, "clock"))

    def by_somebody(
        self, fact: PersonalFact, cause: bytes, now: datetime, refusal: Refused | None = None
    ) -> list[Reply]:
        """Handle a fact with an author; ``cause`` is the hashed id of its event. With a
        ``refusal``, which came after a part of it was done, only that is answered.

        Raises ``HalfDone``: then all of it has to be undone.
        """
        origin, reception = fact.origin, self._reception
        if type(fact) in _HEARD:
            self._store.places.heard(str(origin.place))
        if type(fact) in _UNASKING:
            return self._unasked(fact, now)
        at = reception.clamped(origin, now)
        self._ledger.run_due(at, reception)
        self._fault("due")
        asker = self._askers.asker(origin, at, cause)
        if isinstance(fact, Said):
            gathering.replied(self._services, fact, at)  # keeps nothing of whoever says it
        if asker is None:
            if not concerns(self._services, fact):
                return []
            asker = self._askers.newcomer(origin, at, cause)
        notices = self._answered(asker, fact, refusal)
        if asker.can.polls and asker.where is Where.PERSONAL:
            polling.ask_next(self._services, asker.here, at)
        self._fault("decided")
        reception.answered(origin.place.platform, at)
        return self._replies(asker, notices)

    def _answered(
        self, asker: Asker, fact: PersonalFact, refusal: Refused | None
    ) -> list[Notice] | None:
        if refusal is not None:
            return refused(self._services, refusal)
        return answer(self._services, asker, fact)

    def _unasked(self, fact: PersonalFact, now: datetime) -> list[Reply]:
        """Handle a fact that is not read as words: a dropped message, or a change of the bot's own
        rights."""
        if isinstance(fact, Flooded):
            return self._flooded(fact, now)
        if isinstance(fact, Stale):
            return self._stale(fact)
        if isinstance(fact, Joined | Left | Rights):
            arriving.arrived(self._services, fact, now)
        return []

    def _replies(self, asker: Asker, notices: list[Notice] | None) -> list[Reply]:
        if not notices:
            return []
        own = asker.known.language or asker.origin.language
        language = own or asker.language or spoken(self._services, asker)
        cause, title = asker.origin.cause, asker.title
        about = self._ledger.states.get(asker.dialogue)
        if about is not None and asker.where is Where.STAFF:
            title = self._ledger.called(about)
        handle = asker.origin.handle
        return [Reply(asker.reply_to, tuple(notices), cause, title, language, handle, asker.tap)]

    def _looked(self, fact: Looked, refusal: Refused | None) -> list[Reply]:
        """Handle what a platform says of a message: ask its author, or give it as if they had typed
        it."""
        now = self._clock()
        self._ledger.run_due(now, self._reception)
        words = gathering.looked(self._services, fact, now)
        if not words:
            return []
        origin = Origin(fact.message, now, fact.place, fact.account, fact.roles, fact.message)
        at, cause = self._reception.clamped(origin, now), self._reception.cause(origin.cause)
        asker = self._askers.newcomer(origin, at, cause)
        return self._replies(asker, self._answered(asker, Said(origin, words), refusal))

    def looks(self) -> list[plaintalk.Look]:
        """The messages to ask platforms for; empty when that cannot have changed since the last
        call."""
        if not self._services.curious:
            return []
        self._services.curious = False
        return plaintalk.looks(self._store, milliseconds(self._clock()))

    def _stale(self, fact: Stale) -> list[Reply]:
        """Tell a person that what they pressed is not the bot's, or not any more. Nothing is kept
        of them."""
        origin = fact.origin
        place = Place(origin.place.platform, PlaceKind.PERSONAL, origin.account)
        person = self._store.people.known(place.platform, place.name)
        language = self._store.people.language(person) if person is not None else ""
        notice, spoken = Notice("stale_choice", {}), language or origin.language
        return [Reply(place, (notice,), origin.cause, language=spoken, handle=origin.handle)]

    def _flooded(self, fact: Flooded, now: datetime) -> list[Reply]:
        """Tell a person now and then that messages beyond their allowance are dropped."""
        origin = fact.origin
        place = Place(origin.place.platform, PlaceKind.PERSONAL, origin.account)
        person = self._store.people.known(place.platform, place.name)
        if place != origin.place and person is None:
            return []
        at, every = (
            milliseconds(min(origin.at, now)),
            self._services.town.limits.hint_minutes * 60_000,
        )
        if not self._store.places.hint(str(place), at, every):
            return []
        language = self._store.people.language(person) if person is not None else ""
        notice = Notice("too_much", {})
        return [Reply(place, (notice,), origin.cause, language=language, handle=origin.handle)]
