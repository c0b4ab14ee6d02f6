"""The sign under a card: who taps it takes part, without typing anything. Under the card of a
meeting it signs them up, under that of a proposal it is their support.

The answer may open a personal conversation, in a room of young people too: there the tap is their
own beginning. Once the answer stands, the person's sign is taken away where that is possible, so
that the room does not show who takes part; from the card of a meeting at once, for there the tap
alone is enough. Until the answer stands the tap is kept: after a restart it is heard once more.
"""

from __future__ import annotations

from datetime import datetime

from bot.desk.asked import TAPPED, ask_in_person
from bot.desk.asker import Asker, Tap
from bot.desk.cards import CARD
from bot.desk.meetings import attending
from bot.desk.offers import join
from bot.desk.services import Services
from bot.platforms.facts import Mark, Marked, Origin
from bot.platforms.places import Place, PlaceKind
from bot.town.town import milliseconds
from dialogues.aggregates import kind_of
from dialogues.core import Notice
from dialogues.dialogue import Dialogue, Status
from meetings.announce import to_do
from meetings.meeting import MEETING, Meeting
from storage.rows import TAP, Work
from storage.store import Store


def tapped_on(services: Services, fact: Marked) -> Dialogue | Meeting | None:
    """The open dialogue, or the meeting that is still to come, on whose card the sign was put; None
    where it is on something else."""
    if fact.origin.place.kind is not PlaceKind.ROOM:
        return None
    name, slot = services.store.posts.slot_of(fact.post)
    if not slot.startswith(CARD):
        return None
    meeting = services.ledger.meetings.by_id.get(name)
    if meeting is not None:
        return meeting if to_do(meeting) else None
    dialogue = services.ledger.states.get(name)
    return dialogue if dialogue is not None and dialogue.status is Status.OPEN else None


def tapped(services: Services, asker: Asker, fact: Marked) -> list[Notice] | None:
    """Handle the sign on a card: what ``meedoen`` answers, with the first offer at once; or what a
    meeting's own word answers."""
    about = tapped_on(services, fact)
    if about is None:
        return None
    asker.tap = Tap(str(asker.place), fact.origin.cause, about.id)
    if isinstance(about, Meeting):
        _take_away(services.store, asker.tap, services.ledger.token(), asker.at)
        done = attending.tapped(services, asker, about)
        _kept(services, asker, asker.tap, fact.post)
        return done
    asker.about(about)
    notices = join(services, asker, about, tapped=True)
    if not asker.staff:
        _kept(services, asker, asker.tap, fact.post)
    return notices


def _kept(services: Services, asker: Asker, tap: Tap, card: str) -> None:
    """Keep a tap until its answer stands."""
    data = {"room": tap.place, "sign": tap.sign, "card": card, "account": asker.origin.account}
    ask_in_person(services, asker, TAPPED, tap.dialogue, data)


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
    """The answer to a tap stands in a place: have the sign taken away from the card, unless it was
    when it came."""
    store.forms.answered(str(place), TAPPED)
    if kind_of(tap.dialogue) != MEETING:
        _take_away(store, tap, token, at)


def _take_away(store: Store, tap: Tap, token: str, at: datetime) -> None:
    store.outbox.do(token, tap.place, tap.dialogue, TAP, Work.REMOVE, tap.sign, at.isoformat())
