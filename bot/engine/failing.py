"""A fact that breaks something: it is claimed as failed, and staff and its author are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.desk.asker import Reply
from bot.engine.reception import Reception
from bot.ledger.ledger import Ledger
from bot.platforms.facts import Fact, Posted
from bot.platforms.places import PlaceKind
from bot.town.town import milliseconds
from dialogues.core import Notice


class Failing:
    """Takes facts that broke, one at a time."""

    def __init__(self, ledger: Ledger, reception: Reception, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._reception = reception
        self._clock = clock
        self._told: set[type] = set()

    def failed(self, fact: Fact) -> list[Reply]:
        """Claim a fact as failed in a transaction of its own, so that it does not come again; the
        answer to its author. Raises ``NotNow``."""
        origin = getattr(fact, "origin", None)
        store = self._ledger.store
        with store.transaction():
            if origin is not None:
                cause = self._reception.cause(origin.cause)
                store.inbox.claim_failed(milliseconds(origin.at), cause)
            if self._is_news(fact):
                self._ledger.outgoing.tell_staff("alarm", self._clock())
        self._ledger.committed()
        if origin is None or origin.place.kind is PlaceKind.ROOM:
            return []
        return [Reply(origin.place, (Notice("failed", {}),), origin.cause, handle=origin.handle)]

    def _is_news(self, fact: Fact) -> bool:
        """Whether staff has to hear that a fact broke: never of what was posted, because what tells
        of it would be posted too, and once of each sort of fact without an author, which come by
        themselves."""
        if getattr(fact, "origin", None) is not None:
            return True
        sort = type(fact)
        if sort is Posted or sort in self._told:
            return False
        self._told.add(sort)
        return True
