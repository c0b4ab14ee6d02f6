"""The sign under a card: who taps it takes part, without typing anything.

The answer may open a personal conversation, in a room of young people too: there the tap is their
own beginning. Once the answer stands, the person's sign is taken away where that is possible, so
that the room does not show who takes part.
"""

from __future__ import annotations

from datetime import datetime

from bot.desk.asker import Asker, Tap
from bot.desk.offers import join
from bot.desk.posts import CARD
from bot.desk.services import Services
from bot.platforms.facts import Marked
from bot.platforms.places import PlaceKind
from dialogues.core import Notice
from dialogues.dialogue import Dialogue, Status
from storage.rows import TAP, Work
from storage.store import Store


def tapped_on(services: Services, fact: Marked) -> Dialogue | None:
    """The open dialogue on whose card the sign was put; None where it is on something else."""
    if fact.origin.place.kind is not PlaceKind.ROOM:
        return None
    name, slot = services.store.posts.slot_of(fact.post)
    dialogue = services.ledger.states.get(name) if slot.startswith(CARD) else None
    return dialogue if dialogue is not None and dialogue.status is Status.OPEN else None


def tapped(services: Services, asker: Asker, fact: Marked) -> list[Notice] | None:
    """Handle the sign on a card: what ``meedoen`` answers, with the first offer at once."""
    dialogue = tapped_on(services, fact)
    if dialogue is None:
        return None
    asker.about(dialogue)
    asker.tap = Tap(str(asker.place), fact.origin.cause, dialogue.id)
    return join(services, asker, dialogue, tapped=True)


def taken_away(store: Store, tap: Tap, token: str, at: datetime) -> None:
    """Have somebody's sign taken away from the card."""
    store.outbox.do(token, tap.place, tap.dialogue, TAP, Work.REMOVE, tap.sign, at.isoformat())
