"""Handles one fact within a transaction: of the clock, of a platform, or of a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.desk import polling, youth
from bot.desk.answer import answer, concerns
from bot.desk.asker import Asker, Reply
from bot.desk.gathering import asking as gathering
from bot.desk.gathering import question as plaintalk
from bot.desk.services import Services
from bot.desk.which import spoken
from bot.engine.askers import Askers
from bot.engine.happened import happened
from bot.engine.reception import Reception
from bot.engine.unread import UNREAD, unread
from bot.platforms.facts import Fact, Flooded, Looked, Origin, Passed, PersonalFact, Said
from bot.town.town import milliseconds
from commands.said import Where
from dialogues.core import Notice, Refused

#: The facts that are one more message in a room.
_HEARD = frozenset({Said, Passed, Flooded})

_STAFF = Where.STAFF  # looked up once: every answer needs it


class Handling:
    """Handles facts, one at a time."""

    def __init__(
        self,
        services: Services,
        reception: Reception,
        askers: Askers,
        clock: Callable[[], datetime],
    ) -> None:
        self._services = services
        self._ledger = services.ledger
        self._store = services.store
        self._reception = reception
        self._askers = askers
        self._clock = clock

    def by_nobody(self, fact: Fact, refusal: Refused | None = None) -> list[Reply]:
        """Handle a fact without an author."""
        if isinstance(fact, Looked):
            return self._looked(fact, refusal)
        happened(self._services, self._reception, fact, self._clock())
        return []

    def by_somebody(
        self,
        fact: PersonalFact,
        cause: bytes,
        own: int,
        now: datetime,
        refusal: Refused | None = None,
    ) -> list[Reply]:
        """Handle a fact with an author; ``cause`` is the hashed id of its event, ``own`` its own
        time in milliseconds. With a ``refusal``, which came after a part of it was done, only that
        is answered.

        Raises ``HalfDone``: then all of it has to be undone.
        """
        origin, reception = fact.origin, self._reception
        kind = type(fact)
        if kind in _HEARD:
            self._store.places.heard(str(origin.place))
        if kind in UNREAD:
            return unread(self._services, fact, now)
        at, ledger = reception.clamped(origin, now), self._ledger
        ledger.due.run(at, reception)
        ledger.outgoing.begins()
        moment = own if at is origin.at else milliseconds(at)
        asker = self._askers.asker(origin, at, moment, cause)
        if type(fact) is Said:
            gathering.replied(self._services, fact, at)  # keeps nothing of whoever says it
        if asker is None:
            if not concerns(self._services, fact):
                return []
            asker = self._askers.newcomer(origin, at, moment, cause)
        notices = answer(self._services, asker, fact, refusal)
        if asker.can.polls and asker.where is Where.PERSONAL:
            polling.ask_next(self._services, asker.here, at)
        reception.answered(origin.place.platform, at)
        return self._replies(asker, notices)

    def _replies(self, asker: Asker, notices: list[Notice] | None) -> list[Reply]:
        if not notices:
            return []
        origin, subject = asker.origin, asker.subject
        language = asker.known.language or origin.language or subject.language
        if not language:
            language = spoken(self._services, asker)
        if self._services.town.rooms.youth and not asker.staff:
            language = youth.said_in(self._services, origin, language, subject.room)
        title = subject.title
        if asker.where is _STAFF and subject.dialogue:
            about = self._ledger.states.get(subject.dialogue)
            title = self._ledger.called(about) if about is not None else title
        return [
            Reply(
                asker.reply_to,
                tuple(notices),
                origin.cause,
                title,
                language,
                origin.handle,
                asker.tap,
                self._ledger.outgoing.after,
                asker.over,
            )
        ]

    def _looked(self, fact: Looked, refusal: Refused | None) -> list[Reply]:
        """Handle what a platform says of a message: ask its author, or give it as if they had typed
        it."""
        now = self._clock()
        self._ledger.run_due(now, self._reception)
        self._ledger.outgoing.begins()
        words, language = gathering.looked(self._services, fact, now)
        if not words:
            return []
        origin = Origin(
            fact.message,
            now,
            fact.place,
            fact.account,
            fact.roles,
            fact.message,
            language=language,
        )
        at, cause = self._reception.clamped(origin, now), self._reception.cause(origin.cause)
        asker = self._askers.newcomer(origin, at, milliseconds(at), cause)
        said = Said(origin, words)
        return self._replies(asker, answer(self._services, asker, said, refusal))

    def looks(self) -> list[plaintalk.Look]:
        """The messages to ask platforms for; empty when that cannot have changed since the last
        call."""
        if not self._services.curious:
            return []
        self._services.curious = False
        return plaintalk.looks(self._store, milliseconds(self._clock()))
