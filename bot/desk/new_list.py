"""The list of a round that just began, sent to who has a conversation, before they ask for it.

It waits in the outbox and is made when it is sent, so that it offers what can be answered then.
Nobody gets one in a room of young people, and nobody who typed ``stil``.
"""

from __future__ import annotations

from bot.desk.offers import kept_list
from bot.desk.services import Services
from bot.desk.standing import seen_list
from bot.desk.youth import is_youth
from bot.platforms.places import Place
from dialogues.core import Notice, Value
from dialogues.pauses import lasts
from storage.rows import Row


def new_list(services: Services, row: Row) -> tuple[Notice, ...]:
    """The notices for a row that announces a new list; none where it is not wanted, not needed any
    more, or perhaps sent already."""
    place = Place.parse(row.place)
    dialogue = services.ledger.states.get(row.dialogue)
    known = services.store.people.met(place.platform, place.name)
    frame = dialogue.open_frame if dialogue is not None else None
    if (
        row.landed
        or dialogue is None
        or frame is None
        or lasts(frame.pauses)
        or known is None
        or known.roles
        or known.elsewhere
    ):
        return ()
    if services.store.people.quiet(known.person) or is_youth(services, dialogue.room):
        return ()
    chosen = services.store.places.dialogue(row.place)
    if chosen not in ("", dialogue.id):
        return ()
    with services.store.transaction():
        # an earlier attempt of this row reached nobody
        services.store.offers.refused(row.place, row.token)
        if seen_list(services, row.place, dialogue):
            return ()
        listed = kept_list(services, row.place, known.person, dialogue, frame, row.token)
    if listed is None:
        return ()
    data: dict[str, Value] = {
        "round": frame.index + 1,
        "rounds": len(dialogue.frames),
        "title": frame.plan.title,
    }
    return (Notice("round_begins", data), listed)
