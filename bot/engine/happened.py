"""Facts without an author: time passed, a message was posted, a document is made, trouble."""

from __future__ import annotations

from datetime import datetime

from bot.desk import cards, polling
from bot.desk.gathering import consent
from bot.desk.services import Services
from bot.engine.reception import Reception
from bot.ledger.ledger import Ledger
from bot.platforms.facts import Computed, Erased, Fact, NotComputed, Posted, Tick, Trouble
from bot.town.town import milliseconds
from dialogues.core import Audience, Context, Notice, Value
from dialogues.intents import IssueAdvice, RequestAdvice
from storage.offers import ON_ITS_WAY


def happened(services: Services, reception: Reception, fact: Fact, now: datetime) -> None:
    """Handle such a fact; nobody waits for an answer to it."""
    ledger = services.ledger
    if isinstance(fact, Posted):
        _posted(services, fact, now)
    elif isinstance(fact, Tick):
        ledger.run_due(fact.at, reception)
    elif isinstance(fact, Trouble):
        ledger.outgoing.tell_staff(f"trouble_{fact.code}", now)
    elif isinstance(fact, Computed):
        _computed(ledger, fact)
    elif isinstance(fact, NotComputed):
        ledger.outgoing.alarm(ledger.states[fact.dialogue], "no_document", fact.at)
    elif isinstance(fact, Erased):
        _once_more(ledger, fact.dialogue, fact.position, fact.at)


def _posted(services: Services, fact: Posted, now: datetime) -> None:
    """A message stands in the chat from now on, or from the hour that the platform gives."""
    if fact.message:
        cards.stands(services.ledger, fact.token, fact.message, now)
        at, after = (now, ON_ITS_WAY) if fact.at is None else (fact.at, 0)
        place = services.store.offers.stood(fact.token, milliseconds(at), after)
        if place:
            polling.ask_next(services, place, now)
    consent.stood(services, fact, now)


def _computed(ledger: Ledger, fact: Computed) -> None:
    """The document of an advice is made: issue it, and post it in the room."""
    if ledger.states[fact.dialogue].erased_since_advice:
        _once_more(ledger, fact.dialogue, fact.position, fact.at)
        return
    intent = IssueAdvice(fact.position, fact.manifest)
    events = ledger.act(fact.dialogue, intent, Context(fact.at, "clock"))
    if events:
        data: dict[str, Value] = {"dialogue": fact.dialogue, "position": fact.position}
        state = ledger.states[fact.dialogue]
        notice = Notice("advice", data, Audience.ROOM, slot=f"document-{fact.position}")
        ledger.tell(state, notice, fact.at)
        assert state.advice is not None
        there = {**data, "title": state.title, "version": state.advice.version}
        ledger.tell(state, Notice("advice_staff", there, Audience.STAFF), fact.at)


def _once_more(ledger: Ledger, dialogue: str, position: int, at: datetime) -> None:
    """Words in an advice were erased before it was sent: request its next version, with the same
    figures, which can no longer be taken."""
    advice = ledger.states[dialogue].advice
    if advice is not None and advice.position == position:
        figures = RequestAdvice(advice.contributed, advice.voted, advice.total, advice.linked)
        ledger.act(dialogue, figures, Context(at, "clock"))
