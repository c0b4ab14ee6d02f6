"""The sign under a card: who taps it takes part, without typing anything.

The answer may open a personal conversation, in a room of young people too: there the tap is their
own beginning. Once the answer stands, the person's sign is taken away where that is possible, so
that the room does not show who takes part. Until then the tap is kept: after a restart it is heard
once more.
"""

from __future__ import annotations

from datetime import datetime

from bot.desk.asked import TAPPED, ask_in_person
from bot.desk.asker import Asker, Tap
from bot.desk.offers import join
from bot.desk.posts import CARD
from bot.desk.services import Services
from bot.platforms.facts import Mark, Marked, Origin
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
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
    notices = join(services, asker, dialogue, tapped=True)
    if not asker.staff:
        data = {"room": str(asker.place), "sign": asker.tap.sign, "card": fact.post}
        data["account"] = asker.origin.account
        ask_in_person(services, asker, TAPPED, dialogue.id, data)
    return notices


def unanswered(store: Store, now: datetime) -> tuple[Marked, ...]:
    """The taps of the last day whose answer nobody got yet, to be heard once more at a start."""
    return tuple(
        Marked(
            Origin(str(tap["sign"]), now, Place.parse(str(tap["room"])), str(tap["account"])),
            Mark.JOIN,
            str(tap["card"]),
        )
        for tap in (form.data for form in store.forms.of_kind(TAPPED, milliseconds(now)))
    )


def taken_away(store: Store, place: Place, tap: Tap, token: str, at: datetime) -> None:
    """The answer to a tap stands in a place: have the sign taken away from the card."""
    store.forms.answered(str(place), TAPPED)
    store.outbox.do(token, tap.place, tap.dialogue, TAP, Work.REMOVE, tap.sign, at.isoformat())
